//! What the words themselves cost an instance: measured on functions that do nothing, and taken off every call.
//!
//! From one word to the next the guest ends one callback, does its own work, and begins another callback. The callbacks' part
//! depends on which two words they are, so there are four averages. It is an average: what a callback costs differs by a few
//! units, and so does a sum over calls.

/// What a runner says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Enter,
    Leave,
    Declare,
}

/// What a calibration is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Plain,
    Told,
    Done,
}

/// What lies between two words and is none of the program's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Costs([[i64; 2]; 2]);

impl Costs {
    pub(super) fn between(&self, before: Word, now: Word) -> i64 {
        match (place(before), place(now)) {
            (Some(before), Some(now)) => self.0[before][now],
            _ => self.one_end(),
        }
    }

    /// Of the end of a word, or of its beginning: half of the average.
    pub(super) fn one_end(&self) -> i64 {
        self.0.iter().flatten().sum::<i64>() / 8
    }
}

fn place(word: Word) -> Option<usize> {
    match word {
        Word::Enter => Some(0),
        Word::Leave => Some(1),
        Word::Declare => None,
    }
}

/// The calibration of one instance. It counts once: what a runner says later changes nothing.
#[derive(Debug, Default)]
pub(crate) struct Calibration {
    state: State,
    costs: Costs,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Before,
    Plain {
        left: u64,
    },
    Told {
        plain_fuel: u64,
        left: u64,
        last: Option<usize>,
        enters: u64,
        sums: [[u64; 2]; 2],
        counts: [[u64; 2]; 2],
    },
    Done,
}

impl Calibration {
    pub(super) fn costs(&self) -> Costs {
        self.costs
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self.state, State::Plain { .. } | State::Told { .. })
    }

    /// Goes on to a phase. Tells whether that is the next one.
    pub(super) fn phase(&mut self, phase: Phase, fuel_left: u64) -> bool {
        self.state = match (&self.state, phase) {
            (State::Before, Phase::Plain) => State::Plain { left: fuel_left },
            (State::Plain { left }, Phase::Told) => State::Told {
                plain_fuel: left.saturating_sub(fuel_left),
                left: fuel_left,
                last: None,
                enters: 0,
                sums: [[0; 2]; 2],
                counts: [[0; 2]; 2],
            },
            (State::Told { plain_fuel, enters, sums, counts, .. }, Phase::Done) => {
                // Two functions, so four words, each time.
                let plain = plain_fuel / (2 * enters).max(1);
                let cost = |a: usize, b: usize| {
                    let average = sums[a][b] / counts[a][b].max(1);
                    i64::try_from(average.saturating_sub(plain)).unwrap_or(i64::MAX / 16)
                };
                self.costs = Costs([[cost(0, 0), cost(0, 1)], [cost(1, 0), cost(1, 1)]]);
                State::Done
            }
            _ => return false,
        };
        true
    }

    /// Takes a word of a calibration. Tells whether it was one.
    pub(super) fn word(&mut self, word: Word, fuel_left: u64) -> bool {
        let State::Told { left, last, enters, sums, counts, .. } = &mut self.state else { return self.is_running() };
        let now = place(word);
        if let (Some(before), Some(now)) = (*last, now) {
            sums[before][now] = sums[before][now].saturating_add(left.saturating_sub(fuel_left));
            counts[before][now] += 1;
        }
        *enters += u64::from(word == Word::Enter);
        (*left, *last) = (fuel_left, now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_words_cost_is_known_by_the_words_before_and_after() {
        let mut calibration = Calibration::default();
        let mut left = 1_000_000_u64;
        assert!(calibration.phase(Phase::Plain, left));
        // Ten times two calls, 40 units each.
        left -= 10 * 80;
        assert!(calibration.phase(Phase::Told, left));
        for _ in 0..10 {
            for (word, fuel) in [(Word::Enter, 400), (Word::Enter, 500), (Word::Leave, 600), (Word::Leave, 700)] {
                left -= fuel + 20;
                assert!(calibration.word(word, left));
            }
        }
        assert!(calibration.phase(Phase::Done, left));
        assert_eq!(calibration.costs(), Costs([[500, 600], [400, 700]]));
        assert_eq!(calibration.costs().one_end(), 275);
        assert!(!calibration.word(Word::Enter, left), "from here on words are of the program");
    }

    #[test]
    fn a_calibration_counts_once_and_in_its_order() {
        let mut calibration = Calibration::default();
        assert!(!calibration.phase(Phase::Told, 10) && !calibration.phase(Phase::Done, 9));
        assert!(calibration.phase(Phase::Plain, 8) && calibration.phase(Phase::Told, 7));
        assert!(calibration.phase(Phase::Done, 6), "one without a word is one that costs nothing");
        assert_eq!(calibration.costs(), Costs::default());
        assert!(!calibration.phase(Phase::Plain, 5));
    }
}
