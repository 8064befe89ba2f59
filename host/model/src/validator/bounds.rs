//! Bounds of numbers and lengths, in all spellings that authors use.

use super::expression::{Expression, Relation};
use super::{Number, Refusal};

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
    /// Where it lies.
    pub number: Number,
    /// Whether the bound itself is allowed.
    pub is_inclusive: bool,
}

const EXPECTED: &str =
    "expected for example `0 <= value < 100`, `value > 0`, `1..10` or `min=1, max=10`, with numbers as bounds";
const EXPECTED_LENGTH: &str =
    "expected for example `1 <= len(value) <= 50`, `1..50`, `min=1` or `8`, with whole numbers from zero as bounds";

/// Reads the bounds of a number.
pub(super) fn range(written: &str) -> Result<Bounds, Refusal> {
    read(written.trim(), Of::Number).ok_or_else(|| malformed(written, EXPECTED))
}

/// Reads the bounds of a length.
pub(super) fn length(written: &str) -> Result<Bounds, Refusal> {
    let text = written.trim();
    // A number alone is an exact length.
    let found = match Number::parse(text) {
        Some(exact) => Bounds::exactly(exact),
        None => read(text, Of::Length).ok_or_else(|| malformed(written, EXPECTED_LENGTH))?,
    };
    let is_length = |bound: &Bound| bound.number.is_whole() && !bound.number.is_negative();
    if found.each().all(is_length) { Ok(found) } else { Err(malformed(written, EXPECTED_LENGTH)) }
}

fn malformed(written: &str, expected: &str) -> Refusal {
    let shown: String = written.chars().take(80).collect();
    Refusal::Malformed(format!("`{}`: {expected}", shown.escape_debug()))
}

/// What is bounded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Number,
    Length,
}

fn read(text: &str, of: Of) -> Option<Bounds> {
    // A point after a point begins no fraction, so this is no comparison.
    if let Some((lower, upper)) = text.split_once("..") {
        return span(lower, upper);
    }
    keys(text)
        .or_else(|| interval(text))
        .or_else(|| comparisons(text, of))
        .filter(|found| found.each().next().is_some())
}

// `1..10`, `1..=10`, `1..<10`, `1..`, `..10`: both ends belong to it, as in words.
fn span(lower: &str, upper: &str) -> Option<Bounds> {
    let is_inclusive = !upper.starts_with('<');
    let end = |text: &str, is_inclusive| match text.trim() {
        "" => Some(None),
        number => Number::parse(number).map(|number| Some(Bound { number, is_inclusive })),
    };
    let bounds = Bounds { lower: end(lower, true)?, upper: end(upper.trim_start_matches(['=', '<']), is_inclusive)? };
    let is_bounded = bounds.lower.is_some() || bounds.upper.is_some();
    is_bounded.then_some(bounds)
}

// `[1, 10]`, `(0, 1]`: square brackets include their end.
fn interval(text: &str) -> Option<Bounds> {
    let inner = text.strip_prefix(['[', '('])?.strip_suffix([']', ')'])?;
    let (lower, upper) = inner.split_once(',')?;
    let bound = |text: &str, is_inclusive| Some(Bound { number: Number::parse(text.trim())?, is_inclusive });
    Some(Bounds { lower: Some(bound(lower, text.starts_with('['))?), upper: Some(bound(upper, text.ends_with(']'))?) })
}

