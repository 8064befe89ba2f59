//! What the names of a file mean: imports followed to dotted names, and what is assigned at the top level.
//!
//! One table for the whole file: a name that two functions import differently has its last meaning. Scopes would be more
//! exact; for finding marks and references of tests this has been enough.

use std::collections::HashMap;

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{Expr, Stmt, StmtImportFrom};

/// The meaning of names in one file.
#[derive(Default)]
pub struct Bindings<'a> {
    imports: HashMap<&'a str, String>,
    assignments: HashMap<&'a str, &'a Expr>,
}

impl<'a> Bindings<'a> {
    /// Reads the bindings of a file. `package` is what its relative imports start from, empty for a top-level module.
    pub fn of(body: &'a [Stmt], package: &str) -> Self {
        let mut collector = Collector { package, bindings: Self::default(), depth: 0 };
        collector.visit_body(body);
        collector.bindings
    }

    /// Returns the dotted name that an expression means through the imports, for example `pytest.mark.skip` for `m.skip`
    /// after `from pytest import mark as m`; `None` when it begins with something that was not imported.
    pub fn resolve(&self, expression: &Expr) -> Option<String> {
        match expression {
            Expr::Name(name) => self.imports.get(name.id.as_str()).cloned(),
            Expr::Attribute(attribute) => Some(format!("{}.{}", self.resolve(&attribute.value)?, attribute.attr)),
            _ => None,
        }
    }

    /// Returns the dotted name that an imported name means.
    pub fn imported(&self, name: &str) -> Option<&str> {
        self.imports.get(name).map(String::as_str)
    }

    /// Returns what is assigned to a name at the top level.
    pub fn assigned(&self, name: &str) -> Option<&'a Expr> {
        self.assignments.get(name).copied()
    }
}

/// Returns the absolute name of the module that a `from` names.
pub fn imported_module(import: &StmtImportFrom, package: &str) -> String {
    let name = import.module.as_ref().map_or("", |module| module.as_str());
    if import.level == 0 {
        return name.to_owned();
    }
    // One dot is the package itself, each further one its parent.
    let mut parts: Vec<&str> = package.split('.').filter(|part| !part.is_empty()).collect();
    parts.truncate(parts.len().saturating_sub(import.level as usize - 1));
    parts.extend(name.split('.').filter(|part| !part.is_empty()));
    parts.join(".")
}

struct Collector<'a, 'p> {
    package: &'p str,
    bindings: Bindings<'a>,
    depth: u32,
}

impl<'a> Visitor<'a> for Collector<'a, '_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Import(import) => {
                for alias in &import.names {
                    let module = alias.name.as_str();
                    // `import a.b` binds `a`.
                    let first = module.split('.').next().unwrap_or(module);
                    let (name, meaning) = alias.asname.as_ref().map_or((first, first), |name| (name.as_str(), module));
                    self.bindings.imports.insert(name, meaning.to_owned());
                }
            }
            Stmt::ImportFrom(import) => {
                let module = imported_module(import, self.package);
                for alias in import.names.iter().filter(|alias| alias.name.as_str() != "*") {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
                    let separator = if module.is_empty() { "" } else { "." };
                    self.bindings.imports.insert(name, format!("{module}{separator}{}", alias.name));
                }
            }
            Stmt::Assign(assign) if self.depth == 0 => {
                for target in &assign.targets {
                    if let Expr::Name(name) = target {
                        self.bindings.assignments.insert(name.id.as_str(), &assign.value);
                    }
                }
            }
            Stmt::AnnAssign(assign) if self.depth == 0 => {
                if let (Expr::Name(name), Some(value)) = (&*assign.target, &assign.value) {
                    self.bindings.assignments.insert(name.id.as_str(), value);
                }
            }
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {
                self.depth += 1;
                walk_stmt(self, statement);
                self.depth -= 1;
            }
            _ => walk_stmt(self, statement),
        }
    }

    // Imports and assignments are statements: no expression needs a visit.
    fn visit_expr(&mut self, _: &'a Expr) {}
}
