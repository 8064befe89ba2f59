//! What a command needs from the machine, looked at before it starts: everything that is missing is told at once. A
//! missing linker is not looked for: this program could not have been built without one.

use std::{
    fmt,
    path::Path,
    process::{Command, Stdio},
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use crate::layout::Layout;

/// How long something known to be missing waits for the other answers, so that the command stops within two seconds.
const MAX_WAIT_WHEN_MISSING: Duration = Duration::from_millis(1500);

/// A tool that does not answer for so long is taken for missing.
const MAX_WAIT: Duration = Duration::from_secs(20);

/// Things that a command needs and the machine does not have.
#[derive(Debug, thiserror::Error)]
pub struct Missing(Vec<Need>);

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        write!(f, "{count} {} missing:", if count == 1 { "thing is" } else { "things are" })?;
        for need in &self.0 {
            write!(f, "\n  {}\n      {}", need.what, need.how)?;
        }
        Ok(())
    }
}

/// What is missing, and how to get it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Need {
    what: String,
    how: String,
}

impl Need {
    fn new(what: impl Into<String>, how: impl Into<String>) -> Self {
        Self { what: what.into(), how: how.into() }
    }
}

/// What a command is about to do.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    pub(crate) python: bool,
    pub(crate) node: bool,
    pub(crate) lints: bool,
    /// Free space for a first build.
    pub(crate) disk_bytes: u64,
}

type Check = Box<dyn FnOnce() -> Option<Need> + Send>;

/// Looks for everything that `plan` needs.
pub(crate) fn check(layout: &Layout, plan: Plan) -> Result<(), Missing> {
    let root = layout.root().to_owned();
    let layout = layout.clone();
    let mut checks: Vec<(&'static str, Check)> = vec![
        ("the Rust toolchain", {
            let root = root.clone();
            Box::new(move || wasm_target(&root))
        }),
        ("the target directory", Box::new(move || disk(&layout, plan.disk_bytes))),
    ];
    if plan.lints {
        for (tool, component) in [("cargo-clippy", "clippy"), ("rustfmt", "rustfmt")] {
            let root = root.clone();
            checks.push((component, Box::new(move || rust_component(&root, tool, component))));
        }
    }
    if plan.node {
        let root = root.clone();
        checks.push(("node and npm", Box::new(move || node(&root))));
    }
    if plan.python {
        checks.push(("python3", Box::new(move || python(&root))));
    }
    run(checks)
}

