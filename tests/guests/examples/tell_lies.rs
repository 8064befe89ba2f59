//! Tells of functions that it never declared, ends what has not begun, ends nothing of what has, and calibrates as it likes.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, collect, pass, profile};
use profile::Calibration;

struct TellLies;

impl Attack for TellLies {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        profile::enter(7);
        profile::leave(u32::MAX);
        profile::leave(7);
        profile::leave(7);
        let names = ["", "a;b 1\n\u{1b}[2J", &"x".repeat(1 << 20), "</svg>"];
        let told: Vec<u32> = names
            .iter()
            .map(|name| {
                let (name, path) = ((*name).to_owned(), "../../../etc/passwd".to_owned());
                profile::declare(&profile::Function { name, path, line: u32::MAX })
            })
            .collect();
        for phase in [Calibration::Done, Calibration::Told, Calibration::Plain, Calibration::Plain, Calibration::Told] {
            profile::calibrate(phase);
        }
        for number in 0..1000 {
            profile::leave(number);
        }
        profile::calibrate(Calibration::Done);
        profile::calibrate(Calibration::Plain);
        // Who never asks has no profile, so that one says so late.
        profile::wanted();
        collect(&["first", "second"]);
        for test in ["first", "second"] {
            for number in &told {
                profile::enter(*number);
            }
            profile::leave(told[1]);
            profile::leave(told[3]);
            profile::resume(told[2]);
            pass(test);
        }
        Ok(Summary { collected: 2, deselected: 0, finished: 2 })
    }
}

pact_test_guests::attack!(TellLies);
