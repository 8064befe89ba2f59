//! `pact:plugin/observe`: what a runner says while it works, stamped by the host with fuel and time.
//!
//! Here a test also gets its own fuel: at `started` what it may not use is put aside, at `finished` it comes back.

use std::time::Instant;

use pact_model::receipt::Limit;
use pact_model::suite::{CollectionError, Location, Outcome, TestCase, TestResult};
use pact_pipeline::ports::{EventSink, RunnerEvent, Stamped};
use wasmtime::component::Linker;
use wasmtime::{StoreContextMut, Trap};

use crate::bindings::test_runner::pact::plugin::tests as wit;
use crate::capabilities::profile;
use crate::fuel;
use crate::guest::Guest;
use crate::meter::LimitHit;
use crate::profiler::Profiler;
use crate::tested_side::Stopped;

/// The most text that one result may carry in each of its fields. More is cut with a word about it.
const TEXT_BYTES: usize = 256 * 1024;

/// The most text that all events of a session may carry: the host keeps every one of them until the suite is judged. Enough for
/// 100,000 tests with long names, or 10,000 failures of a page each; beyond it the session ends with the limit on output.
const EVENT_BYTES: u64 = 64 << 20;

/// The longest id of a test. Ids hold parameters, so some are long; beyond this the session ends with the limit on output.
const ID_BYTES: usize = 64 << 10;

/// What an event costs besides its text.
const EVENT_OVERHEAD_BYTES: u64 = 128;

/// Where the events of a session go, and the fuel that is put aside for the tests to come.
pub(crate) struct Observer {
    sink: EventSink,
    started: Instant,
    fuel_limit: u64,
    test_fuel: u64,
    put_aside: u64,
    bytes_left: u64,
}

impl Observer {
    pub(crate) fn new(sink: EventSink, fuel_limit: u64, test_fuel: u64) -> Self {
        Self { sink, started: Instant::now(), fuel_limit, test_fuel, put_aside: 0, bytes_left: EVENT_BYTES }
    }

    /// Returns the fuel that the store does not show because it is put aside.
    pub(crate) fn put_aside(&self) -> u64 {
        self.put_aside
    }

    /// Sends an event on, or refuses it when the session's events have become too many or too long.
    fn send(&mut self, fuel_left: u64, event: RunnerEvent) -> Result<(), LimitHit> {
        self.bytes_left = self.bytes_left.checked_sub(event_bytes(&event)).ok_or(LimitHit(Limit::Output))?;
        let fuel = self.fuel_limit.saturating_sub(fuel_left + self.put_aside);
        // Nobody listens any more only when the judge gave up; then the events are worth nothing.
        let _ = self.sink.send(Stamped { fuel, at: self.started.elapsed(), event });
        Ok(())
    }
}

pub(crate) fn link(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    let mut observe = linker.instance("pact:plugin/observe@0.1.0")?;
    observe.func_wrap("collected", |store: StoreContextMut<'_, Guest>, (cases,): (Vec<wit::TestCase>,)| {
        observed(store, |_| RunnerEvent::Collected(cases.into_iter().map(test_case).collect()))
    })?;
    observe.func_wrap(
        "collection-failed",
        |store: StoreContextMut<'_, Guest>, (error,): (wit::CollectionError,)| {
            observed(store, |_| RunnerEvent::CollectionFailed(collection_error(error)))
        },
    )?;
    observe.func_wrap_async("started", |mut store: StoreContextMut<'_, Guest>, (id,): (String,)| {
        Box::new(async move {
            renew_tested_side(&mut store).await?;
            profile::settle(&mut store, |account| account.begin(Some(&id)))?;
            observed(store.as_context_mut_again(), |_| RunnerEvent::Started(id))?;
            put_aside(store.as_context_mut_again())?;
            profile::go_on(&mut store, |_| ())
        })
    })?;
    observe.func_wrap("finished", |mut store: StoreContextMut<'_, Guest>, (result,): (wit::TestResult,)| {
        profile::settle(&mut store, |account| account.begin(None))?;
        bring_back(store.as_context_mut_again())?;
        profile::go_on(&mut store, |_| ())?;
        observed(store, |_| RunnerEvent::Finished(test_result(result)))
    })
}

/// Makes the tested side ready for the next test, if there is one. Before the test starts: what that costs is the suite's.
pub(crate) async fn renew_tested_side(store: &mut StoreContextMut<'_, Guest>) -> wasmtime::Result<()> {
    let fuel_left = fuel::left(&store)?;
    let Some(mut side) = store.data_mut().tested_side.take() else { return Ok(()) };
    profile::settle(store, Profiler::call)?;
    let renewed = side.renew(fuel_left).await;
    store.data_mut().tested_side = Some(side);
    fuel::set(&mut *store, fuel_left.saturating_sub(renewed.fuel))?;
    profile::go_on(store, |account| account.called(false))?;
    if !renewed.violations.is_empty() {
        say(store, |_| RunnerEvent::Imported(renewed.violations))?;
    }
    match renewed.stopped {
        None => Ok(()),
        Some(Stopped::OutOfTime) => Err(Trap::Interrupt.into()),
        Some(_) => Err(Trap::OutOfFuel.into()),
    }
}

/// Sends an event of the host's own.
pub(super) fn say(
    store: &mut StoreContextMut<'_, Guest>,
    event: impl FnOnce(&mut Guest) -> RunnerEvent,
) -> wasmtime::Result<()> {
    observed(store.as_context_mut_again(), event)
}

