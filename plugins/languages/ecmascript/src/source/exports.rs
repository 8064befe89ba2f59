//! What a module exports, and what each name stands for in the file.

use std::collections::BTreeMap;

use oxc_ast::ast::{
    Class, Declaration, ExportDefaultDeclarationKind, Expression, Function, Statement, VariableDeclaration,
};
use oxc_span::Span;

use super::bindings::required;
use super::names::{bound_name, each_bound_name, export_name};

/// What a name of the top level stands for.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    /// Declared with `function`.
    Function(&'a Function<'a>),
    /// Declared with `class`.
    Class(&'a Class<'a>),
    /// Assigned at its declaration.
    Expression(&'a Expression<'a>),
    /// Of a module: how it is spelt, and what of it; `*` for all of it.
    Imported(&'a str, &'a str),
    /// A variable without a value, or a part of one.
    Unknown,
    /// Only the type checker reads it.
    Type,
}

/// The exports of one module.
#[derive(Default)]
pub struct Exports<'a> {
    values: BTreeMap<&'a str, (Value<'a>, Span)>,
    /// By exported name, the local one.
    exported: BTreeMap<&'a str, (&'a str, Span)>,
    /// What another module has: exported name, module, its name there.
    passed_on: BTreeMap<&'a str, (&'a str, &'a str, Span)>,
    /// The modules that are exported as they are.
    stars: Vec<(&'a str, Span)>,
}

