//! The files that differ between two attempts.

use std::collections::{BTreeMap, BTreeSet};

use pact_pipeline::ports::ProjectFile;
use serde::Serialize;
use similar::TextDiff;

use crate::ui::{Colour, Paint, line};

/// A file that is not the same on both sides.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Change {
    /// Relative to the folder of the component's code.
    path: String,
    kind: Kind,
    /// Hunks as `diff -u` prints them, without a header. None where a side is no text.
    patch: Option<String>,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Added,
    Changed,
    Removed,
}

/// Compares the files of two attempts. Both are sorted by path, and so is what comes of it.
pub(super) fn changes(from: &[ProjectFile], to: &[ProjectFile]) -> Vec<Change> {
    let by_path = |files: &'_ [ProjectFile]| -> BTreeMap<String, Vec<u8>> {
        files.iter().map(|file| (file.path.clone(), file.content.clone())).collect()
    };
    let (from, to) = (by_path(from), by_path(to));
    let paths: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    let mut changes = Vec::new();
    for path in paths {
        let (old, new) = (from.get(path), to.get(path));
        let kind = match (old, new) {
            (None, _) => Kind::Added,
            (_, None) => Kind::Removed,
            (Some(old), Some(new)) if old == new => continue,
            _ => Kind::Changed,
        };
        let text = |side: Option<&Vec<u8>>| -> Option<String> {
            side.map_or(Some(String::new()), |bytes| String::from_utf8(bytes.clone()).ok())
        };
        let patch = text(old).zip(text(new)).map(|(old, new)| {
            let difference = TextDiff::from_lines(&old, &new);
            difference.unified_diff().to_string()
        });
        changes.push(Change { path: path.clone(), kind, patch });
    }
    changes
}

impl Change {
    /// Returns it as `diff -u` would print it.
    pub(super) fn drawn(&self, from: &str, to: &str, paint: Paint) -> String {
        let side = |name: &str, is_there| match is_there {
            true => line(&format!("{name}/{}", self.path)),
            false => "/dev/null".to_owned(),
        };
        let (old, new) = (side(from, self.kind != Kind::Added), side(to, self.kind != Kind::Removed));
        let Some(patch) = &self.patch else {
            return format!("binary: {old} and {new} differ\n");
        };
        let mut text = format!(
            "{}\n{}\n",
            paint.paint(&format!("--- {old}"), Colour::Bold),
            paint.paint(&format!("+++ {new}"), Colour::Bold)
        );
        for row in patch.lines() {
            let shown = line(row);
            let painted = match row.as_bytes().first() {
                Some(b'+') => paint.paint(&shown, Colour::Green),
                Some(b'-') => paint.paint(&shown, Colour::Red),
                Some(b'@') => paint.paint(&shown, Colour::Dim),
                _ => shown,
            };
            text.push_str(&painted);
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, content: &[u8]) -> ProjectFile {
        ProjectFile { path: path.to_owned(), content: content.to_vec() }
    }

    #[test]
    fn each_file_that_differs_is_shown_as_diff_would() {
        let from = [file("a", b"one\ntwo\n"), file("gone", b"x\n"), file("same", b"s")];
        let to = [file("a", b"one\nthree\x1b[2J\n"), file("new", b"y"), file("same", b"s")];
        let text: String =
            changes(&from, &to).iter().map(|change| change.drawn("1", "current", Paint::new(false))).collect();
        insta::assert_snapshot!(text, @r"
        --- 1/a
        +++ current/a
        @@ -1,2 +1,2 @@
         one
        -two
        +three\u{1b}[2J
        --- 1/gone
        +++ /dev/null
        @@ -1 +0,0 @@
        -x
        --- /dev/null
        +++ current/new
        @@ -0,0 +1 @@
        +y
        \ No newline at end of file
        ");
    }

    #[test]
    fn what_is_no_text_has_no_hunks() {
        let changes = changes(&[file("a", b"\xff")], &[file("a", b"\xfe")]);
        assert_eq!(changes[0].patch, None);
        assert_eq!(changes[0].drawn("1", "2", Paint::new(true)), "binary: 1/a and 2/a differ\n");
    }

    #[test]
    fn what_is_the_same_is_no_change() {
        assert_eq!(changes(&[file("a", b"x")], &[file("a", b"x")]), []);
    }
}
