//! Calls that vitest runs before the imports of a file: `vi.mock`, `vi.unmock` and `vi.hoisted`.
//!
//! Found before imports become calls, and moved after that: by then every import is a statement with a place in the order.

use std::collections::BTreeSet;

use oxc_allocator::ReplaceWith as _;
use oxc_ast::ast::{Argument, CallExpression, Expression, Program, Statement};
use oxc_span::GetSpan as _;

const OBJECTS: [&str; 2] = ["vi", "vitest"];
const METHODS: [&str; 3] = ["mock", "unmock", "hoisted"];

/// The module that the calls come from: its imports stay before them.
const FRAMEWORK: &str = "vitest";

/// Where the statements stand that have to be moved.
#[derive(Debug, Default)]
pub(super) struct Hoisted {
    calls: BTreeSet<u32>,
    framework: BTreeSet<u32>,
}

impl Hoisted {
    /// Looks for the calls. `vi.mock(import('./a'))` becomes `vi.mock('./a')`: the path is all that is meant.
    pub(super) fn find(program: &mut Program<'_>) -> Self {
        let mut found = Self::default();
        for statement in &mut program.body {
            let start = statement.span().start;
            if let Statement::ImportDeclaration(import) = statement {
                if import.source.value == FRAMEWORK {
                    found.framework.insert(start);
                }
            } else if holds_call(statement) {
                found.calls.insert(start);
            }
        }
        found
    }

    /// Moves them: what defines exports, the framework, the calls, the other imports, the rest.
    pub(super) fn apply<'a>(&self, program: &mut Program<'a>) {
        if self.calls.is_empty() {
            return;
        }
        let rank = |statement: &Statement<'a>| {
            let start = statement.span().start;
            if self.framework.contains(&start) {
                1
            } else if self.calls.contains(&start) {
                2
            } else if is_import(statement) {
                3
            } else if defines_export(statement) {
                0
            } else {
                4
            }
        };
        // Stable: within a rank the order of the file is kept.
        program.body.sort_by_key(rank);
    }
}

fn holds_call(statement: &mut Statement<'_>) -> bool {
    match statement {
        Statement::ExpressionStatement(statement) => is_hoisted(&mut statement.expression),
        Statement::VariableDeclaration(variables) => {
            variables.declarations.iter_mut().filter_map(|one| one.init.as_mut()).any(is_hoisted)
        }
        _ => false,
    }
}

fn is_hoisted(expression: &mut Expression<'_>) -> bool {
    match expression {
        Expression::AwaitExpression(awaited) => is_hoisted(&mut awaited.argument),
        Expression::CallExpression(call) if is_method(call) => {
            if let Some(first) = call.arguments.first_mut() {
                path_alone(first);
            }
            true
        }
        _ => false,
    }
}

fn path_alone(argument: &mut Argument<'_>) {
    argument.replace_with(|argument| match argument {
        Argument::ImportExpression(import) => Argument::from(import.unbox().source),
        other => other,
    });
}

fn is_method(call: &CallExpression<'_>) -> bool {
    let Expression::StaticMemberExpression(member) = &call.callee else { return false };
    let Expression::Identifier(object) = &member.object else { return false };
    OBJECTS.contains(&object.name.as_str()) && METHODS.contains(&member.property.name.as_str())
}

/// `const __vite_ssr_import_0__ = await __vite_ssr_import__(…)`, or the same without a name.
fn is_import(statement: &Statement<'_>) -> bool {
    let value = match statement {
        Statement::VariableDeclaration(variables) => variables.declarations.first().and_then(|one| one.init.as_ref()),
        Statement::ExpressionStatement(statement) => Some(&statement.expression),
        _ => None,
    };
    let Some(Expression::AwaitExpression(awaited)) = value else { return false };
    let Expression::CallExpression(call) = &awaited.argument else { return false };
    matches!(&call.callee, Expression::Identifier(callee) if callee.name == "__vite_ssr_import__")
}

/// `Object.defineProperty(__vite_ssr_exports__, …)`.
fn defines_export(statement: &Statement<'_>) -> bool {
    let Statement::ExpressionStatement(statement) = statement else { return false };
    let Expression::CallExpression(call) = &statement.expression else { return false };
    matches!(call.arguments.first(), Some(Argument::Identifier(first)) if first.name == "__vite_ssr_exports__")
}
