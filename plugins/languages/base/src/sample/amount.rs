//! Decimal numbers that can be computed with: bounds and what lies beside them.

use std::cmp::Ordering;

use crate::interface::rule::Number;

/// A number: `units` divided by ten to the power of `places`. Numbers beyond 38 digits have none.
#[derive(Debug, Clone, Copy)]
pub struct Amount {
    units: i128,
    places: u32,
}

/// Fractions that somebody meant.
const MAX_PLACES: u32 = 18;

impl Amount {
    /// Makes a whole number.
    pub fn whole(units: i128) -> Self {
        Self { units, places: 0 }
    }

    /// Makes the smallest step at so many places behind the point.
    pub fn step(places: u32) -> Self {
        Self { units: 1, places }
    }

    /// Reads a number of the contract; none that is too large or too fine to be computed with.
    pub fn of(number: &Number) -> Option<Self> {
        let (units, places) = number.scaled();
        let places = u32::try_from(places).ok().filter(|places| *places <= MAX_PLACES)?;
        Some(Self { units: units.parse().ok()?, places })
    }

    /// Reads a number as the contract writes it.
    pub fn parse(text: &str) -> Option<Self> {
        Self::of(&Number::parse(text)?)
    }

    /// Returns how many places it has behind the point.
    pub fn places(self) -> u32 {
        self.places
    }

    /// Returns it as a number, which knows how it is written.
    pub fn number(self) -> Option<Number> {
        Number::parse(&format!("{}e-{}", self.units, self.places))
    }

    /// Adds; none beyond 38 digits.
    pub fn plus(self, other: Self) -> Option<Self> {
        let (left, right, places) = self.aligned(other)?;
        Some(Self { units: left.checked_add(right)?, places })
    }

    /// Subtracts; none beyond 38 digits.
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { units: other.units.checked_neg()?, ..other })
    }

    /// Compares; none beyond 38 digits.
    pub fn compared(self, other: Self) -> Option<Ordering> {
        let (left, right, _) = self.aligned(other)?;
        Some(left.cmp(&right))
    }

    /// Returns the largest multiple of a step, which is above zero, that is not above it.
    pub fn multiple_below(self, step: Self) -> Option<Self> {
        let (units, step, places) = self.aligned(step)?;
        let rest = units.checked_rem_euclid(step)?;
        Some(Self { units: units.checked_sub(rest)?, places })
    }

    /// Returns half of it, rounded down to a multiple of a unit.
    pub fn half(self, unit: Self) -> Option<Self> {
        let half = Self { units: self.units.checked_mul(5)?, places: self.places + 1 };
        half.multiple_below(unit)
    }

    /// Answers whether it has no fraction.
    pub fn is_whole(self) -> bool {
        10_i128.checked_pow(self.places).is_some_and(|unit| self.units % unit == 0)
    }

    /// Answers whether every language has it exactly, or as the one binary fraction that is nearest to what is written.
    pub fn is_common(self) -> bool {
        let limit = if self.is_whole() { (1 << 53) - 1 } else { 999_999_999_999_999 };
        match 10_i128.checked_pow(self.places) {
            Some(unit) if self.is_whole() => (self.units / unit).unsigned_abs() <= limit,
            _ => self.units.unsigned_abs() <= limit,
        }
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, u32)> {
        let places = self.places.max(other.places);
        let of = |amount: Self| amount.units.checked_mul(10_i128.checked_pow(places - amount.places)?);
        Some((of(self)?, of(other)?, places))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn computes_exactly_and_gives_up_where_it_cannot() {
        let of = |text| Amount::parse(text).expect("a number");
        let written = |amount: Option<Amount>| amount.and_then(Amount::number).map(|number| number.to_string());
        assert_eq!(written(of("0.01").minus(Amount::step(3))).as_deref(), Some("0.009"));
        assert_eq!(written(of("999999.99").plus(Amount::step(3))).as_deref(), Some("999999.991"));
        assert_eq!(of("1.0").compared(of("1")), Some(Ordering::Equal));
        assert_eq!(written(of("-7").multiple_below(of("5"))).as_deref(), Some("-10"));
        assert_eq!(written(of("0.07").multiple_below(of("0.05"))).as_deref(), Some("0.05"));
        assert!(of("9007199254740991").is_common() && !of("9007199254740992").is_common());
        assert!(Amount::parse(&"9".repeat(50)).is_none());
        assert!(of(&"9".repeat(38)).plus(of(&"9".repeat(38))).is_none());
    }
}
