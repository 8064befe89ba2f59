//! A plain folder as a suite: its files, its language, its third-party packages.

use std::path::Path;
use std::sync::Arc;

use pact_model::suite::{FileRole, SourceFile};
use pact_pipeline::judge::{Policy, Suite};

use super::chosen::Chosen;
use super::key::Keys;
use super::report::plural;
use super::{Prepared, Test, language};
use crate::commands::Context;
use crate::exit::Failure;
use pact_pipeline::ports::RunnerInfo;
use pact_pipeline::test_files::TestFiles;

use crate::files::roles;
use crate::files::{Bounds, FilesError, FilesErrorKind, Folder, Gathered, Ignored, IndexErrorKind, gather};
use crate::toolbox::{Language, Toolbox};
use crate::ui::Ui;

/// More files than this are only counted.
const NAMED: usize = 3;

/// A folder, read in.
pub(super) struct Read<'a> {
    pub(super) directory: &'a Path,
    pub(super) chosen: Option<&'a Chosen>,
    folder: Folder,
    packages: Vec<SourceFile>,
    policy: Policy,
}

/// Reads the folder in.
pub(super) fn read<'a>(
    arguments: &Test,
    directory: &'a Path,
    chosen: Option<&'a Chosen>,
    context: &Context,
) -> Result<Read<'a>, Failure> {
    let folder = gather(directory, Bounds::SUITE).map_err(refused)?;
    note_left_out(&folder, &context.ui);
    let packages = packages(arguments, context)?;
    let policy = Policy { canary_key: Some(context.canary_key()?), ..Policy::default() };
    Ok(Read { directory, chosen, folder, packages, policy: policy.with_suite_fuel(arguments.fuel) })
}

impl Read<'_> {
    /// Returns under which key its verdict is kept.
    pub(super) fn key(&self, arguments: &Test, context: &Context, toolbox: &Toolbox) -> String {
        let chosen = self.chosen.map(Chosen::collected).unwrap_or_default();
        Keys::new(arguments, context, toolbox, &(), &self.policy, &self.packages).of_folder(&self.folder.files, &chosen)
    }

    /// Says what the runner and the backend leave out. Returns what the files with tests are called.
    pub(super) fn note(
        &self,
        arguments: &Test,
        context: &Context,
        info: &RunnerInfo,
        has_backend: bool,
    ) -> Result<TestFiles, Failure> {
        if !has_backend {
            context.ui.say(&format!(
                "note: no backend for {}, so skip marks and expected test functions are not checked",
                info.language
            ));
        }
        let tests = TestFiles::new(&info.test_patterns)
            .map_err(|error| Failure::plugin(error).context(format!("read the test patterns of `{}`", info.plugin)))?;
        let named = arguments.packages.as_ref().map(|packages| context.world.path(packages));
        let ignored = Ignored::of(self.directory, &self.folder.files, &tests, named.as_deref());
        if let Some(note) = note_of_ignored(&ignored) {
            context.ui.say(&note);
        }
        Ok(tests)
    }
}

/// Finds out what runs the folder.
pub(super) async fn prepare(
    arguments: &Test,
    read: Read<'_>,
    context: &Context,
    toolbox: &Toolbox,
) -> Result<Prepared, Failure> {
    let chosen = read.chosen;
    let runners = toolbox.runners().await?;
    let info = match chosen {
        Some(chosen) => {
            let files = chosen.of(read.directory, &read.folder.files)?;
            language::choose(runners, arguments.lang.as_deref(), &files)?
        }
        None => language::choose(runners, arguments.lang.as_deref(), &read.folder.files)?,
    };
    let runner = toolbox.runner_of_info(&info).await?;
    let backend = toolbox.backend_for(&info).await?;
    let tests = read.note(arguments, context, &info, backend.is_some())?;
    let Read { folder, packages, policy, .. } = read;
    let mut language = Language { runner, backend };
    let (files, paths, test_files);
    match chosen {
        Some(chosen) => {
            (paths, test_files) = (chosen.collected(), chosen.paths().count());
            files = chosen.assign(folder.files, &tests, &language).await?;
            language.backend = language.backend.map(|backend| chosen.narrow(backend));
        }
        None => {
            (paths, test_files) = (Vec::new(), roles::count(&tests, &folder.files));
            files = roles::assign(&tests, folder.files);
        }
    }
    let suite = Suite {
        files: Arc::new(files),
        paths,
        packages: Arc::new(packages),
        keyword: arguments.keyword.clone(),
        seed: arguments.seed,
        ..Suite::default()
    };
    Ok(Prepared { suite, language, policy, test_files })
}

