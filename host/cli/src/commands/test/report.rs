//! The report of `pact test` for people, as the users of test frameworks expect it. Everything from a guest is made safe.

#[cfg(test)]
pub(in crate::commands) mod fixture;

use std::collections::HashSet;
use std::path::Path;

use pact_model::component_id::ComponentId;
use pact_model::performance::Held;
use pact_model::suite::Outcome;
use pact_model::verdict::{CheckName, Judgement, TestReport};
use pact_pipeline::judge::{Suite, left_out, without_canaries};
use pact_pipeline::ports::RunnerInfo;

use super::judging::Judged;
use super::{profile, seeds};
use crate::ui::{Colour, Paint, line, plot, text};

/// Where a missing module would go when the user has named no folder for packages.
const PACKAGES: &str = "packages";

/// What will be run, before it runs.
pub(super) fn header(info: &RunnerInfo, suite: &Suite, test_files: usize) -> String {
    let packages = match suite.packages.len() {
        0 => String::new(),
        count => format!(", {} of packages", plural(count, "file")),
    };
    format!(
        "sandbox: {}\n{}, {} in all{packages}, seed {}\n",
        line(&info.engine),
        plural(test_files, "test file"),
        plural(suite.files.len(), "file"),
        suite.seed,
    )
}

/// What ran and what did not hold.
pub(super) fn report(judged: &Judged, info: &RunnerInfo, packages: Option<&Path>, paint: Paint) -> String {
    let verdict = &judged.verdict;
    let mut report = String::new();
    // A module that a whole folder of tests lacks is named once.
    let mut named = HashSet::new();
    let mut hint = |module: Option<&str>| match module {
        Some(module) if is_plain(module) && named.insert(module.to_owned()) => install(info, module, packages),
        _ => String::new(),
    };
    for error in &verdict.collection_errors {
        let place = format!("{}:{}", line(&error.location.path), error.location.line);
        report.push_str(&title(&format!("{place}: not collected"), paint));
        report.push_str(&body(&error.message, &error.detail));
        report.push_str(&hint(error.missing_module.as_deref()));
    }
    for test in verdict.tests.iter().filter(|test| matches!(test.outcome, Outcome::Failed | Outcome::Error)) {
        report.push_str(&title(&format!("{}: {}", line(&test.id), word(test.outcome)), paint));
        report.push_str(&body(&test.message, &test.detail));
        report.push_str(&hint(test.missing_module.as_deref()));
    }
    if let Some(steadiness) = &judged.steadiness {
        report.push_str(&seeds::details(steadiness, paint));
    }
    let broken: Vec<_> = verdict.checks.iter().filter(|check| !check.held).collect();
    if !broken.is_empty() {
        report.push_str(&title("checks that did not hold", paint));
        for check in broken {
            report.push_str(&format!("{}: {}\n", name(check.name), line(&check.detail)));
        }
    }
    if !report.is_empty() {
        report.push('\n');
    }
    for reason in &verdict.shared_because {
        report.push_str(&format!("note: tests and code shared one interpreter: {}\n", line(reason)));
    }
    for measured in verdict.performance.iter().filter_map(plot::terminal) {
        report.push_str(&measured);
    }
    for bound in verdict.performance.iter().filter(|bound| bound.held == Held::Unknown) {
        let (function, claimed, reason) = (line(&bound.function), line(&bound.claimed), line(&bound.reason));
        report.push_str(&format!("note: the bound {claimed} of `{function}` was not judged, because {reason}\n"));
    }
    // Not only when a check did not hold: the tests that a project leaves out are the ones that could have failed.
    for words in verdict.checks.iter().filter_map(left_out) {
        // Whole, however long, and in one line: a path may hold a line break.
        report.push_str(&format!("note: {}\n", text(&words.replace('\n', "\\n"))));
    }
    for words in verdict.checks.iter().filter_map(without_canaries) {
        report.push_str(&format!("note: {}\n", line(words)));
    }
    report.push_str(&format!("{}\n", summary(judged, paint)));
    if let Some(steadiness) = &judged.steadiness {
        report.push_str(&seeds::summary(steadiness, paint));
    }
    if let Some(profiled) = &judged.profiled {
        report.push_str(&profile::tables(profiled, paint));
    }
    report
}

