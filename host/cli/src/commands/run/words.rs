//! A run in words, line by line as it goes. Everything from models and guests is made safe.

use pact_model::component_id::ComponentId;
use pact_model::phase::Phase;
use pact_model::suite::Outcome;
use pact_model::verdict::{Judgement, Verdict};
use pact_pipeline::judge::without_canaries;
use pact_pipeline::ports::Source;

use crate::commands::test::report::{millions, name};
use crate::files::size;
use crate::ui::{Colour, Paint, line};

/// So many failing tests of an attempt are shown; the author of the next one gets more.
const SHOWN: usize = 3;
/// Characters of one message: two lines of a wide terminal.
const SHOWN_CHARS: usize = 150;
/// What is said in addition stands below what it belongs to.
const INDENT: &str = "                            ";

/// One line about a phase.
pub(crate) fn about(phase: Phase, component: Option<&ComponentId>, words: &str) -> String {
    let component = component.map_or("", ComponentId::as_str);
    format!("{:<13} {component:<12}  {words}\n", phase.as_str())
}

/// How a phase's result came about.
pub(crate) fn source(source: Source) -> &'static str {
    match source {
        Source::Made => "done",
        Source::Kept => "kept, nothing that it depends on has changed",
        Source::Edited => "kept as you wrote it",
    }
}

/// Why an attempt was turned away before anything could be judged.
pub(crate) fn rejected(
    phase: Phase,
    component: Option<&ComponentId>,
    attempt: u32,
    reasons: &[String],
    paint: Paint,
) -> String {
    let word = paint.paint("rejected", Colour::Red);
    let mut text = about(phase, component, &format!("attempt {attempt}: {word} by validation"));
    text.push_str(&listed(reasons.iter().map(|reason| first_line(reason)), reasons.len(), ""));
    text
}

/// Code that nobody was asked to write again, and that was judged before.
pub(crate) fn failed_before(phase: Phase, component: Option<&ComponentId>, reasons: &[String], paint: Paint) -> String {
    let word = paint.paint("failed", Colour::Red);
    let mut text = about(phase, component, &format!("{word} as before, nothing has changed since"));
    text.push_str(&listed(reasons.iter().map(|reason| first_line(reason)), reasons.len(), ""));
    text
}

/// What the judge says about an attempt: the checks that did not hold, then tests.
pub(crate) fn judged(component: &ComponentId, attempt: u32, verdict: &Verdict, paint: Paint) -> String {
    let whose = if attempt == 0 { "your code".to_owned() } else { format!("attempt {attempt}") };
    let words = format!("{whose}: {}, {}, {}", judgement(verdict, paint), tests(verdict), cost(verdict));
    let mut text = about(Phase::Implement, Some(component), &words);
    if let Some(reason) = &verdict.reason {
        text.push_str(&format!("{INDENT}{}\n", first_line(reason)));
    }
    for check in verdict.checks.iter().filter(|check| !check.held) {
        let caught = paint.paint(&format!("caught by the check {}", name(check.name)), Colour::Bold);
        text.push_str(&format!("{INDENT}{caught}: {}\n", first_line(&check.detail)));
    }
    for words in verdict.checks.iter().filter_map(without_canaries) {
        text.push_str(&format!("{INDENT}note: {}\n", first_line(words)));
    }
    for error in &verdict.collection_errors {
        let place = format!("{}:{}", line(&error.location.path), error.location.line);
        text.push_str(&format!("{INDENT}{place} cannot be collected: {}\n", first_line(&error.message)));
    }
    let bad = || verdict.tests.iter().filter(|test| matches!(test.outcome, Outcome::Failed | Outcome::Error));
    let failing = bad().map(|test| format!("{}: {}", short(&test.id), first_line(&test.message)));
    text.push_str(&listed(failing, bad().count(), "test "));
    text
}

