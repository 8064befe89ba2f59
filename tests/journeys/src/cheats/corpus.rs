//! The corpus on disk, and how a cheat is tried.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Ended, folder, pact, read, repository, tree, write};

/// The component that cheats replace.
const COMPONENT: &str = "ledger";

/// What must come of a cheat.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    /// What kind of cheat it is.
    #[serde(rename = "class")]
    pub(super) kind: String,
    /// What `python -m pytest` says without protection.
    pub(super) native: Native,
    /// Why it is kept although pytest itself does not fall for it.
    pub(super) kept: Option<String>,
    /// Words of the verdict that name what caught it.
    split: String,
    /// The same in shared isolation; absent where it can pass.
    pub(super) shared: Option<String>,
    /// Why it can pass in shared isolation: why one interpreter cannot know.
    pub(super) because: Option<String>,
}

/// A verdict of pytest itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Native {
    Passes,
    Fails,
}

/// A cheat of the corpus.
pub(super) struct Cheat {
    name: String,
    expected: Expected,
}

impl Cheat {
    #[track_caller]
    pub(super) fn of(name: &str) -> Self {
        let expected = all().remove(name).unwrap_or_else(|| panic!("`{name}` is not in expected.json"));
        Self { name: name.to_owned(), expected }
    }

    /// In split isolation no cheat passes.
    #[track_caller]
    pub(super) fn is_caught_split(&self) {
        self.is_caught_with(&[]);
    }

    /// As split, where each test meets an instance of its own.
    #[track_caller]
    pub(super) fn is_caught_isolated(&self) {
        self.is_caught_with(&["--isolate"]);
    }

    #[track_caller]
    fn is_caught_with(&self, options: &[&str]) {
        let (ended, document) = judged_split(&self.files(), options);
        assert_eq!(document["isolation"], "split", "{document:#}");
        assert_failed(ended, &document, &self.expected.split);
    }

    /// In shared isolation only those can pass that the threat model lists.
    #[track_caller]
    pub(super) fn does_shared_what_is_expected(&self) {
        let place = plain(&self.files());
        let ended = pact(place.path(), ["test", "--json"]);
        if ended.code == 2 {
            // Refused before there was anything to judge: no verdict can be mistaken for a pass.
            let named = self.expected.shared.as_ref().is_some_and(|words| ended.stderr.contains(words));
            assert!(named && ended.stdout.is_empty(), "{ended:#?}");
            return;
        }
        let document = json(&ended);
        assert_eq!(document["isolation"], "shared", "{document:#}");
        match &self.expected.shared {
            Some(words) => assert_failed(ended, &document, words),
            None if document["verdict"] == "passed" => assert_eq!(ended.code, 0, "{ended:#?}"),
            // Which tests have a canary is drawn from a secret of the user's: some of these pass for some users only.
            None => {
                assert_eq!(document["verdict"], "failed", "{document:#}");
                ended.with_code(1);
            }
        }
    }

    /// The files that lie beside the component's in place of its own.
    pub(super) fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let single = corpus().join(&self.name).with_extension("py");
        if single.is_file() { with_common(read(&single).into_bytes()) } else { with_folder(&corpus().join(&self.name)) }
    }
}

/// Reads what is expected of every cheat.
#[track_caller]
pub(super) fn all() -> BTreeMap<String, Expected> {
    let text = read(&corpus().join("expected.json"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("expected.json: {error}"))
}

/// The names of the cheats that lie on disk.
#[expect(clippy::disallowed_methods, reason = "the corpus is a folder")]
pub(super) fn on_disk() -> Vec<String> {
    let entries = std::fs::read_dir(corpus()).unwrap().map(|entry| entry.unwrap().path());
    let is_cheat = |path: &PathBuf| path.extension().is_some_and(|end| end == "py") || path.join("ledger.py").is_file();
    let mut names: Vec<String> =
        entries.filter(is_cheat).map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// An implementation of one file, with what lies beside every cheat.
pub(super) fn with_common(code: Vec<u8>) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = below(&corpus().join("common"));
    files.push((PathBuf::from("ledger.py"), code));
    files
}

fn with_folder(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = below(&corpus().join("common"));
    files.extend(below(folder));
    files
}

/// The component as it should be.
pub(super) fn honest() -> Vec<u8> {
    read(&victim().join("src/ledger/ledger.py")).into_bytes()
}

/// Judges an implementation in the project of the victim.
#[track_caller]
pub(super) fn judged_split(files: &[(PathBuf, Vec<u8>)], options: &[&str]) -> (Ended, Value) {
    let place = folder(&[]);
    let own = Path::new("src/ledger");
    let others = below(&victim()).into_iter().filter(|(path, _)| !path.starts_with(own));
    put(place.path(), others);
    put(&place.path().join(own), files.iter().cloned());
    let ended = pact(place.path(), [&["test", COMPONENT, "--json"], options].concat());
    let document = json(&ended);
    let [component] = document["components"].as_array().unwrap().as_slice() else { panic!("{document:#}") };
    (ended, component.clone())
}

/// A plain folder with an implementation, the victim's tests, and the modules that both import.
pub(super) fn plain(files: &[(PathBuf, Vec<u8>)]) -> TempDir {
    let place = folder(&[]);
    let given = [
        "tests/ledger/contract_test.py",
        "src/money/money.py",
        "contracts/money/money_types.py",
        "contracts/ledger/ledger_types.py",
    ];
    for path in given {
        let from = victim().join(path);
        write(&place.path().join(from.file_name().unwrap()), &read(&from));
    }
    put(place.path(), files.iter().cloned());
    place
}

/// Asserts that a verdict failed, with exit code 1, and that it names what it failed for.
#[track_caller]
pub(super) fn assert_failed(ended: Ended, document: &Value, words: &str) {
    assert_eq!(document["verdict"], "failed", "{document:#}");
    let ended = ended.with_code(1);
    assert!(!words.is_empty() && said(document).contains(words), "nothing says `{words}`:\n{document:#}");
    assert_eq!(ended.stderr.lines().filter(|line| line.contains("passed")).count(), 0, "{}", ended.stderr);
}

/// What a verdict gives as its reasons: checks that were not held, messages, findings in the source.
fn said(document: &Value) -> String {
    let list = |name: &str| document[name].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let checks = list("checks").into_iter().filter(|check| check["held"] == false);
    let checks = checks.map(|check| format!("{}: {}", text(&check["name"]), text(&check["detail"])));
    let messages = list("tests").into_iter().chain(list("collection_errors")).map(|test| text(&test["message"]));
    let source = list("source").into_iter().map(|finding| text(&finding));
    let reason = [text(&document["reason"])];
    checks.chain(messages).chain(source).chain(reason).collect::<Vec<_>>().join("\n")
}

#[track_caller]
pub(super) fn json(ended: &Ended) -> Value {
    serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}\n{ended:#?}"))
}

pub(super) fn corpus() -> PathBuf {
    repository().join("tests/cheats")
}

fn victim() -> PathBuf {
    corpus().join("victim")
}

/// The files below a folder, with their paths in it.
fn below(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    tree(folder)
        .into_iter()
        .map(|(path, content)| (path.strip_prefix(folder).unwrap().to_owned(), content))
        .filter(|(path, _)| !path.components().any(|part| part.as_os_str() == "__pycache__"))
        .collect()
}

#[track_caller]
fn put(folder: &Path, files: impl Iterator<Item = (PathBuf, Vec<u8>)>) {
    for (path, content) in files {
        write(&folder.join(path), std::str::from_utf8(&content).expect("the corpus is text"));
    }
}