/// The last line: the judgement, of a component where there are several.
pub(super) fn ending(
    judgement: Judgement,
    reason: Option<&str>,
    component: Option<&ComponentId>,
    paint: Paint,
) -> String {
    let judgement = match judgement {
        Judgement::Passed => paint.paint("passed", Colour::Green),
        Judgement::Failed => paint.paint("failed", Colour::Red),
        Judgement::None => paint.paint("none", Colour::Yellow),
    };
    let component = component.map_or_else(String::new, |component| format!("{component} "));
    let reason = reason.map_or_else(String::new, |reason| format!(", because {}", line(reason)));
    format!("verdict: {component}{judgement}{reason}\n")
}

pub(super) fn title(words: &str, paint: Paint) -> String {
    format!("\n{}\n", paint.paint(&format!("--- {words} ---"), Colour::Bold))
}

/// The framework's own account where it gives one: the message is its last line most of the time.
pub(super) fn body(message: &str, detail: &str) -> String {
    let (message, detail) = (line(message), text(detail.trim_end()));
    match (detail.is_empty(), detail.contains(&message)) {
        (true, _) => format!("{message}\n"),
        (false, true) => format!("{detail}\n"),
        (false, false) => format!("{detail}\n{message}\n"),
    }
}

/// Says how to provide a module, in the words of the runner.
fn install(info: &RunnerInfo, module: &str, packages: Option<&Path>) -> String {
    let packages = packages.map_or_else(|| PACKAGES.to_owned(), |path| path.display().to_string());
    let command = info.install_hint.replace("{module}", module).replace("{packages}", &packages);
    let module = line(module);
    format!(
        "hint: nothing provides `{module}`; to let tests import it:\n        {}\n        pact test --packages {}\n",
        line(&command),
        line(&packages),
    )
}

/// People copy the line with the module's name into a shell, and the name is the guest's.
fn is_plain(module: &str) -> bool {
    module.chars().all(|c| c.is_alphanumeric() || "._-@/".contains(c)) && !module.starts_with('-')
}

fn summary(judged: &Judged, paint: Paint) -> String {
    let verdict = &judged.verdict;
    let count = |outcome| verdict.tests.iter().filter(|test: &&TestReport| test.outcome == outcome).count();
    let mut aside = Vec::new();
    for (outcome, word) in [(Outcome::Xfailed, "xfailed"), (Outcome::Xpassed, "xpassed")] {
        match count(outcome) {
            0 => {}
            count => aside.push(format!("{count} {word}")),
        }
    }
    let aside = if aside.is_empty() { String::new() } else { format!(" ({})", aside.join(", ")) };
    let mut parts = vec![paint.paint(&format!("{} passed", verdict.passed), Colour::Green) + &aside];
    for (number, word, colour) in [
        (verdict.failed, "failed", Colour::Red),
        (verdict.errors, if verdict.errors == 1 { "error" } else { "errors" }, Colour::Red),
        (verdict.skipped, "skipped", Colour::Yellow),
        (verdict.deselected, "deselected", Colour::Dim),
    ] {
        if number > 0 {
            parts.push(paint.paint(&format!("{number} {word}"), colour));
        }
    }
    let fuel: u64 = verdict.receipt.iter().map(|receipt| receipt.fuel).sum();
    let sandboxes = match verdict.receipt.len() {
        0 | 1 => String::new(),
        count => format!(" in {count} sandboxes"),
    };
    let (parts, fuel) = (parts.join(", "), millions(fuel));
    match judged.cached {
        true => format!("{parts} with {fuel} fuel{sandboxes}, from the verdict cache: nothing ran"),
        false => format!("{parts} in {:.2}s, {fuel} fuel{sandboxes}", judged.took.as_secs_f64()),
    }
}

/// Fuel is a number of ten digits; a person wants three.
pub(in crate::commands) fn millions(fuel: u64) -> String {
    let tenths = fuel / 100_000;
    format!("{}.{} M", tenths / 10, tenths % 10)
}

pub(in crate::commands) fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Error => "error",
        _ => "failed",
    }
}

pub(in crate::commands) fn name(check: CheckName) -> &'static str {
    match check {
        CheckName::TypedResults => "typed-results",
        CheckName::ZeroTests => "zero-tests",
        CheckName::ExpectedFunctions => "expected-functions",
        CheckName::SkipMarks => "skip-marks",
        CheckName::ExpectedIds => "expected-ids",
        CheckName::Canaries => "canaries",
        CheckName::SideEffects => "side-effects",
        CheckName::Performance => "performance",
        CheckName::Smoke => "smoke",
        CheckName::Validators => "validators",
        CheckName::Emission => "emission",
    }
}

#[cfg(test)]
mod tests {
    use pact_model::verdict::Verdict;

    use super::*;

