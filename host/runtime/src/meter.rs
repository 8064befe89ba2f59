//! Counts what a session uses, and refuses what is over its limits.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pact_grants::Limits;
use pact_model::receipt::Limit;
use wasmtime::ResourceLimiter;

/// What a table element costs in the engine.
const TABLE_ELEMENT_BYTES: u64 = 8;

/// How much of the guest's last output is kept for the message of a trap.
const TAIL_BYTES: usize = 4096;

/// A limit was passed: the session ends with this as the cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LimitHit(pub(crate) Limit);

impl fmt::Display for LimitHit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the session's limit on {:?} was passed", self.0)
    }
}

impl std::error::Error for LimitHit {}

/// Memory and host calls of one session.
#[derive(Debug)]
pub(crate) struct Meter {
    limits: Limits,
    memory_bytes: u64,
    /// What the engine was told last, so that a growth that fails after all can be taken back.
    last_growth: u64,
    pub(crate) peak_memory_bytes: u64,
    /// The guest wanted more memory than it may have. It was told so, and may have gone on.
    pub(crate) memory_refused: bool,
    host_calls: u64,
}

impl Meter {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { limits, memory_bytes: 0, last_growth: 0, peak_memory_bytes: 0, memory_refused: false, host_calls: 0 }
    }

    /// Counts a host call. Cheap, and cannot refuse: [`Self::check_host_calls`] does.
    pub(crate) fn count_host_call(&mut self) {
        self.host_calls += 1;
    }

    /// Counts a host call and refuses it when there were too many.
    pub(crate) fn check_host_calls(&mut self) -> Result<(), LimitHit> {
        self.count_host_call();
        self.check_host_calls_so_far()
    }

    /// Refuses to go on when there were too many host calls, the uncheckable ones included.
    pub(crate) fn check_host_calls_so_far(&self) -> Result<(), LimitHit> {
        if self.host_calls > self.limits.host_calls { Err(LimitHit(Limit::HostCalls)) } else { Ok(()) }
    }

    /// Counts bytes that the host keeps for the guest, until [`Self::give_back`].
    pub(crate) fn keep(&mut self, bytes: u64) -> Result<(), LimitHit> {
        if self.grow(0, bytes) { Ok(()) } else { Err(LimitHit(Limit::Memory)) }
    }

    /// Takes what [`Self::keep`] counted off the account.
    pub(crate) fn give_back(&mut self, bytes: u64) {
        self.memory_bytes = self.memory_bytes.saturating_sub(bytes);
    }

    fn grow(&mut self, current: u64, desired: u64) -> bool {
        let growth = desired.saturating_sub(current);
        let total = self.memory_bytes.saturating_add(growth);
        if total > self.limits.memory_bytes {
            self.memory_refused = true;
            self.last_growth = 0;
            return false;
        }
        self.memory_bytes = total;
        self.last_growth = growth;
        self.peak_memory_bytes = self.peak_memory_bytes.max(total);
        true
    }

    fn take_back(&mut self) {
        self.memory_bytes -= self.last_growth;
        self.last_growth = 0;
        self.memory_refused = true;
    }
}

impl ResourceLimiter for Meter {
    fn memory_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        // Beyond a memory's own maximum the growth fails anyway, and nothing of it may stay on the account.
        if maximum.is_some_and(|maximum| desired > maximum) {
            self.last_growth = 0;
            return Ok(false);
        }
        Ok(self.grow(current as u64, desired as u64))
    }

    fn memory_grow_failed(&mut self, _error: wasmtime::Error) -> wasmtime::Result<()> {
        self.take_back();
        Ok(())
    }

    fn table_growing(&mut self, current: usize, desired: usize, maximum: Option<usize>) -> wasmtime::Result<bool> {
        if maximum.is_some_and(|maximum| desired > maximum) {
            self.last_growth = 0;
            return Ok(false);
        }
        let bytes = |elements: usize| (elements as u64).saturating_mul(TABLE_ELEMENT_BYTES);
        Ok(self.grow(bytes(current), bytes(desired)))
    }

    fn table_grow_failed(&mut self, _error: wasmtime::Error) -> wasmtime::Result<()> {
        self.take_back();
        Ok(())
    }
}

