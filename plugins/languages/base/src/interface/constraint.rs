//! Validators of a contract as conditions that can be rendered. Expressions are parsed as Python and accepted only when every
//! part of them is understood: a validator that is only half enforced would be a lie in the certificate.

use ruff_python_ast::{BoolOp, CmpOp, Expr, Number as PythonNumber, UnaryOp};
use ruff_python_parser::parse_expression;

use super::rule::{Expression, Number};
use crate::contract::{ValidatorKind, ValidatorSpec};

mod values;

/// A condition on a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Constraint {
    /// The condition.
    pub rule: Rule,
    /// What to say when it does not hold; absent for the standard text.
    pub message: Option<String>,
    /// The value is a `Decimal`, so bounds must be too: the binary fraction 0.01 is not the decimal one.
    pub is_decimal: bool,
    /// The value may be `None` through an alias; `None` satisfies every constraint.
    pub may_be_none: bool,
}

/// The condition itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// The value lies between bounds.
    Range(Bounds),
    /// The length lies between bounds.
    Length(Bounds),
    /// The regular expression is found in the value (`re.search`). `$` is the very end of the text.
    Pattern(String),
    /// It is one of these, which are numbers, texts and truths.
    OneOf(Vec<Expression>),
    /// It is a whole multiple of this, which is above zero.
    MultipleOf(Number),
    /// No item stands twice in it.
    Unique,
    /// The expression holds.
    Custom(Expression),
}

/// Lower and upper bound, at least one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounds {
    /// The lower one.
    pub lower: Option<Bound>,
    /// The upper one.
    pub upper: Option<Bound>,
}

/// One bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// A number as Python writes it.
    pub number: String,
    /// Is the bound itself allowed?
    pub is_inclusive: bool,
    /// Has the number neither point nor exponent?
    pub is_whole: bool,
}

const MAX_LENGTH_BYTES: usize = 1000;

const EXPECTED_RANGE: &str = "expected for example `0 <= value < 100`, `value > 0` or `1..10`, with numbers as bounds";
const EXPECTED_LENGTH: &str =
    "expected for example `1 <= len(value) <= 50`, `len(value) > 0` or `1..50`, with whole numbers as bounds";

impl Constraint {
    /// Reads a validator that is enforced. The error says what would be understood. Not for `custom` ones.
    pub fn read(spec: &ValidatorSpec) -> Result<Self, String> {
        let rule = match spec.kind {
            ValidatorKind::Range => Rule::Range(bounds(&spec.expression, EXPECTED_RANGE)?),
            ValidatorKind::Length => Rule::Length(lengths(&spec.expression)?),
            ValidatorKind::Regex if spec.expression.is_empty() => {
                return Err("an empty regular expression says nothing".to_owned());
            }
            ValidatorKind::Regex | ValidatorKind::Custom => Rule::Pattern(spec.expression.clone()),
            ValidatorKind::OneOf => Rule::OneOf(values::list(&spec.expression)?),
            ValidatorKind::MultipleOf => Rule::MultipleOf(values::step(&spec.expression)?),
            ValidatorKind::Unique => Rule::Unique,
        };
        Ok(Self::of(rule, spec))
    }

    /// Puts a rule together with its validator's message.
    pub fn of(rule: Rule, spec: &ValidatorSpec) -> Self {
        let message = Some(spec.error_message.trim()).filter(|message| !message.is_empty()).map(str::to_owned);
        Self { rule, message, is_decimal: false, may_be_none: false }
    }

    /// Says the condition in words that are also Python, but for a pattern.
    pub fn describe(&self) -> String {
        match &self.rule {
            Rule::Range(bounds) => bounds.condition("value"),
            Rule::Length(bounds) => bounds.condition("len(value)"),
            Rule::Pattern(pattern) => format!("value matches `{pattern}`"),
            Rule::OneOf(values) => format!("value in {}", Expression::List(values.clone())),
            Rule::MultipleOf(step) => format!("value % {step} == 0"),
            Rule::Unique => "no item stands twice in value".to_owned(),
            Rule::Custom(rule) => rule.to_string(),
        }
    }

    /// Returns whether it is about other fields as well, so that it can be judged only when all of them are there.
    pub fn names_others(&self) -> bool {
        let Rule::Custom(rule) = &self.rule else { return false };
        let mut found = false;
        rule.each_name(&mut |name| found |= name != "value");
        found
    }
}

impl Bounds {
    /// Writes the condition on a subject as Python.
    pub fn condition(&self, subject: &str) -> String {
        let sign = |bound: &Bound| if bound.is_inclusive { "<=" } else { "<" };
        match (&self.lower, &self.upper) {
            (Some(lower), Some(upper)) if lower == upper => format!("{subject} == {}", lower.number),
            (Some(lower), Some(upper)) => {
                format!("{} {} {subject} {} {}", lower.number, sign(lower), sign(upper), upper.number)
            }
            (Some(lower), None) => {
                format!("{subject} {} {}", if lower.is_inclusive { ">=" } else { ">" }, lower.number)
            }
            (None, Some(upper)) => format!("{subject} {} {}", sign(upper), upper.number),
            (None, None) => "True".to_owned(),
        }
    }

    /// Returns both bounds that are there.
    pub fn each(&self) -> impl Iterator<Item = &Bound> {
        self.lower.iter().chain(&self.upper)
    }

