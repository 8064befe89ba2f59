//! `pact:plugin/profile`: which function runs, as the runner tells it; how much fuel that is, as the host counts it.
//!
//! Reaches nothing. Every word is a host call and counts as one, so that a flood of them ends the session.

use pact_model::profile::Function;
use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use crate::bindings::test_runner::pact::plugin::profile as wit;
use crate::fuel;
use crate::guest::Guest;
use crate::profiler::{Phase, Profiler, Teller};

pub(crate) fn link(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    let mut profile = linker.instance("pact:plugin/profile@0.1.0")?;
    profile.func_wrap("wanted", |store: StoreContextMut<'_, Guest>, (): ()| {
        told(store, |teller, _| teller.ask()).map(|asked| (asked.is_some(),))
    })?;
    profile.func_wrap("calibrate", |store: StoreContextMut<'_, Guest>, (phase,): (wit::Calibration,)| {
        let phase = match phase {
            wit::Calibration::Plain => Phase::Plain,
            wit::Calibration::Told => Phase::Told,
            wit::Calibration::Done => Phase::Done,
        };
        told(store, |teller, fuel_left| teller.calibrate(phase, fuel_left)).map(|_| ())
    })?;
    profile.func_wrap("declare", |store: StoreContextMut<'_, Guest>, (function,): (wit::Function,)| {
        let wit::Function { name, path, line } = function;
        let declared = told(store, |teller, fuel_left| teller.declare(Function { name, path, line }, fuel_left));
        declared.map(|number| (number.unwrap_or(0),))
    })?;
    profile.func_wrap("enter", |store: StoreContextMut<'_, Guest>, (function,): (u32,)| {
        told(store, |teller, fuel_left| teller.enter(function, true, fuel_left)).map(|_| ())
    })?;
    profile.func_wrap("resume", |store: StoreContextMut<'_, Guest>, (function,): (u32,)| {
        told(store, |teller, fuel_left| teller.enter(function, false, fuel_left)).map(|_| ())
    })?;
    profile.func_wrap("leave", |store: StoreContextMut<'_, Guest>, (function,): (u32,)| {
        told(store, |teller, fuel_left| teller.leave(function, fuel_left)).map(|_| ())
    })
}

/// Does something with a word where the session is profiled.
fn told<R>(
    mut store: StoreContextMut<'_, Guest>,
    word: impl FnOnce(&mut Teller, u64) -> R,
) -> wasmtime::Result<Option<R>> {
    let fuel_left = fuel::left(&store)?;
    let guest = store.data_mut();
    guest.meter.check_host_calls()?;
    Ok(guest.teller.as_mut().map(|teller| word(teller, fuel_left)))
}

/// Notes what the guest has used up to now, and lets the account know what comes next.
pub(crate) fn settle(store: &mut StoreContextMut<'_, Guest>, next: impl FnOnce(&Profiler)) -> wasmtime::Result<()> {
    let fuel_left = fuel::left(&*store)?;
    if let Some(teller) = &store.data().teller {
        teller.profiler().settle(fuel_left);
        next(teller.profiler());
    }
    Ok(())
}

/// Says that the guest goes on, with another amount of fuel or after another one.
pub(crate) fn go_on(store: &mut StoreContextMut<'_, Guest>, next: impl FnOnce(&Profiler)) -> wasmtime::Result<()> {
    let fuel_left = fuel::left(&*store)?;
    if let Some(teller) = &store.data().teller {
        next(teller.profiler());
        teller.profiler().go_on(fuel_left);
    }
    Ok(())
}
