//! Starts the built `pact` in surroundings of its own: no environment but what a test says, no settings of the user's.
//!
//! Where it is: `PACT_BIN`, else beside the folder of this test's executable.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use crate::schemas;

/// The longest journey is a suite that uses up its fuel, on a machine that does other things too.
const TIME_LIMIT: Duration = Duration::from_secs(300);

/// How a run of pact ended.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code.
    pub(crate) code: i32,
    /// Data.
    pub(crate) stdout: String,
    /// Words.
    pub(crate) stderr: String,
    /// Real time.
    pub(crate) took: Duration,
}

impl Ended {
    /// Returns the run when it ended with this code; fails with all that it said when not.
    #[track_caller]
    pub(crate) fn with_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }
}

/// Runs pact with these arguments in a folder, its plugins compiled already.
#[track_caller]
pub(crate) fn pact<S: AsRef<std::ffi::OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = S>) -> Ended {
    let mut command = ready(folder);
    command.args(arguments);
    run(command)
}

/// Runs pact as a user whose secret begins with this byte: another one draws other canaries.
#[track_caller]
pub(crate) fn pact_with_key<S: AsRef<std::ffi::OsStr>>(
    folder: &Path,
    key: u8,
    arguments: impl IntoIterator<Item = S>,
) -> Ended {
    let config = tempfile::tempdir().unwrap();
    write_key(&config.path().join("pact"), key);
    let mut command = ready(folder);
    command.env("XDG_CONFIG_HOME", config.path()).args(arguments);
    run(command)
}

/// Runs pact where no plugin is needed.
#[track_caller]
pub(crate) fn pact_alone<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Ended {
    let folder = tempfile::tempdir().unwrap();
    let mut command = bare(folder.path());
    command.args(arguments);
    run(command)
}

/// Returns the command of pact, to which a test adds what it needs. Its plugins are compiled when this returns: a test
/// that measures time or runs beside others does not compile them again.
pub(crate) fn ready(folder: &Path) -> Command {
    static COMPILED: LazyLock<Result<(), String>> = LazyLock::new(|| {
        // What an earlier run of these journeys has kept would be shown again instead of judged.
        forget(&cache().join("pact/verdicts"));
        let folder = self::folder(&[("test_one.py", "def test_one():\n    pass\n")]);
        let mut command = bare(folder.path());
        command.arg("test");
        let ended = run(command);
        if ended.code == 0 { Ok(()) } else { Err(ended.stderr + &ended.stdout) }
    });
    if let Err(words) = &*COMPILED {
        panic!("pact cannot run one test that does nothing:\n{words}");
    }
    bare(folder)
}

/// Returns the command of pact, with nothing of the user's environment: no `PATH`, and folders of its own.
#[expect(clippy::disallowed_methods, reason = "a journey begins with starting pact")]
pub(crate) fn bare(folder: &Path) -> Command {
    let mut command = Command::new(executable());
    command.env_clear().current_dir(folder).env("HOME", temporary().join("home"));
    // `cargo ci` names a folder that outlives a run, so that plugins are compiled once for the tests of all crates.
    command.env("XDG_CACHE_HOME", cache());
    for name in ["XDG_DATA_HOME", "XDG_STATE_HOME"] {
        command.env(name, temporary().join(name));
    }
    command.env("XDG_CONFIG_HOME", &*CONFIG);
    command
}

/// The cache folder of all journeys.
pub(crate) fn cache() -> PathBuf {
    variable("XDG_CACHE_HOME").unwrap_or_else(|| temporary().join("cache"))
}

/// Returns a cache folder that no other journey knows: with the compiled plugins of all, and without verdicts.
#[expect(clippy::disallowed_methods, reason = "tests lay out files")]
pub(crate) fn own_cache() -> tempfile::TempDir {
    drop(ready(temporary()));
    let own = tempfile::tempdir_in(cache()).unwrap();
    let native = own.path().join("pact/native");
    std::fs::create_dir_all(&native).unwrap();
    for entry in std::fs::read_dir(cache().join("pact/native")).unwrap() {
        let path = entry.unwrap().path();
        std::fs::hard_link(&path, native.join(path.file_name().unwrap())).unwrap();
    }
    own
}

#[expect(clippy::disallowed_methods, reason = "tests lay out files")]
fn forget(folder: &Path) {
    if let Err(error) = std::fs::remove_dir_all(folder) {
        assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}");
    }
}

/// The user's own folder, with a secret that is no secret: which tests get a canary must be the same on every machine.
static CONFIG: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = temporary().join("XDG_CONFIG_HOME");
    write_key(&folder.join("pact"), 7);
    folder
});

#[expect(clippy::disallowed_methods, reason = "tests lay out files")]
fn write_key(folder: &Path, key: u8) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::create_dir_all(folder).unwrap();
    let file = folder.join("canary.key");
    std::fs::write(&file, [key; 32]).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// Runs a command to its end. A document that it prints must be what its schema says.
#[track_caller]
pub(crate) fn run(command: Command) -> Ended {
    run_within(command, TIME_LIMIT)
}

/// As [`run`], with a limit of its own.
#[track_caller]
pub(crate) fn run_within(command: Command, limit: Duration) -> Ended {
    let began = Instant::now();
    let Output { status, stdout, stderr } =
        assert_cmd::Command::from_std(command).timeout(limit).output().expect("pact ends within the time limit");
    let ended = Ended {
        code: status.code().expect("no signal ended pact"),
        stdout: String::from_utf8(stdout).expect("stdout is text"),
        stderr: String::from_utf8(stderr).expect("stderr is text"),
        took: began.elapsed(),
    };
    schemas::check_printed(&ended.stdout);
    ended
}

/// Returns the folder of a project in `tests/projects`.
pub(crate) fn project(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../projects").join(name)
}

/// Returns the root of the clone.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns a new folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, content) in files {
        write(&folder.path().join(path), content);
    }
    folder
}

/// Writes a file, and the folders above it.
#[expect(clippy::disallowed_methods, reason = "a journey begins with files of a person's")]
pub(crate) fn write(path: &Path, content: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
}

/// Reads a file.
#[expect(clippy::disallowed_methods, reason = "a journey ends with looking at files")]
pub(crate) fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// Returns every file below a folder with its content, sorted: two of these are equal when nothing was touched.
#[expect(clippy::disallowed_methods, reason = "a journey ends with looking at files")]
pub(crate) fn tree(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let content = std::fs::read(&path).unwrap();
                files.push((path, content));
            }
        }
    }
    files.sort();
    files
}

#[expect(clippy::disallowed_methods, reason = "where the built pact lies depends on where this test lies")]
fn executable() -> PathBuf {
    if let Some(named) = variable("PACT_BIN") {
        return named;
    }
    let this = std::env::current_exe().unwrap();
    let pact = this.ancestors().nth(2).unwrap().join("pact");
    assert!(
        pact.is_file(),
        "no `{}`: run `cargo build --release --workspace`, or name pact in PACT_BIN",
        pact.display()
    );
    pact
}

#[expect(
    clippy::disallowed_methods,
    reason = "`cargo ci` and a person say by variables where pact and its folders are"
)]
pub(crate) fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// A folder in the target directory, which cargo makes.
pub(crate) fn temporary() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}
