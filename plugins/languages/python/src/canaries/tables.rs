//! Expected values that stand in a table of parameters: `@pytest.mark.parametrize("amount, expected", [(1, 2), (3, 4)])`.

use std::collections::BTreeMap;

use ruff_python_ast::{Expr, ExprCall, StmtFunctionDef};
use ruff_text_size::{Ranged, TextRange};

use super::eligible::words;
use crate::source::Source;
use crate::source::bindings::Bindings;

/// By name, the values of the parameters of one test that are written out in its tables.
///
/// Only parameters that the test's body names once: where one is used elsewhere too, another value may fail elsewhere.
#[derive(Default)]
pub(super) struct Tables<'s>(BTreeMap<&'s str, Vec<&'s Expr>>);

impl<'s> Tables<'s> {
    pub(super) fn of(function: &'s StmtFunctionDef, source: &'s Source, bindings: &Bindings) -> Self {
        let mut tables = Self::default();
        let (Some(first), Some(last)) = (function.body.first(), function.body.last()) else { return tables };
        let body = source.written(&TextRange::new(first.start(), last.end()));
        for decorator in &function.decorator_list {
            let Expr::Call(call) = &decorator.expression else { continue };
            if bindings.resolve(&call.func).as_deref() != Some("pytest.mark.parametrize") {
                continue;
            }
            for (name, values) in columns(call, bindings).unwrap_or_default() {
                if words(body).filter(|word| *word == name).count() == 1 {
                    tables.0.insert(name, values);
                }
            }
        }
        tables
    }

    /// Returns the values of a parameter, one for each row that has it; none for what is no such parameter.
    pub(super) fn values(&self, name: &str) -> Option<&[&'s Expr]> {
        self.0.get(name).map(Vec::as_slice)
    }
}

/// Returns the columns of a table; none where it is not written out, or where the framework does more with it than hand it on.
fn columns<'s>(call: &'s ExprCall, bindings: &Bindings) -> Option<Vec<(&'s str, Vec<&'s Expr>)>> {
    let is_plain = call.arguments.keywords.iter().all(|keyword| keyword.arg.as_ref().is_some_and(|name| name == "ids"));
    let [names, rows] = &*call.arguments.args else { return None };
    if !is_plain {
        return None;
    }
    // One name in a text: then a row is the value itself.
    let (names, is_bare) = match names {
        Expr::StringLiteral(literal) => {
            let names: Vec<&str> =
                literal.value.to_str().split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
            let is_bare = names.len() == 1;
            (names, is_bare)
        }
        other => {
            let names = items(other)?.iter().map(|name| Some(name.as_string_literal_expr()?.value.to_str()));
            (names.collect::<Option<Vec<&str>>>()?, false)
        }
    };
    let mut columns: Vec<(&str, Vec<&Expr>)> = names.into_iter().map(|name| (name, Vec::new())).collect();
    for row in items(rows)? {
        let values = match row {
            Expr::Call(call) if bindings.resolve(&call.func).as_deref() == Some("pytest.param") => {
                // With a mark the row may be left out.
                let has_mark = call.arguments.keywords.iter().any(|keyword| keyword.arg.as_deref() != Some("id"));
                if has_mark { &[] } else { &*call.arguments.args }
            }
            value if is_bare => std::slice::from_ref(value),
            row => items(row).unwrap_or_default(),
        };
        if values.len() == columns.len() {
            columns.iter_mut().zip(values).for_each(|((_, column), value)| column.push(value));
        }
    }
    Some(columns)
}

fn items(expression: &Expr) -> Option<&[Expr]> {
    match expression {
        Expr::List(list) => Some(&list.elts),
        Expr::Tuple(tuple) => Some(&tuple.elts),
        _ => None,
    }
}
