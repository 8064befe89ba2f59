//! One session: a fresh store, one call, a receipt. A store is never used again.
//!
//! Limits are set before instantiation, because start functions of the guest run there.

use std::time::Instant;

use pact_grants::Authority;
use pact_model::receipt::{Limit, Receipt, SessionOutcome};
use wasmtime::{Store, Trap, UpdateDeadline};
use wasmtime_wasi::I32Exit;

use crate::engine::ProfiledEngine;
use crate::fuel;
use crate::guest::{Guest, LogLine};
use crate::meter::LimitHit;

/// The longest text of a guest's that a receipt keeps.
const MESSAGE_BYTES: usize = 4096;

/// Whose session it is, for the receipt.
#[derive(Debug, Clone)]
pub(crate) struct Caller<'a> {
    pub(crate) authority: &'a Authority,
    pub(crate) digest: &'a str,
    pub(crate) call: &'static str,
    pub(crate) seed: u64,
}

/// What a session leaves behind.
pub(crate) struct Ended<R> {
    /// What the call returned; absent when it did not return.
    pub(crate) returned: Option<R>,
    pub(crate) receipt: Receipt,
    /// Of the instances that it called, if it could.
    pub(crate) tested: Vec<Receipt>,
    pub(crate) log: Vec<LogLine>,
}

/// Runs one call in a fresh store.
///
/// The call's future must not block: everything that waits inside it yields.
pub(crate) async fn run<R>(
    engine: &ProfiledEngine,
    caller: Caller<'_>,
    guest: Guest,
    call: impl AsyncFnOnce(&mut Store<Guest>) -> wasmtime::Result<R>,
) -> Ended<R> {
    let limits = caller.authority.limits();
    let began = Instant::now();
    let mut store = open(engine, guest, began + limits.wall_clock);
    fuel::set(&mut store, limits.fuel).expect("every profile counts fuel");
    // The epoch stops a guest that computes, the timeout one that waits.
    let result = tokio::time::timeout(limits.wall_clock, call(&mut store)).await;
    let (returned, outcome) = match result {
        // A guest may return before a tick has looked: too many calls are too many all the same.
        Ok(Ok(_)) if store.data().meter.check_host_calls_so_far().is_err() => {
            (None, SessionOutcome::Limited { limit: Limit::HostCalls })
        }
        Ok(Ok(returned)) => (Some(returned), SessionOutcome::Returned),
        Ok(Err(error)) => (None, outcome(&error, store.data())),
        Err(_elapsed) => (None, SessionOutcome::Limited { limit: Limit::WallClock }),
    };
    let fuel_left = fuel::left(&store).expect("every profile counts fuel") + store.data().fuel_set_apart();
    let mut guest = store.into_data();
    let cost = Cost::of(&guest, limits.fuel.saturating_sub(fuel_left), began);
    let receipt = receipt(engine, caller, cost, outcome);
    let tested = guest.tested_side.take().map_or_else(Vec::new, |side| side.close());
    Ended { returned, receipt, tested, log: guest.log }
}

/// Makes a store with every limit but fuel, which the caller sets. It ends at `deadline`, host calls aside.
pub(crate) fn open(engine: &ProfiledEngine, guest: Guest, deadline: Instant) -> Store<Guest> {
    let mut store = Store::new(&engine.engine, guest);
    store.limiter(|guest| &mut guest.meter);
    // Most of WASI is linked by accessors that cannot refuse a call, only count it: so each tick looks at the count.
    store.set_epoch_deadline(1);
    store.epoch_deadline_callback(move |store| {
        store.data().meter.check_host_calls_so_far()?;
        if Instant::now() > deadline { Err(Trap::Interrupt.into()) } else { Ok(UpdateDeadline::Continue(1)) }
    });
    store
}

/// What a guest cost.
pub(crate) struct Cost {
    pub(crate) fuel: u64,
    pub(crate) began: Instant,
    pub(crate) peak_memory_bytes: u64,
    pub(crate) output_bytes: u64,
}

impl Cost {
    /// Reads what a guest has counted; fuel is the store's.
    pub(crate) fn of(guest: &Guest, fuel: u64, began: Instant) -> Self {
        Self { fuel, began, peak_memory_bytes: guest.meter.peak_memory_bytes, output_bytes: guest.output.bytes() }
    }
}

/// Writes down what a guest cost and how it ended.
pub(crate) fn receipt(engine: &ProfiledEngine, caller: Caller<'_>, cost: Cost, outcome: SessionOutcome) -> Receipt {
    Receipt {
        plugin: caller.authority.plugin().to_string(),
        digest: caller.digest.to_owned(),
        call: caller.call.to_owned(),
        limit: match &outcome {
            SessionOutcome::Limited { limit } => Some(*limit),
            _ => None,
        },
        outcome,
        fuel: cost.fuel,
        wall_ms: u64::try_from(cost.began.elapsed().as_millis()).unwrap_or(u64::MAX),
        peak_memory_bytes: cost.peak_memory_bytes,
        output_bytes: cost.output_bytes,
        seed: caller.seed,
        engine: engine.label.to_string(),
    }
}

/// Says how a guest ended whose call did not return.
pub(crate) fn outcome(error: &wasmtime::Error, guest: &Guest) -> SessionOutcome {
    if let Some(hit) = error.downcast_ref::<LimitHit>() {
        return SessionOutcome::Limited { limit: hit.0 };
    }
    if let Some(exit) = error.downcast_ref::<I32Exit>() {
        return SessionOutcome::Exited { code: u8::try_from(exit.0).unwrap_or(u8::MAX) };
    }
    match error.downcast_ref::<Trap>() {
        Some(Trap::OutOfFuel) => return SessionOutcome::Limited { limit: Limit::Fuel },
        Some(Trap::Interrupt) => return SessionOutcome::Limited { limit: Limit::WallClock },
        Some(Trap::StackOverflow) => return SessionOutcome::Limited { limit: Limit::Stack },
        // An allocator that was refused memory aborts, and an abort is `unreachable`.
        Some(Trap::UnreachableCodeReached) if guest.meter.memory_refused => {
            return SessionOutcome::Limited { limit: Limit::Memory };
        }
        _ => {}
    }
    // Instantiation itself fails with a text of the engine's when the first memory is already too large.
    if guest.meter.memory_refused && guest.meter.peak_memory_bytes == 0 {
        return SessionOutcome::Limited { limit: Limit::Memory };
    }
    let mut message = error.root_cause().to_string();
    let tail = guest.output.tail();
    if !tail.trim().is_empty() {
        message.push_str("; it last wrote: ");
        message.push_str(tail.trim());
    }
    SessionOutcome::Trapped { message: cut(message) }
}

/// Cuts a text of the guest's to what a receipt keeps.
pub(crate) fn cut(mut message: String) -> String {
    message.truncate(message.floor_char_boundary(MESSAGE_BYTES));
    message
}
