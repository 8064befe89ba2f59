//! `pact-rendered FOLDER` writes what the language backends render of some contracts. Formatters and type checkers look at it
//! then; `cargo rendered` does both.
//!
//! Everything that lies side by side in one folder belongs together: one style of types, and what imports them. No two styles
//! share a folder, since their modules have the same names.

use std::process::ExitCode;
use std::{env, fs, io, path::Path};

mod ecmascript;
mod python;

/// The contracts, each with a function that is probed. They import types of one another.
const CONTRACTS: [(&str, &str, &str); 6] = [
    ("bank", "deposit", include_str!("../../../plugins/languages/python/src/render/tests/bank.json")),
    ("shop", "buy", include_str!("../../../plugins/languages/python/src/render/tests/shop.json")),
    ("ledger", "stream", include_str!("../contracts/ledger.json")),
    ("rules", "place", include_str!("../../../plugins/languages/python/src/render/tests/rules.json")),
    ("measure", "weigh", include_str!("../../../plugins/languages/base/contracts/measure.json")),
    ("odd", "arrange", include_str!("../contracts/odd.json")),
];

/// A file below the folder.
struct File {
    path: String,
    text: String,
}

fn main() -> ExitCode {
    #[expect(clippy::disallowed_methods, reason = "a program of our own tests")]
    let folder = env::args_os().nth(1);
    let Some(folder) = folder else {
        return failed("usage: pact-rendered FOLDER");
    };
    let mut files = python::files();
    files.extend(ecmascript::files());
    match files.iter().try_for_each(|file| write(Path::new(&folder), file)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error.to_string()),
    }
}

#[expect(clippy::disallowed_methods, reason = "files are what this program makes")]
fn write(folder: &Path, file: &File) -> io::Result<()> {
    let path = folder.join(&file.path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, &file.text)
}

#[expect(clippy::print_stderr, reason = "a program of our own tests")]
fn failed(message: &str) -> ExitCode {
    eprintln!("error: {message}");
    ExitCode::FAILURE
}
