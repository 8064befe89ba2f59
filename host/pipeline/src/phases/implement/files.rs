//! Where the files of a reply go, and which of them may.

use std::collections::BTreeSet;
use std::io::ErrorKind;

use pact_model::component_id::ComponentId;
use pact_model::implementation::{Implementation, ImplementationFile};

use super::as_implementation;
use crate::component_suite::{TakenNames, intrusion};
use crate::error::Error;
use crate::phases::Bench;
use crate::ports::{FileNames, Ownership, ProjectFile, WorkspaceErrorKind};
use crate::test_files::TestFiles;

/// The most files of one component. More is no module that a contract describes.
const MAX_FILES: usize = 100;
/// The most bytes of one component's code.
const MAX_BYTES: usize = 2 * 1024 * 1024;

/// What decides about the names of files, besides their path.
pub(super) struct Rules {
    /// Names that other modules of the suite have.
    pub(super) taken: TakenNames,
    /// What the runner reads as tests.
    pub(super) tests: TestFiles,
}

/// Gives each file of a reply its place in the project, or says why it cannot have one.
pub(super) fn place(
    bench: &Bench,
    names: &FileNames,
    rules: &Rules,
    reply: Vec<(String, String)>,
) -> Result<Result<Implementation, Vec<String>>, Error> {
    let folder = names.source_folder();
    let mut reasons = Vec::new();
    let mut placed: Vec<(String, String)> = Vec::new();
    let mut seen = BTreeSet::new();
    if reply.len() > MAX_FILES {
        return Ok(Err(vec![format!("the reply has {} files; the most is {MAX_FILES}", reply.len())]));
    }
    if reply.iter().map(|(_, content)| content.len()).sum::<usize>() > MAX_BYTES {
        return Ok(Err(vec![format!("the files are larger than {MAX_BYTES} bytes together")]));
    }
    for (path, content) in reply {
        let shown = path.escape_debug().to_string();
        let Some(inner) = inner_path(folder, &path).filter(|inner| !bench.workspace.overlooks(inner)) else {
            reasons.push(format!(
                "`{shown}` is no path below `{folder}`: use `/`, no `..`, no leading `/`, no hidden file, and no folder \
                 that tools leave behind"
            ));
            continue;
        };
        let path = format!("{folder}/{inner}");
        let is_generated = [&names.types, &names.stand_in].iter().any(|name| is_same(&path, name));
        if !seen.insert(path.to_lowercase()) {
            reasons.push(format!("`{shown}` stands in the reply twice"));
        } else if is_generated {
            reasons.push(format!("`{shown}` is generated from the contract; leave it out"));
        } else if ending(&path) != ending(&names.implementation) {
            // Anything else may be a setting that some tool on the way reads.
            let wanted = ending(&names.implementation).map_or_else(|| "no ending".to_owned(), |it| format!("`.{it}`"));
            reasons.push(format!("`{shown}` is no source file: every file ends like the main file, in {wanted}"));
        } else if let Some(reason) = intrusion(&path, inner, &rules.taken, &rules.tests) {
            reasons.push(reason);
        } else if bench.workspace.ownership(&path)?.is_a_persons() {
            reasons.push(format!("`{shown}` was written by a person and is not replaced; choose another name"));
        } else {
            placed.push((path, content));
        }
    }
    if !placed.iter().any(|(path, _)| *path == names.implementation) && reasons.is_empty() {
        reasons.push(format!("the main file `{}` is missing", names.implementation));
    }
    reasons.extend(collisions(&placed, &files_of_persons(bench, folder)?));
    Ok(if reasons.is_empty() { Ok(as_implementation(placed)) } else { Err(reasons) })
}

// One name cannot be a file and a folder. Compared without capitals, because some file systems do.
fn collisions(placed: &[(String, String)], of_persons: &[String]) -> Vec<String> {
    let mut reasons = Vec::new();
    let paths: Vec<(&str, String)> = placed.iter().map(|(path, _)| (path.as_str(), path.to_lowercase())).collect();
    for (path, lower) in &paths {
        let shown = path.escape_debug();
        if let Some((other, _)) = paths.iter().find(|(_, other)| is_below(other, lower)) {
            let other = other.escape_debug();
            reasons.push(format!("`{shown}` cannot be a file and the folder of `{other}`; choose another name"));
        }
        for other in of_persons {
            let other_lower = other.to_lowercase();
            if other_lower == *lower || is_below(&other_lower, lower) || is_below(lower, &other_lower) {
                let other = other.escape_debug();
                reasons
                    .push(format!("`{shown}` is in the way of `{other}`, which a person wrote; choose another name"));
            }
        }
    }
    reasons
}

fn files_of_persons(bench: &Bench, folder: &str) -> Result<Vec<String>, Error> {
    let mut paths = Vec::new();
    for file in bench.workspace.files_below(folder)? {
        if bench.workspace.ownership(&file.path)?.is_a_persons() {
            paths.push(file.path);
        }
    }
    Ok(paths)
}

/// Says which files of a person beside the code would decide about its judgement. No attempt can mend that.
pub(super) fn intruders_of_persons(bench: &Bench, names: &FileNames, rules: &Rules) -> Result<Vec<String>, Error> {
    let folder = names.source_folder();
    let paths = files_of_persons(bench, folder)?;
    let reasons = paths.iter().filter_map(|path| {
        let inner = path.strip_prefix(folder)?.strip_prefix('/')?;
        intrusion(path, inner, &rules.taken, &rules.tests)
    });
    Ok(reasons.collect())
}

