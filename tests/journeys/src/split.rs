//! Components whose tests and code run in two instances: what crosses, what does not, and what the host sees there.

mod border;
mod ecmascript;
mod gauge;

use serde_json::Value;

use crate::support::{pact, write};
use gauge::{CODE, Gauge, TESTS};

/// Removes what differs from run to run by design: real time.
fn without_time(document: &mut Value) {
    match document {
        Value::Object(fields) => {
            fields.retain(|name, _| name != "seconds" && name != "wall_ms");
            fields.values_mut().for_each(without_time);
        }
        Value::Array(items) => items.iter_mut().for_each(without_time),
        _ => {}
    }
}

#[test]
fn equal_inputs_give_equal_documents_to_the_last_unit_of_fuel() {
    let gauge = Gauge::new(TESTS, CODE);
    let run = || {
        let mut document = gauge.document(&["--no-cache"], 0);
        without_time(&mut document);
        document
    };
    let first = run();
    assert_eq!(first["components"][0]["isolation"], "split");
    assert!(first["components"][0]["receipt"][1]["fuel"].as_u64().unwrap() > 0, "{first:#}");
    for round in 1..10 {
        assert_eq!(run(), first, "round {round}");
    }
}

#[test]
fn the_host_knows_what_each_function_cost() {
    let component = Gauge::new(TESTS, CODE).component(&[], 0);
    let calls = component["calls"].as_array().unwrap();
    let named: Vec<&str> = calls.iter().map(|call| call["function"].as_str().unwrap()).collect();
    assert_eq!(named, ["remember", "total"]);
    assert!(calls.iter().all(|call| call["fuel"].as_u64().unwrap() > 1000), "{calls:?}");
}

#[test]
fn nothing_that_a_module_remembers_lasts_from_test_to_test_unless_the_contract_says_so() {
    let tests = "from gauge import remember\n\n\ndef test_one():\n    assert remember(1) == 1\n\n\n\
                 def test_two():\n    assert remember(1) == 1\n";
    Gauge::new(tests, CODE).component(&[], 0);
    Gauge::new(tests, CODE).component(&["--isolate"], 0);
    let lasting = Gauge::new(tests, CODE).keeping_state();
    let component = lasting.component(&[], 1);
    assert_eq!(component["failed"], 1, "{component:#}");
}

