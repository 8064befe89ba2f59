//! Compares an implementation with its contract without running it. A finding is what a reader of the files can prove; whether
//! the code does what it should is for the tests.
//!
//! # Codes
//!
//! | code | severity | meaning |
//! | --- | --- | --- |
//! | `missing-file` | error | the main file `src/x/x.py` is not there |
//! | `syntax-error` | error | a file does not parse |
//! | `missing-export` | error | the main module does not bind a required name |
//! | `redefined-type` | error | a type of the contract is defined again instead of imported from the types module |
//! | `not-a-function` | error | a required function is a class or a module |
//! | `not-a-class` | error | a required class is a function or a value |
//! | `missing-method` | error | a required class does not have a required method |
//! | `async-mismatch` | error | `async` here and not in the contract, or the other way round |
//! | `missing-parameter`, `renamed-parameter`, `extra-parameter`, `parameter-order`, `parameter-kind`, `parameter-not-optional` | error | the signature does not take the calls that the contract allows |
//! | `placeholder` | error for a contract's function, else warning | the body does nothing: empty, `pass`, `...`, `raise NotImplementedError` |
//! | `unfinished-comment` | warning | a comment begins with TODO, FIXME, PLACEHOLDER or STUB |
//! | `unchecked-signature` | warning | a required function or class is bound to something whose parameters cannot be read |
//! | `unknown-star-import` | warning | a required name may come from `import *` of a module that is not among the files |

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};

use crate::interface::{Function, Interface};
use crate::layout::{Layout, types_module};
use crate::source::{Place, Source};

mod classes;
mod exports;
mod placeholder;
mod signature;

use exports::{Export, Modules};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Tests that use the contract cannot pass, or would pass for the wrong reason.
    Error,
    /// Worth a look.
    Warning,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// One of the codes above.
    pub code: &'static str,
    /// What is wrong, and what would be right.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// Checks the files of an implementation: path and text each.
pub fn check(interface: &Interface, files: &[(String, String)]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut sources = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| is_python(path)) {
        match Source::parse(path, text) {
            Ok(source) => sources.push(source),
            Err(errors) => findings.extend(errors.into_iter().map(|error| Finding {
                severity: Severity::Error,
                code: "syntax-error",
                message: error.message,
                place: error.place,
            })),
        }
    }
    for source in &sources {
        findings.extend(placeholder::in_file(source, interface));
    }
    // `Interface::read` has checked the id already.
    if let Ok(layout) = Layout::of(&interface.component) {
        findings.extend(Checker::new(interface, &layout, &sources, files).findings());
    }
    findings.sort_by(|left, right| {
        (&left.place.path, left.place.line, left.place.column).cmp(&(
            &right.place.path,
            right.place.line,
            right.place.column,
        ))
    });
    findings
}

struct Checker<'s> {
    interface: &'s Interface,
    main: String,
    modules: Modules<'s>,
    is_main_given: bool,
    findings: Vec<Finding>,
}