    fn shown(verdict: &Verdict) -> String {
        let paint = Paint::new(false);
        let ending = ending(verdict.verdict, verdict.reason.as_deref(), None, paint);
        report(&fixture::judged(verdict.clone()), &fixture::info(), None, paint) + &ending
    }

    #[test]
    fn a_suite_that_passed_is_two_lines() {
        insta::assert_snapshot!(shown(&fixture::passed()), @r"
        2 passed (1 xpassed) in 0.12s, 31.0 M fuel
        verdict: passed
        ");
    }

    #[test]
    fn a_verdict_from_the_cache_says_so_and_no_time() {
        let judged = Judged { cached: true, ..fixture::judged(fixture::passed()) };
        let text = report(&judged, &fixture::info(), None, Paint::new(false));
        assert_eq!(text, "2 passed (1 xpassed) with 31.0 M fuel, from the verdict cache: nothing ran\n");
    }

    #[test]
    fn failures_stand_with_source_lines_and_checks() {
        insta::assert_snapshot!(shown(&fixture::failed()), @r"


        --- b.x:3: not collected ---
        3: use numbers
        no module numbers
        hint: nothing provides `numbers`; to let tests import it:
                get numbers --into packages
                pact test --packages packages

        --- a.x::two: failed ---
            check(1 == 2)
          > expect 1 == 2
        \u{1b}[31mred

        --- a.x::exits: error ---
        the test exited with code 0

        --- checks that did not hold ---
        typed-results: no typed result of `a.x::exits`

        1 passed, 1 failed, 2 errors, 1 skipped, 3 deselected in 0.12s, 62.1 M fuel in 2 sandboxes
        verdict: failed
        ");
    }

    #[test]
    fn no_judgement_says_why() {
        insta::assert_snapshot!(shown(&fixture::stopped()), @r"
        1 passed in 0.12s, 31.0 M fuel
        verdict: none, because real time ran out while `a.x::two` ran
        ");
    }

    #[test]
    fn what_a_suite_that_passed_has_left_out_is_said() {
        let check = |detail: &str| pact_model::verdict::Check {
            name: CheckName::ExpectedFunctions,
            held: true,
            detail: detail.to_owned(),
        };
        let all_ran = "2 test functions in the source, all ran";
        let checks = vec![check(&format!("{all_ran}; left out with their whole folder: `bad/b.x`"))];
        insta::assert_snapshot!(shown(&Verdict { checks, ..fixture::passed() }), @r"
        note: left out with their whole folder: `bad/b.x`
        2 passed (1 xpassed) in 0.12s, 31.0 M fuel
        verdict: passed
        ");
        let all = Verdict { checks: vec![check(all_ran)], ..fixture::passed() };
        assert!(!shown(&all).contains("note"));
    }

    #[test]
    fn that_no_canary_said_anything_is_said() {
        let check = |detail: &str| pact_model::verdict::Check {
            name: CheckName::Canaries,
            held: true,
            detail: detail.to_owned(),
        };
        let silent = Verdict { checks: vec![check("no canary counted: why")], ..fixture::passed() };
        insta::assert_snapshot!(shown(&silent), @r"
        note: no canary counted: why
        2 passed (1 xpassed) in 0.12s, 31.0 M fuel
        verdict: passed
        ");
        assert!(!shown(&Verdict { checks: vec![check("3 changed tests")], ..fixture::passed() }).contains("note"));
    }

    #[test]
    fn a_check_is_called_here_what_it_is_called_in_json() {
        for check in CheckName::ALL {
            assert_eq!(serde_json::to_value(check).unwrap(), name(check));
        }
    }

    #[test]
    fn the_install_line_names_the_folder_that_the_user_named() {
        let hint = install(&fixture::info(), "numbers", Some(Path::new("vendor")));
        insta::assert_snapshot!(hint, @r"
        hint: nothing provides `numbers`; to let tests import it:
                get numbers --into vendor
                pact test --packages vendor
        ");
    }

    #[test]
    fn a_module_that_would_be_a_command_in_a_shell_gets_no_install_line() {
        for module in ["a; rm -rf b", "$(a)", "--index=evil", "a\nb", "a b"] {
            assert!(!is_plain(module), "{module}");
        }
        assert!(is_plain("numbers.core") && is_plain("@scope/name"));
    }

    #[test]
    fn the_header_says_what_will_run() {
        let suite = Suite { seed: 3, ..Suite::default() };
        insta::assert_snapshot!(header(&fixture::info(), &suite, 1), @r"
        sandbox: Engine 1.0, framework 2.0
        1 test file, 0 files in all, seed 3
        ");
    }
}
