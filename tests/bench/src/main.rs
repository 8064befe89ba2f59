//! Times `pact test` against `python -m pytest` on one project, and prints a ratio.
//!
//! Whole processes, one after the other in turn, so that whatever else the machine does meets both. Absolute times move with
//! the machine; the ratio is what README names. Not a micro-benchmark: start-up is what is measured most.

mod timing;

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Parser;

use timing::Timing;

/// Times `pact test` against `python -m pytest`, in turn, as whole processes.
#[derive(Debug, Parser)]
struct Bench {
    /// The project whose tests to run
    #[arg(default_value = "tests/projects/python-bank")]
    project: PathBuf,
    /// How often each side runs; one more run before that is not counted
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// The pact to time [default: the one beside this program]
    #[arg(long)]
    pact: Option<PathBuf>,
    /// The interpreter to time; it must have pytest, and what the project imports
    #[arg(long, default_value = "python3")]
    python: PathBuf,
}

#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
fn main() -> anyhow::Result<()> {
    let bench = Bench::parse();
    let pact = match bench.pact {
        Some(pact) => pact,
        None => beside_us()?,
    };
    if !bench.project.is_dir() {
        bail!("`{}` is no folder; start this from the root of the repository", bench.project.display());
    }
    let project = bench.project.as_os_str();
    let mut sandboxed = Timing::new("pact test", &pact, &["test".as_ref(), "--no-cache".as_ref(), project]);
    // Without its cache pytest leaves nothing behind, as pact does.
    let native = ["-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"];
    let native: Vec<_> = native.iter().map(AsRef::as_ref).chain([project]).collect();
    let mut native = Timing::new("python -m pytest", &bench.python, &native);
    // The first run of each fills caches: pact compiles its plugins for this machine, the system reads files from disk.
    sandboxed.warm_up()?;
    native.warm_up().context("is pytest installed there? name another interpreter with --python")?;
    for _ in 0..bench.rounds {
        sandboxed.run()?;
        native.run()?;
    }
    println!("{} rounds on {}", bench.rounds, bench.project.display());
    println!("{sandboxed}\n{native}");
    let ratio = |ours: std::time::Duration, theirs: std::time::Duration| ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "ratio pact / pytest: {:.2} by median, {:.2} by minimum (below 1: pact is faster)",
        ratio(sandboxed.median(), native.median()),
        ratio(sandboxed.minimum(), native.minimum()),
    );
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the default pact is the one that was built with this program")]
fn beside_us() -> anyhow::Result<PathBuf> {
    let pact = std::env::current_exe()?.with_file_name("pact");
    if !pact.is_file() {
        bail!("no `{}`; build it first: cargo build --release -p pact", pact.display());
    }
    Ok(pact)
}
