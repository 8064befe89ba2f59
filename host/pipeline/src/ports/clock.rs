//! The port to time.

/// Says when the run started. Asked once per run: nothing else of pact's output knows a time.
pub trait Clock: Send + Sync {
    /// Returns the time in UTC as `2026-01-31T12:00:00Z`.
    fn now(&self) -> String;
}
