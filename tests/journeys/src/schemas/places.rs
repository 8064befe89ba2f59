//! Projects that have documents to show: one that a demo has made, and what a person makes of it.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

use crate::support::{Ended, folder, pact, read, tree, write};

/// A demo that ran once.
static DEMO: LazyLock<(tempfile::TempDir, Value)> = LazyLock::new(|| {
    let place = folder(&[]);
    let ran = json(&pact(place.path(), ["demo", "here", "--json"]).with_code(0));
    (place, ran)
});

/// Its project, which nobody may change.
pub(super) fn demo() -> PathBuf {
    DEMO.0.path().join("here")
}

/// What its run has printed.
pub(super) fn demo_document() -> Value {
    DEMO.1.clone()
}

/// A copy of the project, in which one component is wrong, one has no code, and one is as it was.
#[expect(clippy::disallowed_methods, reason = "a journey begins with files of a person's")]
pub(super) fn broken() -> tempfile::TempDir {
    let copy = whole();
    let tariff = copy.path().join("src/tariff/tariff.py");
    let code = read(&tariff);
    let line = code.lines().find(|line| line.trim_start().starts_with("return ")).unwrap();
    let indent = &line[..line.len() - line.trim_start().len()];
    write(&tariff, &code.replacen(line, &format!("{indent}return None"), 1));
    std::fs::remove_file(copy.path().join("src/invoice/invoice.py")).unwrap();
    copy
}

/// A copy of the project as it is.
pub(super) fn whole() -> tempfile::TempDir {
    let copy = folder(&[]);
    for (path, content) in tree(&demo()) {
        let inner = path.strip_prefix(demo()).unwrap();
        write(&copy.path().join(inner), &String::from_utf8(content).unwrap());
    }
    copy
}

/// Runs pact, which must end with this code and print a document.
#[track_caller]
pub(super) fn ran(folder: &Path, arguments: &[&str], code: i32) -> Value {
    json(&pact(folder, arguments).with_code(code))
}

/// What a run has printed.
#[track_caller]
pub(super) fn json(ended: &Ended) -> Value {
    serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {ended:#?}"))
}
