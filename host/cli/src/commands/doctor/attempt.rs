//! The attempts of the hostile guest, and what the host must see of each for the sandbox to hold.
//!
//! The guest is ours, but its words count only where they admit something: what ended a session is taken from the receipt.

use pact_model::receipt::{Limit, Receipt, SessionOutcome};
use serde::Serialize;

/// One way in which a plugin could do harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attempt {
    /// What the guest is told to do.
    pub(super) keyword: &'static str,
    /// What it is, for people.
    pub(super) title: &'static str,
    /// What the host must see.
    pub(super) expected: Expected,
    /// Units of fuel that it gets.
    pub(super) fuel: u64,
}

/// What the host must see of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    /// The guest reaches nothing, and says so.
    NothingReached,
    /// Two sessions with the same seed come out the same, to the last unit of fuel.
    TheSameTwice,
    /// The limit ends the session.
    EndedBy(Limit),
    /// The session ends as an exit, never as a good answer.
    AnExit,
}

/// Plenty for a guest that looks around.
const FUEL: u64 = 2_000_000_000;

/// Used up in about a second.
const LITTLE_FUEL: u64 = 1_000_000_000;

/// Every attempt, in the order in which they are made.
pub(super) const ATTEMPTS: [Attempt; 9] = {
    const fn attempt(keyword: &'static str, title: &'static str, expected: Expected, fuel: u64) -> Attempt {
        Attempt { keyword, title, expected, fuel }
    }
    [
        attempt("environment", "read the environment, arguments, standard input", Expected::NothingReached, FUEL),
        attempt("files", "open files of this machine", Expected::NothingReached, FUEL),
        attempt("network", "dial, listen, look up names", Expected::NothingReached, FUEL),
        attempt("chance", "tell two runs apart by clocks or random numbers", Expected::TheSameTwice, FUEL),
        attempt("loop", "compute for ever", Expected::EndedBy(Limit::Fuel), LITTLE_FUEL),
        attempt("memory", "allocate without end", Expected::EndedBy(Limit::Memory), FUEL),
        attempt("recursion", "recurse without end", Expected::EndedBy(Limit::Stack), FUEL),
        attempt("output", "print without end", Expected::EndedBy(Limit::Output), FUEL),
        attempt("exit", "exit as if all were well", Expected::AnExit, FUEL),
    ]
};

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Finding {
    /// What was attempted.
    pub(super) attempt: &'static str,
    /// The same for people.
    #[serde(skip)]
    pub(super) title: &'static str,
    /// Whether the sandbox held.
    pub(super) held: bool,
    /// What happened, for example `refused` or `ended by fuel`. May hold words of the guest.
    pub(super) outcome: String,
}

/// Judges the sessions of an attempt. `own` is the text of the file that the guest was given: an answer that does not begin
/// with it proves nothing. `dialled` says whether somebody called while the session ran.
pub(super) fn judge(attempt: &Attempt, receipts: &[Receipt], own: &str, dialled: bool) -> Finding {
    let (held, outcome) = match receipts {
        [] => (false, "no session".to_owned()),
        _ if dialled => (false, "a connection arrived at this machine".to_owned()),
        [first, ..] => match attempt.expected {
            Expected::NothingReached => nothing_reached(first, own),
            Expected::TheSameTwice => the_same_twice(receipts, own),
            Expected::EndedBy(limit) => ended_by(first, limit),
            Expected::AnExit => match &first.outcome {
                SessionOutcome::Exited { .. } => (true, "ended as an exit".to_owned()),
                other => (false, words(other)),
            },
        },
    };
    Finding { attempt: attempt.keyword, title: attempt.title, held, outcome }
}

fn nothing_reached(receipt: &Receipt, own: &str) -> (bool, String) {
    match answer(receipt, own) {
        Some("") => (true, "refused".to_owned()),
        Some(reached) => (false, format!("reached: {}", reached.replace('\n', ", "))),
        None => (false, words(&receipt.outcome)),
    }
}

fn the_same_twice(receipts: &[Receipt], own: &str) -> (bool, String) {
    let [first, second] = receipts else { return (false, "no second session".to_owned()) };
    let answers = (answer(first, own), answer(second, own));
    match answers {
        (Some(one), Some(two)) if one.is_empty() || one != two => {
            (false, format!("the answers differ: {one} and {two}"))
        }
        (Some(_), Some(_)) if first.fuel == second.fuel => (true, "the same twice".to_owned()),
        (Some(_), Some(_)) => (false, format!("the fuel differs: {} and {}", first.fuel, second.fuel)),
        (None, _) => (false, words(&first.outcome)),
        (_, None) => (false, words(&second.outcome)),
    }
}

fn ended_by(receipt: &Receipt, limit: Limit) -> (bool, String) {
    match &receipt.outcome {
        SessionOutcome::Limited { limit: found } if *found == limit => (true, words(&receipt.outcome)),
        other => (false, words(other)),
    }
}

