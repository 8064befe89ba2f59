//! Statements of a test: what they compare, and whether they leave it.

use oxc_ast::ast::{
    Argument, ArrowFunctionExpression, CallExpression, Class, Expression, Function, IdentifierReference, NewExpression,
    ReturnStatement, Statement,
};
use oxc_ast_visit::{Visit, walk};
use oxc_syntax::scope::ScopeFlags;

use super::literal::Within;
use crate::source::bindings::Bindings;
use crate::source::names::untyped;

/// Two values that a statement compares.
pub(super) struct Compared<'s, 'a> {
    pub(super) found: &'s Expression<'a>,
    pub(super) expected: &'s Expression<'a>,
    pub(super) within: Within,
}

/// Returns what a statement compares, if it fails certainly where the two differ.
pub(super) fn compared<'s, 'a>(statement: &'s Statement<'a>, bindings: &Bindings<'_>) -> Option<Compared<'s, 'a>> {
    let Statement::ExpressionStatement(statement) = statement else { return None };
    let (expression, is_awaited) = awaited(&statement.expression);
    let Expression::CallExpression(call) = expression else { return None };
    of_expect(call, is_awaited, bindings).or_else(|| of_assert(call, bindings))
}

/// Returns whether a statement does nothing but look.
pub(super) fn is_check(statement: &Statement<'_>, bindings: &Bindings<'_>) -> bool {
    let Statement::ExpressionStatement(statement) = statement else {
        return matches!(statement, Statement::EmptyStatement(_));
    };
    let (Expression::CallExpression(call), _) = awaited(&statement.expression) else { return false };
    assertion(call, bindings).is_some() || root(&call.callee, bindings).is_some() || is_expect(&call.callee, bindings)
}

fn awaited<'s, 'a>(expression: &'s Expression<'a>) -> (&'s Expression<'a>, bool) {
    match untyped(expression) {
        Expression::AwaitExpression(awaited) => (untyped(&awaited.argument), true),
        other => (other, false),
    }
}

/// `expect(found).toBe(expected)`, `await expect(found).resolves.toEqual(expected)`.
fn of_expect<'s, 'a>(
    call: &'s CallExpression<'a>,
    is_awaited: bool,
    bindings: &Bindings<'_>,
) -> Option<Compared<'s, 'a>> {
    let Expression::StaticMemberExpression(matcher) = &call.callee else { return None };
    let within = match matcher.property.name.as_str() {
        "toBe" | "toEqual" | "toStrictEqual" => Within::Value,
        // A tolerance of its own may be as wide as it likes.
        "toBeCloseTo" => Within::Tolerance,
        "toHaveLength" => Within::Length,
        _ => return None,
    };
    let [expected] = call.arguments.as_slice() else { return None };
    let subject = match &matcher.object {
        Expression::StaticMemberExpression(promise) if promise.property.name == "resolves" && is_awaited => {
            &promise.object
        }
        other => other,
    };
    let Expression::CallExpression(subject) = subject else { return None };
    let found = subject.arguments.first().and_then(Argument::as_expression);
    is_expect(&subject.callee, bindings).then_some(())?;
    Some(Compared { found: found?, expected: expected.as_expression()?, within })
}

/// `assert.equal(found, expected)` of node and of vitest.
fn of_assert<'s, 'a>(call: &'s CallExpression<'a>, bindings: &Bindings<'_>) -> Option<Compared<'s, 'a>> {
    let name = assertion(call, bindings)?;
    let is_equality = matches!(name.as_str(), "equal" | "strictEqual" | "deepEqual" | "deepStrictEqual");
    let ([found, expected] | [found, expected, _]) = call.arguments.as_slice() else { return None };
    let compared =
        Compared { found: found.as_expression()?, expected: expected.as_expression()?, within: Within::Value };
    is_equality.then_some(compared)
}

/// Returns the name of an assertion that is called, empty for `assert` itself.
fn assertion(call: &CallExpression<'_>, bindings: &Bindings<'_>) -> Option<String> {
    let meaning = bindings.resolve(&call.callee)?;
    let path = match meaning.module.as_str() {
        "assert" | "node:assert" | "assert/strict" | "node:assert/strict" => meaning.path.as_str(),
        "vitest" | "" => {
            let rest = meaning.path.strip_prefix("assert")?;
            return if rest.is_empty() { Some(String::new()) } else { rest.strip_prefix('.').map(str::to_owned) };
        }
        _ => return None,
    };
    let path = path.strip_prefix("default").map_or(path, |rest| rest.trim_start_matches('.'));
    let path = path.strip_prefix("strict.").unwrap_or(path);
    Some(path.to_owned())
}

fn is_expect(callee: &Expression<'_>, bindings: &Bindings<'_>) -> bool {
    // The context of a test has one too: there the name is a parameter's.
    bindings
        .resolve(callee)
        .is_some_and(|meaning| meaning.path == "expect" && matches!(meaning.module.as_str(), "vitest" | ""))
}

/// Returns the `expect(...)` at which a chain begins, for example that of `expect(a).not.toBe`; a member of `expect` as well.
fn root<'s>(callee: &'s Expression<'_>, bindings: &Bindings<'_>) -> Option<&'s Expression<'s>> {
    let mut inner = callee;
    loop {
        inner = match inner {
            Expression::StaticMemberExpression(member) => &member.object,
            Expression::CallExpression(call) if is_expect(&call.callee, bindings) => return Some(inner),
            _ => return is_expect(inner, bindings).then_some(inner),
        };
    }
}

/// Returns whether an expression is more than literals.
pub(super) fn is_computed(expression: &Expression<'_>) -> bool {
    let mut finder = Computed(false);
    finder.visit_expression(expression);
    finder.0
}

struct Computed(bool);

impl<'a> Visit<'a> for Computed {
    fn visit_call_expression(&mut self, _: &CallExpression<'a>) {
        self.0 = true;
    }

    fn visit_new_expression(&mut self, _: &NewExpression<'a>) {
        self.0 = true;
    }

    fn visit_identifier_reference(&mut self, name: &IdentifierReference<'a>) {
        self.0 |= !matches!(name.name.as_str(), "undefined" | "NaN" | "Infinity");
    }
}

/// Returns whether a statement may leave the function that it stands in. Functions within are not its own.
pub(super) fn returns(statement: &Statement<'_>) -> bool {
    let mut exits = Exits(false);
    exits.visit_statement(statement);
    exits.0
}

struct Exits(bool);

impl<'a> Visit<'a> for Exits {
    fn visit_return_statement(&mut self, _: &ReturnStatement<'a>) {
        self.0 = true;
    }

    fn visit_function(&mut self, _: &Function<'a>, _: ScopeFlags) {}

    fn visit_arrow_function_expression(&mut self, _: &ArrowFunctionExpression<'a>) {}

    fn visit_class(&mut self, _: &Class<'a>) {}

    fn visit_expression(&mut self, expression: &Expression<'a>) {
        walk::walk_expression(self, expression);
    }
}