#[test]
fn code_that_exits_fails_its_test_and_no_other() {
    let code = CODE.replace(
        "    return sum(values)\n",
        "    import os\n    if values == [2]:\n        os._exit(0)\n    return sum(values)\n",
    );
    let tests = "from gauge import total\n\n\ndef test_a():\n    assert total([1]) == 1\n\n\n\
                 def test_b():\n    try:\n        total([2])\n    except BaseException:\n        pass\n\n\n\
                 def test_c():\n    assert total([3]) == 3\n";
    let component = Gauge::new(tests, &code).component(&[], 1);
    let outcomes: Vec<&str> =
        component["tests"].as_array().unwrap().iter().map(|test| test["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["passed", "error", "passed"]);
    assert_eq!(component["tests"][1]["message"], "the tested code exited with code 0");
}

#[test]
fn a_function_does_only_what_its_contract_says() {
    let code = CODE.replace("    return sum(values)\n", "    import time\n    time.time()\n    return sum(values)\n");
    let gauge = Gauge::new(TESTS, &code);
    let component = gauge.component(&[], 1);
    assert_eq!((&component["failed"], &component["errors"]), (&0.into(), &0.into()));
    let check = check(&component, "side-effects");
    assert_eq!(check["held"], false);
    assert!(check["detail"].as_str().unwrap().contains("`total` reads the clock"), "{check}");
    gauge.allowing("reads_clock").component(&[], 0);
}

#[test]
fn a_quadratic_solution_of_a_linear_contract_fails() {
    let slow = CODE.replace(
        "    return sum(values)\n",
        "    result = 0\n    for at in range(len(values)):\n        result = sum(values[: at + 1])\n    return result\n",
    );
    let tests = format!("{TESTS}\n\ndef generate_total(size):\n    return (list(range(size)),)\n");
    let component = Gauge::new(&tests, &slow).bounded("O(n)").component(&[], 1);
    assert_eq!((&component["failed"], &component["errors"]), (&0.into(), &0.into()));
    assert_eq!(check(&component, "performance")["held"], false);
    let points = component["performance"][0]["points"].as_array().unwrap();
    assert!(points.len() >= 4, "{component:#}");

    let plots = tempfile::tempdir().unwrap();
    let linear = Gauge::new(&tests, CODE).bounded("O(n)");
    let component = linear.component(&["--plots", plots.path().to_str().unwrap()], 0);
    assert_eq!(check(&component, "performance")["held"], true);
    let plot = crate::support::read(&plots.path().join("gauge-total.svg"));
    assert!(plot.starts_with("<svg"));
    let again = tempfile::tempdir().unwrap();
    let kept = linear.component(&["--plots", again.path().to_str().unwrap()], 0);
    assert_eq!((&kept["cached"], &kept["performance"]), (&true.into(), &component["performance"]));
    assert_eq!(crate::support::read(&again.path().join("gauge-total.svg")), plot);
}

#[test]
fn a_bound_without_a_generator_is_a_note_and_no_pass() {
    let gauge = Gauge::new(TESTS, CODE).bounded("O(n)");
    let component = gauge.component(&[], 0);
    assert!(component["checks"].as_array().unwrap().iter().all(|check| check["name"] != "performance"));
    let ended = pact(gauge.folder(), ["test"]).with_code(0);
    assert!(ended.stdout.contains("note: the bound O(n) of `total` was not judged"), "{}", ended.stdout);
}

#[test]
fn tests_that_reach_into_the_component_run_shared_and_the_verdict_says_why() {
    let tests = format!(
        "{TESTS}\n\ndef test_inside(monkeypatch):\n    import gauge\n    monkeypatch.setattr(gauge, \"_seen\", [])\n"
    );
    // Here each test finds what the others left in the module: this one comes first.
    let component = Gauge::new(&tests.replace("remember(7) == 1", "remember(7) >= 1"), CODE).component(&[], 0);
    assert_eq!(component["isolation"], "shared");
    let why = component["shared_because"][0].as_str().unwrap();
    assert!(why.contains("tests/gauge/contract_test.py:") && why.contains("monkeypatch.setattr(gauge"), "{why}");
}

#[test]
fn a_failure_of_the_code_shows_its_own_lines() {
    let code = CODE.replace("    return sum(values)\n", "    return sum(values) / len([])\n");
    let gauge = Gauge::new(TESTS, &code);
    let ended = pact(gauge.folder(), ["test"]).with_code(1);
    assert!(ended.stdout.contains("ZeroDivisionError"), "{}", ended.stdout);
    assert!(ended.stdout.contains("src/gauge/gauge.py:"), "{}", ended.stdout);
}

#[test]
fn code_that_cannot_be_imported_fails_each_test_that_calls_it() {
    let gauge = Gauge::new(TESTS, &format!("import no_such_module\n\n{CODE}"));
    let component = gauge.component(&[], 1);
    assert_eq!(component["passed"], 0, "{component:#}");
    assert!(component["tests"][0]["message"].as_str().unwrap().contains("no_such_module"), "{component:#}");
}

#[test]
fn what_the_tests_leave_on_disk_is_not_what_runs() {
    let gauge = Gauge::new(TESTS, CODE);
    write(&gauge.folder().join("contracts/gauge/gauge_types.py"), "raise RuntimeError('rendered, not read')\n");
    gauge.component(&[], 0);
}

#[track_caller]
fn check<'a>(component: &'a Value, name: &str) -> &'a Value {
    let checks = component["checks"].as_array().unwrap();
    checks.iter().find(|check| check["name"] == name).unwrap_or_else(|| panic!("no check `{name}`: {component:#}"))
}

#[test]
fn a_plain_suite_whose_tests_count_on_each_other_passes_and_says_that_no_canary_counted() {
    let counter = ("counter.py", "_seen = []\n\n\ndef add(value):\n    _seen.append(value)\n    return len(_seen)\n");
    let first = "from counter import add\n\n\ndef test_first():\n    assert add(1) == 1\n\n\n";
    let canaries = |tests: &str| {
        let folder = crate::support::folder(&[counter, ("test_counter.py", &format!("{first}{tests}"))]);
        let ended = pact(folder.path(), ["test", "--json"]).with_code(0);
        let document: Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!((&document["isolation"], &document["passed"]), (&"shared".into(), &2.into()), "{document:#}");
        let canaries = check(&document, "canaries").clone();
        (canaries["detail"].as_str().unwrap().to_owned(), pact(folder.path(), ["test"]).with_code(0).stdout)
    };
    // A changed test has called what it calls before it fails.
    let (detail, said) = canaries("def test_second():\n    assert add(1) == 2\n");
    assert!(detail.starts_with("2 changed tests"), "{detail}");
    assert!(!said.contains("canary"), "{said}");
    // This one lacks apart what the other did, which cannot be changed.
    let alone = first.replace("== 1", "> 0") + "def test_second():\n    assert add(1) == 2\n";
    let folder = crate::support::folder(&[counter, ("test_counter.py", &alone)]);
    let ended = pact(folder.path(), ["test"]).with_code(0);
    assert!(ended.stdout.contains("note: no canary counted: all tests pass as they were written"), "{}", ended.stdout);
}

#[test]
fn options_of_components_are_refused_where_they_would_do_nothing() {
    let folder = crate::support::folder(&[("test_one.py", "def test_one():\n    pass\n")]);
    for options in [&["--isolate"][..], &["--plots", "p"], &["--jobs", "2"]] {
        let ended = pact(folder.path(), [&["test"], options].concat()).with_code(2);
        assert!(ended.stderr.contains(options[0]) && ended.stdout.is_empty(), "{}", ended.stderr);
    }
    let ended = pact(folder.path(), ["test", "--plots", "p", "-k", "one"]).with_code(2);
    assert!(ended.stderr.contains("--plots"), "{}", ended.stderr);
}
