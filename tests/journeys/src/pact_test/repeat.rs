//! The same suite again: what is equal, what a seed changes, and what a limit or an interrupt ends.

use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::document::Document;
use crate::support::{folder, pact, project, ready, run, tree, write};

/// Fails with a number that nobody chose, so that the message shows it.
const RANDOM: &str = "import os\nimport random\nimport uuid\n\n\ndef test_random():\n    \
    raise RuntimeError(f'{random.random()} {uuid.uuid4()} {os.urandom(4)}')\n";

fn document(folder: &std::path::Path, arguments: &[&str]) -> Document {
    Document::of(&pact(folder, [["test", "--json", "--no-cache"].as_slice(), arguments].concat()))
}

#[test]
fn fuel_is_equal_in_two_runs() {
    let suite = project("python-pydantic");
    let (first, second) = (document(&suite, &[]), document(&suite, &[]));
    let fuel = |document: &Document| document.tests.iter().map(|test| test.fuel).collect::<Vec<_>>();
    assert_eq!(fuel(&first), fuel(&second));
    assert!(fuel(&first).iter().all(|fuel| *fuel > 0));
    assert_eq!(first.receipt[0].fuel, second.receipt[0].fuel);
}

#[test]
fn neither_the_place_of_a_folder_nor_the_environment_changes_anything() {
    let elsewhere = folder(&[]);
    let suite = elsewhere.path().join("a folder/with a much longer name/than the first one");
    for (path, content) in tree(&project("python-fixtures")) {
        let name = path.strip_prefix(project("python-fixtures")).unwrap();
        write(&suite.join(name), &String::from_utf8(content).unwrap());
    }
    let mut command = ready(&suite);
    command
        .args(["test", "--json", "--no-cache"])
        .env("TZ", "Asia/Tokyo")
        .env("LANG", "de_DE.UTF-8")
        .env("PYTHONPATH", "/nowhere");
    let there = Document::of(&run(command));
    let here = document(&project("python-fixtures"), &[]);
    let facts = |document: &Document| {
        let tests = document.tests.iter();
        tests.map(|test| (test.id.clone(), test.outcome.clone(), test.fuel, test.message.clone())).collect::<Vec<_>>()
    };
    assert_eq!(facts(&there), facts(&here));
}

#[test]
fn a_seed_decides_over_all_random_numbers() {
    let folder = folder(&[("test_random.py", RANDOM)]);
    let message = |arguments: &[&str]| document(folder.path(), arguments).tests[0].message.clone();
    assert_eq!(message(&[]), message(&["--seed", "0"]));
    assert_eq!(message(&["--seed", "7"]), message(&["--seed", "7"]));
    let (zero, seven) = (message(&[]), message(&["--seed", "7"]));
    for (zero, seven) in zero.split(' ').zip(seven.split(' ')).skip(1) {
        assert_ne!(zero, seven);
    }
    let seeded = document(folder.path(), &["--seed", "7"]);
    assert_eq!((seeded.seed, seeded.receipt[0].seed), (7, 7));
}

#[test]
fn a_suite_ends_where_its_fuel_does() {
    let folder = folder(&[("test_endless.py", "def test_endless():\n    while True:\n        pass\n")]);
    let document = document(folder.path(), &["--fuel", "1000000000"]);
    assert_eq!(document.verdict, "failed");
    let fuel: u64 = document.receipt.iter().map(|receipt| receipt.fuel).sum();
    assert!(fuel <= 1_000_000_000, "{fuel}");
}

#[test]
fn an_interrupt_ends_a_run_with_its_own_code() {
    let folder = folder(&[(
        "test_endless.py",
        "def test_before():\n    pass\n\n\ndef test_endless():\n    while True:\n        pass\n",
    )]);
    let mut command = ready(folder.path());
    let mut child = command.arg("test").stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let mut words = child.stderr.take().unwrap();
    let mut seen = Vec::new();
    // The first test's dot says that the suite runs.
    while !seen.ends_with(b".py .") {
        let mut byte = [0];
        words.read_exact(&mut byte).unwrap();
        seen.push(byte[0]);
    }
    let began = Instant::now();
    let pid = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
}