/// `2 of 14 tests`, the number of those that passed.
pub(crate) fn tests(verdict: &Verdict) -> String {
    format!("{} of {} tests passed", verdict.passed, verdict.total)
}

/// Fuel and memory of all sessions of a verdict.
pub(crate) fn cost(verdict: &Verdict) -> String {
    format!("{} fuel, {}", millions(fuel(verdict)), size(peak_memory(verdict)))
}

/// The fuel of all sessions of a verdict.
pub(crate) fn fuel(verdict: &Verdict) -> u64 {
    verdict.receipt.iter().map(|receipt| receipt.fuel).sum()
}

/// The most memory of one session of a verdict.
pub(crate) fn peak_memory(verdict: &Verdict) -> u64 {
    verdict.receipt.iter().map(|receipt| receipt.peak_memory_bytes).max().unwrap_or(0)
}

/// The judgement as a word.
pub(crate) fn judgement(verdict: &Verdict, paint: Paint) -> String {
    match verdict.verdict {
        Judgement::Passed => paint.paint("passed", Colour::Green),
        Judgement::Failed => paint.paint("failed", Colour::Red),
        Judgement::None => paint.paint("none", Colour::Yellow),
    }
}

fn listed(words: impl Iterator<Item = String>, count: usize, before: &str) -> String {
    let mut text: String = words.take(SHOWN).map(|words| format!("{INDENT}{before}{words}\n")).collect();
    if count > SHOWN {
        text.push_str(&format!("{INDENT}and {} more\n", count - SHOWN));
    }
    text
}

/// The first line that says something, cut: whoever wants all of it runs `pact test`.
fn first_line(text: &str) -> String {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("no message");
    match first.char_indices().nth(SHOWN_CHARS) {
        Some((at, _)) => line(&format!("{}…", first[..at].trim_end())),
        None => line(first),
    }
}

/// The test without its file: which file it is follows from the component.
fn short(id: &str) -> String {
    line(id.split_once("::").map_or(id, |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use pact_model::verdict::{Check, CheckName};

    use super::*;
    use crate::commands::test::report::fixture;

    fn id() -> ComponentId {
        ComponentId::new("money").unwrap()
    }

    #[test]
    fn a_failed_attempt_says_which_check_caught_it_and_which_tests_fail() {
        insta::assert_snapshot!(judged(&id(), 1, &fixture::failed(), Paint::new(false)), @r"
        implement     money         attempt 1: failed, 1 of 5 tests passed, 62.1 M fuel, 1 bytes
                                    caught by the check typed-results: no typed result of `a.x::exits`
                                    b.x:3 cannot be collected: no module numbers
                                    test two: expect 1 == 2
                                    test exits: the test exited with code 0
        ");
    }

    #[test]
    fn an_attempt_that_passed_is_one_line() {
        insta::assert_snapshot!(judged(&id(), 2, &fixture::passed(), Paint::new(false)), @r"
        implement     money         attempt 2: passed, 2 of 2 tests passed, 31.0 M fuel, 1 bytes
        ");
    }

    #[test]
    fn a_pass_without_canaries_says_so() {
        let check = Check { name: CheckName::Canaries, held: true, detail: "no canary counted: why".to_owned() };
        let passed = Verdict { checks: vec![check], ..fixture::passed() };
        assert!(judged(&id(), 2, &passed, Paint::new(false)).ends_with("    note: no canary counted: why\n"));
    }

    #[test]
    fn what_a_model_wrote_is_cut_counted_and_cannot_move_the_cursor() {
        let reasons: Vec<String> = (1..=5).map(|n| format!("\n\u{1b}[2J{n}\nmore")).collect();
        let text = rejected(Phase::Contract, Some(&id()), 1, &reasons, Paint::new(false));
        insta::assert_snapshot!(text, @r"
        contract      money         attempt 1: rejected by validation
                                    \u{1b}[2J1
                                    \u{1b}[2J2
                                    \u{1b}[2J3
                                    and 2 more
        ");
    }
}