    fn add(&mut self, side: Side, bound: Bound) -> Result<(), String> {
        let place = match side {
            Side::Lower => &mut self.lower,
            Side::Upper => &mut self.upper,
        };
        if place.replace(bound).is_some() {
            return Err("it has two bounds on the same side".to_owned());
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
enum Side {
    Lower,
    Upper,
}

fn lengths(expression: &str) -> Result<Bounds, String> {
    // A number alone is an exact length.
    if let Ok(length) = expression.trim().parse::<u32>() {
        let bound = Bound { number: length.to_string(), is_inclusive: true, is_whole: true };
        return Ok(Bounds { lower: Some(bound.clone()), upper: Some(bound) });
    }
    let bounds = bounds(expression, EXPECTED_LENGTH)?;
    if bounds.each().any(|bound| !bound.is_whole || bound.number.starts_with('-')) {
        return Err(format!("`{expression}`: {EXPECTED_LENGTH}"));
    }
    Ok(bounds)
}

fn bounds(expression: &str, expected: &str) -> Result<Bounds, String> {
    let fail = |reason: &str| format!("`{expression}`: {reason}");
    if expression.len() > MAX_LENGTH_BYTES {
        return Err("longer than 1000 bytes".to_owned());
    }
    let text = normalise(expression);
    let parsed = parse_expression(&text).map_err(|_| fail(expected))?;
    let mut bounds = Bounds::default();
    read(parsed.expr(), &mut bounds, expected).map_err(|reason| fail(&reason))?;
    Ok(bounds)
}

/// `1..10` and `>= 1` are no Python; both are common, so they are rewritten to what they mean.
fn normalise(expression: &str) -> String {
    let text = expression.trim();
    if let Some((lower, upper)) = text.split_once("..") {
        return format!("{lower} <= value <= {}", upper.trim_start_matches('='));
    }
    if text.starts_with(['<', '>', '=']) { format!("value {text}") } else { text.to_owned() }
}

fn read(expression: &Expr, bounds: &mut Bounds, expected: &str) -> Result<(), String> {
    match expression {
        Expr::BoolOp(both) if both.op == BoolOp::And => {
            both.values.iter().try_for_each(|value| read(value, bounds, expected))
        }
        Expr::Compare(compare) => {
            let mut operands = vec![&*compare.left];
            operands.extend(&compare.comparators);
            let pairs = operands.windows(2).zip(&compare.ops);
            let mut comparisons = pairs.filter_map(|(pair, operator)| match pair {
                [left, right] => Some((*left, *operator, *right)),
                _ => None,
            });
            comparisons.try_for_each(|(left, operator, right)| read_comparison(left, operator, right, bounds, expected))
        }
        _ => Err(expected.to_owned()),
    }
}

fn read_comparison(
    left: &Expr,
    operator: CmpOp,
    right: &Expr,
    bounds: &mut Bounds,
    expected: &str,
) -> Result<(), String> {
    let (number, operator) = match (is_subject(left), is_subject(right)) {
        (true, false) => (right, operator),
        (false, true) => (left, mirrored(operator)),
        _ => return Err(expected.to_owned()),
    };
    let (number, is_whole) = literal(number).ok_or_else(|| expected.to_owned())?;
    let bound = |is_inclusive| Bound { number: number.clone(), is_inclusive, is_whole };
    match operator {
        CmpOp::Gt => bounds.add(Side::Lower, bound(false)),
        CmpOp::GtE => bounds.add(Side::Lower, bound(true)),
        CmpOp::Lt => bounds.add(Side::Upper, bound(false)),
        CmpOp::LtE => bounds.add(Side::Upper, bound(true)),
        CmpOp::Eq => bounds.add(Side::Lower, bound(true)).and_then(|()| bounds.add(Side::Upper, bound(true))),
        _ => Err(expected.to_owned()),
    }
}

/// The value, under whatever name, or its length.
fn is_subject(expression: &Expr) -> bool {
    match expression {
        Expr::Name(_) => true,
        Expr::Call(call) => {
            let is_len = matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "len");
            is_len && call.arguments.keywords.is_empty() && matches!(&*call.arguments.args, [Expr::Name(_)])
        }
        _ => false,
    }
}

fn mirrored(operator: CmpOp) -> CmpOp {
    match operator {
        CmpOp::Lt => CmpOp::Gt,
        CmpOp::LtE => CmpOp::GtE,
        CmpOp::Gt => CmpOp::Lt,
        CmpOp::GtE => CmpOp::LtE,
        other => other,
    }
}

/// Returns a number as Python writes it, and whether it is whole.
pub(super) fn literal(expression: &Expr) -> Option<(String, bool)> {
    match expression {
        Expr::NumberLiteral(literal) => match &literal.value {
            PythonNumber::Int(number) => Some((number.to_string(), true)),
            // `{:?}` keeps the point: `1.0`, not `1`.
            PythonNumber::Float(number) if number.is_finite() => Some((format!("{number:?}"), false)),
            _ => None,
        },
        Expr::UnaryOp(unary) if unary.op == UnaryOp::USub => match &*unary.operand {
            Expr::NumberLiteral(_) => {
                literal(&unary.operand).map(|(number, is_whole)| (format!("-{number}"), is_whole))
            }
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests;
