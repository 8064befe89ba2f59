//! The walk over a file: what each kind of code means to the words about it.

use oxc_allocator::ArenaVec;
use oxc_ast::ast::{
    ArrowFunctionBody, ArrowFunctionExpression, AssignmentExpression, AssignmentTarget, AwaitExpression, CatchClause,
    Class, ExportDefaultDeclaration, ExportDefaultDeclarationKind, ForOfStatement, Function, ImportDeclaration,
    MethodDefinition, MethodDefinitionKind, ObjectProperty, PropertyDefinition, Statement, TryStatement,
    VariableDeclarator, YieldExpression,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::{GetSpan as _, Span};
use oxc_syntax::scope::ScopeFlags;

use super::{CALL, ClassScope, Teller, Words};

/// What a rendered proxy imports.
const PEER: &str = "pact:peer";

impl<'a> Visit<'a> for Teller<'_> {
    fn visit_import_declaration(&mut self, import: &ImportDeclaration<'a>) {
        if import.source.value == PEER && self.crossing.is_none() {
            self.crossing = Some((self.number)("<crossing>", 1));
        }
    }

    fn visit_function(&mut self, function: &Function<'a>, _: ScopeFlags) {
        let Some(body) = &function.body else { return };
        let number = self.numbered(function.id.as_ref().map(|id| id.name.as_str()), function.span);
        self.waits.push(false);
        self.visit_formal_parameters(&function.params);
        self.waits.pop();
        self.body(Words { number, can_wait: function.r#async || function.generator }, body);
    }

    fn visit_arrow_function_expression(&mut self, arrow: &ArrowFunctionExpression<'a>) {
        let words = Words { number: self.numbered(None, arrow.span), can_wait: arrow.r#async };
        self.waits.push(false);
        self.visit_formal_parameters(&arrow.params);
        self.waits.pop();
        match &arrow.body {
            ArrowFunctionBody::FunctionBody(body) => self.body(words, body),
            value => {
                let Span { start, end, .. } = value.span();
                self.around(words, start, end, true, |teller| walk::walk_arrow_function_body(teller, value));
            }
        }
    }

    fn visit_await_expression(&mut self, awaited: &AwaitExpression<'a>) {
        self.waiting(awaited.span, Some(&awaited.argument));
    }

    fn visit_yield_expression(&mut self, yielded: &YieldExpression<'a>) {
        self.waiting(yielded.span, yielded.argument.as_ref());
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause<'a>) {
        self.goes_on(clause.body.span.start + 1);
        walk::walk_catch_clause(self, clause);
    }

    fn visit_try_statement(&mut self, tried: &TryStatement<'a>) {
        self.visit_block_statement(&tried.block);
        if let Some(clause) = &tried.handler {
            self.visit_catch_clause(clause);
        }
        if let Some(last) = &tried.finalizer {
            self.goes_on(last.span.start + 1);
            self.visit_block_statement(last);
        }
    }

    fn visit_statements(&mut self, statements: &ArenaVec<'a, Statement<'a>>) {
        for statement in statements {
            self.visit_statement(statement);
            if matches!(statement, Statement::ForOfStatement(each) if each.r#await) && self.can_wait() {
                self.end(statement.span().end, format!("{CALL}.back();"));
            }
        }
    }

    fn visit_for_of_statement(&mut self, each: &ForOfStatement<'a>) {
        if !each.r#await || !self.can_wait() {
            return walk::walk_for_of_statement(self, each);
        }
        self.visit_for_statement_left(&each.left);
        self.begin(each.right.span().start, format!("{CALL}.each("));
        self.visit_expression(&each.right);
        self.end(each.right.span().end, ")");
        let body = each.body.span();
        self.begin(body.start, format!("{{{CALL}.back();"));
        self.visit_statement(&each.body);
        self.end(body.end, "}");
    }

    fn visit_class(&mut self, class: &Class<'a>) {
        let bound = self.name.take();
        let name = class.id.as_ref().map(|id| id.name.to_string()).or(bound);
        self.classes.push(ClassScope { name, extends: class.heritage.is_some() });
        walk::walk_class(self, class);
        self.classes.pop();
    }

    fn visit_method_definition(&mut self, method: &MethodDefinition<'a>) {
        let extends = self.classes.last().is_some_and(|class| class.extends);
        if method.kind == MethodDefinitionKind::Constructor && extends {
            // As it is, but for the functions in it.
            self.waits.push(false);
            self.visit_formal_parameters(&method.value.params);
            if let Some(body) = &method.value.body {
                self.visit_statements(&body.statements);
            }
            self.waits.pop();
            return;
        }
        self.visit_decorators(&method.decorators);
        self.visit_property_key(&method.key);
        self.name = self.member(&method.key);
        self.visit_function(&method.value, ScopeFlags::empty());
    }

    fn visit_property_definition(&mut self, property: &PropertyDefinition<'a>) {
        self.visit_decorators(&property.decorators);
        self.visit_property_key(&property.key);
        self.bind(self.member(&property.key), property.value.as_ref());
        // A value is made where no function around can wait.
        self.waits.push(false);
        if let Some(value) = &property.value {
            self.visit_expression(value);
        }
        self.waits.pop();
    }

    fn visit_object_property(&mut self, property: &ObjectProperty<'a>) {
        self.visit_property_key(&property.key);
        self.bind(property.key.name().map(|name| name.to_string()), Some(&property.value));
        self.visit_expression(&property.value);
    }

    fn visit_variable_declarator(&mut self, variable: &VariableDeclarator<'a>) {
        self.visit_binding_pattern(&variable.id);
        let name = variable.id.get_identifier_name().map(|name| name.to_string());
        self.bind(name, variable.init.as_ref());
        if let Some(value) = &variable.init {
            self.visit_expression(value);
        }
    }

    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        self.visit_assignment_target(&assignment.left);
        let name = match &assignment.left {
            AssignmentTarget::AssignmentTargetIdentifier(target) => Some(target.name.to_string()),
            AssignmentTarget::StaticMemberExpression(target) => Some(target.property.name.to_string()),
            _ => None,
        };
        self.bind(name, Some(&assignment.right));
        self.visit_expression(&assignment.right);
    }

    fn visit_export_default_declaration(&mut self, export: &ExportDefaultDeclaration<'a>) {
        let is_nameless = match &export.declaration {
            ExportDefaultDeclarationKind::FunctionDeclaration(function) => function.id.is_none(),
            ExportDefaultDeclarationKind::ClassDeclaration(class) => class.id.is_none(),
            ExportDefaultDeclarationKind::ArrowFunctionExpression(_) => true,
            _ => false,
        };
        self.name = is_nameless.then(|| "default".to_owned());
        walk::walk_export_default_declaration(self, export);
    }
}
