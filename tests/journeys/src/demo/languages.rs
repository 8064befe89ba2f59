//! `pact demo --lang`: the same story in each language that the example is written in.

use std::path::PathBuf;
use std::sync::LazyLock;

use serde_json::Value;

use super::{COMPONENTS, SHOWN, contract, json, questions};
use crate::support::{Ended, folder, pact, pact_alone, read, tree, write};

/// A demo in another language than the default one, that ran once.
struct Other {
    language: &'static str,
    extension: &'static str,
    /// What ends the first line of a function that is to return something else.
    opens: &'static str,
    place: tempfile::TempDir,
    first: Ended,
}

static OTHERS: LazyLock<[Other; 2]> = LazyLock::new(|| {
    [("typescript", "ts", ": string {\n"), ("javascript", "js", "(amount) {\n")].map(|(language, extension, opens)| {
        let place = folder(&[]);
        let first = pact(place.path(), ["demo", "--lang", language]).with_code(0);
        Other { language, extension, opens, place, first }
    })
});

impl Other {
    fn project(&self) -> PathBuf {
        self.place.path().join("pact-demo")
    }

    /// A copy that a test may change.
    fn copy(&self) -> tempfile::TempDir {
        let copy = folder(&[]);
        for (path, content) in tree(&self.project()) {
            let inner = path.strip_prefix(self.project()).unwrap();
            write(&copy.path().join("pact-demo").join(inner), &String::from_utf8(content).unwrap());
        }
        copy
    }
}

/// What a run says of its attempts, component by component, without what they cost. In which order components end is not
/// said by anybody.
fn told(out: &str) -> String {
    let mut text = String::new();
    for component in COMPONENTS {
        let mut is_about = false;
        for line in out.lines() {
            let begins = line.starts_with("implement ") && line.contains(component);
            is_about = begins || (is_about && line.starts_with("   "));
            if is_about {
                let without_costs = line.split_once(" tests passed, ").filter(|_| begins);
                text.push_str(without_costs.map_or(line, |(before, _)| before));
                text.push('\n');
            }
        }
    }
    text
}

