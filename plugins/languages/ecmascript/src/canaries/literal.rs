//! Expected values that are written out, and how to change one so that it is certainly another value.

use oxc_ast::ast::{
    Argument, ArrayExpressionElement, Expression, NewExpression, NumberBase, ObjectExpression, ObjectPropertyKind,
    UnaryOperator,
};
use oxc_span::{GetSpan, Span};
use pact_language_base::draw::Draw;

use super::tables::Tables;
use crate::source::Source;
use crate::source::names::{key_name, untyped};

/// A literal that can be changed.
pub(super) struct Change {
    pub(super) place: Span,
    /// Whether every case of the test compares with it; else it stands in a row of a table.
    pub(super) every_case: bool,
    kind: Kind,
}

enum Kind {
    /// To another one near it.
    Int(i128),
    BigInt(i128),
    /// To the next one: what takes it may refuse others.
    NextInt(i128),
    /// To one that no tolerance reaches.
    FarInt(i128),
    Float(f64),
    NextFloat(f64),
    True,
    False,
    Null,
    /// Longer by a letter before the closing mark.
    Text,
}

/// What stands round a literal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// It is compared.
    Value,
    /// A class takes it.
    Constructor,
    /// It is compared with a tolerance.
    Tolerance,
    /// It is a length.
    Length,
}

impl Change {
    /// Writes the other value.
    pub(super) fn written(&self, source: &Source<'_>, draw: &Draw<'_>, id: &str) -> String {
        const STEPS: [i128; 6] = [1, 2, 3, 10, -1, -2];
        let step = || STEPS[draw.below(&["step", id], STEPS.len())];
        let text = source.written(&self.place);
        match self.kind {
            Kind::Int(value) => whole(value + step(), text),
            Kind::BigInt(value) => whole(value + step(), text) + "n",
            Kind::NextInt(value) => whole(value + 1, text),
            Kind::FarInt(value) => whole(value * 2 + if value < 0 { -1 } else { 1 }, text),
            Kind::Float(value) => format!("{}", value * 2.0 + if value < 0.0 { -1.0 } else { 1.0 }),
            Kind::NextFloat(value) => format!("{}", value + 1.0),
            Kind::True => "false".to_owned(),
            Kind::False => "true".to_owned(),
            Kind::Null => "0".to_owned(),
            Kind::Text => {
                let (content, mark) = text.split_at(text.len() - 1);
                let letter = char::from(b"abcdefghijklmnopqrstuvwxyz"[draw.below(&["letter", id], 26)]);
                format!("{content}{letter}{mark}")
            }
        }
    }
}

/// Writes a whole number, in groups where the author's is: one without would give the change away.
fn whole(value: i128, like: &str) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = if value < 0 { "-".to_owned() } else { String::new() };
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) && like.contains('_') {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

/// Returns the changes that make an expected value another one; none where it is not written out.
pub(super) fn changes(
    expected: &Expression<'_>,
    within: Within,
    source: &Source<'_>,
    tables: &Tables<'_>,
) -> Vec<Change> {
    let mut reader = Reader { source, tables, in_table: false, changes: Vec::new() };
    if reader.read(expected, within) { reader.changes } else { Vec::new() }
}

struct Reader<'s> {
    source: &'s Source<'s>,
    tables: &'s Tables<'s>,
    in_table: bool,
    changes: Vec<Change>,
}