fn observed(
    mut store: StoreContextMut<'_, Guest>,
    event: impl FnOnce(&mut Guest) -> RunnerEvent,
) -> wasmtime::Result<()> {
    let fuel_left = fuel::left(&store)?;
    let guest = store.data_mut();
    guest.meter.check_host_calls()?;
    let event = event(guest);
    check_names(&event)?;
    if let Some(observer) = &mut guest.observer {
        observer.send(fuel_left, event)?;
    }
    Ok(())
}

/// Refuses ids that no test has: the host compares and shows them whole.
fn check_names(event: &RunnerEvent) -> Result<(), LimitHit> {
    let fits = |id: &str| id.len() <= ID_BYTES;
    let all_fit = match event {
        RunnerEvent::Collected(cases) => cases.iter().all(|case| fits(&case.id) && fits(&case.function)),
        RunnerEvent::CollectionFailed(_) => true,
        RunnerEvent::Started(id) => fits(id),
        RunnerEvent::Finished(result) => fits(&result.id),
        RunnerEvent::Called(called) => fits(&called.function),
        RunnerEvent::TestedEnded(_) | RunnerEvent::Imported(_) => true,
    };
    if all_fit { Ok(()) } else { Err(LimitHit(Limit::Output)) }
}

/// Returns what the host keeps of an event.
fn event_bytes(event: &RunnerEvent) -> u64 {
    let text = |texts: &[&str]| texts.iter().map(|text| text.len() as u64).sum::<u64>() + EVENT_OVERHEAD_BYTES;
    match event {
        RunnerEvent::Collected(cases) => {
            cases.iter().map(|case| text(&[&case.id, &case.function, &case.location.path])).sum()
        }
        RunnerEvent::CollectionFailed(error) => {
            text(&[&error.location.path, &error.message, &error.detail, error.missing_module.as_deref().unwrap_or("")])
        }
        RunnerEvent::Started(id) => text(&[id]),
        RunnerEvent::Called(called) => text(&[&called.function]),
        RunnerEvent::TestedEnded(how) => text(&[how]),
        RunnerEvent::Imported(_) => text(&[]),
        RunnerEvent::Finished(result) => {
            let path = result.raised_at.as_ref().map_or("", |place| &place.path);
            text(&[&result.id, path, &result.message, &result.detail])
        }
    }
}

fn put_aside(mut store: StoreContextMut<'_, Guest>) -> wasmtime::Result<()> {
    bring_back(store.as_context_mut_again())?;
    let fuel_left = fuel::left(&store)?;
    let Some(observer) = &mut store.data_mut().observer else { return Ok(()) };
    let surplus = fuel_left.saturating_sub(observer.test_fuel);
    observer.put_aside = surplus;
    fuel::set(&mut store, fuel_left - surplus)
}

fn bring_back(mut store: StoreContextMut<'_, Guest>) -> wasmtime::Result<()> {
    let fuel_left = fuel::left(&store)?;
    let Some(observer) = &mut store.data_mut().observer else { return Ok(()) };
    let surplus = std::mem::take(&mut observer.put_aside);
    fuel::set(&mut store, fuel_left + surplus)
}

/// Lends a store context on: a `StoreContextMut` is not `Copy`.
trait Again<'a> {
    fn as_context_mut_again(&mut self) -> StoreContextMut<'_, Guest>;
}

impl<'a> Again<'a> for StoreContextMut<'a, Guest> {
    fn as_context_mut_again(&mut self) -> StoreContextMut<'_, Guest> {
        wasmtime::AsContextMut::as_context_mut(self)
    }
}

fn location(location: wit::Location) -> Location {
    Location { path: cut(location.path), line: location.line }
}

fn test_case(case: wit::TestCase) -> TestCase {
    TestCase { id: case.id, function: case.function, location: location(case.location) }
}

fn collection_error(error: wit::CollectionError) -> CollectionError {
    CollectionError {
        location: location(error.location),
        message: cut(error.message),
        detail: cut(error.detail),
        missing_module: error.missing_module.map(cut),
    }
}

fn test_result(result: wit::TestResult) -> TestResult {
    TestResult {
        id: result.id,
        outcome: match result.outcome {
            wit::Outcome::Passed => Outcome::Passed,
            wit::Outcome::Failed => Outcome::Failed,
            wit::Outcome::Error => Outcome::Error,
            wit::Outcome::Skipped => Outcome::Skipped,
            wit::Outcome::Xfailed => Outcome::Xfailed,
            wit::Outcome::Xpassed => Outcome::Xpassed,
        },
        raised_at: result.raised_at.map(location),
        message: cut(result.message),
        detail: cut(result.detail),
        missing_module: result.missing_module.map(cut),
    }
}

fn cut(mut text: String) -> String {
    if text.len() > TEXT_BYTES {
        let dropped = text.len() - TEXT_BYTES;
        text.truncate(text.floor_char_boundary(TEXT_BYTES));
        text.push_str(&format!("\n[{dropped} more bytes]"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_longer_than_any_test_has_ends_the_session() {
        let started = |bytes: usize| check_names(&RunnerEvent::Started("x".repeat(bytes)));
        assert_eq!(started(ID_BYTES), Ok(()));
        assert_eq!(started(ID_BYTES + 1), Err(LimitHit(Limit::Output)));
    }
}