// `min=1, max=10`, `min: 0.0, exclusive_min: true`, `{"gt": 0}`.
fn keys(text: &str) -> Option<Bounds> {
    let mut bounds = Bounds::default();
    let (mut excludes_lower, mut excludes_upper) = (false, false);
    let inner = text.trim_start_matches('{').trim_end_matches('}');
    for part in inner.split([',', ';']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split("&&")) {
        let (key, value) = part.split_once(['=', ':'])?;
        let (key, value) = (key.trim().trim_matches(['"', '\'']), value.trim());
        let key = key.to_ascii_lowercase().replace(['_', '-', ' '], "");
        let flag = match value.to_ascii_lowercase().as_str() {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
        let bound = |is_inclusive| Some(Bound { number: Number::parse(value)?, is_inclusive });
        match (key.as_str(), flag) {
            ("exclusivemin" | "minexclusive" | "exclusiveminimum", Some(flag)) => excludes_lower |= flag,
            ("exclusivemax" | "maxexclusive" | "exclusivemaximum", Some(flag)) => excludes_upper |= flag,
            ("inclusive", Some(flag)) => (excludes_lower, excludes_upper) = (!flag, !flag),
            (
                "min" | "minimum" | "ge" | "gte" | "minvalue" | "minlength" | "minlen" | "minitems" | "from" | "lower",
                None,
            ) => bounds.add(Side::Lower, bound(true)?)?,
            (
                "max" | "maximum" | "le" | "lte" | "maxvalue" | "maxlength" | "maxlen" | "maxitems" | "to" | "upper",
                None,
            ) => bounds.add(Side::Upper, bound(true)?)?,
            ("gt" | "exclusivemin" | "minexclusive" | "exclusiveminimum", None) => {
                bounds.add(Side::Lower, bound(false)?)?;
            }
            ("lt" | "exclusivemax" | "maxexclusive" | "exclusivemaximum", None) => {
                bounds.add(Side::Upper, bound(false)?)?;
            }
            ("eq" | "exact" | "exactly" | "length" | "len", None) => {
                bounds.add(Side::Lower, bound(true)?)?;
                bounds.add(Side::Upper, bound(true)?)?;
            }
            _ => return None,
        }
    }
    // A flag without the bound that it is about says nothing.
    for (excludes, side) in [(excludes_lower, &mut bounds.lower), (excludes_upper, &mut bounds.upper)] {
        match side {
            Some(bound) => bound.is_inclusive &= !excludes,
            None if excludes => return None,
            None => {}
        }
    }
    Some(bounds)
}

// `0 < value <= 9`, `>= 1`, `value > 0 and value < 9`, `> 0, < 9`.
fn comparisons(text: &str, of: Of) -> Option<Bounds> {
    let mut bounds = Bounds::default();
    for part in text.split(',') {
        let part = part.trim();
        let begins_bare = part.starts_with(['<', '>', '=', '≤', '≥']);
        let whole = if begins_bare { format!("value {part}") } else { part.to_owned() };
        collect(&Expression::parse(&whole).ok()?, &mut bounds, of)?;
    }
    Some(bounds)
}

fn collect(expression: &Expression, bounds: &mut Bounds, of: Of) -> Option<()> {
    match expression {
        Expression::All(parts) => parts.iter().try_for_each(|part| collect(part, bounds, of)),
        Expression::Comparison(first, others) => {
            let mut left = &**first;
            for (relation, right) in others {
                let (relation, number) = match (left, right) {
                    (Expression::Number(number), subject) if is_subject(subject, of) => (mirrored(*relation)?, number),
                    (subject, Expression::Number(number)) if is_subject(subject, of) => (*relation, number),
                    _ => return None,
                };
                let bound = |is_inclusive| Bound { number: number.clone(), is_inclusive };
                match relation {
                    Relation::Greater => bounds.add(Side::Lower, bound(false))?,
                    Relation::GreaterOrEqual => bounds.add(Side::Lower, bound(true))?,
                    Relation::Less => bounds.add(Side::Upper, bound(false))?,
                    Relation::LessOrEqual => bounds.add(Side::Upper, bound(true))?,
                    Relation::Equal => {
                        bounds.add(Side::Lower, bound(true))?;
                        bounds.add(Side::Upper, bound(true))?;
                    }
                    _ => return None,
                }
                left = right;
            }
            Some(())
        }
        _ => None,
    }
}

// The value under whatever name, or its length.
fn is_subject(expression: &Expression, of: Of) -> bool {
    match expression {
        Expression::Name(_) => true,
        Expression::Length(inner) => of == Of::Length && matches!(**inner, Expression::Name(_)),
        Expression::Member(inner, name) => {
            of == Of::Length && name == "length" && matches!(**inner, Expression::Name(_))
        }
        _ => false,
    }
}

fn mirrored(relation: Relation) -> Option<Relation> {
    Some(match relation {
        Relation::Less => Relation::Greater,
        Relation::LessOrEqual => Relation::GreaterOrEqual,
        Relation::Greater => Relation::Less,
        Relation::GreaterOrEqual => Relation::LessOrEqual,
        Relation::Equal => Relation::Equal,
        _ => return None,
    })
}

#[derive(Clone, Copy)]
enum Side {
    Lower,
    Upper,
}

impl Bounds {
    fn exactly(number: Number) -> Self {
        let bound = Some(Bound { number, is_inclusive: true });
        Self { lower: bound.clone(), upper: bound }
    }

    pub(super) fn at_least_zero() -> Self {
        let zero = Number::parse("0").expect("a number");
        Self { lower: Some(Bound { number: zero, is_inclusive: true }), upper: None }
    }

    // Two bounds on one side are a slip of the author: one of them does nothing.
    fn add(&mut self, side: Side, bound: Bound) -> Option<()> {
        let place = match side {
            Side::Lower => &mut self.lower,
            Side::Upper => &mut self.upper,
        };
        place.replace(bound).is_none().then_some(())
    }

    /// Returns both bounds that are there.
    pub fn each(&self) -> impl Iterator<Item = &Bound> {
        self.lower.iter().chain(&self.upper)
    }

    /// Answers whether a number lies between them.
    #[must_use]
    pub fn hold(&self, number: &Number) -> bool {
        let is_above = self
            .lower
            .as_ref()
            .is_none_or(|bound| *number > bound.number || (bound.is_inclusive && *number == bound.number));
        let is_below = self
            .upper
            .as_ref()
            .is_none_or(|bound| *number < bound.number || (bound.is_inclusive && *number == bound.number));
        is_above && is_below
    }

    /// Answers whether a binary fraction lies between the fractions next to them.
    #[must_use]
    #[expect(clippy::float_cmp, reason = "a bound is met exactly or not at all")]
    pub fn hold_float(&self, float: f64) -> bool {
        let is_above = self.lower.as_ref().is_none_or(|bound| {
            let lower = bound.number.to_f64();
            float > lower || (bound.is_inclusive && float == lower)
        });
        let is_below = self.upper.as_ref().is_none_or(|bound| {
            let upper = bound.number.to_f64();
            float < upper || (bound.is_inclusive && float == upper)
        });
        is_above && is_below
    }

    /// Returns what lies between both these and others.
    #[must_use]
    pub fn narrowed(&self, other: &Self) -> Self {
        let tighter = |left: &Option<Bound>, right: &Option<Bound>, is_lower: bool| match (left, right) {
            (Some(left), Some(right)) => {
                let order = left.number.cmp(&right.number);
                let order = if is_lower { order.reverse() } else { order };
                let takes_left = order.is_lt() || (order.is_eq() && !left.is_inclusive);
                Some(if takes_left { left.clone() } else { right.clone() })
            }
            (left, right) => left.clone().or_else(|| right.clone()),
        };
        Self { lower: tighter(&self.lower, &other.lower, true), upper: tighter(&self.upper, &other.upper, false) }
    }

    /// Answers whether nothing lies between them.
    #[must_use]
    pub fn is_empty(&self, is_whole: bool) -> bool {
        let (Some(lower), Some(upper)) = (&self.lower, &self.upper) else { return false };
        if is_whole && let (Some(least), Some(most)) = (lower.number.to_i128(), upper.number.to_i128()) {
            return least.saturating_add(i128::from(!lower.is_inclusive))
                > most.saturating_sub(i128::from(!upper.is_inclusive));
        }
        lower.number > upper.number || (lower.number == upper.number && !(lower.is_inclusive && upper.is_inclusive))
    }

    /// Writes them as a condition on a subject: `0 < value <= 9`.
    #[must_use]
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
            (None, None) => "true".to_owned(),
        }
    }
}
