//! Child processes: cargo, python, pip. Their output is streamed; a failure carries the line that repeats it.

use std::{
    env,
    ffi::{OsStr, OsString},
    fmt::Write as _,
    fs::File,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

/// A child process that could not be started or ended badly.
#[derive(Debug, thiserror::Error)]
#[error("`{name}` failed")]
pub struct ChildError {
    name: String,
    /// A line for a shell.
    repeat: String,
    #[source]
    kind: ChildErrorKind,
}

#[derive(Debug, thiserror::Error)]
enum ChildErrorKind {
    #[error("it could not be started")]
    Start(#[source] io::Error),
    #[error("its output could not be read")]
    Output(#[source] io::Error),
    #[error("it ended with {0}")]
    Status(ExitStatus),
}

impl ChildError {
    /// Returns the shell line that does the same again.
    pub fn repeat(&self) -> &str {
        &self.repeat
    }
}

/// A command line that is about to run.
#[derive(Debug, Clone)]
pub(crate) struct Child {
    program: OsString,
    args: Vec<OsString>,
    set: Vec<(OsString, OsString)>,
    unset: Vec<&'static str>,
    folder: PathBuf,
}

impl Child {
    /// A program, with `folder` as its working folder.
    pub(crate) fn new(program: impl AsRef<OsStr>, folder: &Path) -> Self {
        Self {
            program: program.as_ref().to_owned(),
            args: Vec::new(),
            set: Vec::new(),
            unset: Vec::new(),
            folder: folder.to_owned(),
        }
    }

    /// Cargo, with its working folder (which decides about toolchain and settings).
    pub(crate) fn cargo(folder: &Path) -> Self {
        // `cargo run` tells its child about the package it ran. A build script below us would take that for its own, and
        // what is built would differ from what the repeated command builds.
        Self::new("cargo", folder).unset("CARGO_MANIFEST_DIR").unset("CARGO_MANIFEST_PATH")
    }

    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.args.push(arg.as_ref().to_owned());
        self
    }

    pub(crate) fn args<I: IntoIterator<Item: AsRef<OsStr>>>(mut self, args: I) -> Self {
        self.args.extend(args.into_iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    pub(crate) fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.set.push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    pub(crate) fn unset(mut self, name: &'static str) -> Self {
        self.unset.push(name);
        self
    }

    /// Runs it to its end, with our own output streams.
    pub(crate) fn run(&self) -> Result<(), ChildError> {
        let status = self.status()?;
        if status.success() { Ok(()) } else { Err(self.error(ChildErrorKind::Status(status))) }
    }

    /// Runs it to its end, with our own output streams, and returns how it ended.
    pub(crate) fn status(&self) -> Result<ExitStatus, ChildError> {
        self.command().status().map_err(|error| self.error(ChildErrorKind::Start(error)))
    }

    /// Runs it and returns what it printed.
    pub(crate) fn output(&self) -> Result<String, ChildError> {
        let output = self
            .command()
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| self.error(ChildErrorKind::Start(error)))?;
        if !output.status.success() {
            return Err(self.error(ChildErrorKind::Status(output.status)));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs it, hands each line that it prints to `each` as it comes, and returns how it ended.
    pub(crate) fn lines(&self, mut each: impl FnMut(&str)) -> Result<ExitStatus, ChildError> {
        let mut child =
            self.command().stdout(Stdio::piped()).spawn().map_err(|error| self.error(ChildErrorKind::Start(error)))?;
        if let Some(stdout) = child.stdout.take() {
            let mut reader = BufReader::new(stdout);
            let mut line = Vec::new();
            loop {
                line.clear();
                let count =
                    reader.read_until(b'\n', &mut line).map_err(|error| self.error(ChildErrorKind::Output(error)))?;
                if count == 0 {
                    break;
                }
                each(String::from_utf8_lossy(&line).trim_end_matches(['\n', '\r']));
            }
        }
        child.wait().map_err(|error| self.error(ChildErrorKind::Output(error)))
    }

    /// Runs it without input and with its output in files, and returns how it ended. After `limit` it is stopped; its status
    /// then says by which signal.
    pub(crate) fn logged(&self, stdout: &Path, stderr: &Path, limit: Duration) -> Result<ExitStatus, ChildError> {
        let file = |path: &Path| File::create(path).map_err(|error| self.error(ChildErrorKind::Output(error)));
        let mut command = self.command();
        command.stdin(Stdio::null()).stdout(file(stdout)?).stderr(file(stderr)?);
        let start = Instant::now();
        let mut child = command.spawn().map_err(|error| self.error(ChildErrorKind::Start(error)))?;
        let failed = |error| self.error(ChildErrorKind::Output(error));
        loop {
            if let Some(status) = child.try_wait().map_err(failed)? {
                return Ok(status);
            }
            if start.elapsed() > limit {
                child.kill().map_err(failed)?;
            }
            // Short against what is measured: whole test suites.
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// The error of a run that ended with `status`.
    pub(crate) fn failure(&self, status: ExitStatus) -> ChildError {
        self.error(ChildErrorKind::Status(status))
    }

    /// The shell line that does the same.
    pub(crate) fn shell_line(&self) -> String {
        self.repeat()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.args).current_dir(&self.folder);
        for name in &self.unset {
            command.env_remove(name);
        }
        command.envs(self.set.iter().map(|(name, value)| (name, value)));
        command
    }

    fn error(&self, kind: ChildErrorKind) -> ChildError {
        let mut name = Path::new(&self.program).file_name().unwrap_or(&self.program).to_string_lossy().into_owned();
        if let Some(first) = self.args.iter().find(|arg| !arg.to_string_lossy().starts_with('-')) {
            let _ = write!(name, " {}", first.to_string_lossy());
        }
        ChildError { name, repeat: self.repeat(), kind }
    }

    fn repeat(&self) -> String {
        let mut line = String::new();
        if env::current_dir().is_ok_and(|folder| folder != self.folder) {
            let _ = write!(line, "cd {} && ", quoted(self.folder.as_os_str()));
        }
        for (name, value) in &self.set {
            let _ = write!(line, "{}={} ", name.to_string_lossy(), quoted(value));
        }
        line += &quoted(&self.program);
        for arg in &self.args {
            let _ = write!(line, " {}", quoted(arg));
        }
        line
    }
}

/// Quotes for a POSIX shell.
fn quoted(text: &OsStr) -> String {
    let text = text.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:@%+,".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.into_owned()
    } else if text.chars().any(char::is_control) {
        let escaped: String = text
            .chars()
            .map(|c| if c.is_control() { format!("\\x{:02x}", u32::from(c)) } else { c.to_string() })
            .collect();
        format!("$'{}'", escaped.replace('\'', "\\'"))
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_carries_the_line_that_repeats_it() {
        let folder = tempfile::tempdir().unwrap();
        let child = Child::new("sh", folder.path()).args(["-c", "exit $CODE"]).env("CODE", "3");
        let error = child.run().unwrap_err();
        assert!(error.repeat().ends_with("&& CODE=3 sh -c 'exit $CODE'"), "{}", error.repeat());
        assert_eq!(child.status().unwrap().code(), Some(3));
    }

    #[test]
    fn lines_arrive_one_by_one_even_without_a_last_newline() {
        let mut seen = Vec::new();
        let folder = tempfile::tempdir().unwrap();
        let child = Child::new("printf", folder.path()).arg("a\\nb");
        assert!(child.lines(|line| seen.push(line.to_owned())).unwrap().success());
        assert_eq!(seen, ["a", "b"]);
    }

    #[test]
    fn a_program_that_does_not_end_is_stopped_and_what_it_said_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let (out, err) = (folder.path().join("out"), folder.path().join("err"));
        let child = Child::new("sh", folder.path()).args(["-c", "echo a; echo b >&2; exec sleep 60"]);
        let status = child.logged(&out, &err, Duration::from_millis(300)).unwrap();
        assert!(!status.success() && status.code().is_none());
        assert_eq!(std::fs::read_to_string(out).unwrap() + &std::fs::read_to_string(err).unwrap(), "a\nb\n");
    }

    #[test]
    fn a_quote_in_an_argument_survives_a_shell() {
        let text = "it's $HOME";
        let line = format!("printf %s {}", quoted(OsStr::new(text)));
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Child::new("sh", folder.path()).args(["-c", &line]).output().unwrap(), text);
    }
}
