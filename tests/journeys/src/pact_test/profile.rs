//! `--profile`: which tests and functions use the fuel, as a table, as a flame graph and as JSON.

use std::path::Path;

use serde_json::Value;

use crate::support::{folder, pact, read};

const SHOP: &str = "import json\n\n\ndef cheap():\n    return 1\n\n\ndef hot(rounds):\n    total = 0\n    for number in range(rounds):\n        \
    total += number * cheap()\n    return total\n\n\ndef warm(rounds):\n    try:\n        return hot(rounds) + len(json.dumps([1]))\n    \
    finally:\n        fails = None\n\n\ndef fails():\n    raise ValueError('no')\n\n\ndef numbers():\n    for number in range(5):\n        \
    cheap()\n        yield number\n\n\nname = '</title><script>alert(1)</script>;\\x1b[2J\\u202e'\n\
    code = (lambda: sum(range(1000))).__code__.replace(co_name=name, co_qualname=name)\nodd = type(cheap)(code, globals())\n";

const TESTS: &str = "import pytest\nfrom shop import cheap, fails, hot, numbers, odd, warm\n\n\ndef test_hot():\n    \
    assert warm(3000) == 4498503\n\n\ndef test_cheap():\n    assert cheap() == 1\n\n\ndef test_fails():\n    with \
    pytest.raises(ValueError):\n        fails()\n    assert cheap() == 1\n\n\ndef test_numbers():\n    \
    assert list(numbers()) == [0, 1, 2, 3, 4]\n\n\ndef test_odd():\n    assert odd() == 499500\n";

pub(super) fn parsed(file: &Path) -> Value {
    serde_json::from_str(&read(file)).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
pub(super) fn function<'a>(document: &'a Value, name: &str) -> &'a Value {
    let functions = document["functions"].as_array().unwrap();
    functions.iter().find(|function| function["name"] == name).unwrap_or_else(|| panic!("no {name} in {functions:#?}"))
}

/// The names on the way from a test to each node of a function.
pub(super) fn ways(document: &Value, name: &str) -> Vec<String> {
    let (nodes, functions) = (document["nodes"].as_array().unwrap(), document["functions"].as_array().unwrap());
    let word = |node: &Value| match node["function"].as_u64() {
        Some(place) => functions[usize::try_from(place).unwrap()]["name"].as_str().unwrap().to_owned(),
        None => node["test"].as_str().unwrap_or_else(|| node["kind"].as_str().unwrap()).to_owned(),
    };
    let way = |node: &Value| {
        let mut way = vec![word(node)];
        let mut above = node["parent"].as_u64();
        while let Some(parent) = above {
            let node = &nodes[usize::try_from(parent).unwrap()];
            way.insert(0, word(node));
            above = node["parent"].as_u64();
        }
        way.join(" > ")
    };
    nodes.iter().filter(|node| word(node) == name).map(way).collect()
}

#[test]
fn the_hot_function_stands_on_top_and_two_runs_are_equal_to_the_byte() {
    // Not into the suite: what lies there is part of it.
    let (place, out) = (folder(&[("shop.py", SHOP), ("test_shop.py", TESTS)]), folder(&[]));
    let (one, two, receipts) = (out.path().join("one"), out.path().join("two"), out.path().join("receipts.jsonl"));
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let plain: Value = serde_json::from_str(&pact(place.path(), ["test", "--json"]).with_code(0).stdout).unwrap();
    let ended = pact(place.path(), ["test", "--profile", &text(&one), "--receipts", &text(&receipts)]).with_code(0);
    let table = ended.stdout.split_once("fuel by function").expect("there is a table").1;
    // Importing a test file includes the framework's work on its assertions.
    let mut rows = table.lines().skip(1).filter(|row| !row.contains("<module>"));
    assert!(rows.next().unwrap().trim_start().starts_with("self"), "{}", ended.stdout);
    let first = rows.next().unwrap();
    assert!(first.contains("hot") && first.contains("shop.py:8"), "{}", ended.stdout);
    assert!(!ended.stdout.contains('\u{1b}') && !ended.stdout.contains('\u{202e}'), "{}", ended.stdout);
    assert!(read(&receipts).contains("\"runner.run (profile)\""));

    let document = parsed(&one.join("tests.json"));
    let calls = |name: &str| function(&document, name)["calls"].as_u64().unwrap();
    assert_eq!(["hot", "warm", "cheap", "fails", "numbers"].map(calls), [1, 1, 3007, 1, 1]);
    assert_eq!(document["unmatched"], 0);
    assert_eq!(ways(&document, "hot"), ["test_shop.py::test_hot > test_hot > warm > hot"]);
    assert!(ways(&document, "cheap").contains(&"test_shop.py::test_fails > test_fails > cheap".to_owned()));
    assert!(
        ways(&document, "cheap").contains(&"test_shop.py::test_numbers > test_numbers > numbers > cheap".to_owned())
    );
    // What was taken off for the measuring was measured, so that a test costs about what it costs alone.
    let fuel = |list: &Value, id: &str| {
        let tests = list["tests"].as_array().unwrap();
        tests.iter().find(|test| test["id"] == id).and_then(|test| test["fuel"].as_f64()).unwrap()
    };
    let (judged, profiled) = (fuel(&plain, "test_shop.py::test_hot"), fuel(&document, "test_shop.py::test_hot"));
    assert!((0.5..1.5).contains(&(profiled / judged)), "{profiled} of {judged}");

    let svg = read(&one.join("tests.svg"));
    assert!(svg.contains("hot (shop.py:8)") && svg.contains("&lt;script&gt;alert(1)"), "{svg}");
    assert!(!svg.contains("<script>alert") && !svg.contains('\u{1b}') && !svg.contains('\u{202e}'));

    let again = pact(place.path(), ["test", "--profile", &text(&two), "--json"]).with_code(0);
    for file in ["tests.svg", "tests.json"] {
        assert_eq!(read(&one.join(file)), read(&two.join(file)));
    }
    let judged: Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(judged["profile"]["functions"], document["functions"]);
    assert_eq!(judged["tests"].as_array().unwrap().len(), 5);
    for (one, other) in judged["tests"].as_array().unwrap().iter().zip(plain["tests"].as_array().unwrap()) {
        assert_eq!(one["fuel"], other["fuel"], "the judged run is the one without a profile");
    }
}

#[test]
fn what_never_ends_is_where_its_fuel_went_and_the_rest_is_there_too() {
    let place = folder(&[(
        "test_loop.py",
        "def spin():\n    while True:\n        pass\n\n\ndef test_spins():\n    spin()\n\n\ndef test_last():\n    pass\n",
    )]);
    pact(place.path(), ["test", "--profile", "out", "--fuel", "2000000000"]).with_code(1);
    let document = parsed(&place.path().join("out/tests.json"));
    assert_eq!(ways(&document, "spin"), ["test_loop.py::test_spins > test_spins > spin"]);
    let (all, spin) = (document["fuel"].as_u64().unwrap(), function(&document, "spin")["self_fuel"].as_u64().unwrap());
    assert!(spin > all / 2, "{spin} of {all}");
}

#[test]
fn a_profile_of_what_is_run_many_times_is_refused() {
    let place = folder(&[("test_one.py", "def test_one():\n    pass\n")]);
    for other in [&["--seeds", "2"][..], &["--watch"][..]] {
        let ended = pact(place.path(), [&["test", "--profile", "out"], other].concat()).with_code(2);
        assert!(ended.stderr.contains("cannot be used with"), "{}", ended.stderr);
    }
}