/// Reads the folder of third-party packages, if one is named.
pub(super) fn packages(arguments: &Test, context: &Context) -> Result<Vec<SourceFile>, Failure> {
    let Some(directory) = &arguments.packages else { return Ok(Vec::new()) };
    let folder = gather(&context.world.path(directory), Bounds::PACKAGES).map_err(refused)?;
    note_left_out(&folder, &context.ui);
    let support = |Gathered { path, bytes }| SourceFile { path, bytes, role: FileRole::Support };
    Ok(folder.files.into_iter().map(support).collect())
}

fn refused(error: FilesError) -> Failure {
    let hint = match &error.kind {
        FilesErrorKind::TooLarge { .. } | FilesErrorKind::TooMany { .. } => {
            Some("leave out what no test needs with a .gitignore, or name a smaller folder")
        }
        FilesErrorKind::NotUtf8 { .. } => Some("rename it, or leave it out with a .gitignore"),
        FilesErrorKind::Index { kind, .. } => Some(mend(kind)),
        _ => None,
    };
    let failure = Failure::usage(error);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

/// Says what makes git's list of files whole again.
fn mend(kind: &IndexErrorKind) -> &'static str {
    match kind {
        IndexErrorKind::Unreadable(_) => "allow yourself to read it",
        IndexErrorKind::NotAPointer | IndexErrorKind::NoRepository { .. } => {
            "`git worktree repair` or `git submodule update --init` writes it anew; a folder without `.git` is read by its \
             .gitignore files alone"
        }
        IndexErrorKind::Sparse { .. } => "`git sparse-checkout reapply --no-sparse-index` makes it list all files",
        IndexErrorKind::Damaged(_) | IndexErrorKind::NoPart { .. } | IndexErrorKind::NotInAWorkTree { .. } => {
            "see what `git status` says of it; to make it anew from the last commit, delete it and run `git reset`"
        }
    }
}

fn note_left_out(folder: &Folder, ui: &Ui) {
    if !folder.left_out.is_empty() {
        let named = folder.left_out.iter().map(|path| format!("`{path}`"));
        ui.say(&format!("note: left out, because links are not followed: {}", listed(named)));
    }
}

/// Says which tests the ignore rules leave out. None of them is tracked: those count.
fn note_of_ignored(ignored: &Ignored) -> Option<String> {
    let files = ignored.files.iter().map(|path| format!("`{path}`"));
    let folders = ignored.folders.iter().map(|(path, count)| format!("`{path}` ({})", plural(*count, "test file")));
    let named = listed(files.chain(folders));
    let cut = if ignored.is_cut { "; not all that is ignored was looked at" } else { "" };
    (!named.is_empty()).then(|| format!("note: left out, because a .gitignore names them: {named}{cut}"))
}

/// Names the first of many and counts the others.
fn listed(named: impl Iterator<Item = String>) -> String {
    let mut named: Vec<String> = named.collect();
    let more = named.len().saturating_sub(NAMED);
    named.truncate(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", named.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_note_names_single_tests_before_folders_of_them() {
        let mut ignored = Ignored { files: vec!["z/t".to_owned()], ..Ignored::default() };
        ignored.folders = ["a/", "b/", "c/"].map(|folder| (folder.to_owned(), 2)).into();
        ignored.is_cut = true;
        insta::assert_snapshot!(note_of_ignored(&ignored).unwrap(), @"note: left out, because a .gitignore names them: `z/t`, `a/` (2 test files), `b/` (2 test files) and 1 more; not all that is ignored was looked at");
    }

    #[test]
    fn nothing_ignored_is_nothing_said() {
        assert_eq!(note_of_ignored(&Ignored::default()), None);
    }
}
