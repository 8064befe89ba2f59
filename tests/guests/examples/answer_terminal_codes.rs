//! Puts codes that change a terminal into every text that it may send: colours, a title, a link, a clipboard, bidi, NUL.
#![cfg(target_family = "wasm")]

use std::io::Write as _;

use pact_test_guests::tests::Outcome;
use pact_test_guests::{Attack, RunError, Suite, Summary, collect, finish, log, start};

const CODES: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{1b}]8;;http://x\u{1b}\\\u{1b}]52;c;cGFjdA==\u{7}\u{202e}\r\0end";

struct AnswerTerminalCodes;

impl Attack for AnswerTerminalCodes {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        print!("{CODES}");
        std::io::stdout().flush().expect("stdout takes it");
        eprint!("{CODES}");
        log::write(log::Level::Error, CODES);
        collect(&["a_test"]);
        start("a_test");
        finish("a_test", Outcome::Failed, CODES);
        Ok(Summary { collected: 1, deselected: 0, finished: 1 })
    }
}

pact_test_guests::attack!(AnswerTerminalCodes);
