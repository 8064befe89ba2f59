//! The clock of a run: the machine's, or the one that reproducible builds agree on.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use pact_pipeline::ports::Clock;

/// Says when the run started.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    fixed: Option<SystemTime>,
}

/// `SOURCE_DATE_EPOCH` is set and is no number of seconds.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`SOURCE_DATE_EPOCH` is `{}`, and must be a number of seconds since 1970", .value.escape_debug())]
pub struct InvalidEpoch {
    value: String,
}

impl SystemClock {
    /// Takes the value of `SOURCE_DATE_EPOCH`, if it is set: then that is the time.
    ///
    /// # Errors
    /// [`InvalidEpoch`] when it is no time. A wrong time would end up in certificates.
    pub fn new(source_date_epoch: Option<&str>) -> Result<Self, InvalidEpoch> {
        let Some(value) = source_date_epoch else { return Ok(Self { fixed: None }) };
        let invalid = || InvalidEpoch { value: value.to_owned() };
        let seconds: u64 = value.trim().parse().map_err(|_| invalid())?;
        // The year 9999 is the last that the text form has room for.
        if seconds > 253_402_300_799 {
            return Err(invalid());
        }
        Ok(Self { fixed: Some(UNIX_EPOCH + Duration::from_secs(seconds)) })
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the port through which the time comes in")]
    fn now(&self) -> String {
        humantime::format_rfc3339_seconds(self.fixed.unwrap_or_else(SystemTime::now)).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_agreed_time_is_the_time() {
        let clock = SystemClock::new(Some("1700000000")).expect("a time");
        assert_eq!(clock.now(), "2023-11-14T22:13:20Z");
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for value in ["", "today", "-1", "253402300800"] {
            assert!(SystemClock::new(Some(value)).is_err(), "{value}");
        }
    }
}
