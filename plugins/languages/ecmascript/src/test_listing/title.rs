//! The name that a framework gives a test or a suite.

use oxc_ast::ast::{BinaryOperator, Expression, NumberBase};

use crate::source::bindings::Bindings;
use crate::source::names::untyped;

/// Constants may name constants; deeper chains are not followed.
const MAX_INDIRECTIONS: u32 = 4;

/// Returns the text that an expression certainly is; `None` where it is computed.
pub(crate) fn known(expression: &Expression<'_>, bindings: &Bindings<'_>) -> Option<String> {
    read(expression, bindings, 0)
}

fn read(expression: &Expression<'_>, bindings: &Bindings<'_>, indirections: u32) -> Option<String> {
    match untyped(expression) {
        Expression::StringLiteral(text) if !text.lone_surrogates => Some(text.value.to_string()),
        Expression::TemplateLiteral(template) => {
            let mut text = String::new();
            let mut expressions = template.expressions.iter();
            for quasi in &template.quasis {
                text.push_str(quasi.value.cooked.as_ref()?.as_str());
                if let Some(inner) = expressions.next() {
                    text.push_str(&read(inner, bindings, indirections)?);
                }
            }
            Some(text)
        }
        Expression::BinaryExpression(sum) if sum.operator == BinaryOperator::Addition => {
            // Of two numbers it is the sum; a text on one side makes it a text.
            let is_text = |side: &Expression<'_>| !matches!(untyped(side), Expression::NumericLiteral(_));
            let (left, right) = (read(&sum.left, bindings, indirections)?, read(&sum.right, bindings, indirections)?);
            (is_text(&sum.left) || is_text(&sum.right)).then(|| left + &right)
        }
        // `1e3` and `0x10` are written otherwise than they are shown.
        Expression::NumericLiteral(number) if number.base == NumberBase::Decimal => {
            let raw = number.raw.as_ref()?.as_str();
            let is_plain = raw.chars().all(|digit| digit.is_ascii_digit()) && (raw == "0" || !raw.starts_with('0'));
            (is_plain && raw.len() < 16).then(|| raw.to_owned())
        }
        Expression::Identifier(name) if indirections < MAX_INDIRECTIONS => {
            read(bindings.constant(name.name.as_str())?, bindings, indirections + 1)
        }
        _ => None,
    }
}