impl<'s> Checker<'s> {
    fn new(interface: &'s Interface, layout: &Layout, sources: &'s [Source<'s>], files: &[(String, String)]) -> Self {
        let main = layout.implementation();
        let is_main_given = files.iter().any(|(path, _)| *path == main);
        let modules = Modules::new(sources, &layout.source_folder(), interface);
        Self { interface, main, modules, is_main_given, findings: Vec::new() }
    }

    fn findings(mut self) -> Vec<Finding> {
        let component = self.interface.component.as_str();
        if !self.is_main_given {
            let message = format!("the component's main file `{}` is missing", self.main);
            self.add(Severity::Error, "missing-file", message, start_of(&self.main));
            return self.findings;
        }
        // A file that does not parse has its finding already.
        if !self.modules.has(component) {
            return self.findings;
        }
        for name in self.interface.type_names() {
            self.check_type(name);
        }
        for function in &self.interface.functions {
            self.check_function(function);
        }
        for class in &self.interface.classes {
            self.check_class(class);
        }
        self.findings
    }

    fn check_type(&mut self, name: &str) {
        let types = types_module(&self.interface.component);
        match self.modules.export(&self.interface.component, name) {
            // Who wants a dependency's type imports it from there; the component need not pass it on.
            Export::Missing if self.is_imported(name) => {}
            Export::Missing => {
                self.missing(name, &format!("add `from {types} import {name}`"));
            }
            Export::Unknown(place, module) => self.unknown_star(name, &module, place),
            Export::Class(_, place) | Export::Assigned(_, place) => {
                let message = format!(
                    "`{name}` is defined here again; tests use the one of the contract: `from {types} import {name}`"
                );
                self.add(Severity::Error, "redefined-type", message, place);
            }
            Export::Function(_, place) => {
                let message =
                    format!("`{name}` is a type of the contract and a function here; `from {types} import {name}`");
                self.add(Severity::Error, "redefined-type", message, place);
            }
            Export::Foreign(origin, place) => {
                let owner = self.interface.imported.iter().find(|(_, names)| names.iter().any(|known| known == name));
                let is_owners = owner.is_some_and(|(owner, _)| {
                    origin == format!("{}.{name}", types_module(owner)) || origin == format!("{owner}.{name}")
                });
                if origin != format!("{types}.{name}") && !is_owners {
                    let message = format!(
                        "`{name}` comes from `{origin}`; tests use the one of the contract: `from {types} import {name}`"
                    );
                    self.add(Severity::Error, "redefined-type", message, place);
                }
            }
        }
    }

    fn is_imported(&self, name: &str) -> bool {
        self.interface.imported.values().flatten().any(|known| known == name)
    }

    fn check_function(&mut self, function: &Function) {
        let name = function.name.as_str();
        match self.modules.export(&self.interface.component, name) {
            Export::Missing => {
                let expected = format!(
                    "define `{}`",
                    crate::render::python::signature(function, crate::type_ref::Spelling::Plain)
                );
                self.missing(name, expected.trim_end_matches(':'));
            }
            Export::Unknown(place, module) => self.unknown_star(name, &module, place),
            Export::Function(definition, place) => self.check_definition(function, definition, &place),
            Export::Class(_, place) => {
                self.add(
                    Severity::Error,
                    "not-a-function",
                    format!("`{name}` is a class; the contract asks for a function"),
                    place,
                );
            }
            Export::Assigned(Some(Expr::Lambda(lambda)), place) => {
                if function.is_async {
                    let message = format!("`{name}` is asynchronous in the contract and a lambda here");
                    self.add(Severity::Error, "async-mismatch", message, place.clone());
                }
                let findings = signature::compare(function, lambda.parameters.as_deref(), &place);
                self.findings.extend(findings);
            }
            Export::Assigned(_, place) | Export::Foreign(_, place) => {
                let message = format!(
                    "the parameters of `{name}` cannot be read here; define it with `def` in the component's files"
                );
                self.add(Severity::Warning, "unchecked-signature", message, place);
            }
        }
    }

    fn check_definition(&mut self, function: &Function, definition: &StmtFunctionDef, place: &Place) {
        self.check_async(function, &function.name, definition, place);
        self.findings.extend(signature::compare(function, Some(&definition.parameters), place));
    }

    fn check_async(&mut self, function: &Function, name: &str, definition: &StmtFunctionDef, place: &Place) {
        // With a `yield` it is a generator, which nobody awaits.
        let is_awaited = definition.is_async && !(function.output.is_async_stream() && has_yield(definition));
        if function.is_async != is_awaited {
            let (here, there) = match (is_awaited, function.output.is_async_stream()) {
                (true, true) => ("async def` without `yield", "async def` with `yield"),
                (true, false) => ("async def", "def"),
                (false, _) => ("def", "async def"),
            };
            let message = format!("`{name}` is written with `{here}`; the contract asks for `{there}`");
            self.add(Severity::Error, "async-mismatch", message, place.clone());
        }
    }

    fn missing(&mut self, name: &str, remedy: &str) {
        let similar = self.modules.similar(&self.interface.component, name);
        let hint = similar.map_or_else(String::new, |similar| format!(" (`{similar}` looks like it)"));
        let message = format!("the module `{}` does not export `{name}`{hint}; {remedy}", self.interface.component);
        let place = start_of(&self.main);
        self.add(Severity::Error, "missing-export", message, place);
    }

    fn unknown_star(&mut self, name: &str, module: &str, place: Place) {
        let message = format!("`{name}` may come from `{module}`, which is not among the files; import it by name");
        self.add(Severity::Warning, "unknown-star-import", message, place);
    }

    fn add(&mut self, severity: Severity, code: &'static str, message: String, place: Place) {
        self.findings.push(Finding { severity, code, message, place });
    }
}

/// Returns whether a function is a generator. What is defined inside of it has its own answer.
fn has_yield(definition: &StmtFunctionDef) -> bool {
    struct Yields(bool);
    impl<'s> Visitor<'s> for Yields {
        fn visit_stmt(&mut self, statement: &'s Stmt) {
            if !matches!(statement, Stmt::FunctionDef(_) | Stmt::ClassDef(_)) {
                walk_stmt(self, statement);
            }
        }

        fn visit_expr(&mut self, expression: &'s Expr) {
            self.0 |= matches!(expression, Expr::Yield(_) | Expr::YieldFrom(_));
            if !matches!(expression, Expr::Lambda(_)) {
                walk_expr(self, expression);
            }
        }
    }
    let mut yields = Yields(false);
    yields.visit_body(&definition.body);
    yields.0
}

fn start_of(path: &str) -> Place {
    Place { path: path.to_owned(), line: 1, column: 1 }
}

fn is_python(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension == "py")
}

#[cfg(test)]
mod tests;
