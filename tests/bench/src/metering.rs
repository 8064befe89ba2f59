//! What the settings of the engine cost code that computes: the same suite in the same runner, compiled for engines that differ
//! in one setting. In this process, and all in turn, so that whatever else the machine does meets all of them.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use pact_grants::{Profile, UserGrants, decide};
use pact_model::suite::{FileRole, SourceFile};
use pact_pipeline::judge::Policy;
use pact_pipeline::ports::{SuiteRequest, TestRunner};
use pact_runtime::{Runtime, RuntimeOptions, Variant};
use tokio::sync::mpsc::unbounded_channel;

use crate::instantiate::{LANGUAGE, read};
use crate::scenarios::{BUSY, BUSY_TESTS};

/// What is compared, the shipped one first.
const VARIANTS: [(&str, Variant); 6] = [
    ("as shipped", Variant::SHIPPED),
    ("without fuel", Variant { counts_fuel: false, ..Variant::SHIPPED }),
    ("without epochs", Variant { has_epochs: false, ..Variant::SHIPPED }),
    ("without both", Variant { counts_fuel: false, has_epochs: false, ..Variant::SHIPPED }),
    ("any NaN", Variant { canonicalises_nans: false, ..Variant::SHIPPED }),
    ("not optimised", Variant { optimises: false, ..Variant::SHIPPED }),
];

/// Compiles the runner for each, runs the suite in each so many times, and prints a line for each.
pub(crate) fn report(plugins: &Path, rounds: u32, print: &impl Fn(&str)) -> anyhow::Result<()> {
    let file = read(plugins)?;
    let authority = decide(&file.manifest()?, &UserGrants::default(), Profile::Dev)?;
    let turn = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let mut sides = Vec::new();
    for (name, variant) in VARIANTS {
        let began = Instant::now();
        let runtime = Runtime::with_engines(RuntimeOptions::default(), variant);
        let loaded = runtime.load(&file, authority.clone())?;
        let runner = turn.block_on(runtime.test_runner(loaded, LANGUAGE))?;
        let side = Side { name, compiled: began.elapsed(), runner, times: Vec::new() };
        turn.block_on(side.run()).with_context(|| format!("warm up `{name}`"))?;
        sides.push(side);
    }
    for _ in 0..rounds {
        for side in &mut sides {
            let time = turn.block_on(side.run()).with_context(|| format!("run `{}`", side.name))?;
            side.times.push(time);
        }
    }
    print("engine          session, s (median, minimum)   of the shipped one   compiled in, s");
    let shipped = sides.first().map(Side::median).unwrap_or_default();
    for side in &sides {
        let (median, minimum) = (side.median().as_secs_f64(), side.minimum().as_secs_f64());
        let ratio = median / shipped.as_secs_f64();
        let compiled = side.compiled.as_secs_f64();
        print(&format!(
            "{:<14}  {median:.3}, {minimum:.3}                   {ratio:.2}                 {compiled:.1}",
            side.name
        ));
    }
    Ok(())
}

/// A runner that was compiled for one engine.
struct Side {
    name: &'static str,
    compiled: Duration,
    runner: Arc<dyn TestRunner>,
    times: Vec<Duration>,
}

impl Side {
    async fn run(&self) -> anyhow::Result<Duration> {
        let file = |path: &str, text: &str, role| SourceFile { path: path.to_owned(), bytes: text.into(), role };
        let files =
            vec![file("busy.py", BUSY, FileRole::Implementation), file("test_busy.py", BUSY_TESTS, FileRole::Test)];
        let request = SuiteRequest {
            files: Arc::new(files),
            packages: Arc::default(),
            import_paths: Vec::new(),
            keyword: None,
            only: Vec::new(),
            paths: Vec::new(),
            seed: 0,
            fuel: Policy::SUITE_FUEL,
            test_fuel: Policy::SUITE_FUEL,
            shuffle: None,
            clock_start: None,
            profile: false,
            split: None,
        };
        let (sender, _events) = unbounded_channel();
        let began = Instant::now();
        let session = self.runner.run(&request, sender).await?;
        let time = began.elapsed();
        match session.summary {
            Some(summary) if summary.finished == 3 => Ok(time),
            _ => bail!("the three tests did not all run: {:?}", session.receipt.outcome),
        }
    }

    fn median(&self) -> Duration {
        let mut times = self.times.clone();
        times.sort();
        times.get(times.len() / 2).copied().unwrap_or_default()
    }

    fn minimum(&self) -> Duration {
        self.times.iter().min().copied().unwrap_or_default()
    }
}
