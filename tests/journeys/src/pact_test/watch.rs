//! `--watch`: what runs again, what does not, and how it ends.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::{folder, pact, ready, write};

/// Nothing is waited for longer than this.
const PATIENCE: Duration = Duration::from_secs(120);
/// How long nothing must happen for it to count as nothing.
const SILENCE: Duration = Duration::from_secs(2);

const GOOD: &str = "def test_one():\n    pass\n";
const BAD: &str = "def test_one():\n    assert False\n";

/// `pact test --watch` at work.
pub(super) struct Watched {
    child: Child,
    runs: Receiver<String>,
}

impl Watched {
    pub(super) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = ready(folder);
        command.args(["test", "--watch"]).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (sender, runs) = channel();
        let mut words = BufReader::new(child.stderr.take().unwrap());
        let (line_sender, lines) = channel();
        let data = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || data.lines().map_while(Result::ok).try_for_each(|line| line_sender.send(line)));
        std::thread::spawn(move || {
            let mut line = Vec::new();
            // What stands on stdout was written before pact says that it waits.
            while words.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
                if line.starts_with(b"waiting for changes") {
                    let mut run = String::new();
                    while let Ok(text) = lines.recv_timeout(Duration::from_millis(200)) {
                        run.push_str(&text);
                        run.push('\n');
                    }
                    if sender.send(run).is_err() {
                        break;
                    }
                }
                line.clear();
            }
            let _ = words.read_to_end(&mut line);
        });
        Self { child, runs }
    }

    /// Returns what the next run writes to stdout.
    #[track_caller]
    pub(super) fn next(&mut self) -> String {
        self.runs.recv_timeout(PATIENCE).expect("a run")
    }

    #[track_caller]
    fn nothing(&mut self) {
        let run = self.runs.recv_timeout(SILENCE);
        assert!(run.is_err(), "it ran again: {run:?}");
    }

    pub(super) fn interrupt(mut self) -> i32 {
        let pid = rustix::process::Pid::from_child(&self.child);
        rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_change_runs_the_suite_again_and_an_interrupt_ends_it() {
    let place = folder(&[("test_one.py", GOOD), (".gitignore", "*.log\nbuild/\n"), ("build/x", "")]);
    let mut watched = Watched::start(place.path(), &[]);
    assert!(watched.next().ends_with("verdict: passed\n"));
    write(&place.path().join("test_one.py"), BAD);
    assert!(watched.next().ends_with("verdict: failed\n"));
    write(&place.path().join("deep/er/test_two.py"), GOOD);
    assert!(watched.next().contains("1 passed, 1 failed"), "a new folder is watched too");
    write(&place.path().join("deep/er/test_two.py"), BAD);
    assert!(watched.next().contains("2 failed"));
    for ignored in ["a.log", "build/x", "build/new/y", ".git/HEAD"] {
        write(&place.path().join(ignored), "changed");
    }
    write(&place.path().join("test_one.py"), BAD);
    watched.nothing();
    assert_eq!(watched.interrupt(), 130);
}

#[test]
fn what_cannot_run_for_a_while_is_said_and_waited_for() {
    let place = folder(&[("test_one.py", GOOD)]);
    let mut watched = Watched::start(place.path(), &["test_one.py"]);
    assert!(watched.next().ends_with("verdict: passed\n"));
    remove(&place.path().join("test_one.py"));
    assert_eq!(watched.next(), "");
    write(&place.path().join("test_one.py"), GOOD);
    assert!(watched.next().ends_with("verdict: passed\n"));
    assert_eq!(watched.interrupt(), 130);
}

#[expect(clippy::disallowed_methods, reason = "a journey begins with files of a person's")]
fn remove(file: &Path) {
    std::fs::remove_file(file).unwrap();
}

#[test]
fn what_cannot_run_at_all_is_not_waited_for() {
    let place = folder(&[]);
    pact(place.path(), ["test", "--watch"]).with_code(2);
}

#[test]
fn a_document_that_never_ends_is_refused() {
    let place = folder(&[("test_one.py", GOOD)]);
    let ended = pact(place.path(), ["test", "--watch", "--json"]).with_code(2);
    assert!(ended.stderr.contains("--json"), "{}", ended.stderr);
}
