//! The verdict cache: what comes from it, what does not, and whom it believes.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::components::project;
use crate::support::{Ended, folder, own_cache, read, ready, run, tree, write};

const TEST: &str = "from doubling import double\n\n\ndef test_double():\n    assert double(2) == 4\n";
const CODE: &str = "def double(number):\n    return 2 * number\n";

/// A folder with a suite, and a cache of its own.
struct Suite {
    folder: tempfile::TempDir,
    cache: tempfile::TempDir,
}

impl Suite {
    fn new(files: &[(&str, &str)]) -> Self {
        Self { folder: folder(files), cache: own_cache() }
    }

    fn small() -> Self {
        Self::new(&[("test_doubling.py", TEST), ("doubling.py", CODE)])
    }

    fn project() -> Self {
        Self { folder: project(), cache: own_cache() }
    }

    fn test(&self, arguments: &[&str]) -> Ended {
        let mut command = ready(self.folder.path());
        command.arg("test").args(arguments).env("XDG_CACHE_HOME", self.cache.path());
        run(command)
    }

    fn document(&self, arguments: &[&str]) -> Value {
        let ended = self.test(&[&["--json"], arguments].concat());
        serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {}", ended.stderr))
    }

    /// Whether the verdict comes from the cache.
    fn is_cached(&self, arguments: &[&str]) -> bool {
        is_cached(&self.document(arguments))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn verdicts(&self) -> PathBuf {
        self.cache.path().join("pact/verdicts")
    }

    /// The one entry that there is.
    fn entry(&self) -> PathBuf {
        let entries = tree(&self.verdicts());
        assert_eq!(entries.len(), 1);
        entries[0].0.clone()
    }
}

fn is_cached(document: &Value) -> bool {
    match &document["cached"] {
        Value::Null => false,
        said => said.as_bool().unwrap(),
    }
}

/// The components that come from the cache.
fn cached(document: &Value) -> Vec<&str> {
    let parts = document["components"].as_array().unwrap().iter();
    parts.filter(|part| is_cached(part)).map(|part| part["component"].as_str().unwrap()).collect()
}

fn without_cached(mut document: Value) -> Value {
    document.as_object_mut().unwrap().shift_remove("cached");
    for part in document.get_mut("components").and_then(Value::as_array_mut).into_iter().flatten() {
        part.as_object_mut().unwrap().shift_remove("cached");
    }
    document
}

#[expect(clippy::disallowed_methods, reason = "tests give files away")]
fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn the_second_run_of_an_unchanged_folder_says_all_that_the_first_said_and_runs_nothing() {
    let bad = format!("{TEST}\n\ndef test_not():\n    print('seen')\n    assert double(2) == 5\n");
    let suite = Suite::new(&[("test_doubling.py", &bad), ("doubling.py", CODE)]);
    let (first, second) = (suite.document(&[]), suite.document(&[]));
    assert_eq!((&first["passed"], &first["failed"]), (&1.into(), &1.into()));
    assert!(!is_cached(&first) && is_cached(&second));
    assert_eq!(without_cached(second), first);
}

#[test]
fn report_receipts_and_junit_say_that_a_verdict_is_cached_and_what_it_cost() {
    let suite = Suite::new(&[
        ("test_doubling.py", "def test_not():\n    print('seen')\n    assert 1 == 2\n"),
        (".gitignore", "*.jsonl\n*.xml\n"),
    ]);
    let files = ["--receipts", "r.jsonl", "--junit", "j.xml"];
    let first = suite.test(&files).with_code(1);
    let junit = read(&suite.path("j.xml"));
    let second = suite.test(&files).with_code(1);
    assert_eq!(second.stderr, "", "no test ran");
    let but_summary = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.contains("1 failed")).map(str::to_owned).collect()
    };
    assert_eq!(but_summary(&first.stdout), but_summary(&second.stdout));
    assert!(second.stdout.contains("seen"), "captured output is kept: {}", second.stdout);
    assert!(second.stdout.contains("fuel, from the verdict cache: nothing ran"), "{}", second.stdout);

    let receipts: Vec<Value> =
        read(&suite.path("r.jsonl")).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let (ran, kept) = receipts.split_at(receipts.len() / 2);
    assert!(!ran.is_empty() && ran.iter().all(|receipt| !is_cached(receipt)) && kept.iter().all(is_cached));
    assert_eq!(kept.iter().cloned().map(without_cached).collect::<Vec<_>>(), ran);

    let property = "<property name=\"cached\" value=\"true\"/>";
    let cached = read(&suite.path("j.xml"));
    assert!(!junit.contains(property) && cached.contains(property), "{cached}");
}

#[test]
fn whatever_decides_a_verdict_has_the_suite_judged_anew() {
    let suite = Suite::small();
    assert!(!suite.is_cached(&[]) && suite.is_cached(&[]));
    for change in [
        &["--seed", "1"][..],
        &["--fuel", "90000000000"],
        &["-k", "double"],
        &["test_doubling.py"],
        &["--lang", "python"],
    ] {
        assert!(!suite.is_cached(change), "{change:?}");
        assert!(suite.is_cached(change), "{change:?}");
    }
    write(&suite.path("packages/other.py"), "");
    write(&suite.path(".gitignore"), "packages\n");
    assert!(!suite.is_cached(&["--packages", "packages"]));
    write(&suite.path("packages/other.py"), "#");
    assert!(!suite.is_cached(&["--packages", "packages"]));
    for (file, text) in
        [("doubling.py", format!("{CODE}#")), ("test_doubling.py", format!("{TEST}#")), ("new", String::new())]
    {
        assert!(suite.is_cached(&["--packages", "packages"]));
        write(&suite.path(file), &text);
        assert!(!suite.is_cached(&["--packages", "packages"]), "{file}");
    }
}

