//! Walks through one file and collects its facts.

use std::collections::BTreeSet;

use oxc_ast::ast::{
    ArrowFunctionExpression, CallExpression, Class, ExportAllDeclaration, ExportFromDeclaration, Expression, Function,
    IdentifierReference, ImportDeclaration, ImportDeclarationSpecifier, ImportExpression, MethodDefinition,
    NewExpression, PropertyKey, StaticMemberExpression, VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::{GetSpan, Span};
use oxc_syntax::scope::ScopeFlags;

use super::{FileFacts, Import, Reference, ReferenceKind, Symbol, SymbolKind};
use crate::source::bindings::{Bindings, required};
use crate::source::exports::Exports;
use crate::source::names::{bound_name, export_name, untyped};
use crate::source::{Source, imported_module, module_name};

/// Collects the facts of a file.
pub(super) fn of_file(source: &Source<'_>, is_test: bool, import_paths: &[String]) -> FileFacts {
    let bindings = Bindings::of(source.body());
    let exports = Exports::of(source.body());
    let mut finder = Finder {
        source,
        import_paths,
        bindings: &bindings,
        exported: exports.local_names().collect(),
        exports: &exports,
        module: module_name(source.path(), import_paths),
        scopes: Vec::new(),
        blocks: 0,
        symbols: Vec::new(),
        imports: Vec::new(),
        references: Vec::new(),
    };
    finder.visit_program(source.program());
    let Finder { module, symbols, imports, references, .. } = finder;
    FileFacts { path: source.path().to_owned(), module, is_test, symbols, imports, references }
}

#[derive(Clone)]
enum Scope {
    Class(String),
    Function(String),
}

impl Scope {
    fn name(&self) -> &str {
        match self {
            Self::Class(name) | Self::Function(name) => name,
        }
    }
}

struct Finder<'s> {
    source: &'s Source<'s>,
    import_paths: &'s [String],
    bindings: &'s Bindings<'s>,
    exported: BTreeSet<&'s str>,
    exports: &'s Exports<'s>,
    module: String,
    scopes: Vec<Scope>,
    /// How many functions without a name are round the place.
    blocks: u32,
    symbols: Vec<Symbol>,
    imports: Vec<Import>,
    references: Vec<Reference>,
}

