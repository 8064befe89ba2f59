//! Numbers as they are written, exact and of any size: a bound of `0.01` is not the binary fraction next to it.

use std::fmt;

/// Digits of a number that somebody meant. More are refused, so that no work follows from a long text.
const MAX_DIGITS: usize = 400;
/// The largest power of ten. Binary fractions end at 308.
const MAX_EXPONENT: i64 = 400;

/// A decimal number: `digits` times ten to the power of `exponent`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    is_negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: String,
    exponent: i64,
}

impl Number {
    /// Reads a number as Python, JavaScript and JSON write it: `-1`, `0.5`, `.5`, `1e3`, `1_000`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest.trim_start()),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, power) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i64>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_digits = |part: &str| {
            part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
                && !part.starts_with('_')
                && !part.ends_with('_')
        };
        if (whole.is_empty() && fraction.is_empty()) || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let fraction = fraction.replace('_', "");
        let all = whole.replace('_', "") + &fraction;
        let exponent = power.checked_sub(i64::try_from(fraction.len()).ok()?)?;
        Self::new(is_negative, &all, exponent)
    }

    fn new(is_negative: bool, digits: &str, exponent: i64) -> Option<Self> {
        let significant = digits.trim_end_matches('0');
        let exponent = exponent.checked_add(i64::try_from(digits.len() - significant.len()).ok()?)?;
        let significant = significant.trim_start_matches('0');
        if significant.is_empty() {
            return Some(Self { is_negative: false, digits: String::new(), exponent: 0 });
        }
        let is_kept = significant.len() <= MAX_DIGITS && (-MAX_EXPONENT..=MAX_EXPONENT).contains(&exponent);
        is_kept.then(|| Self { is_negative, digits: significant.to_owned(), exponent })
    }

    /// Answers whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Answers whether it is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.is_negative
    }

    /// Answers whether it has no fraction.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.exponent >= 0
    }

    /// Returns it with the other sign.
    #[must_use]
    pub fn negated(&self) -> Self {
        Self { is_negative: !self.is_negative && !self.is_zero(), ..self.clone() }
    }

    /// Returns it as a whole number and the power of ten that it is divided by: `0.25` is 25 and 2.
    #[must_use]
    pub fn scaled(&self) -> (String, usize) {
        let places = usize::try_from(-self.exponent).unwrap_or_default();
        let whole = Self { exponent: self.exponent.max(0), ..self.clone() };
        (whole.to_string(), places)
    }

    // The place of the first digit: 12.5 has it at 2, 0.01 at -1.
    fn magnitude(&self) -> i64 {
        self.exponent + i64::try_from(self.digits.len()).unwrap_or(i64::MAX / 2)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative { "-" } else { "" };
        let point = self.magnitude();
        let length = i64::try_from(self.digits.len()).unwrap_or(i64::MAX);
        let zeros = |count: i64| "0".repeat(usize::try_from(count).unwrap_or_default());
        if self.is_zero() {
            f.write_str("0")
        } else if self.exponent >= 0 {
            write!(f, "{sign}{}{}", self.digits, zeros(self.exponent))
        } else if point <= 0 {
            write!(f, "{sign}0.{}{}", zeros(-point), self.digits)
        } else {
            let (whole, fraction) = self.digits.split_at(usize::try_from(point.min(length)).unwrap_or_default());
            write!(f, "{sign}{whole}.{fraction}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).expect(text)
    }

    #[test]
    fn is_written_as_all_languages_read_it() {
        for (written, expected) in [
            ("0", "0"),
            ("-0.0", "0"),
            ("007", "7"),
            ("1_000", "1000"),
            ("1.50", "1.5"),
            (".5", "0.5"),
            ("1e3", "1000"),
            ("-1.25E-3", "-0.00125"),
            ("999999.99", "999999.99"),
        ] {
            assert_eq!(number(written).to_string(), expected);
            assert_eq!(number(expected), number(written));
        }
    }

    #[test]
    fn refuses_what_is_no_number_and_what_nobody_meant() {
        for text in ["", ".", "-", "1.2.3", "0x10", "1e", "nan", "inf", "_1", "1e999999999999", "1e500", "--1"] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
        assert_eq!(Number::parse(&"1".repeat(100_000)), None);
    }
}
