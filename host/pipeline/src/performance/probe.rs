//! Measures: one call of one function in a fresh sandbox, for one size after the other.

use std::sync::Arc;

use pact_model::performance::PerformancePoint;
use pact_model::receipt::{Limit, Receipt};
use pact_model::suite::{FileRole, Outcome, SourceFile};
use tokio::sync::mpsc;

use super::Bench;
use crate::error::Error;
use crate::judge::{Policy, Suite};
use crate::ports::{Renewal, RunnerEvent, Session, SplitRequest, Stamped, SuiteRequest, TestRunner};

const FIRST_SIZE: u64 = 16;
/// Beyond it a generator costs more than most functions.
const LAST_SIZE: u64 = 65_536;
/// A call that costs more is the last one: about three seconds on a slow machine. Only what costs much for each element gets
/// there. A function that made and returned a model for each, 200,000 units, ended at size 8,192 with a quarter of this, where
/// a loop of `list.insert(0, …)` beside it was still a fifth of its cost; now it ends at 32,768.
const CALL_FUEL: u64 = 8_000_000_000;
/// What the whole test may use: the call, and as much again for the generator and the border.
const TEST_FUEL: u64 = 2 * CALL_FUEL;
/// Starting the sandbox and collecting the test comes on top.
const SESSION_FUEL: u64 = 2 * TEST_FUEL;

/// What was measured of one function.
#[derive(Debug, Default)]
pub(super) struct Probed {
    pub(super) points: Vec<PerformancePoint>,
    /// What the call of the size after the last point cost at least, when it did not end within its fuel.
    pub(super) beyond: Option<u64>,
    /// Why it stopped before the last size. May quote a guest: untrusted.
    pub(super) stopped: Option<String>,
}

/// Measures a function. `decoy` is the same suite with an implementation that does nothing.
pub(super) async fn measure(bench: Bench<'_>, suite: &Suite, decoy: &Suite, function: &str) -> Result<Probed, Error> {
    let mut probed = Probed::default();
    let mut size = FIRST_SIZE;
    while size <= LAST_SIZE {
        // First the decoy: what it cannot do either is not the implementation's fault.
        let base = call(bench, decoy, function, size).await?;
        let Some(base_fuel) = base.fuel() else {
            probed.stopped = Some(format!("the generator does not get to size {size}: {}", base.words()));
            break;
        };
        let found = call(bench, suite, function, size).await?;
        match found.fuel() {
            Some(fuel) => {
                probed.points.push(PerformancePoint { size, fuel: fuel.saturating_sub(base_fuel) });
                if fuel > CALL_FUEL {
                    break;
                }
            }
            None => {
                // Both have used the same on the tests' side, so the rest is the implementation's.
                probed.beyond = found.is_out_of_fuel.then(|| TEST_FUEL.saturating_sub(base.test_fuel));
                probed.stopped = Some(format!("the call does not end well at size {size}: {}", found.words()));
                break;
            }
        }
        size *= 2;
    }
    Ok(probed)
}

/// Returns the highest memory of the tested side over a suite.
pub(super) async fn peak_memory(runner: &dyn TestRunner, suite: &Suite) -> Result<u64, Error> {
    let Some(split) = &suite.split else { return Ok(0) };
    let request = request(suite, Arc::clone(&suite.files), Arc::clone(split), Vec::new(), Policy::TEST_FUEL);
    let (sink, mut events) = mpsc::unbounded_channel();
    let drain = async { while events.recv().await.is_some() {} };
    let (session, ()) = tokio::join!(runner.run(&request, sink), drain);
    Ok(session?.tested.iter().map(|receipt| receipt.peak_memory_bytes).max().unwrap_or(0))
}

/// One call, or what came instead.
#[derive(Debug, Default)]
struct Called {
    fuel: u64,
    has_passed: bool,
    message: String,
    /// Fuel between the start and the end of the test, on both sides.
    test_fuel: u64,
    is_out_of_fuel: bool,
}

impl Called {
    fn fuel(&self) -> Option<u64> {
        (self.has_passed && !self.is_out_of_fuel).then_some(self.fuel)
    }

    fn words(&self) -> &str {
        match (self.is_out_of_fuel, self.message.is_empty()) {
            (true, _) => "it used up its fuel",
            (false, true) => "it gave no result",
            (false, false) => &self.message,
        }
    }
}

async fn call(bench: Bench<'_>, suite: &Suite, function: &str, size: u64) -> Result<Called, Error> {
    let names = bench.backend.name_files(&bench.contract.component_id).await?;
    let Some(split) = &suite.split else {
        let message = "the suite cannot be split".to_owned();
        return Ok(Called { message, ..Called::default() });
    };
    let text = bench.backend.render_probe(bench.contract, function, &names.contract_test, size).await?;
    let (folder, file) = names.contract_test.rsplit_once('/').unwrap_or(("", &names.contract_test));
    let path = format!("{folder}/probe_{file}");
    let support = |file: &SourceFile| SourceFile { role: FileRole::Support, ..file.clone() };
    let mut files: Vec<SourceFile> = suite.files.iter().map(support).collect();
    files.retain(|file| file.path != path);
    files.push(SourceFile { path: path.clone(), bytes: text.into_bytes(), role: FileRole::Test });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let split = Arc::new(SplitRequest { renewal: Renewal::Instance, ..(**split).clone() });
    let request = request(suite, Arc::new(files), split, vec![path], SESSION_FUEL);
    let (sink, mut events) = mpsc::unbounded_channel::<Stamped>();
    let mut called = Called::default();
    let mut started = None;
    let listen = async {
        while let Some(stamped) = events.recv().await {
            match stamped.event {
                RunnerEvent::Started(_) => started = Some(stamped.fuel),
                // Steps of an iterator or a coroutine come one by one.
                RunnerEvent::Called(one) if one.function == function => {
                    called.fuel = called.fuel.saturating_add(one.fuel);
                }
                RunnerEvent::Finished(result) => {
                    called.has_passed = result.outcome == Outcome::Passed;
                    called.message = result.message;
                    called.test_fuel = started.map_or(0, |started| stamped.fuel.saturating_sub(started));
                }
                RunnerEvent::CollectionFailed(error) => called.message = error.message,
                RunnerEvent::TestedEnded(how) => {
                    called.has_passed = false;
                    called.message = how;
                }
                RunnerEvent::Collected(_) | RunnerEvent::Called(_) | RunnerEvent::Imported(_) => {}
            }
        }
    };
    let (session, ()) = tokio::join!(bench.runner.run(&request, sink), listen);
    called.is_out_of_fuel = is_out_of_fuel(&session?);
    Ok(called)
}

fn is_out_of_fuel(session: &Session) -> bool {
    let by_fuel = |receipt: &Receipt| receipt.limit == Some(Limit::Fuel);
    by_fuel(&session.receipt) || session.tested.iter().any(by_fuel)
}

fn request(
    suite: &Suite,
    files: Arc<Vec<SourceFile>>,
    split: Arc<SplitRequest>,
    paths: Vec<String>,
    fuel: u64,
) -> SuiteRequest {
    SuiteRequest {
        files,
        packages: Arc::clone(&suite.packages),
        import_paths: suite.import_paths.clone(),
        keyword: None,
        only: Vec::new(),
        paths,
        seed: suite.seed,
        fuel,
        test_fuel: TEST_FUEL.min(fuel),
        shuffle: None,
        clock_start: suite.clock_start,
        profile: false,
        split: Some(split),
    }
}
