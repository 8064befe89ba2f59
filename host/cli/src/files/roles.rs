//! What the files of a folder are to a suite, by the patterns that a runner says.

use pact_model::suite::{FileRole, SourceFile};
use pact_pipeline::test_files::TestFiles;

use super::Gathered;

/// Counts the files that hold tests.
pub(crate) fn count(tests: &TestFiles, files: &[Gathered]) -> usize {
    files.iter().filter(|file| tests.holds(&file.path)).count()
}

/// Gives each file its role. Which file is under test cannot be told in a plain folder: whatever holds no test supports.
pub(crate) fn assign(tests: &TestFiles, files: Vec<Gathered>) -> Vec<SourceFile> {
    let role = |path: &str| if tests.holds(path) { FileRole::Test } else { FileRole::Support };
    files.into_iter().map(|Gathered { path, bytes }| SourceFile { role: role(&path), path, bytes }).collect()
}
