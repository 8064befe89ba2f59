//! Sleeps for an hour, reads both clocks around it, and then for as long as there is.
#![cfg(target_family = "wasm")]

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use pact_test_guests::{Attack, RunError, Suite, Summary, say};

struct SleepAnHour;

impl Attack for SleepAnHour {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let start = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
        let (instant, wall) = (Instant::now(), SystemTime::now());
        std::thread::sleep(Duration::from_secs(3_600));
        let slept = [instant.elapsed(), wall.elapsed().expect("it does not run backwards")].map(|time| time.as_secs());
        wasip2::clocks::monotonic_clock::subscribe_duration(u64::MAX).block();
        say(format!("started {} s after 1970, slept {slept:?} s", start.as_secs()))
    }
}

pact_test_guests::attack!(SleepAnHour);
