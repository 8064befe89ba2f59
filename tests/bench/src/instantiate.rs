//! How long it takes until an instance of the Python runner exists and has answered once. In this process: what starting one costs
//! is not the question.

use std::borrow::Cow;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use pact_grants::{Profile, UserGrants, decide};
use pact_runtime::{PluginFile, Runtime, RuntimeOptions};

/// In a few words, for people.
pub(crate) const ABOUT: &str = "a new instance of the Python runner, until it has said what it is";

/// The plugin with the largest snapshot.
const PLUGIN: &str = "runner-python";

pub(crate) const LANGUAGE: &str = "python";

/// So many instances are made in a round.
const EACH: u32 = 20;

/// Makes instances, asks each what it is, and returns the times of the rounds, for one instance, sorted.
pub(crate) fn times(plugins: &Path, rounds: u32) -> anyhow::Result<Vec<Duration>> {
    let file = read(plugins)?;
    let folder = tempfile::tempdir().context("make a folder for compiled code")?;
    let runtime =
        Runtime::new(RuntimeOptions { native_cache: Some(folder.path().join("native")), ..RuntimeOptions::default() });
    let authority = decide(&file.manifest()?, &UserGrants::default(), Profile::Dev)?;
    let turn = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut times = Vec::new();
    // The first round compiles the plugin and is not counted.
    for round in 0..=rounds {
        let mut time = Duration::ZERO;
        for _ in 0..EACH {
            // From the second on the compiled code is mapped: that is not part of what is timed.
            let loaded = runtime.load(&file, authority.clone())?;
            let began = Instant::now();
            let runner = turn.block_on(runtime.test_runner(loaded, LANGUAGE))?;
            time += began.elapsed();
            if runner.info().engine.is_empty() {
                bail!("`{PLUGIN}` does not say what it is");
            }
        }
        if round > 0 {
            times.push(time / EACH);
        }
    }
    times.sort();
    Ok(times)
}

#[expect(clippy::disallowed_methods, reason = "the plugin is what is timed")]
pub(crate) fn read(plugins: &Path) -> anyhow::Result<PluginFile> {
    let path = plugins.join(format!("{PLUGIN}.wasm"));
    let bytes = std::fs::read(&path).with_context(|| format!("read `{}`; `cargo plugins` makes it", path.display()))?;
    let origin = path.display().to_string();
    let mut file = PluginFile { origin, bytes: Cow::Owned(bytes), known_digest: None, native_code: None };
    file.known_digest = Some(file.digest());
    Ok(file)
}