#[test]
fn another_canary_key_is_another_run() {
    let suite = Suite::small();
    assert!(!suite.is_cached(&[]));
    let config = folder(&[]);
    let mut command = ready(suite.folder.path());
    command.args(["test", "--json"]).env("XDG_CACHE_HOME", suite.cache.path()).env("XDG_CONFIG_HOME", config.path());
    assert!(!is_cached(&serde_json::from_str(&run(command).with_code(0).stdout).unwrap()));
}

#[test]
fn without_the_cache_nothing_is_read_from_it_and_nothing_written() {
    let suite = Suite::small();
    assert!(!suite.is_cached(&["--no-cache"]));
    assert!(!suite.verdicts().exists());
    assert!(!suite.is_cached(&[]));
    let before = tree(suite.cache.path());
    assert!(!suite.is_cached(&["--no-cache"]));
    assert!(!suite.is_cached(&["--seeds", "2"]), "who asks for seeds wants runs");
    assert_eq!(tree(suite.cache.path()), before);
}

#[test]
fn a_damaged_or_forged_entry_is_named_and_judged_anew() {
    let suite = Suite::new(&[("test_doubling.py", "def test_not():\n    assert 1 == 2\n")]);
    suite.test(&[]).with_code(1);
    let entry = suite.entry();
    let whole = read(&entry);
    for text in [whole.replace("\"failed\"", "\"passed\""), whole[..whole.len() / 2].to_owned(), String::new()] {
        assert_ne!(text, whole);
        write(&entry, &text);
        let ended = suite.test(&[]).with_code(1);
        assert!(ended.stderr.contains("is not used: it is damaged"), "{}", ended.stderr);
        assert!(!ended.stdout.contains("from the verdict cache"), "{}", ended.stdout);
        assert!(suite.is_cached(&[]), "it was written anew");
    }
}

#[test]
fn what_others_could_have_written_is_not_believed() {
    let suite = Suite::small();
    suite.test(&[]).with_code(0);
    set_mode(&suite.entry(), 0o664);
    let ended = suite.test(&[]).with_code(0);
    assert!(ended.stderr.contains("not a file that only this user may write"), "{}", ended.stderr);
    assert!(!ended.stdout.contains("from the verdict cache"));
    assert!(suite.is_cached(&[]));

    set_mode(&suite.verdicts(), 0o775);
    let before = tree(&suite.verdicts());
    let ended = suite.test(&["--seed", "9"]).with_code(0);
    assert!(ended.stderr.contains("verdicts are not kept: the cache folder"), "{}", ended.stderr);
    assert!(!suite.is_cached(&[]));
    assert_eq!(tree(&suite.verdicts()), before);
}

#[test]
fn of_a_project_only_what_a_change_concerns_is_judged_anew() {
    let suite = Suite::project();
    let all = ["money", "tariff", "invoice"];
    let first = suite.document(&[]);
    assert!(cached(&first).is_empty());
    let second = suite.document(&[]);
    assert_eq!(cached(&second), all);
    assert_eq!(without_cached(second), first);
    let expect = |words: &str, ran: &[&str]| {
        let expected: Vec<&str> = all.into_iter().filter(|component| !ran.contains(component)).collect();
        assert_eq!(cached(&suite.document(&[])), expected, "{words}");
        assert_eq!(cached(&suite.document(&[])), all, "{words}");
    };
    let change = |file: &str, from: &str, to: &str| {
        let text = read(&suite.path(file));
        assert!(text.contains(from), "{file}");
        write(&suite.path(file), &text.replacen(from, to, 1));
    };
    change("src/tariff/tariff.py", "\n", "\n#\n");
    expect("code", &["tariff"]);
    change("tests/invoice/contract_test.py", "\n", "\n#\n");
    expect("tests", &["invoice"]);
    write(&suite.path("tests/money/helper.py"), "");
    expect("a file beside the tests", &["money"]);
    change("contracts/tariff/interface.json", "\"description\": \"", "\"description\": \"Now: ");
    expect("a contract", &["tariff", "invoice"]);
    for options in [&["--isolate"][..], &["--seed", "3"], &["--fuel", "90000000000"], &["-k", "test"]] {
        assert!(cached(&suite.document(options)).is_empty(), "{options:?}");
    }
    assert!(cached(&suite.document(&["--no-cache"])).is_empty());
}

#[test]
fn a_cached_component_whose_source_breaks_the_contract_still_fails() {
    let suite = Suite::project();
    write(&suite.path("src/money/money.py"), "");
    for _ in 0..2 {
        let ended = suite.test(&["money"]).with_code(1);
        assert!(ended.stdout.ends_with("verdict: money failed\n"), "{}", ended.stdout);
        assert!(ended.stdout.contains("source: "), "{}", ended.stdout);
    }
    assert_eq!(cached(&suite.document(&["money"])), ["money"]);
}