impl Finder<'_> {
    fn add_symbol(&mut self, name: &str, kind: SymbolKind, named: Span, whole: Span) {
        let path: Vec<&str> = self.scopes.iter().map(Scope::name).chain(std::iter::once(name)).collect();
        let is_exported = path.first().is_some_and(|first| self.exported.contains(first));
        let is_public = is_exported && path.iter().all(|part| !part.starts_with(['_', '#']));
        self.symbols.push(Symbol {
            qualified_name: format!("{}.{}", self.module, path.join(".")),
            kind,
            is_public,
            place: self.source.place(&named),
            last_line: self.source.last_line(&whole),
        });
    }

    fn add_import(&mut self, at: Span, module: &str, name: Option<&str>, alias: Option<&str>) {
        self.imports.push(Import {
            place: self.source.place(&at),
            module: imported_module(module, self.source.path(), self.import_paths),
            name: name.map(str::to_owned),
            alias: alias.map(str::to_owned),
            is_nested: self.blocks > 0 || !self.scopes.is_empty(),
        });
    }

    /// Returns whether an expression means something that was imported or is defined at the top level.
    fn add_reference(&mut self, expression: &Expression<'_>, kind: ReferenceKind) -> bool {
        let Some(target) = self.target(expression) else { return false };
        let place = self.source.place(expression);
        self.references.push(Reference { target, kind, place, within: self.within() });
        true
    }

    fn target(&self, expression: &Expression<'_>) -> Option<String> {
        if let Some(meaning) = self.bindings.resolve(expression).filter(|meaning| !meaning.module.is_empty()) {
            let module = imported_module(&meaning.module, self.source.path(), self.import_paths);
            return Some(if meaning.path.is_empty() { module } else { format!("{module}.{}", meaning.path) });
        }
        match untyped(expression) {
            Expression::Identifier(name) => {
                let name = name.name.as_str();
                self.exports.local(name).map(|_| format!("{}.{name}", self.module))
            }
            Expression::StaticMemberExpression(member) => {
                Some(format!("{}.{}", self.target(&member.object)?, member.property.name))
            }
            _ => None,
        }
    }

    /// The innermost function that has a name, with what is round it.
    fn within(&self) -> Option<String> {
        let end = self.scopes.iter().rposition(|scope| matches!(scope, Scope::Function(_)))?;
        let names = self.scopes.iter().take(end + 1).map(Scope::name);
        Some(format!("{}.{}", self.module, names.collect::<Vec<_>>().join(".")))
    }

    /// A function inside a function is nobody else's business.
    fn is_in_function(&self) -> bool {
        self.blocks > 0 || self.scopes.iter().any(|scope| matches!(scope, Scope::Function(_)))
    }

    fn inside(&mut self, scope: Scope, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(scope);
        visit(self);
        self.scopes.pop();
    }
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_import_declaration(&mut self, import: &ImportDeclaration<'a>) {
        let module = import.source.value.as_str();
        if import.specifiers.as_ref().is_none_or(|specifiers| specifiers.is_empty()) {
            self.add_import(import.span, module, None, None);
        }
        for specifier in import.specifiers.iter().flatten() {
            let (local, name) = match specifier {
                ImportDeclarationSpecifier::ImportSpecifier(one) => (&one.local, Some(export_name(&one.imported))),
                ImportDeclarationSpecifier::ImportDefaultSpecifier(one) => (&one.local, Some("default")),
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(one) => (&one.local, None),
            };
            self.add_import(specifier.span(), module, name, Some(local.name.as_str()));
        }
    }

    fn visit_export_all_declaration(&mut self, export: &ExportAllDeclaration<'a>) {
        let alias = export.exported.as_ref().map(export_name);
        self.add_import(export.span, export.source.value.as_str(), Some("*"), alias);
    }

    fn visit_export_from_declaration(&mut self, export: &ExportFromDeclaration<'a>) {
        for specifier in &export.specifiers {
            let (theirs, ours) = (export_name(&specifier.local), export_name(&specifier.exported));
            self.add_import(specifier.span, export.source.value.as_str(), Some(theirs), Some(ours));
        }
    }

    fn visit_import_expression(&mut self, import: &ImportExpression<'a>) {
        if let Expression::StringLiteral(module) = &import.source {
            self.add_import(import.span, module.value.as_str(), None, None);
        }
        walk::walk_import_expression(self, import);
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        let Some(id) = &function.id else {
            self.blocks += 1;
            walk::walk_function(self, function, flags);
            self.blocks -= 1;
            return;
        };
        if !self.is_in_function() && function.is_declaration() {
            self.add_symbol(id.name.as_str(), SymbolKind::Function, id.span, function.span);
        }
        let scope = Scope::Function(id.name.to_string());
        self.inside(scope, |inner| walk::walk_function(inner, function, flags));
    }

    fn visit_arrow_function_expression(&mut self, function: &ArrowFunctionExpression<'a>) {
        self.blocks += 1;
        walk::walk_arrow_function_expression(self, function);
        self.blocks -= 1;
    }

    fn visit_class(&mut self, class: &Class<'a>) {
        let Some(id) = &class.id else {
            walk::walk_class(self, class);
            return;
        };
        if !self.is_in_function() {
            self.add_symbol(id.name.as_str(), SymbolKind::Class, id.span, class.span);
        }
        self.inside(Scope::Class(id.name.to_string()), |inner| walk::walk_class(inner, class));
    }

    fn visit_method_definition(&mut self, method: &MethodDefinition<'a>) {
        let name = match &method.key {
            PropertyKey::PrivateIdentifier(name) => Some(format!("#{}", name.name)),
            key => crate::source::names::key_name(key).map(str::to_owned),
        };
        let Some(name) = name else {
            walk::walk_method_definition(self, method);
            return;
        };
        if !self.is_in_function() {
            self.add_symbol(&name, SymbolKind::Method, method.key.span(), method.span);
        }
        self.inside(Scope::Function(name), |inner| {
            walk::walk_formal_parameters(inner, &method.value.params);
            if let Some(body) = &method.value.body {
                inner.visit_function_body(body);
            }
        });
    }

    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        let Some((name, value)) = bound_name(&declarator.id).zip(declarator.init.as_ref()) else {
            walk::walk_variable_declarator(self, declarator);
            return;
        };
        if let Some(module) = required(value) {
            self.add_import(declarator.span, module, None, None);
            return;
        }
        let function = match untyped(value) {
            Expression::ArrowFunctionExpression(function) => Some((&function.params, None, Some(function))),
            Expression::FunctionExpression(function) => Some((&function.params, function.body.as_ref(), None)),
            _ => None,
        };
        let kind = if function.is_some() { SymbolKind::Function } else { SymbolKind::Constant };
        if self.scopes.is_empty() && self.blocks == 0 {
            self.add_symbol(name, kind, declarator.id.span(), declarator.span);
        }
        match function {
            // A function that is assigned has the name that it is assigned to.
            Some((parameters, body, arrow)) => self.inside(Scope::Function(name.to_owned()), |inner| {
                walk::walk_formal_parameters(inner, parameters);
                if let Some(body) = body {
                    inner.visit_function_body(body);
                }
                if let Some(arrow) = arrow {
                    inner.visit_arrow_function_body(&arrow.body);
                }
            }),
            None => self.visit_expression(value),
        }
    }

    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        // What the call's function is made of has been told with it.
        if !self.add_reference(&call.callee, ReferenceKind::Call) {
            self.visit_expression(&call.callee);
        }
        self.visit_arguments(&call.arguments);
    }

    fn visit_new_expression(&mut self, made: &NewExpression<'a>) {
        if !self.add_reference(&made.callee, ReferenceKind::Call) {
            self.visit_expression(&made.callee);
        }
        self.visit_arguments(&made.arguments);
    }

    fn visit_expression(&mut self, expression: &Expression<'a>) {
        let is_name = matches!(expression, Expression::Identifier(_) | Expression::StaticMemberExpression(_));
        if !(is_name && self.add_reference(expression, ReferenceKind::Read)) {
            walk::walk_expression(self, expression);
        }
    }

    // Where these are visited without an expression round them, something is written to them.
    fn visit_identifier_reference(&mut self, _: &IdentifierReference<'a>) {}

    fn visit_static_member_expression(&mut self, member: &StaticMemberExpression<'a>) {
        walk::walk_static_member_expression(self, member);
    }
}
