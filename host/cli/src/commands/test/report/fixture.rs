//! Verdicts that were made up, for the snapshots.

use std::time::Duration;

use pact_model::receipt::{Receipt, SessionOutcome};
use pact_model::suite::{CollectionError, Location, Outcome};
use pact_model::verdict::{Check, CheckName, Isolation, Judgement, TestReport, Verdict};
use pact_pipeline::ports::RunnerInfo;

use crate::commands::test::judging::Judged;

pub(in crate::commands) fn info() -> RunnerInfo {
    RunnerInfo {
        plugin: "runner-made-up".to_owned(),
        language: "made-up".to_owned(),
        engine: "Engine 1.0, framework 2.0".to_owned(),
        install_hint: "get {module} --into {packages}".to_owned(),
        test_patterns: vec!["test_*.x".to_owned()],
        can_split: false,
    }
}

pub(in crate::commands::test) fn judged(verdict: Verdict) -> Judged {
    Judged { verdict, cases: vec![], took: Duration::from_millis(123), steadiness: None, cached: false, profiled: None }
}

pub(in crate::commands) fn passed() -> Verdict {
    Verdict {
        verdict: Judgement::Passed,
        reason: None,
        passed: 2,
        failed: 0,
        errors: 0,
        skipped: 0,
        total: 2,
        deselected: 0,
        checks: vec![held(CheckName::TypedResults), held(CheckName::ZeroTests)],
        tests: vec![test("a.x::one", Outcome::Passed, "", ""), test("a.x::two", Outcome::Xpassed, "", "")],
        collection_errors: vec![],
        seed: 0,
        isolation: Isolation::Shared,
        shared_because: vec![],
        calls: vec![],
        tested_peak_memory_bytes: None,
        performance: vec![],
        suites: vec![],
        canary_key: None,
        receipt: vec![receipt(SessionOutcome::Returned)],
    }
}

pub(in crate::commands) fn failed() -> Verdict {
    let mut checks = vec![held(CheckName::ZeroTests)];
    let detail = "no typed result of `a.x::exits`".to_owned();
    checks.insert(0, Check { name: CheckName::TypedResults, held: false, detail });
    Verdict {
        verdict: Judgement::Failed,
        failed: 1,
        passed: 1,
        errors: 2,
        skipped: 1,
        total: 5,
        deselected: 3,
        checks,
        tests: vec![
            test("a.x::one", Outcome::Passed, "", ""),
            test("a.x::two", Outcome::Failed, "expect 1 == 2", "    check(1 == 2)\n  > expect 1 == 2\n\u{1b}[31mred\n"),
            test("a.x::three", Outcome::Skipped, "not here", ""),
            test("a.x::exits", Outcome::Error, "the test exited with code 0", ""),
        ],
        collection_errors: vec![CollectionError {
            location: Location { path: "b.x".to_owned(), line: 3 },
            message: "no module numbers".to_owned(),
            detail: "3: use numbers".to_owned(),
            missing_module: Some("numbers".to_owned()),
        }],
        receipt: vec![receipt(SessionOutcome::Exited { code: 0 }), receipt(SessionOutcome::Returned)],
        ..passed()
    }
}

pub(in crate::commands) fn stopped() -> Verdict {
    Verdict {
        verdict: Judgement::None,
        reason: Some("real time ran out while `a.x::two` ran".to_owned()),
        passed: 1,
        total: 1,
        checks: vec![],
        tests: vec![test("a.x::one", Outcome::Passed, "", "")],
        ..passed()
    }
}

fn held(name: CheckName) -> Check {
    Check { name, held: true, detail: "fine".to_owned() }
}

fn test(id: &str, outcome: Outcome, message: &str, detail: &str) -> TestReport {
    TestReport {
        id: id.to_owned(),
        outcome,
        seconds: 0.5,
        fuel: 7,
        message: message.to_owned(),
        detail: detail.to_owned(),
        missing_module: None,
    }
}

fn receipt(outcome: SessionOutcome) -> Receipt {
    Receipt {
        plugin: "runner-made-up".to_owned(),
        digest: "00".to_owned(),
        call: "runner.run".to_owned(),
        outcome,
        limit: None,
        fuel: 31_083_292,
        wall_ms: 100,
        peak_memory_bytes: 1,
        output_bytes: 2,
        seed: 0,
        engine: "engine".to_owned(),
    }
}
