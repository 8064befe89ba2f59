//! Compares an implementation with its contract without running it. A finding is what a reader of the files can prove; whether
//! the code does what it should is for the tests.
//!
//! # Codes
//!
//! | code | severity | meaning |
//! | --- | --- | --- |
//! | `missing-file` | error | the main file `src/x/x.ts` (`.js`) is not there |
//! | `syntax-error` | error | a file does not parse |
//! | `missing-export` | error | the main module does not export a required name |
//! | `redefined-type` | error | a type of the contract is defined again instead of passed on from the types module |
//! | `not-a-function` | error | a required function is a class or another value |
//! | `not-a-class` | error | a required class is a function or another value |
//! | `missing-method` | error | a required class does not have a required method |
//! | `async-mismatch` | error | `async` where the contract has none, or a result that is no promise where it has |
//! | `missing-parameter`, `extra-parameter`, `parameter-order` | error | the signature does not take the calls that the contract allows |
//! | `placeholder` | error for a contract's function, else warning | the body does nothing: it is empty, or throws that it is not implemented |
//! | `unfinished-comment` | warning | a comment begins with TODO, FIXME, PLACEHOLDER or STUB |
//! | `unchecked-signature` | warning | a required function or class is bound to something whose parameters cannot be read |
//! | `unknown-star-export` | warning | a required name may come from `export *` of a module that is not among the files |

use oxc_allocator::Allocator;

use crate::dialect::Dialect;
use crate::interface::{Function, Interface, TypeDefinition};
use crate::layout::{Layout, types_module};
use crate::source::{Place, Source, is_code};

mod callable;
mod classes;
mod modules;
mod placeholder;
mod signature;

use callable::Callable;
use modules::{Export, Modules};

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
pub fn check(interface: &Interface, dialect: Dialect, files: &[(String, String)]) -> Vec<Finding> {
    let allocator = Allocator::default();
    let mut findings = Vec::new();
    let mut sources = Vec::new();
    for (path, text) in files.iter().filter(|(path, _)| is_code(path)) {
        match Source::parse(&allocator, path, text) {
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
    // `interface::read` has checked the id already.
    if let Ok(layout) = Layout::of(&interface.component, dialect) {
        findings.extend(Checker::new(interface, &layout, &sources, files).findings());
    }
    let place = |finding: &Finding| (finding.place.path.clone(), finding.place.line, finding.place.column);
    findings.sort_by_cached_key(place);
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
        let remedy = format!("`export * from \"{types}\"`");
        match self.modules.export(&self.interface.component, name) {
            // Who wants a dependency's type imports it from there; another name for a type is nothing when the code runs.
            Export::Missing if self.is_imported(name) || self.is_alias(name) => {}
            Export::Missing => self.missing(name, &format!("add {remedy}")),
            Export::Unknown(place, module) => self.unknown_star(name, &module, place),
            Export::Class(_, place) | Export::Value(_, place) => {
                let message = format!("`{name}` is defined here again; tests use the one of the contract: {remedy}");
                self.add(Severity::Error, "redefined-type", message, place);
            }
            Export::Foreign(module, theirs, place) => {
                let owner = self.interface.imported.iter().find(|(_, names)| names.iter().any(|known| known == name));
                let is_owners = owner.is_some_and(|(owner, _)| module == types_module(owner) || module == *owner);
                if theirs != name || (module != types && !is_owners) {
                    let message =
                        format!("`{name}` comes from `{module}`; tests use the one of the contract: {remedy}");
                    self.add(Severity::Error, "redefined-type", message, place);
                }
            }
        }
    }

    fn is_imported(&self, name: &str) -> bool {
        self.interface.imported.values().flatten().any(|known| known == name)
    }

    fn is_alias(&self, name: &str) -> bool {
        matches!(self.interface.definition(name), Some(TypeDefinition::Alias(_)))
    }

    fn check_function(&mut self, function: &Function) {
        let name = function.name.as_str();
        match self.modules.export(&self.interface.component, name) {
            Export::Missing => {
                let parameters: Vec<&str> =
                    function.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
                let prefix = if function.is_async { "async function" } else { "function" };
                self.missing(name, &format!("define `export {prefix} {name}({})`", parameters.join(", ")));
            }
            Export::Unknown(place, module) => self.unknown_star(name, &module, place),
            Export::Value(Some(value), place) => match Callable::of(value) {
                Callable::Readable(signature) => {
                    let findings = signature::compare(function, name, &signature, &place);
                    self.findings.extend(findings);
                }
                Callable::OtherValue => {
                    let message = format!("`{name}` is no function; the contract asks for one");
                    self.add(Severity::Error, "not-a-function", message, place);
                }
                Callable::Unreadable => self.unchecked_function(name, place),
            },
            Export::Class(_, place) => {
                let message = format!("`{name}` is a class; the contract asks for a function");
                self.add(Severity::Error, "not-a-function", message, place);
            }
            Export::Value(None, place) | Export::Foreign(_, _, place) => self.unchecked_function(name, place),
        }
    }

    fn unchecked_function(&mut self, name: &str, place: Place) {
        let message = format!(
            "the parameters of `{name}` cannot be read here; define it with `function` in the component's files"
        );
        self.add(Severity::Warning, "unchecked-signature", message, place);
    }

    fn missing(&mut self, name: &str, remedy: &str) {
        let similar = self.modules.similar(&self.interface.component, name);
        let hint = similar.map_or_else(String::new, |similar| format!(" (`{similar}` looks like it)"));
        let message = format!("the module `{}` does not export `{name}`{hint}; {remedy}", self.interface.component);
        let place = start_of(&self.main);
        self.add(Severity::Error, "missing-export", message, place);
    }

    fn unknown_star(&mut self, name: &str, module: &str, place: Place) {
        let message = format!("`{name}` may come from `{module}`, which is not among the files; export it by name");
        self.add(Severity::Warning, "unknown-star-export", message, place);
    }

    fn add(&mut self, severity: Severity, code: &'static str, message: String, place: Place) {
        self.findings.push(Finding { severity, code, message, place });
    }
}

fn start_of(path: &str) -> Place {
    Place { path: path.to_owned(), line: 1, column: 1 }
}

#[cfg(test)]
mod tests;
