//! Expected values that are written out, and how to change one so that it is certainly another value.

use pact_language_base::draw::Draw;
use ruff_python_ast::{Arguments, Expr, ExprDict, Identifier, Number, StringFlags, UnaryOp};
use ruff_text_size::{Ranged, TextRange};

use super::makers::{Makers, is_class};
use super::tables::Tables;
use crate::source::Source;
use crate::source::bindings::Bindings;

/// A literal that can be changed.
pub(super) struct Change {
    pub(super) range: TextRange,
    /// Whether every case of the test compares with it; else it stands in a row of a table.
    pub(super) every_case: bool,
    kind: Kind,
}

enum Kind {
    /// To another one near it.
    Int(i128),
    /// To the next one: what takes it may refuse others.
    NextInt(i128),
    /// To one that no tolerance reaches.
    FarInt(i128),
    Float(f64),
    NextFloat(f64),
    True,
    False,
    None,
    /// Longer by a letter; the quotation marks at the end have this length in bytes.
    Text(usize),
}

/// What stands round a literal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// It is compared.
    Value,
    /// A class takes it.
    Constructor,
    /// It is compared with a tolerance.
    Approx,
}

impl Change {
    /// Writes the other value.
    pub(super) fn written(&self, source: &Source, draw: &Draw, id: &str) -> String {
        match self.kind {
            Kind::Int(value) => {
                const STEPS: [i128; 6] = [1, 2, 3, 10, -1, -2];
                let step = STEPS[draw.below(&["step", id], STEPS.len())];
                whole(value + step, source.written(&self.range))
            }
            Kind::NextInt(value) => whole(value + 1, source.written(&self.range)),
            Kind::FarInt(value) => whole(value * 2 + if value < 0 { -1 } else { 1 }, source.written(&self.range)),
            Kind::Float(value) => format!("{:?}", value * 2.0 + if value < 0.0 { -1.0 } else { 1.0 }),
            Kind::NextFloat(value) => format!("{:?}", value + 1.0),
            Kind::True => "False".to_owned(),
            Kind::False => "True".to_owned(),
            Kind::None => "0".to_owned(),
            Kind::Text(closing) => {
                let text = source.written(&self.range);
                let (content, marks) = text.split_at(text.len() - closing);
                let letter = char::from(b"abcdefghijklmnopqrstuvwxyz"[draw.below(&["letter", id], 26)]);
                format!("{content}{letter}{marks}")
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
    expected: &Expr,
    source: &Source,
    bindings: &Bindings,
    makers: &Makers,
    tables: &Tables,
) -> Vec<Change> {
    let mut reader = Reader { source, bindings, makers, tables, in_table: false, changes: Vec::new() };
    if reader.read(expected, Within::Value) { reader.changes } else { Vec::new() }
}

struct Reader<'s> {
    source: &'s Source<'s>,
    bindings: &'s Bindings<'s>,
    makers: &'s Makers<'s>,
    tables: &'s Tables<'s>,
    in_table: bool,
    changes: Vec<Change>,
}

impl Reader<'_> {
    /// Collects the literals of an expression. Returns whether it is made of nothing else.
    fn read(&mut self, expression: &Expr, within: Within) -> bool {
        match expression {
            Expr::NumberLiteral(literal) => {
                self.number(expression, &literal.value, 1, within);
                true
            }
            Expr::UnaryOp(unary) if unary.op == UnaryOp::USub => match &*unary.operand {
                Expr::NumberLiteral(literal) => {
                    self.number(expression, &literal.value, -1, within);
                    true
                }
                _ => false,
            },
            Expr::StringLiteral(literal) => {
                if let Some(part) = literal.as_single_part_string() {
                    self.text(expression, part.flags.closer_len().to_usize(), within);
                }
                true
            }
            Expr::BytesLiteral(literal) => {
                if let Some(part) = literal.as_single_part_bytestring() {
                    self.text(expression, part.flags.closer_len().to_usize(), within);
                }
                true
            }
            Expr::BooleanLiteral(literal) => {
                self.value(expression, if literal.value { Kind::True } else { Kind::False }, within);
                true
            }
            Expr::NoneLiteral(_) => {
                self.value(expression, Kind::None, within);
                true
            }
            Expr::List(list) => self.read_all(&list.elts, within),
            Expr::Tuple(tuple) => self.read_all(&tuple.elts, within),
            Expr::Set(set) => {
                let known = self.changes.len();
                let is_literal = self.read_all(&set.elts, within);
                // Of two equal items one may change and the set stays the same.
                if !are_distinct(set.elts.iter()) {
                    self.changes.truncate(known);
                }
                is_literal
            }
            Expr::Dict(dict) => self.dict(dict, within),
            Expr::Call(call) => self.call(&call.func, &call.arguments, within),
            Expr::Name(name) if !self.in_table => self.table(name.id.as_str(), within),
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

    fn read_all(&mut self, items: &[Expr], within: Within) -> bool {
        items.iter().all(|item| self.read(item, within))
    }

    fn dict(&mut self, dict: &ExprDict, within: Within) -> bool {
        let known = self.changes.len();
        let keys: Option<Vec<&Expr>> = dict.items.iter().map(|item| item.key.as_ref()).collect();
        // A key that changes may become another one, so keys stay.
        let Some(keys) = keys.filter(|keys| keys.iter().all(|key| self.read(key, within))) else { return false };
        self.changes.truncate(known);
        let is_literal = dict.items.iter().all(|item| self.read(&item.value, within));
        if !are_distinct(keys.into_iter()) {
            self.changes.truncate(known);
        }
        is_literal
    }

    fn call(&mut self, function: &Expr, arguments: &Arguments, within: Within) -> bool {
        let name = self.bindings.resolve(function);
        if name.as_deref() == Some("pytest.approx") {
            let is_plain = arguments.keywords.is_empty() && arguments.args.len() == 1;
            // A tolerance of its own may be as wide as it likes.
            return is_plain && within == Within::Value && self.read_all(&arguments.args, Within::Approx);
        }
        // What such a class makes is equal to many values.
        let is_loose = name.is_some_and(|name| name.starts_with("dirty_equals.") || name.starts_with("unittest.mock."));
        let makers = self.makers;
        let maker = makers.get(function);
        if is_loose || within == Within::Approx || !(maker.is_some() || is_class(function)) {
            return false;
        }
        let by_position = arguments.args.iter().map(|value| (None, value));
        let by_name = arguments.keywords.iter().map(|keyword| (keyword.arg.as_ref(), &keyword.value));
        if arguments.keywords.iter().any(|keyword| keyword.arg.is_none()) {
            return false;
        }
        by_position.chain(by_name).enumerate().all(|(position, (name, value))| {
            let known = self.changes.len();
            let is_literal = self.read(value, Within::Constructor);
            // What a function does with the rest is its own affair.
            if maker.is_some_and(|maker| !maker.hands_on(position, name.map(Identifier::as_str))) {
                self.changes.truncate(known);
            }
            is_literal
        })
    }

    fn number(&mut self, expression: &Expr, value: &Number, sign: i8, within: Within) {
        // Large enough for everything that people write, small enough to double.
        const MAX_INT: i128 = 1 << 100;
        const MAX_FLOAT: f64 = 1e300;
        const MAX_NEXT_FLOAT: f64 = 1e15;
        let kind = match value {
            Number::Int(value) => {
                // `i128::from_str` reads no underscores, and `Int` writes none.
                let Ok(value) = value.to_string().parse::<i128>() else { return };
                let value = value * i128::from(sign);
                if value.abs() > MAX_INT {
                    return;
                }
                match within {
                    Within::Value => Kind::Int(value),
                    Within::Constructor => Kind::NextInt(value),
                    Within::Approx => Kind::FarInt(value),
                }
            }
            Number::Float(value) => {
                let value = value * f64::from(sign);
                match within {
                    Within::Constructor if value.abs() < MAX_NEXT_FLOAT => Kind::NextFloat(value),
                    Within::Value | Within::Approx if value.abs() < MAX_FLOAT => Kind::Float(value),
                    _ => return,
                }
            }
            Number::Complex { .. } => return,
        };
        self.add(expression, kind);
    }

    /// A class may refuse a longer text.
    fn text(&mut self, expression: &Expr, closing: usize, within: Within) {
        self.value(expression, Kind::Text(closing), within);
    }

    /// Adds what is changed only where it is compared as it is.
    fn value(&mut self, expression: &Expr, kind: Kind, within: Within) {
        if within == Within::Value {
            self.add(expression, kind);
        }
    }

    fn add(&mut self, expression: &Expr, kind: Kind) {
        // Lines keep their number, so a literal of several lines stays.
        if !self.source.written(expression).contains(['\n', '\r']) {
            self.changes.push(Change { range: expression.range(), every_case: !self.in_table, kind });
        }
    }
}

/// Returns whether some literals certainly have different values: all whole numbers or all texts, no two alike.
fn are_distinct<'e>(items: impl Iterator<Item = &'e Expr>) -> bool {
    let values: Option<Vec<String>> = items
        .map(|item| match item {
            Expr::NumberLiteral(literal) => match &literal.value {
                Number::Int(value) => Some(format!("int {value}")),
                _ => None,
            },
            Expr::StringLiteral(literal) => Some(format!("str {}", literal.value.to_str())),
            _ => None,
        })
        .collect();
    values.is_some_and(|mut values| {
        let count = values.len();
        values.sort_unstable();
        values.dedup();
        values.len() == count
    })
}
