//! `--seeds`: tests that do not end the same every time, and what they depend on.

use serde_json::Value;

use crate::support::{Ended, folder, pact, project};

/// Each test depends on one thing alone.
const FLAKY: &str = "import datetime\nimport random\n\nSEEN = []\n\n\ndef test_first():\n    SEEN.append(1)\n\n\n\
    def test_order():\n    assert SEEN, 'the other test has not run yet'\n\n\n\
    def test_date():\n    assert datetime.date.today().year == 2024\n\n\n\
    def test_steady():\n    assert random.random() < 2\n";

/// Holds or fails by what the seed draws.
const RANDOM: &str =
    "import random\n\n\ndef test_random():\n    assert random.random() < 0.5\n\n\ndef test_steady():\n    pass\n";

#[track_caller]
fn document(ended: &Ended) -> Value {
    serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {}\n{}", ended.stdout, ended.stderr))
}

fn unstable<'a>(document: &'a Value, id: &str) -> &'a Value {
    let tests = document["unstable"].as_array().unwrap();
    tests.iter().find(|test| test["id"] == id).unwrap_or_else(|| panic!("no `{id}` in {tests:#?}"))
}

#[test]
fn a_suite_that_ends_the_same_every_time_passes() {
    let ended = pact(&project("python-bank"), ["test", "--seeds", "3", "--json"]).with_code(0);
    let document = document(&ended);
    assert_eq!((&document["verdict"], &document["unstable"]), (&"passed".into(), &Value::Array(vec![])));
    let seeds: Vec<u64> =
        document["seeds"].as_array().unwrap().iter().map(|run| run["seed"].as_u64().unwrap()).collect();
    assert_eq!(seeds, [0, 1, 2]);
    assert!(document["seeds"].as_array().unwrap().iter().all(|run| run["passed"] == 53), "{document:#?}");
    assert_eq!(document["seeds"][0].get("clock_start"), None, "the first run is the plain one");
    assert!(document["seeds"][1]["clock_start"].is_u64() && document["seeds"][1]["shuffled"] == true);
}

#[test]
fn each_test_that_varies_is_named_with_what_it_depends_on() {
    let place = folder(&[("test_flaky.py", FLAKY)]);
    // As many seeds as it takes for the order to have been another one for sure.
    let ended = pact(place.path(), ["test", "--seeds", "8", "--json"]).with_code(1);
    let document = document(&ended);
    let depends_on = |id: &str| unstable(&document, id)["depends_on"].clone();
    assert_eq!(depends_on("test_flaky.py::test_order"), serde_json::json!(["order"]));
    assert_eq!(depends_on("test_flaky.py::test_date"), serde_json::json!(["clock"]));
    assert_eq!(document["unstable"].as_array().unwrap().len(), 2, "{document:#?}");
    assert_eq!(document["verdict"], "failed");
    assert_eq!(document["failed"], 0, "the plain run passed");
    let outcomes = unstable(&document, "test_flaky.py::test_date")["outcomes"].as_array().unwrap();
    assert_eq!(outcomes[0], serde_json::json!({"seed": 0, "outcome": "passed"}));
    assert!(outcomes[1..].iter().all(|outcome| outcome["outcome"] == "failed"), "{outcomes:#?}");
}

#[test]
fn a_test_that_draws_is_told_by_its_seeds_and_can_be_seen_again() {
    let place = folder(&[("test_random.py", RANDOM)]);
    let ended = pact(place.path(), ["test", "--seeds", "12"]).with_code(1);
    let flaky: Vec<&str> = ended.stdout.lines().filter(|line| line.starts_with("flaky: ")).collect();
    let [line] = flaky[..] else { panic!("{}", ended.stdout) };
    assert!(line.starts_with("flaky: test_random.py::test_random: passed with seed"), "{line}");
    assert!(line.contains("; failed with seed") && line.ends_with("; depends on random numbers"), "{line}");
    assert!(ended.stdout.ends_with("verdict: failed, because 1 test does not end the same with every seed\n"));
    let hint = ended.stdout.lines().find_map(|line| line.strip_prefix("hint: to see it again: pact ")).unwrap();
    let again = pact(place.path(), hint.split(' ')).with_code(1);
    assert!(again.stdout.contains("failed"), "{}", again.stdout);
    let repeated = pact(place.path(), ["test", "--seeds", "12"]).with_code(1);
    assert!(repeated.stdout.contains(line), "the same command finds the same");
}

#[test]
fn a_number_of_seeds_that_is_none_is_the_users_fault() {
    for number in ["1", "1001", "x"] {
        pact(&project("python-bank"), ["test", "--seeds", number]).with_code(2);
    }
}

#[test]
fn junit_has_a_flaky_test_as_a_failure() {
    let place = folder(&[("test_random.py", RANDOM)]);
    pact(place.path(), ["test", "--seeds", "12", "--junit", "results.xml"]).with_code(1);
    let text = crate::support::read(&place.path().join("results.xml"));
    assert!(text.contains("name=\"flaky\" value=\"passed with seed") || text.contains("message=\"flaky: "), "{text}");
    assert!(text.contains("depends on random numbers"), "{text}");
}