/// Keeps the files of an attempt, whatever comes of it.
pub(super) fn keep(
    bench: &Bench,
    names: &FileNames,
    id: &ComponentId,
    number: u32,
    implementation: &Implementation,
) -> Result<(), Error> {
    let inner = |file: &ImplementationFile| {
        let path = file.path.strip_prefix(names.source_folder())?.strip_prefix('/')?;
        Some(ProjectFile { path: path.to_owned(), content: file.content.clone().into_bytes() })
    };
    let files: Vec<ProjectFile> = implementation.files.iter().filter_map(inner).collect();
    Ok(bench.workspace.save_attempt(id, number, &files)?)
}

/// Writes the files and removes those of earlier attempts that are not among them. Says which cannot have their name
/// because something else in the folder has it.
pub(super) fn write(
    bench: &Bench,
    names: &FileNames,
    implementation: &Implementation,
) -> Result<Result<(), String>, Error> {
    let folder = names.source_folder();
    for old in bench.workspace.files_below(folder)? {
        if !implementation.files.iter().any(|file| file.path == old.path) {
            bench.workspace.remove_own(&old.path, folder)?;
        }
    }
    for file in &implementation.files {
        match bench.workspace.write(&file.path, file.content.as_bytes()) {
            // Another name helps, so its author is told; the run goes on.
            Err(error) if is_about_the_name(&error.kind) => {
                let shown = file.path.escape_debug();
                return Ok(Err(format!("`{shown}` cannot be written: {}; choose another name", error.kind)));
            }
            written => written?,
        }
    }
    Ok(Ok(()))
}

fn is_about_the_name(kind: &WorkspaceErrorKind) -> bool {
    let WorkspaceErrorKind::Io(error) = kind else { return false };
    matches!(
        error.kind(),
        ErrorKind::NotADirectory
            | ErrorKind::IsADirectory
            | ErrorKind::DirectoryNotEmpty
            | ErrorKind::AlreadyExists
            | ErrorKind::InvalidFilename
    )
}

/// Returns the files that lie there, as text.
pub(super) fn on_disk(bench: &Bench, names: &FileNames) -> Result<Vec<ImplementationFile>, Error> {
    let files = bench.workspace.files_below(names.source_folder())?.into_iter();
    let as_text = |file: ProjectFile| {
        // What is no text is no source; the backend has nothing to say about it.
        String::from_utf8(file.content).ok().map(|content| ImplementationFile { path: file.path, content })
    };
    Ok(files.filter_map(as_text).collect())
}

/// Answers whether a person has written the main file or changed any file that pact wrote.
pub(super) fn hold_a_persons_work(bench: &Bench, names: &FileNames) -> Result<bool, Error> {
    if bench.workspace.ownership(&names.implementation)?.is_a_persons() {
        return Ok(true);
    }
    for file in bench.workspace.files_below(names.source_folder())? {
        if bench.workspace.ownership(&file.path)? == Ownership::Edited {
            return Ok(true);
        }
    }
    Ok(false)
}

// Authors write the path with and without the folder; both mean the same file.
fn inner_path<'path>(folder: &str, path: &'path str) -> Option<&'path str> {
    let path = path.strip_prefix("./").unwrap_or(path);
    let inner = path.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).unwrap_or(path);
    let is_plain = !inner.is_empty()
        && inner.len() <= 200
        && !inner.chars().any(|letter| letter.is_control() || "\\:*?\"<>|".contains(letter))
        && inner.split('/').all(|part| !part.is_empty() && !part.starts_with('.'));
    is_plain.then_some(inner)
}

fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

// What stands behind the last dot of the file's name.
fn ending(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map(|(_, ending)| ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placed(paths: &[&str]) -> Vec<(String, String)> {
        paths.iter().map(|path| ((*path).to_owned(), String::new())).collect()
    }

    #[test]
    fn no_path_is_the_folder_of_another_whatever_its_capitals() {
        let reasons = collisions(&placed(&["src/m/util.x", "src/m/Util.x/a.x", "src/m/utils/a.x"]), &[]);
        assert_eq!(reasons.len(), 1, "{reasons:?}");
        assert!(
            reasons[0].contains("`src/m/util.x` cannot be a file and the folder of `src/m/Util.x/a.x`"),
            "{reasons:?}"
        );
    }

    #[test]
    fn no_path_is_in_the_way_of_a_persons_file() {
        let persons = ["src/m/a.x".to_owned(), "src/m/sub/b.x".to_owned()];
        for path in ["src/m/A.x", "src/m/a.x/c.x", "src/m/sub"] {
            assert_eq!(collisions(&placed(&[path]), &persons).len(), 1, "{path}");
        }
        assert_eq!(collisions(&placed(&["src/m/sub/c.x", "src/m/ab.x"]), &persons), Vec::<String>::new());
    }

    #[test]
    fn a_path_may_repeat_its_folder() {
        assert_eq!(inner_path("src/bank", "bank.py"), Some("bank.py"));
        assert_eq!(inner_path("src/bank", "src/bank/sub/x.py"), Some("sub/x.py"));
        assert_eq!(inner_path("src/bank", "./src/bank/x.py"), Some("x.py"));
    }

    #[test]
    fn a_path_that_leads_elsewhere_has_no_place() {
        for path in
            ["", "/etc/passwd", "../x.py", "a/../../x", "a//b", ".git/config", "src/bank/", "a\\b", "a\nb", "c:x"]
        {
            assert_eq!(inner_path("src/bank", path), None, "{path:?}");
        }
    }
}