impl Reader<'_> {
    /// Collects the literals of an expression. Returns whether it is made of nothing else.
    fn read(&mut self, expression: &Expression<'_>, within: Within) -> bool {
        let expression = untyped(expression);
        match expression {
            Expression::NumericLiteral(_) | Expression::BigIntLiteral(_) => {
                self.number(expression, expression, 1, within)
            }
            Expression::UnaryExpression(unary) if unary.operator == UnaryOperator::UnaryNegation => {
                self.number(expression, &unary.argument, -1, within)
            }
            Expression::StringLiteral(_) => self.value(expression, Kind::Text, within),
            Expression::TemplateLiteral(template) if template.expressions.is_empty() => {
                self.value(expression, Kind::Text, within)
            }
            Expression::BooleanLiteral(literal) => {
                self.value(expression, if literal.value { Kind::True } else { Kind::False }, within)
            }
            Expression::NullLiteral(_) => self.value(expression, Kind::Null, within),
            Expression::ArrayExpression(array) => {
                array.elements.iter().all(|element| element.as_expression().is_some_and(|item| self.read(item, within)))
            }
            Expression::ObjectExpression(object) => self.object(object, within),
            Expression::NewExpression(made) => self.made(made, within),
            Expression::Identifier(name) if name.name == "undefined" => true,
            Expression::Identifier(name) if !self.in_table => self.table(name.name.as_str(), within),
            _ => false,
        }
    }

    /// Collects the literals of a parameter's values. A value that is none stays as it is.
    fn table(&mut self, name: &str, within: Within) -> bool {
        let tables = self.tables;
        let Some(values) = tables.values(name) else { return false };
        self.in_table = true;
        for value in values {
            let known = self.changes.len();
            if !self.read(value, within) {
                self.changes.truncate(known);
            }
        }
        self.in_table = false;
        true
    }

    fn object(&mut self, object: &ObjectExpression<'_>, within: Within) -> bool {
        let known = self.changes.len();
        let mut keys = Vec::new();
        for property in &object.properties {
            let ObjectPropertyKind::ObjectProperty(property) = property else { return false };
            let key = key_name(&property.key).filter(|key| *key != "__proto__" && !property.computed);
            let Some(key) = key.filter(|_| !property.method && !property.shorthand) else { return false };
            keys.push(key);
            if !self.read(&property.value, within) {
                return false;
            }
        }
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        // Of two values of one key the first says nothing.
        if keys.len() != count {
            self.changes.truncate(known);
        }
        true
    }

    fn made(&mut self, made: &NewExpression<'_>, within: Within) -> bool {
        let name = match &made.callee {
            Expression::Identifier(name) => name.name.as_str(),
            Expression::StaticMemberExpression(member) => member.property.name.as_str(),
            _ => return false,
        };
        // The length that an array is made with is no value of it.
        let is_class = name.starts_with(char::is_uppercase) && name != "Array" && name.contains(char::is_lowercase);
        let is_value = matches!(within, Within::Value | Within::Constructor);
        let mut arguments = made.arguments.iter().map(Argument::as_expression);
        is_class
            && is_value
            && arguments.all(|argument| argument.is_some_and(|value| self.read(value, Within::Constructor)))
    }

    fn number(&mut self, whole: &Expression<'_>, literal: &Expression<'_>, sign: i8, within: Within) -> bool {
        // Large enough for everything that people write, small enough to be exact.
        const MAX_INT: i128 = 1 << 52;
        const MAX_BIG: i128 = 1 << 100;
        const MAX_FLOAT: f64 = 1e300;
        const MAX_NEXT_FLOAT: f64 = 1e15;
        let kind = match literal {
            Expression::NumericLiteral(literal) if matches!(literal.base, NumberBase::Decimal | NumberBase::Float) => {
                let raw = literal.raw.as_ref().map_or("", |raw| raw.as_str()).replace('_', "");
                let value = literal.value * f64::from(sign);
                match (raw.parse::<i128>(), within) {
                    (Ok(value), _) if value > MAX_INT => return true,
                    (Ok(value), Within::Value) => Kind::Int(value * i128::from(sign)),
                    (Ok(value), Within::Constructor | Within::Length) => Kind::NextInt(value * i128::from(sign)),
                    (Ok(value), Within::Tolerance) => Kind::FarInt(value * i128::from(sign)),
                    (Err(_), Within::Constructor) if value.abs() < MAX_NEXT_FLOAT => Kind::NextFloat(value),
                    (Err(_), Within::Value | Within::Tolerance) if value.abs() < MAX_FLOAT => Kind::Float(value),
                    (Err(_), _) => return true,
                }
            }
            Expression::BigIntLiteral(literal) if within == Within::Value => {
                let raw = literal.raw.as_ref().map_or("", |raw| raw.as_str()).trim_end_matches('n').replace('_', "");
                match raw.parse::<i128>() {
                    Ok(value) if value < MAX_BIG => Kind::BigInt(value * i128::from(sign)),
                    _ => return true,
                }
            }
            // Of another base, or no number at all.
            Expression::NumericLiteral(_) | Expression::BigIntLiteral(_) => return true,
            _ => return false,
        };
        self.add(whole, kind);
        true
    }

    /// Adds what is changed only where it is compared as it is: a class may refuse a longer text.
    fn value(&mut self, expression: &Expression<'_>, kind: Kind, within: Within) -> bool {
        if within == Within::Value {
            self.add(expression, kind);
        }
        true
    }

    fn add(&mut self, expression: &Expression<'_>, kind: Kind) {
        // Lines keep their number, so a literal of several lines stays.
        if !self.source.written(expression).contains(['\n', '\r']) {
            self.changes.push(Change { place: expression.span(), every_case: !self.in_table, kind });
        }
    }
}

/// Returns the items of an array that is written out.
pub(super) fn items<'e, 'a>(expression: &'e Expression<'a>) -> Option<Vec<&'e Expression<'a>>> {
    match untyped(expression) {
        Expression::ArrayExpression(array) => {
            array.elements.iter().map(ArrayExpressionElement::as_expression).collect()
        }
        _ => None,
    }
}