#[test]
fn a_failing_attempt_is_repaired_and_a_cheat_is_caught_in_every_language() {
    let [typescript, javascript] = &*OTHERS;
    insta::assert_snapshot!(told(&typescript.first.stdout), @r#"
    implement     money         attempt 1: failed, 83 of 87
                                caught by the check expected-ids: expected since the suite was written, and not passed: `tests/money/contract_test.test.ts::percentage rounds a half away from zero: -49 at 100 is 0`, `…
                                test percentage rounds a half away from zero: -49 at 100 is 0: expected Money{ minor: -0, currency: 'EUR' } to deeply equal Money{ minor: +0, currency: 'EUR' }
                                test percentage rounds a half away from zero: -50 at 100 is -1: expected Money{ minor: -0, currency: 'EUR' } to deeply equal Money{ minor: -1, currency: 'EUR' }
                                test percentage rounds a half away from zero: -250 at 100 is -3: expected Money{ minor: -2, currency: 'EUR' } to deeply equal Money{ minor: -3, currency: 'EUR' }
                                and 1 more
    implement     money         attempt 2: passed, 87 of 87
    implement     tariff        attempt 1: failed, 0 of 41
                                caught by the check zero-tests: none of 41 collected tests passed
                                caught by the check expected-ids: expected since the suite was written, and not passed: `tests/tariff/contract_test.test.ts::graduated units are charged at the price of the tier that t…
                                caught by the check smoke: `src/tariff/tariff.ts`: Error: process.exit unexpectedly called with "0"
                                caught by the check validators: `src/tariff/tariff.ts`: Error: process.exit unexpectedly called with "0"
                                caught by the check emission: `tests/tariff/emission_test.test.ts::check_tariff`: the tested code exited with code 0; `tests/tariff/emission_test.test.ts::charges`: the tested code…
                                test graduated units are charged at the price of the tier that they fall into: the tested code exited with code 0
                                test the limit of a tier belongs to that tier: 1: the tested code exited with code 0
                                test the limit of a tier belongs to that tier: 100: the tested code exited with code 0
                                and 38 more
    implement     tariff        attempt 2: passed, 41 of 41
    implement     invoice       attempt 1: passed, 25 of 25
    "#);
    // The code differs in its types only.
    assert_eq!(told(&typescript.first.stdout).replace(".ts", ".js"), told(&javascript.first.stdout));
}

#[test]
fn every_demo_begins_and_ends_as_the_default_one_does() {
    let shape = |ended: &Ended| -> Vec<String> {
        let words = |line: &str| line.split_whitespace().next().unwrap_or_default().to_owned();
        let lines = ended.stdout.lines().filter(|line| !line.starts_with("  "));
        let lines = lines.map(|line| if line.contains("verdict") { line.to_owned() } else { words(line) });
        let mut lines: Vec<String> = lines.collect();
        // Components that do not depend on each other end in either order.
        lines.sort_unstable();
        lines
    };
    for other in &*OTHERS {
        assert_eq!(shape(&other.first), shape(&SHOWN.first), "{}", other.first.stdout);
        assert_eq!(other.first.stdout.lines().next(), Some("models: scripted, an offline transcript"));
        let code = other.first.stdout.lines().find(|line| line.ends_with("  its code")).expect("the code is named");
        let path = code.split_whitespace().next().unwrap();
        assert!(path.ends_with(&format!(".{}", other.extension)), "{code}");
        assert!(other.project().join(path).is_file(), "{code}");
    }
}

#[test]
fn the_contracts_are_the_same_in_every_language() {
    for other in &*OTHERS {
        for component in COMPONENTS {
            assert_eq!(contract(&other.project(), component), contract(&SHOWN.project(), component));
        }
        assert!(read(&other.project().join("pact.yaml")).contains(&format!("\nlanguage: {}\n", other.language)));
    }
}

#[test]
fn what_follows_from_the_contracts_is_judged_in_every_language() {
    for other in &*OTHERS {
        let tested = json(&pact(&other.project(), ["test", "--json"]).with_code(0).stdout);
        let components = tested["components"].as_array().unwrap();
        assert_eq!(components.len(), COMPONENTS.len());
        for component in components {
            assert_eq!((&component["verdict"], &component["isolation"]), (&"passed".into(), &"split".into()));
            let checks = component["checks"].as_array().unwrap();
            for suite in ["smoke", "validators", "emission"] {
                let check = checks.iter().find(|check| check["name"] == suite).unwrap();
                assert_eq!(check["held"], true, "{check}");
            }
            for suite in component["suites"].as_array().unwrap() {
                assert!(suite["verdict"]["passed"].as_u64().unwrap() > 0, "{suite}");
            }
        }
    }
}

#[test]
fn the_certificate_of_every_language_holds_and_its_runs_happen_again() {
    for other in &*OTHERS {
        let copy = other.copy();
        let project = copy.path().join("pact-demo");
        let again = json(&pact(&project, ["verify", "--rerun", "--json"]).with_code(0).stdout);
        let certificate = json(&read(&project.join("certification/certification.json")));
        let reruns = again["rerun"].as_array().unwrap();
        assert_eq!(reruns.len(), COMPONENTS.len());
        for rerun in reruns {
            let component = rerun["component"].as_str().unwrap();
            assert_eq!(rerun["fuel_not_compared"], Value::Null, "{component}");
            assert_eq!(rerun["result"]["fuel"], certificate["visible_results"][component]["fuel"], "{component}");
        }
    }
}

#[test]
fn a_second_run_goes_on_in_the_language_of_the_first_and_asks_no_model() {
    for other in &*OTHERS {
        let copy = other.copy();
        let project = copy.path().join("pact-demo");
        let asked = questions(&project);
        assert_eq!(asked, questions(&SHOWN.project()));
        for arguments in [&["demo"][..], &["demo", "--lang", other.language]] {
            let again = pact(copy.path(), arguments).with_code(0);
            assert_eq!((again.stderr.as_str(), questions(&project)), ("", asked));
            for component in COMPONENTS {
                assert!(again.stdout.contains(&format!("verdict: {component} passed")), "{}", again.stdout);
            }
        }
    }
}

#[test]
fn a_broken_line_fails_in_every_language() {
    for other in &*OTHERS {
        let copy = other.copy();
        let project = copy.path().join("pact-demo");
        let file = project.join("src/money/money").with_extension(other.extension);
        let code = read(&file);
        let at = code.find("export function format_money").unwrap();
        let (before, after) = code.split_at(at);
        write(
            &file,
            &format!("{before}{}", after.replacen(other.opens, &format!("{}  return \"\";\n", other.opens), 1)),
        );
        let broken = pact(&project, ["test"]).with_code(1);
        assert!(broken.stdout.contains("verdict: money failed"), "{}", broken.stdout);
        assert!(broken.stdout.contains("verdict: tariff passed"), "{}", broken.stdout);
        pact(&project, ["verify"]).with_code(1);
    }
}

#[test]
fn a_demo_in_another_language_is_not_mixed_into_one_that_is_there() {
    let copy = OTHERS[0].copy();
    let project = copy.path().join("pact-demo");
    let before = tree(&project);
    let refused = pact(copy.path(), ["demo", "--lang", "python"]).with_code(2);
    assert!(refused.stderr.contains("the demo in `pact-demo` is written in typescript"), "{}", refused.stderr);
    let (_, hint) = refused.stderr.split_once("pact demo ").expect("a command that helps");
    assert!(tree(&project) == before, "a file was touched");
    let fresh = pact(copy.path(), "demo ".split_whitespace().chain(hint.split_whitespace())).with_code(0);
    assert!(fresh.stdout.contains("verdict: money passed"), "{}", fresh.stdout);
    assert!(project.join("src/money/money.py").is_file() && !project.join("src/money/money.ts").exists());
}

#[test]
fn an_unknown_language_is_refused_with_those_that_there_are() {
    let place = folder(&[]);
    let refused = pact(place.path(), ["demo", "--lang", "cobol"]).with_code(2);
    for language in ["javascript", "python", "typescript"] {
        assert!(refused.stderr.contains(language), "{}", refused.stderr);
    }
    assert!(tree(place.path()).is_empty());
    let help = pact_alone(["demo", "--help"]).with_code(0);
    assert!(help.stdout.contains("[possible values: javascript, python, typescript]"), "{}", help.stdout);
    assert!(help.stdout.contains("else python]"), "{}", help.stdout);
    let script = pact_alone(["completion", "bash"]).with_code(0);
    assert!(script.stdout.contains("javascript python typescript"), "{}", script.stdout);
}

#[test]
fn the_document_of_a_run_has_the_same_shape_in_every_language() {
    let place = folder(&[]);
    let ended = pact(place.path(), ["demo", "here", "--lang", "javascript", "--json"]).with_code(0);
    let document = json(&ended.stdout);
    assert_eq!((&document["schema"], &document["good"]), (&"pact/run@1".into(), &true.into()));
    assert!(place.path().join("here/tests/money/contract_test.test.js").is_file());
}
