//! `wasi:clocks`: one virtual clock. A sleep moves it and takes no time; every read moves it by a microsecond.
//!
//! The wall clock is a fixed start plus the same counter. wasmtime-wasi cannot be used here: its `subscribe-duration` sleeps
//! for real whatever clock it was given.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use pact_model::effect::Effect;
use wasmtime::component::{HasData, Linker, Resource, ResourceTable};
use wasmtime_wasi_io::poll::{DynPollable, Pollable, subscribe};

use crate::bindings::wasi::wasi::clocks::{monotonic_clock, wall_clock};
use crate::conduct::Conduct;
use crate::guest::Guest;

/// 2024-01-01 00:00:00 UTC: what the wall clock says when a session starts.
const START_SECONDS: u64 = 1_704_067_200;

/// How far a read moves the clock, so that a loop that waits for time to pass ends.
const READ_NS: u64 = 1_000;

const NS_PER_SECOND: u64 = 1_000_000_000;

/// The clock of one session.
#[derive(Debug, Clone)]
pub(crate) struct VirtualClock(Arc<Mutex<State>>);

impl Default for VirtualClock {
    fn default() -> Self {
        Self::starting_at(START_SECONDS)
    }
}

#[derive(Debug)]
struct State {
    now_ns: u64,
    /// What the wall clock said at the beginning, in seconds since 1970.
    start_seconds: u64,
    /// How many waiters there are for each deadline.
    deadlines: BTreeMap<u64, usize>,
}

impl VirtualClock {
    /// Returns nanoseconds since the session began, without moving the clock.
    pub(crate) fn now_ns(&self) -> u64 {
        self.lock().now_ns
    }

    /// Makes a clock whose wall time begins so many seconds after 1970.
    pub(crate) fn starting_at(start_seconds: u64) -> Self {
        Self(Arc::new(Mutex::new(State { now_ns: 0, start_seconds, deadlines: BTreeMap::new() })))
    }

    /// Returns seconds and nanoseconds since 1970 for a reading of the clock.
    pub(crate) fn wall(&self, ns: u64) -> (u64, u32) {
        let nanoseconds = u32::try_from(ns % NS_PER_SECOND).expect("a remainder below 10^9 fits");
        (self.lock().start_seconds.saturating_add(ns / NS_PER_SECOND), nanoseconds)
    }

    /// Returns the reading of the clock for a wall-clock time; times before the session are its start.
    pub(crate) fn reading_at_wall(&self, seconds: u64, nanoseconds: u32) -> u64 {
        seconds
            .saturating_sub(self.lock().start_seconds)
            .saturating_mul(NS_PER_SECOND)
            .saturating_add(u64::from(nanoseconds))
    }

    fn read(&self) -> u64 {
        let mut state = self.lock();
        state.now_ns = state.now_ns.saturating_add(READ_NS);
        state.now_ns
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Something that waits for the clock.
struct Deadline {
    clock: VirtualClock,
    at_ns: u64,
}

/// Keeps a deadline on the clock's list while somebody waits for it.
struct Registered<'a>(&'a Deadline);

impl<'a> Registered<'a> {
    fn new(deadline: &'a Deadline) -> Self {
        *deadline.clock.lock().deadlines.entry(deadline.at_ns).or_default() += 1;
        Self(deadline)
    }
}

impl Drop for Registered<'_> {
    fn drop(&mut self) {
        let mut state = self.0.clock.lock();
        if let Some(count) = state.deadlines.get_mut(&self.0.at_ns) {
            *count -= 1;
            if *count == 0 {
                state.deadlines.remove(&self.0.at_ns);
            }
        }
    }
}

#[wasmtime_wasi_io::async_trait]
impl Pollable for Deadline {
    async fn ready(&mut self) {
        if self.clock.now_ns() >= self.at_ns {
            return;
        }
        let _registered = Registered::new(self);
        loop {
            // `poll` of wasi:io polls every pollable of its list once per pass. After one pass all of them are registered,
            // so the earliest one may move the clock without overtaking another.
            YieldOnce(false).await;
            let mut state = self.clock.lock();
            if state.now_ns >= self.at_ns {
                return;
            }
            if state.deadlines.first_key_value().is_some_and(|(&earliest, _)| earliest == self.at_ns) {
                state.now_ns = self.at_ns;
                return;
            }
        }
    }
}

