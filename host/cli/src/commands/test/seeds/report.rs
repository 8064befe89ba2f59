//! What people are told of the runs with other seeds. Everything from a guest is made safe.

use pact_model::suite::Outcome;
use pact_model::verdict::Judgement;

use super::table::{Ending, Unstable};
use super::{Factor, Steadiness};
use crate::commands::test::report::{body, plural, title};
use crate::ui::{Colour, Paint, line};

/// A line names so many seeds; the rest is counted.
const NAMED_SEEDS: usize = 5;

/// Returns the account of each test that varies, with what its framework says of the first bad run.
pub(in crate::commands::test) fn details(steadiness: &Steadiness, paint: Paint) -> String {
    let plain = steadiness.runs.first().map(|run| run.seed);
    let mut text = String::new();
    for test in &steadiness.unstable {
        // The plain run's failures stand in the report already.
        if let Some((seed, report)) = test.bad.as_ref().filter(|(seed, _)| Some(*seed) != plain) {
            let word = if report.outcome == Outcome::Failed { "failed" } else { "error" };
            text.push_str(&title(&format!("{}: {word} with seed {seed}", line(&test.id)), paint));
            text.push_str(&body(&report.message, &report.detail));
        }
    }
    text
}

/// Returns how the runs went, and a line for each test that varies.
pub(in crate::commands::test) fn summary(steadiness: &Steadiness, paint: Paint) -> String {
    let mut text = String::new();
    let count = |judgement| steadiness.runs.iter().filter(|run| run.verdict == judgement).count();
    let mut parts = Vec::new();
    for (judgement, word, colour) in [
        (Judgement::Passed, "passed", Colour::Green),
        (Judgement::Failed, "failed", Colour::Red),
        (Judgement::None, "without a judgement", Colour::Yellow),
    ] {
        if count(judgement) > 0 {
            parts.push(paint.paint(&format!("{} {word}", count(judgement)), colour));
        }
    }
    let first = steadiness.runs.first().map_or(0, |run| run.seed);
    let runs = plural(steadiness.runs.len(), "run");
    text.push_str(&format!(
        "\n{runs} with seeds from {first} on, each in another order and on another date: {}\n",
        parts.join(", ")
    ));
    for run in steadiness.runs.iter().skip(1) {
        for broken in &run.broken_checks {
            text.push_str(&format!("seed {}: {}\n", run.seed, line(broken)));
        }
    }
    for test in &steadiness.unstable {
        text.push_str(&format!("{}: {}: {}\n", paint.paint("flaky", Colour::Red), line(&test.id), story(test)));
    }
    let plain = steadiness.runs.first().map(|run| run.seed);
    let varied = steadiness.unstable.first().and_then(|test| test.varying_seeds().next());
    // Every run but the first of `--seeds` is made as this one was.
    if let (Some(_), Some(varied)) = (plain, varied) {
        let before = varied.wrapping_sub(1);
        text.push_str(&format!("hint: to see it again: pact test --seed {before} --seeds 2\n"));
    }
    text
}

/// Returns what is said of one test, in one line.
pub(in crate::commands::test) fn story(test: &Unstable) -> String {
    let mut groups: Vec<(Ending, Vec<u64>)> = Vec::new();
    for (seed, ending) in &test.endings {
        match groups.iter_mut().find(|(known, _)| known == ending) {
            Some((_, seeds)) => seeds.push(*seed),
            None => groups.push((*ending, vec![*seed])),
        }
    }
    // What is good stands first: it is what one expects.
    groups.sort_by_key(|(ending, _)| !ending.is_good());
    let mut text: Vec<String> =
        groups.iter().map(|(ending, seeds)| format!("{} with {}", word(*ending), named(seeds))).collect();
    if let Some((_, report)) = &test.bad
        && let Some(last) = text.last_mut()
    {
        last.push_str(&format!(": {}", line(&report.message)));
    }
    text.push(cause(test));
    text.join("; ")
}

fn cause(test: &Unstable) -> String {
    let subjects: Vec<&str> = test.depends_on.iter().copied().map(Factor::subject).collect();
    match subjects.as_slice() {
        [] if test.is_looked_into => "neither random numbers nor order nor date change it alone".to_owned(),
        [] => "what it depends on was not looked into".to_owned(),
        [only] => format!("depends on {only}"),
        [first, second] => format!("depends on {first} and on {second}"),
        more => format!("depends on {}", more.join(", ")),
    }
}

fn named(seeds: &[u64]) -> String {
    let noun = if seeds.len() == 1 { "seed" } else { "seeds" };
    let some: Vec<String> = seeds.iter().take(NAMED_SEEDS).map(u64::to_string).collect();
    let more = seeds.len().saturating_sub(NAMED_SEEDS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{noun} {}{more}", some.join(", "))
}

fn word(ending: Ending) -> &'static str {
    match ending {
        Ending::Ended(Outcome::Passed) => "passed",
        Ending::Ended(Outcome::Failed) => "failed",
        Ending::Ended(Outcome::Error) => "error",
        Ending::Ended(Outcome::Skipped) => "skipped",
        Ending::Ended(Outcome::Xfailed) => "xfailed",
        Ending::Ended(Outcome::Xpassed) => "xpassed",
        Ending::Absent(_) => "not collected",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::test::report::fixture;

    fn test(depends_on: Vec<Factor>, is_looked_into: bool) -> Unstable {
        let endings = [Outcome::Passed, Outcome::Failed, Outcome::Passed];
        let endings = (0..).zip(endings).map(|(seed, outcome)| (seed, Ending::Ended(outcome))).collect();
        let bad =
            fixture::failed().tests.into_iter().find(|test| test.outcome == Outcome::Failed).map(|test| (1, test));
        Unstable { id: "a.x::one\u{1b}".to_owned(), endings, depends_on, is_looked_into, bad }
    }

    #[test]
    fn a_test_that_varies_is_told_with_seeds_message_and_cause() {
        insta::assert_snapshot!(story(&test(vec![Factor::Order], true)), @"passed with seeds 0, 2; failed with seed 1: expect 1 == 2; depends on the order of the tests");
        assert!(story(&test(vec![], true)).ends_with("neither random numbers nor order nor date change it alone"));
        assert!(story(&test(vec![], false)).ends_with("what it depends on was not looked into"));
    }

    #[test]
    fn many_seeds_are_counted() {
        assert_eq!(named(&[1]), "seed 1");
        assert_eq!(named(&[1, 2, 3, 4, 5, 6, 7]), "seeds 1, 2, 3, 4, 5 and 2 more");
    }
}