/// Returns what the guest says that it reached, line by line; `None` when it did not come to speak.
fn answer<'a>(receipt: &'a Receipt, own: &str) -> Option<&'a str> {
    let SessionOutcome::Refused { message } = &receipt.outcome else { return None };
    let rest = message.strip_prefix(own)?;
    if rest.is_empty() { Some("") } else { rest.strip_prefix('\n') }
}

fn words(outcome: &SessionOutcome) -> String {
    match outcome {
        SessionOutcome::Returned => "it returned as if nothing had happened".to_owned(),
        SessionOutcome::Refused { message } => format!("it answered: {message}"),
        SessionOutcome::Limited { limit } => format!("ended by {}", limit_name(*limit)),
        SessionOutcome::Exited { code } => format!("it exited with code {code}"),
        SessionOutcome::Trapped { message } => format!("it trapped: {message}"),
        SessionOutcome::Broke { message } => format!("it broke the plugin interface: {message}"),
    }
}

fn limit_name(limit: Limit) -> &'static str {
    match limit {
        Limit::Fuel => "the limit on fuel",
        Limit::WallClock => "the limit on real time",
        Limit::Memory => "the limit on memory",
        Limit::Stack => "the limit on the stack",
        Limit::Output => "the limit on output",
        Limit::HostCalls => "the limit on host calls",
        Limit::Files => "the limit on files",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receipt(outcome: SessionOutcome) -> Receipt {
        Receipt {
            plugin: "doctor-guest".to_owned(),
            digest: "d".to_owned(),
            call: "runner.run".to_owned(),
            limit: match &outcome {
                SessionOutcome::Limited { limit } => Some(*limit),
                _ => None,
            },
            outcome,
            fuel: 5,
            wall_ms: 1,
            peak_memory_bytes: 1,
            output_bytes: 0,
            seed: 1,
            engine: "e".to_owned(),
        }
    }

    fn said(message: &str) -> Receipt {
        receipt(SessionOutcome::Refused { message: message.to_owned() })
    }

    fn attempt(expected: Expected) -> Attempt {
        Attempt { keyword: "x", title: "x", expected, fuel: 1 }
    }

    fn judged(expected: Expected, receipts: &[Receipt]) -> (bool, String) {
        let finding = judge(&attempt(expected), receipts, "own", false);
        (finding.held, finding.outcome)
    }

    #[test]
    fn a_guest_that_reached_something_shows_that_the_sandbox_does_not_hold() {
        let expected = Expected::NothingReached;
        assert_eq!(judged(expected, &[said("own")]), (true, "refused".to_owned()));
        assert_eq!(judged(expected, &[said("own\na\nb")]), (false, "reached: a, b".to_owned()));
    }

    #[test]
    fn a_guest_that_could_not_read_its_own_file_proves_nothing() {
        assert!(!judged(Expected::NothingReached, &[said("")]).0);
        assert!(!judged(Expected::NothingReached, &[said("owner")]).0);
        assert!(!judged(Expected::NothingReached, &[receipt(SessionOutcome::Returned)]).0);
        assert!(!judged(Expected::NothingReached, &[]).0);
    }

    #[test]
    fn a_connection_counts_more_than_what_the_guest_says() {
        assert!(!judge(&attempt(Expected::NothingReached), &[said("own")], "own", true).held);
    }

    #[test]
    fn only_the_expected_limit_is_good() {
        let ended = |limit| receipt(SessionOutcome::Limited { limit });
        let expected = Expected::EndedBy(Limit::Fuel);
        assert_eq!(judged(expected, &[ended(Limit::Fuel)]), (true, "ended by the limit on fuel".to_owned()));
        assert_eq!(judged(expected, &[ended(Limit::WallClock)]), (false, "ended by the limit on real time".to_owned()));
        assert!(!judged(expected, &[said("own")]).0);
    }

    #[test]
    fn two_runs_must_agree_in_answer_and_fuel() {
        let expected = Expected::TheSameTwice;
        let more = Receipt { fuel: 6, ..said("own\n7") };
        assert!(judged(expected, &[said("own\n7"), said("own\n7")]).0);
        assert_eq!(judged(expected, &[said("own\n7"), more]), (false, "the fuel differs: 5 and 6".to_owned()));
        assert!(!judged(expected, &[said("own\n7"), said("own\n8")]).0);
        assert!(!judged(expected, &[said("own"), said("own")]).0, "it told nothing");
        assert!(!judged(expected, &[said("own\n7")]).0);
    }

    #[test]
    fn an_exit_with_code_zero_is_no_good_answer() {
        assert!(judged(Expected::AnExit, &[receipt(SessionOutcome::Exited { code: 0 })]).0);
        assert!(!judged(Expected::AnExit, &[receipt(SessionOutcome::Returned)]).0);
    }
}