/// What a guest wrote to standard output, standard error and the log. Shared by the streams of a session.
#[derive(Debug, Clone)]
pub(crate) struct Output(Arc<Mutex<OutputMeter>>);

#[derive(Debug)]
struct OutputMeter {
    bytes_left: u64,
    writes_left: u64,
    bytes: u64,
    tail: VecDeque<u8>,
}

impl Output {
    pub(crate) fn new(limits: Limits) -> Self {
        Self(Arc::new(Mutex::new(OutputMeter {
            bytes_left: limits.output_bytes,
            writes_left: limits.output_writes,
            bytes: 0,
            tail: VecDeque::new(),
        })))
    }

    /// Takes a write of the guest, or refuses it when it is one too many or too long. An empty write counts.
    pub(crate) fn take(&self, bytes: &[u8]) -> Result<(), LimitHit> {
        let mut meter = self.lock();
        let length = bytes.len() as u64;
        if meter.writes_left == 0 || length > meter.bytes_left {
            return Err(LimitHit(Limit::Output));
        }
        meter.writes_left -= 1;
        meter.bytes_left -= length;
        meter.bytes += length;
        let start = bytes.len().saturating_sub(TAIL_BYTES);
        meter.tail.extend(&bytes[start..]);
        let surplus = meter.tail.len().saturating_sub(TAIL_BYTES);
        meter.tail.drain(..surplus);
        Ok(())
    }

    /// Returns how much was written.
    pub(crate) fn bytes(&self) -> u64 {
        self.lock().bytes
    }

    /// Returns the last few kilobytes, for the message of a trap.
    pub(crate) fn tail(&self) -> String {
        let mut meter = self.lock();
        String::from_utf8_lossy(meter.tail.make_contiguous()).into_owned()
    }

    fn lock(&self) -> MutexGuard<'_, OutputMeter> {
        // Nothing panics while it is held; a poisoned lock would still hold consistent counts.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use pact_grants::World;

    use super::*;

    #[test]
    fn memory_of_all_objects_together_is_bounded() {
        let limits = Limits { memory_bytes: 100, ..Limits::of(World::LanguageBackend) };
        let mut meter = Meter::new(limits);
        assert!(meter.memory_growing(0, 60, None).unwrap());
        assert!(meter.table_growing(0, 5, None).unwrap(), "five elements are forty bytes");
        assert!(!meter.memory_growing(60, 61, None).unwrap());
        assert!(meter.memory_refused);
        assert_eq!(meter.peak_memory_bytes, 100);
    }

    #[test]
    fn a_growth_that_fails_is_taken_back() {
        let mut meter = Meter::new(Limits { memory_bytes: 100, ..Limits::of(World::LanguageBackend) });
        assert!(meter.memory_growing(0, 90, None).unwrap());
        meter.memory_grow_failed(wasmtime::Error::msg("no memory")).unwrap();
        assert!(meter.memory_growing(0, 90, None).unwrap());
    }

    #[test]
    fn empty_writes_count_and_the_tail_is_short() {
        let output = Output::new(Limits { output_writes: 3, output_bytes: 10_000, ..Limits::of(World::TestRunner) });
        output.take(&[b'x'; 9_000]).unwrap();
        output.take(b"").unwrap();
        output.take(b"end").unwrap();
        assert_eq!(output.take(b""), Err(LimitHit(Limit::Output)));
        assert_eq!(output.bytes(), 9_003);
        assert_eq!(output.tail().len(), TAIL_BYTES);
        assert!(output.tail().ends_with("xend"));
    }
}