fn run(checks: Vec<(&'static str, Check)>) -> Result<(), Missing> {
    let start = Instant::now();
    let mut open: Vec<&'static str> = checks.iter().map(|(name, _)| *name).collect();
    let (send, answers) = mpsc::channel();
    for (name, check) in checks {
        let send = send.clone();
        // Not joined: a tool that hangs must not hold up the message. It ends with the process.
        thread::spawn(move || send.send((name, check())));
    }
    let mut missing = Vec::new();
    while !open.is_empty() {
        let limit = if missing.is_empty() { MAX_WAIT } else { MAX_WAIT_WHEN_MISSING };
        match answers.recv_timeout(limit.saturating_sub(start.elapsed())) {
            Ok((name, need)) => {
                open.retain(|other| *other != name);
                missing.extend(need);
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                missing.extend(open.drain(..).map(|name| {
                    let seconds = start.elapsed().as_secs_f32();
                    Need::new(
                        format!("{name}: no answer within {seconds:.1} s"),
                        "try again when the machine is less busy",
                    )
                }));
            }
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    missing.sort_by(|a, b| a.what.cmp(&b.what));
    Err(Missing(missing))
}

fn wasm_target(root: &Path) -> Option<Need> {
    let Some(sysroot) = answer(root, "rustc", &["--print", "sysroot"]) else {
        return Some(Need::new("rustc", "install Rust with rustup: https://rustup.rs"));
    };
    let installed = Path::new(&sysroot).join("lib/rustlib/wasm32-wasip2/lib").is_dir();
    (!installed).then(|| Need::new("the Rust target wasm32-wasip2", "rustup target add wasm32-wasip2"))
}

fn rust_component(root: &Path, tool: &str, component: &str) -> Option<Need> {
    let found = answer(root, tool, &["--version"]).is_some();
    (!found).then(|| Need::new(component, format!("rustup component add {component}")))
}

fn python(root: &Path) -> Option<Need> {
    let install = "Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python3";
    if answer(root, "python3", &["-I", "-c", ""]).is_none() {
        return Some(Need::new("python3, with venv and pip", install));
    }
    // Debian ships an interpreter whose `venv` cannot make an environment with pip.
    answer(root, "python3", &["-I", "-c", "import venv, ensurepip"])
        .is_none()
        .then(|| Need::new("venv and pip of python3", install))
}

/// The first Node that the bundler's program runs on as it is written.
const MIN_NODE: u32 = 20;

fn node(root: &Path) -> Option<Need> {
    let install = "https://nodejs.org; Debian, Ubuntu: apt install nodejs npm; macOS: brew install node";
    let what = format!("node {MIN_NODE} or later, with npm");
    let Some(version) = answer(root, "node", &["--version"]) else { return Some(Need::new(what, install)) };
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < MIN_NODE) {
        return Some(Need::new(format!("{what} (this is {version})"), install));
    }
    answer(root, "npm", &["--version"]).is_none().then(|| Need::new("npm", install))
}

fn disk(layout: &Layout, bytes: u64) -> Option<Need> {
    let target = layout.target();
    let how = "or set CARGO_TARGET_DIR to a folder elsewhere";
    if let Err(error) = layout.create_target().and_then(|()| tempfile::tempfile_in(target)) {
        return Some(Need::new(
            format!("a target directory that can be written (`{}`: {error})", target.display()),
            format!("change its owner or mode, {how}"),
        ));
    }
    let free = fs4::available_space(target).ok()?;
    let gigabytes = |bytes: u64| bytes.div_ceil(1 << 30);
    (free < bytes).then(|| {
        Need::new(
            format!("{} GB free in `{}` (there are {})", gigabytes(bytes), target.display(), free >> 30),
            format!("make room, {how}"),
        )
    })
}

/// Returns what a program prints, without the last newline; nothing when it cannot be run or fails.
fn answer(folder: &Path, program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn need(what: &str) -> Option<Need> {
        Some(Need::new(what, format!("get {what}")))
    }

    #[test]
    fn everything_missing_is_named_at_once_with_how_to_get_it() {
        let checks: Vec<(&'static str, Check)> =
            vec![("a", Box::new(|| need("python3"))), ("b", Box::new(|| None)), ("c", Box::new(|| need("clippy")))];
        let message = run(checks).unwrap_err().to_string();
        assert_eq!(message, "2 things are missing:\n  clippy\n      get clippy\n  python3\n      get python3");
    }

    #[test]
    fn nothing_missing_is_no_error() {
        run(vec![("a", Box::new(|| None) as Check)]).unwrap();
    }

    #[test]
    fn a_tool_that_hangs_does_not_hold_up_what_is_known_to_be_missing() {
        let (hold, held) = mpsc::channel::<()>();
        let checks: Vec<(&'static str, Check)> = vec![
            ("slow", Box::new(move || held.recv().map(|()| None).unwrap_or_default())),
            ("b", Box::new(|| need("python3"))),
        ];
        let start = Instant::now();
        let message = run(checks).unwrap_err().to_string();
        assert!(start.elapsed() < Duration::from_secs(2));
        assert!(message.contains("get python3") && message.contains("slow: no answer"), "{message}");
        drop(hold);
    }

    #[test]
    fn a_full_disk_and_a_folder_that_cannot_be_made_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let layout = |target: &Path| Layout::new(folder.path().to_owned(), target.to_owned());
        assert_eq!(disk(&layout(folder.path()), 1), None);
        assert!(disk(&layout(folder.path()), u64::MAX).unwrap().what.contains("GB free"));
        let file = folder.path().join("file");
        std::fs::write(&file, "").unwrap();
        assert!(disk(&layout(&file.join("target")), 1).unwrap().what.contains("can be written"));
    }

    #[test]
    fn a_program_that_is_not_there_has_no_answer() {
        assert_eq!(answer(Path::new("."), "no-such-program-at-all", &[]), None);
    }
}
