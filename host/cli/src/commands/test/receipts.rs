//! `--receipts`: what each session cost, appended to a file of the user's.

use std::io::Write;
use std::path::PathBuf;

use anyhow::anyhow;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, File, OpenOptions};
use pact_model::receipt::Receipt;
use serde::Serialize;

use super::judging::Judged;
use crate::exit::Failure;
use crate::ui;

/// The file, open: one that cannot be written is refused before anything runs.
#[derive(Debug)]
pub(super) struct Receipts {
    path: PathBuf,
    file: File,
}

/// What is said of one session.
#[derive(Debug, Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    receipt: &'a Receipt,
    /// The session was one of an earlier run, whose verdict came from the cache.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    cached: bool,
}

impl Receipts {
    /// Opens the file, and creates it where there is none.
    ///
    /// # Errors
    /// [`Failure::usage`] names the file and why it cannot be written.
    pub(super) fn open(path: PathBuf) -> Result<Self, Failure> {
        let open = || -> anyhow::Result<File> {
            let folder = path.parent().ok_or_else(|| anyhow!("it has no folder"))?;
            let name = path.file_name().ok_or_else(|| anyhow!("it has no name"))?;
            let dir = Dir::open_ambient_dir(folder, ambient_authority())?;
            Ok(dir.open_with(name, OpenOptions::new().append(true).create(true))?)
        };
        match open() {
            Ok(file) => Ok(Self { path, file }),
            Err(error) => Err(Failure::usage(error).context(format!("append to `{}`", path.display()))),
        }
    }

    /// Appends the receipts, one JSON document a line.
    ///
    /// # Errors
    /// [`Failure::usage`] when the file cannot be written any more, for example because the disk is full.
    pub(super) fn append(&mut self, judged: &Judged) -> Result<(), Failure> {
        self.append_all(&judged.receipts(), judged.cached)
    }

    fn append_all(&mut self, receipts: &[Receipt], cached: bool) -> Result<(), Failure> {
        let mut lines = String::new();
        for receipt in receipts {
            let line = Line { receipt, cached };
            // A receipt names what a plugin says of itself, and people look at the file in a terminal.
            lines.push_str(&ui::json(&serde_json::to_string(&line).map_err(Failure::bug)?));
            lines.push('\n');
        }
        // One write: lines of two runs at the same time do not mix.
        let written = self.file.write_all(lines.as_bytes());
        written.map_err(|error| Failure::usage(error).context(format!("append to `{}`", self.path.display())))
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at files")]
mod tests {
    use pact_model::receipt::SessionOutcome;

    use super::*;

    #[test]
    fn a_second_run_keeps_the_receipts_of_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("receipts.jsonl");
        let receipt = receipt("e");
        Receipts::open(file.clone()).unwrap().append_all(&[receipt.clone(), receipt.clone()], false).unwrap();
        Receipts::open(file.clone()).unwrap().append_all(std::slice::from_ref(&receipt), false).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        let lines: Vec<Receipt> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, [receipt.clone(), receipt.clone(), receipt]);
    }

    #[test]
    fn a_plugin_cannot_write_controls_of_a_terminal_into_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("receipts.jsonl");
        let receipt = receipt("\u{9b}2J\u{202e}e\u{2028}");
        Receipts::open(file.clone()).unwrap().append_all(std::slice::from_ref(&receipt), false).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(r#""\u009b2J\u202ee\u2028""#), "{text}");
        assert_eq!(serde_json::from_str::<Receipt>(&text).unwrap(), receipt);
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named_before_anything_runs() {
        let failure = Receipts::open(PathBuf::from("/nowhere/at/all")).unwrap_err();
        assert!(failure.words().contains("`/nowhere/at/all`"), "{}", failure.words());
    }

    fn receipt(engine: &str) -> Receipt {
        Receipt {
            plugin: "runner".to_owned(),
            digest: "d".to_owned(),
            call: "runner.run".to_owned(),
            outcome: SessionOutcome::Returned,
            limit: None,
            fuel: 1,
            wall_ms: 2,
            peak_memory_bytes: 3,
            output_bytes: 4,
            seed: 5,
            engine: engine.to_owned(),
        }
    }
}
