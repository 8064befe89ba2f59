//! What tests of a file share and change. One that runs apart lacks what the others did: a test that counts on it would fail
//! for that, and not where it was changed.
//!
//! Only what this file says: the state of what is tested is not seen.

use std::collections::BTreeSet;

use oxc_ast::ast::{
    ArrowFunctionExpression, AssignmentExpression, AssignmentTarget, CallExpression, Expression, ExpressionStatement,
    Function, SimpleAssignmentTarget, Statement, UnaryExpression, UnaryOperator, UpdateExpression,
};
use oxc_ast_visit::{Visit, walk};
use oxc_syntax::scope::ScopeFlags;

use crate::source::Source;
use crate::source::bindings::Bindings;
use crate::source::names::{each_bound_name, untyped};
use crate::test_listing::definition::{self, Kind};

/// Returns whether tests change what several of them use: a variable of the file or of a suite that nothing sets anew before
/// each test.
pub(super) fn is_shared(source: &Source<'_>, bindings: &Bindings<'_>) -> bool {
    let mut declared = BTreeSet::new();
    variables(source.body(), source, bindings, &mut declared);
    let mut changes =
        Changes { bindings, depth: 0, before_each: 0, changed: BTreeSet::new(), renewed: BTreeSet::new() };
    changes.visit_program(source.program());
    declared.iter().any(|name| changes.changed.contains(name) && !changes.renewed.contains(name))
}

/// Collects the variables of a file and of its suites, those of tests left out.
fn variables(body: &[Statement<'_>], source: &Source<'_>, bindings: &Bindings<'_>, declared: &mut BTreeSet<String>) {
    for statement in body {
        let variables = match statement {
            Statement::VariableDeclaration(variables) => Some(variables),
            Statement::ExpressionStatement(statement) => {
                if let Expression::CallExpression(call) = &statement.expression
                    && definition::of_call(call, source, bindings).is_some_and(|definer| definer.kind == Kind::Suite)
                    && let Some(body) = definition::handler(call).and_then(body_of)
                {
                    self::variables(body, source, bindings, declared);
                }
                None
            }
            _ => None,
        };
        for declarator in variables.iter().flat_map(|variables| &variables.declarations) {
            each_bound_name(&declarator.id, &mut |name| {
                declared.insert(name.to_owned());
            });
        }
    }
}

/// Returns the statements of a function that is written out.
pub(super) fn body_of<'e, 'a>(function: &'e Expression<'a>) -> Option<&'e [Statement<'a>]> {
    match untyped(function) {
        Expression::ArrowFunctionExpression(function) => match &function.body {
            oxc_ast::ast::ArrowFunctionBody::FunctionBody(body) => Some(&body.statements),
            _ => None,
        },
        Expression::FunctionExpression(function) => Some(&function.body.as_ref()?.statements),
        _ => None,
    }
}

struct Changes<'b> {
    bindings: &'b Bindings<'b>,
    /// How many functions are round the place.
    depth: u32,
    before_each: u32,
    changed: BTreeSet<String>,
    renewed: BTreeSet<String>,
}

impl Changes<'_> {
    /// Adds the thing at which an expression begins: `a` for `a.b[0].c`.
    fn add(&mut self, expression: &Expression<'_>) {
        let mut inner = untyped(expression);
        loop {
            inner = untyped(match inner {
                Expression::StaticMemberExpression(member) => &member.object,
                Expression::ComputedMemberExpression(member) => &member.object,
                Expression::CallExpression(call) => &call.callee,
                Expression::Identifier(name) => {
                    // Setting up before each test is no change that another test could find.
                    if self.depth > 0 && self.before_each == 0 {
                        self.changed.insert(name.name.to_string());
                    }
                    return;
                }
                _ => return,
            });
        }
    }

    fn target(&mut self, target: &AssignmentTarget<'_>) {
        match target {
            AssignmentTarget::AssignmentTargetIdentifier(name) if self.before_each > 0 => {
                self.renewed.insert(name.name.to_string());
            }
            AssignmentTarget::AssignmentTargetIdentifier(name) if self.depth > 0 => {
                self.changed.insert(name.name.to_string());
            }
            AssignmentTarget::StaticMemberExpression(member) => self.add(&member.object),
            AssignmentTarget::ComputedMemberExpression(member) => self.add(&member.object),
            _ => {}
        }
    }
}

impl<'a> Visit<'a> for Changes<'_> {
    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        self.depth += 1;
        walk::walk_function(self, function, flags);
        self.depth -= 1;
    }

    fn visit_arrow_function_expression(&mut self, function: &ArrowFunctionExpression<'a>) {
        self.depth += 1;
        walk::walk_arrow_function_expression(self, function);
        self.depth -= 1;
    }

    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        let hook = self.bindings.resolve(&call.callee).filter(|meaning| meaning.path.ends_with("beforeEach"));
        self.before_each += u32::from(hook.is_some());
        walk::walk_call_expression(self, call);
        self.before_each -= u32::from(hook.is_some());
    }

    fn visit_expression_statement(&mut self, statement: &ExpressionStatement<'a>) {
        // What is called and thrown away is called for what it does.
        let called = match untyped(&statement.expression) {
            Expression::AwaitExpression(awaited) => untyped(&awaited.argument),
            other => other,
        };
        if let Expression::CallExpression(call) = called
            && let Expression::StaticMemberExpression(member) = &call.callee
        {
            self.add(&member.object);
        }
        walk::walk_expression_statement(self, statement);
    }

    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        self.target(&assignment.left);
        walk::walk_assignment_expression(self, assignment);
    }

    fn visit_update_expression(&mut self, update: &UpdateExpression<'a>) {
        if self.depth > 0 {
            match &update.argument {
                SimpleAssignmentTarget::AssignmentTargetIdentifier(name) => {
                    self.changed.insert(name.name.to_string());
                }
                SimpleAssignmentTarget::StaticMemberExpression(member) => self.add(&member.object),
                SimpleAssignmentTarget::ComputedMemberExpression(member) => self.add(&member.object),
                _ => {}
            }
        }
    }

    fn visit_unary_expression(&mut self, unary: &UnaryExpression<'a>) {
        if unary.operator == UnaryOperator::Delete {
            self.add(&unary.argument);
        }
        walk::walk_unary_expression(self, unary);
    }
}
