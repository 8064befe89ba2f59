//! Times `pact test` against `python -m pytest` and `vitest run` as whole processes, and prints ratios.
//!
//! Both sides run in turn, so that whatever else the machine does meets both. Absolute times move with the machine; the ratio is
//! what README names. Every verdict is reached anew (`--no-cache`), except where the cache is what is timed.

mod components;
mod instantiate;
mod javascript;
#[cfg(feature = "engines")]
mod metering;
mod scenario;
mod scenarios;
mod timing;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};
use clap::Parser;

use scenario::{Peers, Prepared, Scenario};
use timing::Timing;

/// Times `pact test` against `python -m pytest` and `vitest run`, in turn, as whole processes.
#[derive(Debug, Parser)]
struct Bench {
    /// What to time [default: all]
    #[arg(value_name = "SCENARIO")]
    names: Vec<String>,
    /// How often each side runs; one more run before that is not counted
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// The pact to time [default: the one beside this program]
    #[arg(long)]
    pact: Option<PathBuf>,
    /// The interpreter to time; it must have pytest and pydantic
    #[arg(long, default_value = "python3")]
    python: PathBuf,
    /// A folder with `node_modules/vitest`, for the scenarios of JavaScript
    #[arg(long, value_name = "DIR", default_value = "tests/bench/vitest")]
    vitest: PathBuf,
    /// The folder of the plugins, for `instantiate` [default: the one beside this program]
    #[arg(long, env = "PACT_PLUGINS_DIR")]
    plugins: Option<PathBuf>,
    /// Says what there is to time
    #[arg(long)]
    list: bool,
}

fn main() -> anyhow::Result<()> {
    let bench = Bench::parse();
    let all: Vec<Scenario> = scenarios::all().into_iter().chain(javascript::all()).collect();
    if bench.list {
        all.iter().for_each(|scenario| print(&format!("{:<12} {}", scenario.name, scenario.about)));
        print(&format!("{INSTANTIATE:<12} {}", instantiate::ABOUT));
        print(&format!("{METERING:<12} {METERING_ABOUT}"));
        return Ok(());
    }
    let known: Vec<&str> = all.iter().map(|scenario| scenario.name).chain([INSTANTIATE, METERING]).collect();
    if let Some(unknown) = bench.names.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("there is no scenario `{unknown}`; there is: {}", known.join(", "));
    }
    let pact = match &bench.pact {
        Some(pact) => pact.clone(),
        None => beside_us("pact")?,
    };
    print("scenario      pact, s (median, minimum)   other side, s            ratio (median, minimum)");
    for scenario in all.iter().filter(|one| bench.names.is_empty() || bench.names.iter().any(|name| name == one.name)) {
        print(&bench.measure(scenario, &pact).with_context(|| format!("scenario `{}`", scenario.name))?);
    }
    if bench.names.is_empty() || bench.names.iter().any(|name| name == INSTANTIATE) {
        print(&bench.instantiate().with_context(|| format!("scenario `{INSTANTIATE}`"))?);
    }
    if bench.names.iter().any(|name| name == METERING) {
        bench.metering()?;
    }
    Ok(())
}

/// The scenario that is no command: it is timed in this process.
const INSTANTIATE: &str = "instantiate";

/// The scenario that compiles the Python runner for several engines, which takes minutes: only where it is named.
const METERING: &str = "metering";

const METERING_ABOUT: &str = "what fuel, epochs and other settings of the engine cost code that computes; takes minutes, and needs \
                              `--features engines`";

impl Bench {
    #[cfg(feature = "engines")]
    fn metering(&self) -> anyhow::Result<()> {
        metering::report(&self.plugins()?, self.rounds, &print).with_context(|| format!("scenario `{METERING}`"))
    }

    #[cfg(not(feature = "engines"))]
    #[expect(clippy::unused_self, reason = "the other one needs it")]
    fn metering(&self) -> anyhow::Result<()> {
        bail!(
            "`{METERING}` compares engines that pact does not ship: cargo run --release -p pact-bench --features engines -- {METERING}"
        )
    }

    fn plugins(&self) -> anyhow::Result<PathBuf> {
        self.plugins.clone().map_or_else(|| beside_us("../pact/plugins"), Ok)
    }

    fn instantiate(&self) -> anyhow::Result<String> {
        let times = instantiate::times(&self.plugins()?, self.rounds)?;
        let milliseconds = |time: Option<&Duration>| time.map_or(0.0, Duration::as_secs_f64) * 1e3;
        let (median, minimum) = (milliseconds(times.get(times.len() / 2)), milliseconds(times.first()));
        Ok(format!("{INSTANTIATE:<12}  {median:.2}, {minimum:.2} ms: {}", instantiate::ABOUT))
    }

    fn peers(&self) -> Peers {
        Peers { python: self.python.clone(), vitest: self.vitest.clone() }
    }

    fn measure(&self, scenario: &Scenario, pact: &std::path::Path) -> anyhow::Result<String> {
        let folder = tempfile::tempdir().context("make a folder for the scenario")?;
        let Prepared { ours, theirs, per } = (scenario.prepare)(folder.path(), pact, &self.peers())?;
        let (mut ours, mut theirs) = (Timing::new(ours), Timing::new(theirs));
        // The first run of each fills caches: the system reads files from disk.
        ours.warm_up()?;
        theirs.warm_up().context("is the other side installed? --python and --vitest name it")?;
        for _ in 0..self.rounds {
            ours.run()?;
            theirs.run()?;
        }
        if let Some(count) = per {
            let each = ours.median().saturating_sub(theirs.median()).as_secs_f64() * 1e3 / f64::from(count);
            return Ok(format!("{:<12}  {each:.2} ms each: {}", scenario.name, scenario.about));
        }
        let ratio = |ours: Duration, theirs: Duration| ours.as_secs_f64() / theirs.as_secs_f64();
        Ok(format!(
            "{:<12}  {ours}              {theirs}           {:.2}, {:.2}: {}",
            scenario.name,
            ratio(ours.median(), theirs.median()),
            ratio(ours.minimum(), theirs.minimum()),
            scenario.about,
        ))
    }
}

#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
fn print(line: &str) {
    println!("{line}");
}

#[expect(clippy::disallowed_methods, reason = "the defaults are what was built with this program")]
fn beside_us(name: &str) -> anyhow::Result<PathBuf> {
    let path = std::env::current_exe()?.with_file_name(name);
    if !path.exists() {
        bail!("no `{}`; build it first: cargo plugins && cargo build --release -p pact", path.display());
    }
    Ok(path)
}
