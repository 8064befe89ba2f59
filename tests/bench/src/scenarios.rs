//! The list of what is timed. The suites are the smallest that show their kind of cost.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};

use crate::components;
use crate::scenario::{Peers, Prepared, Scenario, pact_test, pytest, write, write_project};

/// The 53-test example of the repository.
const BANK: [(&str, &str); 4] = [
    ("bank.py", include_str!("../../projects/python-bank/bank.py")),
    ("conftest.py", include_str!("../../projects/python-bank/conftest.py")),
    ("test_account.py", include_str!("../../projects/python-bank/test_account.py")),
    ("test_bank.py", include_str!("../../projects/python-bank/test_bank.py")),
];

const MODELS: &str = include_str!("../../projects/python-pydantic/models.py");

const MODEL_TESTS: &str = include_str!("../../projects/python-pydantic/test_models.py");

const ADD: &str = "def add(a: int, b: int) -> int:\n    return a + b\n";

/// Loops, integers, a dictionary, strings: what an interpreter does all day.
pub(crate) const BUSY: &str = "\
def primes(limit):
    sieve = [True] * (limit + 1)
    for number in range(2, int(limit ** 0.5) + 1):
        if sieve[number]:
            for multiple in range(number * number, limit + 1, number):
                sieve[multiple] = False
    return [number for number in range(2, limit + 1) if sieve[number]]


def words(count):
    seen = {}
    for number in range(count):
        word = f\"{number * 7919 % 1000:03d}\"
        seen[word] = seen.get(word, 0) + len(word)
    return seen


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
";

pub(crate) const BUSY_TESTS: &str = "\
from busy import fib, primes, words


def test_primes():
    assert len(primes(1_000_000)) == 78498


def test_words():
    assert len(words(600_000)) == 1000


def test_fib():
    assert fib(26) == 121393
";

/// Everything that can be timed.
pub(crate) fn all() -> Vec<Scenario> {
    let scenario = |name, about, prepare| Scenario { name, about, prepare };
    vec![
        scenario("one", "one test, against pytest", one),
        scenario("small", "the 53 tests of python-bank, against pytest", |folder, pact, peers| {
            suite(folder, pact, peers, &BANK)
        }),
        scenario("pydantic", "the tests of python-pydantic, against pytest", |folder, pact, peers| {
            // The last one fails, to show how.
            let tests = MODEL_TESTS.split("\n\ndef test_unexpected_error_is_shown").next().unwrap_or(MODEL_TESTS);
            suite(folder, pact, peers, &[("models.py", MODELS), ("test_models.py", tests)])
        }),
        scenario("thousand", "1,000 tests in ten files, against pytest", thousand),
        scenario("cpu", "three tests that compute, against pytest", |folder, pact, peers| {
            suite(folder, pact, peers, &[("busy.py", BUSY), ("test_busy.py", BUSY_TESTS)])
        }),
        scenario("fifty", "50 components with a suite each, against one pytest over all of them", fifty),
        scenario("split", "a component of 40 tests split, against the same tests shared in a plain folder", split),
        scenario("cached", "an unchanged component: 51 of them less one, all verdicts kept", cached),
        scenario(
            "validate",
            "a project of 1,000 components validated and rendered, against one of one",
            components::validate,
        ),
        scenario("first", "one test on a machine that never saw pact, against pytest", first),
    ]
}

fn suite(folder: &Path, pact: &Path, peers: &Peers, files: &[(&str, &str)]) -> anyhow::Result<Prepared> {
    write(folder, files)?;
    Ok(Prepared { ours: pact_test(pact, folder, &["--no-cache"]), theirs: pytest(peers, folder), per: None })
}

fn one(folder: &Path, pact: &Path, peers: &Peers) -> anyhow::Result<Prepared> {
    let test = "from calc import add\n\n\ndef test_add():\n    assert add(1, 2) == 3\n";
    suite(folder, pact, peers, &[("calc.py", ADD), ("test_calc.py", test)])
}

fn thousand(folder: &Path, pact: &Path, peers: &Peers) -> anyhow::Result<Prepared> {
    write(folder, &[("calc.py", ADD)])?;
    for file in 0..10 {
        let mut text = "from calc import add\n".to_owned();
        for test in 0..100 {
            let _ = write!(text, "\n\ndef test_{file}_{test}():\n    assert add({file}, {test}) == {}\n", file + test);
        }
        write(folder, &[(&format!("test_{file}.py"), &text)])?;
    }
    Ok(Prepared { ours: pact_test(pact, folder, &["--no-cache"]), theirs: pytest(peers, folder), per: None })
}

fn add_contract() -> Value {
    let input = |name: &str| json!({"name": name, "type_ref": "int"});
    json!({"name": "add", "description": "Adds.", "inputs": [input("a"), input("b")], "output_type": "int"})
}

fn add_tests(count: usize) -> String {
    (0..count).fold("from COMPONENT import add\n".to_owned(), |mut text, test| {
        let _ = write!(text, "\n\ndef test_{test}():\n    assert add({test}, 1) == {}\n", test + 1);
        text
    })
}

fn fifty(folder: &Path, pact: &Path, peers: &Peers) -> anyhow::Result<Prepared> {
    write_project(folder, 50, ADD, &add_tests(10), &add_contract())?;
    Ok(Prepared { ours: pact_test(pact, folder, &["--no-cache"]), theirs: pytest(peers, folder), per: None })
}

fn split(folder: &Path, pact: &Path, _: &Peers) -> anyhow::Result<Prepared> {
    let (project, plain) = (folder.join("project"), folder.join("plain"));
    write_project(&project, 1, ADD, &add_tests(40), &add_contract())?;
    write(&plain, &[("part_0.py", ADD), ("test_part.py", &add_tests(40).replace("COMPONENT", "part_0"))])?;
    let test = |folder: &Path| pact_test(pact, folder, &["--no-cache"]);
    Ok(Prepared { ours: test(&project), theirs: test(&plain), per: None })
}

fn cached(folder: &Path, pact: &Path, _: &Peers) -> anyhow::Result<Prepared> {
    let (many, one) = (folder.join("many"), folder.join("one"));
    write_project(&many, 51, ADD, &add_tests(10), &add_contract())?;
    write_project(&one, 1, ADD, &add_tests(10), &add_contract())?;
    // The run that is not counted fills the cache.
    Ok(Prepared { ours: pact_test(pact, &many, &[]), theirs: pact_test(pact, &one, &[]), per: Some(50) })
}

#[expect(clippy::disallowed_methods, reason = "a shell empties the cache before each run")]
fn first(folder: &Path, pact: &Path, peers: &Peers) -> anyhow::Result<Prepared> {
    let Prepared { theirs, .. } = one(&folder.join("suite"), pact, peers)?;
    let mut ours = std::process::Command::new("sh");
    ours.args(["-c", "rm -rf \"$XDG_CACHE_HOME\" && exec \"$0\" test --no-cache \"$1\""]);
    ours.arg(pact).arg(folder.join("suite")).env("XDG_CACHE_HOME", folder.join("cache"));
    Ok(Prepared { ours, theirs, per: None })
}
