//! The clock that all of JavaScript sees: the host's, which moves when somebody sleeps and takes no time to do so.

use std::cell::Cell;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

thread_local! {
    /// When the run began. The clock of the build is part of no run.
    static ORIGIN: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Begins a run.
pub(crate) fn begin() {
    ORIGIN.set(Some(Instant::now()));
}

/// Milliseconds since the run began; before that, 0.
pub(crate) fn since_start() -> f64 {
    ORIGIN.get().map_or(0.0, |origin| origin.elapsed().as_secs_f64() * 1e3)
}

/// Milliseconds since 1970, whole ones as in `Date.now()`.
#[expect(clippy::disallowed_methods, reason = "the clock of the sandbox is the host's")]
pub(crate) fn since_1970() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |past| (past.as_secs_f64() * 1e3).floor())
}

/// Sleeps for so many milliseconds of the host's clock.
pub(crate) fn sleep(milliseconds: f64) {
    if milliseconds > 0.0 {
        // The longest delay of a timer is 2^31 ms, so this does not overflow.
        thread::sleep(Duration::from_secs_f64(milliseconds.min(f64::from(i32::MAX)) / 1e3));
    }
}