struct YieldOnce(bool);

impl Future for YieldOnce {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// What the two interfaces need of a guest.
pub(crate) struct ClockView<'a> {
    clock: &'a VirtualClock,
    table: &'a mut ResourceTable,
    conduct: &'a Conduct,
}

struct Clocks;

impl HasData for Clocks {
    type Data<'a> = ClockView<'a>;
}

pub(crate) fn link(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    fn view(guest: &mut Guest) -> ClockView<'_> {
        guest.meter.count_host_call();
        ClockView { clock: &guest.clock, table: &mut guest.table, conduct: &guest.conduct }
    }
    monotonic_clock::add_to_linker::<Guest, Clocks>(linker, view)?;
    wall_clock::add_to_linker::<Guest, Clocks>(linker, view)
}

impl ClockView<'_> {
    fn subscribe(&mut self, at_ns: u64) -> wasmtime::Result<Resource<DynPollable>> {
        let deadline = self.table.push(Deadline { clock: self.clock.clone(), at_ns })?;
        subscribe(self.table, deadline)
    }
}

impl monotonic_clock::Host for ClockView<'_> {
    fn now(&mut self) -> wasmtime::Result<u64> {
        // A clock cannot refuse: what may not read it is put on record.
        self.conduct.allows(Effect::ReadsClock);
        Ok(self.clock.read())
    }

    fn resolution(&mut self) -> wasmtime::Result<u64> {
        Ok(READ_NS)
    }

    fn subscribe_instant(&mut self, when: u64) -> wasmtime::Result<Resource<DynPollable>> {
        self.subscribe(when)
    }

    fn subscribe_duration(&mut self, duration: u64) -> wasmtime::Result<Resource<DynPollable>> {
        let at_ns = self.clock.now_ns().saturating_add(duration);
        self.subscribe(at_ns)
    }
}

impl wall_clock::Host for ClockView<'_> {
    fn now(&mut self) -> wasmtime::Result<wall_clock::Datetime> {
        self.conduct.allows(Effect::ReadsClock);
        let (seconds, nanoseconds) = self.clock.wall(self.clock.read());
        Ok(wall_clock::Datetime { seconds, nanoseconds })
    }

    fn resolution(&mut self) -> wasmtime::Result<wall_clock::Datetime> {
        Ok(wall_clock::Datetime { seconds: 0, nanoseconds: 1_000 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deadline(clock: &VirtualClock, at_ns: u64) -> Deadline {
        Deadline { clock: clock.clone(), at_ns }
    }

    #[tokio::test]
    async fn a_sleep_moves_the_clock_and_takes_no_time() {
        let clock = VirtualClock::default();
        deadline(&clock, 3_600 * NS_PER_SECOND).ready().await;
        assert_eq!(clock.now_ns(), 3_600 * NS_PER_SECOND);
    }

    #[tokio::test]
    async fn the_earliest_of_several_waiters_wins() {
        let clock = VirtualClock::default();
        let (mut late, mut early) = (deadline(&clock, 30), deadline(&clock, 10));
        tokio::select! {
            biased;
            () = late.ready() => panic!("the late one overtook the early one"),
            () = early.ready() => {}
        }
        assert_eq!(clock.now_ns(), 10);
        assert!(clock.lock().deadlines.is_empty(), "nobody waits any more");
    }

    #[test]
    fn wall_time_is_the_start_plus_the_same_counter() {
        for (clock, start) in [(VirtualClock::default(), START_SECONDS), (VirtualClock::starting_at(7), 7)] {
            assert_eq!(clock.wall(1_500_000_000), (start + 1, 500_000_000));
            assert_eq!(clock.reading_at_wall(start + 1, 500_000_000), 1_500_000_000);
            assert_eq!(clock.reading_at_wall(0, 0), 0);
        }
    }
}
