//! Two ways out for text: data on stdout, words for people on stderr. A reader that went away is not an error.

use std::io::{self, Write as _};

/// Writes a line for people.
pub fn say(words: impl std::fmt::Display) {
    let _ = writeln!(io::stderr().lock(), "{words}");
}

/// Writes a line for programs.
pub fn print(data: impl std::fmt::Display) {
    let _ = writeln!(io::stdout().lock(), "{data}");
}
