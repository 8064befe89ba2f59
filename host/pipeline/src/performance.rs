//! Whether an implementation keeps the performance bounds of its contract.
//!
//! Judged by fuel, which the host counts around each call of a function: only in split isolation. Fuel is not time and
//! needs no quiet machine: equal code and equal input give equal numbers everywhere.
//!
//! - `complexity`: a fresh instance for each size, sizes double, and what counts is the cost of the call less that of the same
//!   call of a decoy that does nothing (crossing the border costs fuel that grows with the arguments).
//! - `p95_latency_ms`: the 95th percentile of the suite's own calls, by a published constant.
//! - `max_memory_mb`: the component's highest memory over the suite, less that of the decoy.
//!
//! A bound that cannot be judged (no generator, not understood, not split) is a finding and neither a pass nor a failure.

mod fit;
mod probe;

use std::collections::BTreeMap;

use pact_model::component_id::ComponentId;
use pact_model::contract::{ComponentContract, PerformanceBound};
use pact_model::finding::Finding;
use pact_model::performance::{BoundKind, Held, PerformanceReport};
use pact_model::verdict::{Check, CheckName, Isolation, Judgement, Verdict};

use crate::component_suite::{Substitutes, assemble_with};
use crate::error::Error;
use crate::judge::Suite;
use crate::ports::{ContractBackend, Decoy, TestRunner, Workspace};

pub use pact_model::performance::Growth;

/// So many units of fuel are taken for a millisecond. A property of the runner: single timings of the Python runner gave 3.5
/// million units in a millisecond of interpreted code, 9 of joined bytes, 20 of moved lists. This is below the least of them,
/// so that a function is rather taken for slower than it is. Fuel is not time: the same bound may be missed on a slower
/// machine, and kept on a faster one by a function that fails here.
pub const FUEL_PER_MS: u64 = 3_000_000;

const MEGABYTE: u64 = 1_000_000;

/// What bounds are judged with.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// The contract that says them.
    pub contract: &'a ComponentContract,
    /// The contracts of everything that the component calls, directly or not.
    pub others: &'a BTreeMap<ComponentId, ComponentContract>,
    /// The project folder.
    pub workspace: &'a dyn Workspace,
    /// Knows the language.
    pub backend: &'a dyn ContractBackend,
    /// Executes.
    pub runner: &'a dyn TestRunner,
}

/// A bound, with the function as the host names it.
struct Promise<'a> {
    function: String,
    bound: &'a PerformanceBound,
    /// A method has no generator: nothing says which object it is called on.
    is_method: bool,
}

/// Judges the bounds of the contract on an implementation whose suite has passed, and puts what was found into the verdict:
/// it fails when a bound does not hold. Does nothing to a contract without bounds and to a verdict that has not passed.
///
/// # Errors
/// [`Error`] when a plugin fails or a file cannot be read.
pub async fn judge(bench: Bench<'_>, suite: &Suite, verdict: &mut Verdict) -> Result<(), Error> {
    let promises = promises(bench.contract);
    if verdict.verdict != Judgement::Passed || promises.is_empty() {
        return Ok(());
    }
    let reports = if verdict.isolation == Isolation::Split {
        measured(bench, suite, verdict, &promises).await?
    } else {
        let why = "the suite is not split, so nobody knows what a single function costs";
        promises.iter().flat_map(|promise| promise.kinds().map(|kind| promise.unknown(kind, why))).collect()
    };
    put(verdict, reports);
    Ok(())
}

/// Returns the bounds of a verdict that could not be judged, as warnings about the contract's file.
#[must_use]
pub fn findings(verdict: &Verdict, file: &str) -> Vec<Finding> {
    let unknown = verdict.performance.iter().filter(|report| report.held == Held::Unknown);
    unknown
        .map(|report| {
            let message = format!("`{}`, {}: not judged, because {}", report.function, report.claimed, report.reason);
            Finding::warning("bound-not-judged", file, "/functions", message)
        })
        .collect()
}

fn put(verdict: &mut Verdict, reports: Vec<PerformanceReport>) {
    let said = |report: &PerformanceReport| format!("`{}`, {}: {}", report.function, report.claimed, report.reason);
    let of = |held| reports.iter().filter(move |report| report.held == held);
    let broken: Vec<String> = of(Held::No).map(said).collect();
    let (kept, unknown) = (of(Held::Yes).count(), of(Held::Unknown).count());
    // Of nothing that was measured nothing is claimed.
    if kept > 0 || !broken.is_empty() {
        let aside = if unknown > 0 { format!("; {unknown} could not be judged") } else { String::new() };
        let detail = if broken.is_empty() { format!("{kept} bounds hold{aside}") } else { broken.join("; ") + &aside };
        let check = Check { name: CheckName::Performance, held: broken.is_empty(), detail };
        if !check.held {
            verdict.verdict = Judgement::Failed;
        }
        verdict.checks.push(check);
    }
    verdict.performance = reports;
}

