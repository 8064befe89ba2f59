//! What the names of a file mean: imports followed to module and name, and the constants of the top level.
//!
//! One table for the whole file: a parameter that has the name of an import hides it, and this is not seen. Scopes would be
//! more exact; for finding tests, marks and references this has been enough.

use std::collections::{HashMap, HashSet};

use oxc_ast::ast::{
    BindingPattern, Declaration, Expression, ImportDeclarationSpecifier, Statement, VariableDeclaration,
};

use super::names::{bound_name, each_bound_name, export_name, key_name, untyped};

/// The meaning of names in one file.
#[derive(Default)]
pub struct Bindings<'a> {
    imports: HashMap<&'a str, Meaning>,
    constants: HashMap<&'a str, &'a Expression<'a>>,
    /// Everything that the top level binds.
    bound: HashSet<&'a str>,
    /// Names that only the type checker reads.
    types: HashSet<&'a str>,
}

/// Something of a module, or something that no module of the file binds.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Meaning {
    /// The module as the import spells it; empty for what is global.
    pub module: String,
    /// What of it, for example `test.skip`; `default` for what a module exports without a name; empty for the module itself.
    pub path: String,
}

impl Meaning {
    fn new(module: &str, path: &str) -> Self {
        Self { module: module.to_owned(), path: path.to_owned() }
    }

    /// Returns what a member of it means.
    #[must_use]
    pub fn member(self, name: &str) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Self { path, ..self }
    }

    /// Returns whether it is this global, or a member of one of that name: `process.env.HOME` is `process.env`'s.
    pub fn is_global(&self, path: &str) -> bool {
        let own = self.path.strip_prefix("globalThis.").unwrap_or(&self.path);
        self.module.is_empty() && own.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

impl<'a> Bindings<'a> {
    /// Reads the bindings of a file.
    pub fn of(body: &'a [Statement<'a>]) -> Self {
        let mut bindings = Self::default();
        for statement in body {
            bindings.read(statement);
        }
        bindings
    }

    /// Returns what an expression means through the imports, for example `skip` of `test` of `vitest` for `t.skip` after
    /// `import { test as t } from "vitest"`; `None` when it begins with something that the file defines itself.
    pub fn resolve(&self, expression: &Expression<'_>) -> Option<Meaning> {
        match untyped(expression) {
            Expression::Identifier(name) => self.named(name.name.as_str()),
            Expression::StaticMemberExpression(member) => {
                Some(self.resolve(&member.object)?.member(member.property.name.as_str()))
            }
            Expression::ComputedMemberExpression(member) => match &member.expression {
                Expression::StringLiteral(name) => Some(self.resolve(&member.object)?.member(name.value.as_str())),
                _ => None,
            },
            Expression::ChainExpression(chain) => match &chain.expression {
                oxc_ast::ast::ChainElement::StaticMemberExpression(member) => {
                    Some(self.resolve(&member.object)?.member(member.property.name.as_str()))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Returns what a name means: what it was imported as, or a global where the top level does not bind it.
    pub fn named(&self, name: &str) -> Option<Meaning> {
        match self.imports.get(name) {
            Some(meaning) => Some(meaning.clone()),
            None if self.bound.contains(name) => None,
            None => Some(Meaning::new("", name)),
        }
    }

    /// Returns what an imported name means.
    pub fn imported(&self, name: &str) -> Option<&Meaning> {
        self.imports.get(name)
    }

    /// Returns whether only the type checker reads an imported name.
    pub fn is_type(&self, name: &str) -> bool {
        self.types.contains(name)
    }

    /// Returns the value of a constant of the top level.
    pub fn constant(&self, name: &str) -> Option<&'a Expression<'a>> {
        self.constants.get(name).copied()
    }

    fn read(&mut self, statement: &'a Statement<'a>) {
        match statement {
            Statement::ImportDeclaration(import) => {
                let module = import.source.value.as_str();
                for specifier in import.specifiers.iter().flatten() {
                    let (local, path, is_type) = match specifier {
                        ImportDeclarationSpecifier::ImportSpecifier(one) => {
                            (&one.local, export_name(&one.imported), one.import_kind.is_type())
                        }
                        ImportDeclarationSpecifier::ImportDefaultSpecifier(one) => (&one.local, "default", false),
                        ImportDeclarationSpecifier::ImportNamespaceSpecifier(one) => (&one.local, "", false),
                    };
                    let name = local.name.as_str();
                    self.bound.insert(name);
                    self.imports.insert(name, Meaning::new(module, path));
                    if is_type || import.import_kind.is_type() {
                        self.types.insert(name);
                    }
                }
            }
            Statement::ExportDeclaration(export) => self.read_declaration(&export.declaration),
            Statement::VariableDeclaration(declaration) => self.read_variables(declaration),
            Statement::FunctionDeclaration(function) => {
                self.bound.extend(function.id.as_ref().map(|name| name.name.as_str()));
            }
            Statement::ClassDeclaration(class) => {
                self.bound.extend(class.id.as_ref().map(|name| name.name.as_str()));
            }
            _ => {}
        }
    }

    fn read_declaration(&mut self, declaration: &'a Declaration<'a>) {
        match declaration {
            Declaration::VariableDeclaration(declaration) => self.read_variables(declaration),
            Declaration::FunctionDeclaration(function) => {
                self.bound.extend(function.id.as_ref().map(|name| name.name.as_str()));
            }
            Declaration::ClassDeclaration(class) => {
                self.bound.extend(class.id.as_ref().map(|name| name.name.as_str()));
            }
            _ => {}
        }
    }

    fn read_variables(&mut self, declaration: &'a VariableDeclaration<'a>) {
        for declarator in &declaration.declarations {
            each_bound_name(&declarator.id, &mut |name| {
                self.bound.insert(name);
            });
            let Some(value) = &declarator.init else { continue };
            if let Some(module) = required(value) {
                self.read_require(&declarator.id, module);
            } else if let Some(name) = bound_name(&declarator.id).filter(|_| declaration.kind.is_const()) {
                self.constants.insert(name, value);
            }
        }
    }

    /// `const { test } = require("node:test")` imports as well.
    fn read_require(&mut self, pattern: &'a BindingPattern<'a>, module: &str) {
        match pattern {
            BindingPattern::ObjectPattern(pattern) => {
                for property in &pattern.properties {
                    if let (Some(key), Some(name)) = (key_name(&property.key), bound_name(&property.value)) {
                        self.imports.insert(name, Meaning::new(module, key));
                    }
                }
            }
            pattern => {
                if let Some(name) = bound_name(pattern) {
                    self.imports.insert(name, Meaning::new(module, ""));
                }
            }
        }
    }
}

/// Returns the module that `require("m")` or `await import("m")` names.
pub fn required<'e>(expression: &'e Expression<'_>) -> Option<&'e str> {
    let named = match untyped(expression) {
        Expression::CallExpression(call) => {
            let is_require = matches!(&call.callee, Expression::Identifier(name) if name.name == "require");
            call.arguments.first().and_then(|argument| argument.as_expression()).filter(|_| is_require)?
        }
        Expression::AwaitExpression(awaited) => match &awaited.argument {
            Expression::ImportExpression(import) => &import.source,
            _ => return None,
        },
        _ => return None,
    };
    match named {
        Expression::StringLiteral(text) => Some(text.value.as_str()),
        _ => None,
    }
}
