//! What one run varies: random numbers, the order of the tests, the start of the clock. All of it follows from a seed.

use pact_pipeline::judge::Suite;
use serde::Serialize;

/// 2001-01-01, in seconds since 1970: before it nobody tests.
const FIRST_START: u64 = 978_307_200;
/// Sixty years, and a second short of a whole number of minutes, so that starts fall on all times of the day.
const SPAN: u64 = 60 * 365 * 24 * 3600 + 59;

/// What a run may vary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(in crate::commands::test) enum Factor {
    /// Random numbers.
    Random,
    /// The order of the tests.
    Order,
    /// The date and time at the start.
    Clock,
}

impl Factor {
    pub(super) const ALL: [Self; 3] = [Self::Random, Self::Order, Self::Clock];

    /// Returns it as the subject of a sentence.
    pub(super) fn subject(self) -> &'static str {
        match self {
            Self::Random => "random numbers",
            Self::Order => "the order of the tests",
            Self::Clock => "the date",
        }
    }
}

/// What a run varies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Factors {
    pub(super) seed: u64,
    pub(super) shuffle: Option<u64>,
    pub(super) clock_start: Option<u64>,
}

impl Factors {
    /// A run as `pact test` makes it without `--seeds`.
    pub(super) fn plain(seed: u64) -> Self {
        Self { seed, shuffle: None, clock_start: None }
    }

    /// A run in which everything is drawn from the seed.
    pub(super) fn varied(seed: u64) -> Self {
        Self { seed, shuffle: Some(seed), clock_start: Some(FIRST_START + mixed(seed) % SPAN) }
    }

    /// Leaves one factor as it is, and makes the others those of the plain run.
    pub(super) fn only(self, factor: Factor, plain_seed: u64) -> Self {
        let plain = Self::plain(plain_seed);
        match factor {
            Factor::Random => Self { seed: self.seed, ..plain },
            Factor::Order => Self { shuffle: self.shuffle, ..plain },
            Factor::Clock => Self { clock_start: self.clock_start, ..plain },
        }
    }

    /// Returns the suite with these factors.
    pub(super) fn of(self, suite: &Suite) -> Suite {
        Suite { seed: self.seed, shuffle: self.shuffle, clock_start: self.clock_start, ..suite.clone() }
    }

    /// Says what will run.
    pub(super) fn words(self) -> String {
        let order = if self.shuffle.is_some() { ", another order" } else { "" };
        let clock = self.clock_start.map_or_else(String::new, |start| format!(", on {}", date(start)));
        format!("seed {}{order}{clock}", self.seed)
    }
}

// The finalizer of SplitMix64: seeds that follow each other give numbers that have nothing to do with each other.
fn mixed(seed: u64) -> u64 {
    let mut mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Returns a day of the Gregorian calendar, as `2001-01-01`, from seconds since 1970.
///
/// # Source
/// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
fn date(seconds: u64) -> String {
    let days = seconds / 86_400 + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + 400 * era + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_that_of_the_calendar() {
        for (seconds, day) in
            [(0, "1970-01-01"), (951_782_400, "2000-02-29"), (1_704_067_199, "2023-12-31"), (FIRST_START, "2001-01-01")]
        {
            assert_eq!(date(seconds), day);
        }
    }

    #[test]
    fn one_factor_alone_leaves_the_others_plain() {
        let varied = Factors::varied(8);
        for factor in Factor::ALL {
            let alone = varied.only(factor, 3);
            assert_eq!(alone.seed == 8, factor == Factor::Random);
            assert_eq!(alone.shuffle.is_some(), factor == Factor::Order);
            assert_eq!(alone.clock_start.is_some(), factor == Factor::Clock);
        }
    }

    #[test]
    fn dates_of_neighbouring_seeds_are_years_apart() {
        let years: std::collections::BTreeSet<u64> =
            (0..20).filter_map(|seed| Factors::varied(seed).clock_start).map(|start| start / 31_536_000).collect();
        assert!(years.len() > 10, "{years:?}");
    }
}
