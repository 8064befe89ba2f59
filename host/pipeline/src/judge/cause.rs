//! How a session ended, in the judge's terms.

use pact_model::receipt::{Limit, SessionOutcome};

use crate::ports::{Session, Summary};

/// How a session ended.
pub(super) enum Ending {
    /// The runner returned; without a summary that is a breach.
    Returned(Option<Summary>),
    /// The runner says that the selection or the settings are wrong.
    InvalidInput(String),
    /// The runner says that it failed.
    Internal(String),
    /// Real time ran out.
    WallClock,
    /// Something that ran in the sandbox ended it.
    Cut(Cut),
}

/// What ended a session from inside.
pub(super) struct Cut {
    /// Goes after "the test" or "the suite": `exited with code 0`.
    pub(super) what: String,
    /// More of it, for people. Untrusted.
    pub(super) detail: String,
    /// Whether fuel was the cause.
    pub(super) by_fuel: bool,
    /// Whether the plugin interface was broken, which no honest test does.
    pub(super) breaks_the_interface: bool,
}

/// Tells how a session ended.
pub(super) fn ending(session: &Session, suite_fuel_used_up: bool) -> Ending {
    let cut = |what: String| Cut { what, detail: String::new(), by_fuel: false, breaks_the_interface: false };
    match &session.receipt.outcome {
        SessionOutcome::Returned => match &session.invalid_input {
            Some(message) => Ending::InvalidInput(message.clone()),
            None => Ending::Returned(session.summary),
        },
        SessionOutcome::Refused { message } => match &session.invalid_input {
            Some(message) => Ending::InvalidInput(message.clone()),
            None => Ending::Internal(message.clone()),
        },
        SessionOutcome::Limited { limit: Limit::WallClock } => Ending::WallClock,
        SessionOutcome::Limited { limit: Limit::Fuel } => {
            let what = if suite_fuel_used_up {
                "used up the fuel limit of the whole suite"
            } else {
                "used up the fuel limit of one test: it may never end"
            };
            Ending::Cut(Cut { by_fuel: true, ..cut(what.to_owned()) })
        }
        SessionOutcome::Limited { limit } => Ending::Cut(cut(limit_words(*limit).to_owned())),
        SessionOutcome::Exited { code } => Ending::Cut(cut(format!("exited with code {code}"))),
        SessionOutcome::Trapped { message } => {
            let first = message.lines().next().unwrap_or_default();
            Ending::Cut(Cut { detail: message.clone(), ..cut(format!("trapped: {first}")) })
        }
        SessionOutcome::Broke { message } => {
            Ending::Cut(Cut { breaks_the_interface: true, ..cut(format!("broke the plugin interface: {message}")) })
        }
    }
}

fn limit_words(limit: Limit) -> &'static str {
    match limit {
        Limit::Fuel => "used up the fuel limit",
        Limit::WallClock => "ran out of real time",
        Limit::Memory => "passed the memory limit",
        Limit::Stack => "overflowed the stack of the sandbox",
        Limit::Output => "passed the limit of output",
        Limit::HostCalls => "passed the limit of host calls",
        Limit::Files => "passed the limit of the in-memory filesystem",
    }
}
