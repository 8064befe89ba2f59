//! What permits a test to skip or to fail, before its place is known in lines.

use oxc_ast::ast::{CallExpression, Expression, ObjectExpression, ObjectPropertyKind};
use oxc_span::{GetSpan, Span};

use super::{Mark, MarkForm, MarkKind};
use crate::source::Source;
use crate::source::names::{key_name, untyped};

/// A permission with its place.
#[derive(Debug, Clone)]
pub(crate) struct Permit {
    pub(super) kind: MarkKind,
    pub(super) text: String,
    pub(super) place: Span,
}

impl Permit {
    pub(super) fn skip(text: &str, place: Span) -> Self {
        Self { kind: MarkKind::Skip, text: head(text), place }
    }

    pub(super) fn skip_if(text: &str, place: Span) -> Self {
        Self { kind: MarkKind::SkipIf, text: head(text), place }
    }

    pub(super) fn xfail(text: &str, place: Span) -> Self {
        Self { kind: MarkKind::Xfail, text: head(text), place }
    }

    /// `node:test` runs what is to be done and forgives its failure; vitest does not run it.
    pub(super) fn todo(text: &str, place: Span, is_of_node: bool) -> Vec<Self> {
        let failing = is_of_node.then(|| Self::xfail(text, place));
        std::iter::once(Self::skip(text, place)).chain(failing).collect()
    }

    /// Returns it as it is where a condition decides whether it applies.
    pub(super) fn under_a_condition(&self) -> Self {
        let kind = if self.kind == MarkKind::Skip { MarkKind::SkipIf } else { self.kind };
        Self { kind, ..self.clone() }
    }

    pub(super) fn mark(&self, source: &Source<'_>, form: MarkForm) -> Mark {
        Mark {
            kind: self.kind,
            form,
            text: self.text.clone(),
            first_line: source.first_line(&self.place),
            last_line: source.last_line(&self.place),
        }
    }
}

/// What the options of a definition say: `{ skip: true }`, `{ todo: true }`, `{ fails: true }`, `{ only: true }`.
pub(super) fn of_options(call: &CallExpression<'_>, is_of_node: bool) -> (Vec<Permit>, bool) {
    let arguments = call.arguments.iter().skip(1).filter_map(|argument| argument.as_expression()).map(untyped);
    let mut permits = Vec::new();
    let mut is_only = false;
    for argument in arguments {
        let Expression::ObjectExpression(options) = argument else { continue };
        for (name, value) in written_out(options) {
            let Some(certain) = truth(value) else { continue };
            let place = value.span();
            let found = match name {
                "skip" => vec![Permit::skip(name, place)],
                "todo" => Permit::todo(name, place, is_of_node),
                "fails" => vec![Permit::xfail(name, place)],
                "only" => {
                    is_only = true;
                    continue;
                }
                _ => continue,
            };
            permits.extend(found.into_iter().map(|permit| if certain { permit } else { permit.under_a_condition() }));
        }
    }
    (permits, is_only)
}

fn written_out<'o, 'a>(options: &'o ObjectExpression<'a>) -> impl Iterator<Item = (&'o str, &'o Expression<'a>)> {
    options.properties.iter().filter_map(|property| match property {
        ObjectPropertyKind::ObjectProperty(property) => Some((key_name(&property.key)?, &property.value)),
        ObjectPropertyKind::SpreadProperty(_) => None,
    })
}

/// Returns whether an option that applies does so for certain; `None` when it certainly does not.
fn truth(value: &Expression<'_>) -> Option<bool> {
    match untyped(value) {
        Expression::BooleanLiteral(literal) => literal.value.then_some(true),
        Expression::StringLiteral(text) => (!text.value.is_empty()).then_some(true),
        Expression::NullLiteral(_) => None,
        Expression::Identifier(name) if name.name == "undefined" => None,
        _ => Some(false),
    }
}

/// Leaves arguments out: `test.skipIf(onWindows).each` is `test.skipIf`.
fn head(text: &str) -> String {
    let end = text.find(['(', '`']).unwrap_or(text.len());
    text.get(..end).unwrap_or(text).split_whitespace().collect()
}