impl<'a> Exports<'a> {
    /// Reads the exports of a module.
    pub fn of(body: &'a [Statement<'a>]) -> Self {
        let mut exports = Self::default();
        for statement in body {
            exports.read(statement);
        }
        exports
    }

    /// Returns what an exported name stands for.
    pub fn value(&self, name: &str) -> Option<Value<'a>> {
        self.find(name).map(|(value, _)| value)
    }

    /// Returns what an exported name stands for and where; a re-exported one is imported.
    pub fn find(&self, name: &str) -> Option<(Value<'a>, Span)> {
        if let Some((module, theirs, place)) = self.passed_on.get(name) {
            return Some((Value::Imported(module, theirs), *place));
        }
        let (local, place) = self.exported.get(name)?;
        Some(self.values.get(local).copied().unwrap_or((Value::Unknown, *place)))
    }

    /// Returns what a name of the top level stands for, exported or not.
    pub fn local(&self, name: &str) -> Option<(Value<'a>, Span)> {
        self.values.get(name).copied()
    }

    /// Returns the exported names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &'a str> {
        self.exported.keys().chain(self.passed_on.keys()).copied()
    }

    /// Returns what the exported names are called in the file, in no order that means anything.
    pub fn local_names(&self) -> impl Iterator<Item = &'a str> {
        self.exported.values().map(|(local, _)| *local)
    }

    /// Returns the modules of which everything is exported, with their places.
    pub fn stars(&self) -> &[(&'a str, Span)] {
        &self.stars
    }

    fn read(&mut self, statement: &'a Statement<'a>) {
        match statement {
            Statement::ImportDeclaration(import) => {
                let module = import.source.value.as_str();
                for specifier in import.specifiers.iter().flatten() {
                    use oxc_ast::ast::ImportDeclarationSpecifier as Specifier;
                    let (local, theirs) = match specifier {
                        Specifier::ImportSpecifier(one) => (&one.local, export_name(&one.imported)),
                        Specifier::ImportDefaultSpecifier(one) => (&one.local, "default"),
                        Specifier::ImportNamespaceSpecifier(one) => (&one.local, "*"),
                    };
                    self.values.insert(local.name.as_str(), (Value::Imported(module, theirs), local.span));
                }
            }
            Statement::FunctionDeclaration(function) => {
                self.function(function);
            }
            Statement::ClassDeclaration(class) => {
                self.class(class);
            }
            Statement::VariableDeclaration(variables) => {
                self.variables(variables);
            }
            Statement::ExportDeclaration(export) => {
                for (name, span) in self.declaration(&export.declaration) {
                    self.exported.insert(name, (name, span));
                }
            }
            Statement::ExportDefaultDeclaration(export) => {
                let (named, value, span) = match &export.declaration {
                    ExportDefaultDeclarationKind::FunctionDeclaration(function) => {
                        (self.function(function), Value::Function(function), function.span)
                    }
                    ExportDefaultDeclarationKind::ClassDeclaration(class) => {
                        (self.class(class), Value::Class(class), class.span)
                    }
                    kind => match kind.as_expression() {
                        Some(expression) => (None, Value::Expression(expression), export.span),
                        None => return,
                    },
                };
                if named.is_none() {
                    self.values.insert("default", (value, span));
                }
                self.exported.insert("default", named.unwrap_or(("default", span)));
            }
            Statement::ExportNamedDeclaration(export) => {
                for specifier in &export.specifiers {
                    let (local, exported) = (export_name(&specifier.local), export_name(&specifier.exported));
                    self.exported.insert(exported, (local, specifier.span));
                }
            }
            Statement::ExportFromDeclaration(export) => {
                for specifier in &export.specifiers {
                    let (theirs, exported) = (export_name(&specifier.local), export_name(&specifier.exported));
                    self.passed_on.insert(exported, (export.source.value.as_str(), theirs, specifier.span));
                }
            }
            Statement::ExportAllDeclaration(export) => match &export.exported {
                Some(name) => {
                    self.passed_on.insert(export_name(name), (export.source.value.as_str(), "*", export.span));
                }
                None => self.stars.push((export.source.value.as_str(), export.span)),
            },
            other => {
                if let Some(declaration) = other.as_declaration() {
                    self.declaration(declaration);
                }
            }
        }
    }

    fn declaration(&mut self, declaration: &'a Declaration<'a>) -> Vec<(&'a str, Span)> {
        let named = match declaration {
            Declaration::FunctionDeclaration(function) => return self.function(function).into_iter().collect(),
            Declaration::ClassDeclaration(class) => return self.class(class).into_iter().collect(),
            Declaration::VariableDeclaration(variables) => return self.variables(variables),
            Declaration::TSTypeAliasDeclaration(alias) => (&alias.id, Value::Type),
            Declaration::TSInterfaceDeclaration(interface) => (&interface.id, Value::Type),
            Declaration::TSEnumDeclaration(enumeration) => (&enumeration.id, Value::Unknown),
            _ => return Vec::new(),
        };
        let (id, value) = named;
        // A class and an interface of one name are one thing, of which the class can be used.
        self.values.entry(id.name.as_str()).or_insert((value, id.span));
        vec![(id.name.as_str(), id.span)]
    }

    fn function(&mut self, function: &'a Function<'a>) -> Option<(&'a str, Span)> {
        let id = function.id.as_ref()?;
        // The overloads of a function have no body, and come before it.
        self.values.insert(id.name.as_str(), (Value::Function(function), id.span));
        Some((id.name.as_str(), id.span))
    }

    fn class(&mut self, class: &'a Class<'a>) -> Option<(&'a str, Span)> {
        let id = class.id.as_ref()?;
        self.values.insert(id.name.as_str(), (Value::Class(class), id.span));
        Some((id.name.as_str(), id.span))
    }

    fn variables(&mut self, variables: &'a VariableDeclaration<'a>) -> Vec<(&'a str, Span)> {
        let mut names = Vec::new();
        for declarator in &variables.declarations {
            if let (Some(name), Some(value)) = (bound_name(&declarator.id), &declarator.init) {
                let value = required(value).map_or(Value::Expression(value), |module| Value::Imported(module, "*"));
                self.values.insert(name, (value, declarator.span));
                names.push((name, declarator.span));
                continue;
            }
            each_bound_name(&declarator.id, &mut |name| {
                self.values.insert(name, (Value::Unknown, declarator.span));
                names.push((name, declarator.span));
            });
        }
        names
    }
}