async fn measured(
    bench: Bench<'_>,
    suite: &Suite,
    verdict: &Verdict,
    promises: &[Promise<'_>],
) -> Result<Vec<PerformanceReport>, Error> {
    let implementation = bench.backend.render_decoy(bench.contract, Decoy::Constant).await?;
    let substitutes = Substitutes { implementation: Some(&implementation), ..Substitutes::default() };
    let can_split = bench.runner.info().can_split;
    let decoy = assemble_with(bench.contract, bench.others, bench.workspace, bench.backend, can_split, substitutes)
        .await?
        .suite;
    let names = bench.backend.name_files(&bench.contract.component_id).await?;
    let code = suite.files.iter().find(|file| file.path == names.contract_test);
    let code = code.map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).unwrap_or_default();
    let generated = bench.backend.find_generators(bench.contract, &code).await?;
    let mut base_memory = None;
    let mut reports = Vec::new();
    for promise in promises {
        for kind in promise.kinds() {
            reports.push(match kind {
                BoundKind::Complexity if !promise.is_method && generated.contains(&promise.function) => {
                    let claim = match Growth::parse(&promise.claimed(kind)) {
                        Ok(claim) => claim,
                        Err(why) => {
                            reports.push(promise.unknown(kind, &why));
                            continue;
                        }
                    };
                    let probed = probe::measure(bench, suite, &decoy, &promise.function).await?;
                    let mut fit = fit::fit(claim, &probed.points, probed.beyond);
                    if let (Held::Unknown, Some(why)) = (fit.held, probed.stopped) {
                        fit.reason = format!("{}; {why}", fit.reason);
                    }
                    PerformanceReport {
                        points: probed.points,
                        ..promise.report(kind, fit.fitted, fit.held, fit.reason)
                    }
                }
                BoundKind::Complexity => {
                    promise.unknown(kind, "its suite has no generator of arguments for this function")
                }
                BoundKind::Latency => promise.latency(verdict),
                BoundKind::Memory => {
                    let base = match base_memory {
                        Some(base) => base,
                        None => probe::peak_memory(bench.runner, &decoy).await?,
                    };
                    base_memory = Some(base);
                    promise.memory(verdict, base)
                }
            });
        }
    }
    Ok(reports)
}

fn promises(contract: &ComponentContract) -> Vec<Promise<'_>> {
    let functions = contract.functions.iter().map(|function| (function.name.clone(), function, false));
    let methods = contract.own_classes().flat_map(|class| {
        class.methods.iter().map(move |method| (format!("{}.{}", class.name, method.name), method, true))
    });
    functions
        .chain(methods)
        .filter_map(|(function, spec, is_method)| {
            let bound = spec.performance_bound.as_ref()?;
            Some(Promise { function, bound, is_method })
        })
        .filter(|promise| promise.kinds().next().is_some())
        .collect()
}

impl Promise<'_> {
    fn kinds(&self) -> impl Iterator<Item = BoundKind> + use<> {
        let said = [
            (self.bound.complexity.as_ref().is_some_and(|text| !text.trim().is_empty()), BoundKind::Complexity),
            (self.bound.p95_latency_ms.is_some(), BoundKind::Latency),
            (self.bound.max_memory_mb.is_some(), BoundKind::Memory),
        ];
        said.into_iter().filter(|(is_said, _)| *is_said).map(|(_, kind)| kind)
    }

    fn claimed(&self, kind: BoundKind) -> String {
        let number = |number: Option<u64>, unit| format!("{} {unit}", number.unwrap_or_default());
        match kind {
            BoundKind::Complexity => self.bound.complexity.clone().unwrap_or_default(),
            BoundKind::Latency => number(self.bound.p95_latency_ms, "ms"),
            BoundKind::Memory => number(self.bound.max_memory_mb, "MB"),
        }
    }

    fn report(&self, bound: BoundKind, fitted: String, held: Held, reason: String) -> PerformanceReport {
        let (function, claimed) = (self.function.clone(), self.claimed(bound));
        PerformanceReport { function, bound, claimed, fitted, points: Vec::new(), held, reason }
    }

    fn unknown(&self, kind: BoundKind, why: &str) -> PerformanceReport {
        self.report(kind, "unknown".to_owned(), Held::Unknown, why.to_owned())
    }

    fn latency(&self, verdict: &Verdict) -> PerformanceReport {
        let kind = BoundKind::Latency;
        let Some(cost) = verdict.calls.iter().find(|cost| cost.function == self.function) else {
            return self.unknown(kind, "no test calls it");
        };
        let allowed = self.bound.p95_latency_ms.unwrap_or(u64::MAX).saturating_mul(FUEL_PER_MS);
        let held = if cost.p95_fuel <= allowed { Held::Yes } else { Held::No };
        let fitted = format!("about {} ms", cost.p95_fuel.div_ceil(FUEL_PER_MS));
        let reason = format!(
            "95 of 100 calls use at most {} units of fuel, and {FUEL_PER_MS} are taken for a millisecond",
            cost.p95_fuel
        );
        self.report(kind, fitted, held, reason)
    }

    fn memory(&self, verdict: &Verdict, base: u64) -> PerformanceReport {
        let kind = BoundKind::Memory;
        let Some(peak) = verdict.tested_peak_memory_bytes else {
            return self.unknown(kind, "the memory of the component is not known");
        };
        let used = peak.saturating_sub(base);
        let allowed = self.bound.max_memory_mb.unwrap_or(u64::MAX).saturating_mul(MEGABYTE);
        let held = if used <= allowed { Held::Yes } else { Held::No };
        let reason = format!("the component takes {used} bytes more than one that does nothing");
        self.report(kind, format!("{} MB", used.div_ceil(MEGABYTE)), held, reason)
    }
}
