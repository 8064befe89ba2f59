//! Writes what was rendered into one folder, and nowhere else.

use std::io::{self, ErrorKind};
use std::path::Path;

use anyhow::anyhow;
use cap_std::ambient_authority;
use cap_std::fs::Dir;
use serde::Serialize;

use crate::exit::Failure;

/// A file in the folder.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Written {
    /// Below the folder.
    pub(super) path: String,
    pub(super) state: State,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// It is new.
    Written,
    /// It had this content already.
    Unchanged,
    /// It had other content.
    Replaced,
}

impl State {
    /// Returns the word for a person, the same as in JSON.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Written => "written",
            Self::Unchanged => "unchanged",
            Self::Replaced => "replaced",
        }
    }
}

/// Writes all files or none: whether one may be replaced is looked at first. No path leads out of the folder, by links neither.
///
/// # Errors
/// When a file has other content and `is_forced` does not hold, or the folder cannot be written.
pub(super) fn write(
    folder: &Path,
    typed: &Path,
    files: &[(String, String)],
    is_forced: bool,
) -> Result<Vec<Written>, Failure> {
    let failed = |error: io::Error, path: &str| {
        Failure::usage(error).context(format!("write `{path}` below `{}`", typed.display()))
    };
    if let Some((path, _)) = files.iter().find(|(path, _)| !stays_below(path)) {
        return Err(Failure::plugin(anyhow!(
            "the backend names a file `{path}`, which does not lie below `{}`",
            typed.display()
        )));
    }
    Dir::create_ambient_dir_all(folder, ambient_authority()).map_err(|error| failed(error, "."))?;
    let dir = Dir::open_ambient_dir(folder, ambient_authority()).map_err(|error| failed(error, "."))?;
    let mut written = Vec::new();
    for (path, content) in files {
        let state = match dir.read(path) {
            Ok(old) if old == content.as_bytes() => State::Unchanged,
            Ok(_) => State::Replaced,
            Err(error) if error.kind() == ErrorKind::NotFound => State::Written,
            Err(error) => return Err(failed(error, path)),
        };
        written.push(Written { path: path.clone(), state });
    }
    let changed: Vec<&str> =
        written.iter().filter(|file| file.state == State::Replaced).map(|file| file.path.as_str()).collect();
    if !changed.is_empty() && !is_forced {
        return Err(Failure::usage(anyhow!("`{}` holds other content in {}", typed.display(), changed.join(", ")))
            .hint("nothing was written; `--force` replaces these files"));
    }
    for ((path, content), file) in files.iter().zip(&written) {
        if file.state == State::Unchanged {
            continue;
        }
        if let Some((above, _)) = path.rsplit_once('/') {
            dir.create_dir_all(above).map_err(|error| failed(error, path))?;
        }
        dir.write(path, content).map_err(|error| failed(error, path))?;
    }
    Ok(written)
}

fn stays_below(path: &str) -> bool {
    let is_name = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0']);
    path.split('/').all(is_name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(path: &str, content: &str) -> Vec<(String, String)> {
        vec![(path.to_owned(), content.to_owned())]
    }

    #[test]
    fn no_path_leads_out_of_the_folder() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("out");
        for path in ["../secret", "/tmp/secret", "a/../../secret"] {
            assert_eq!(write(&folder, &folder, &one(path, "x"), true).unwrap_err().code(), 3, "{path}");
        }
        write(&folder, &folder, &one("inside", "x"), true).unwrap();
        std::os::unix::fs::symlink(place.path(), folder.join("link")).unwrap();
        assert_eq!(write(&folder, &folder, &one("link/secret", "x"), true).unwrap_err().code(), 2);
        assert!(!place.path().join("secret").exists());
    }

    #[test]
    fn other_content_is_replaced_only_by_force_and_then_all_is_written() {
        let place = tempfile::tempdir().unwrap();
        let state = |files: &[(String, String)], is_forced| {
            write(place.path(), place.path(), files, is_forced).map(|written| written.last().unwrap().state)
        };
        assert_eq!(state(&one("a/b", "x"), false).unwrap(), State::Written);
        assert_eq!(state(&one("a/b", "x"), false).unwrap(), State::Unchanged);
        let both = [one("c", "new"), one("a/b", "y")].concat();
        assert_eq!(state(&both, false).unwrap_err().code(), 2);
        assert!(!place.path().join("c").exists(), "all or nothing");
        assert_eq!(state(&both, true).unwrap(), State::Replaced);
        assert!(place.path().join("c").exists());
    }
}
