//! World `test-runner` as the port [`TestRunner`].

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use pact_grants::{Authority, Limits, World};
use pact_model::receipt::SessionOutcome;
use pact_model::suite::{FileRole, SourceFile};
use pact_pipeline::ports::{EventSink, PluginFault, RunnerInfo, Session, SuiteRequest, Summary, TestRunner};
use tokio::runtime::Handle;
use wasmtime::AsContextMut as _;

use super::{DESCRIBE_FUEL, describe_outcome};
use crate::bindings::test_runner::TestRunnerPre;
use crate::bindings::test_runner::exports::pact::plugin::runner as wit;
use crate::bindings::test_runner::pact::plugin::tests::{Role, SourceFile as WitFile};
use crate::bindings::tested_side::TestedSidePre;
use crate::bindings::tested_side::exports::pact::plugin::tested::Serving;
use crate::capabilities::wasi_clocks::VirtualClock;
use crate::capabilities::wasi_filesystem::Preopen;
use crate::capabilities::{observe, profile};
use crate::guest::Guest;
use crate::load::{LoadError, LoadErrorKind, LoadedPlugin};
use crate::memory_fs::{FsFault, MemoryFs, Mounted};
use crate::profiler::Profiler;
use crate::session::{self, Caller};
use crate::tested_side::{Maker, TestedSide};

/// Where the suite lies in the guest.
const ROOT: &str = "/work";
/// Where its third-party packages lie.
const PACKAGES: &str = "/packages";
/// Where it may write what is no part of it.
const TEMPORARY: &str = "/tmp";

/// A test runner in a sandbox.
pub(crate) struct WasmTestRunner {
    plugin: LoadedPlugin,
    instance: TestRunnerPre<Guest>,
    /// Absent when the plugin cannot hold the tested code alone.
    tested: Option<TestedSidePre<Guest>>,
    info: RunnerInfo,
}

impl WasmTestRunner {
    /// Asks the plugin what it is, if that is not known. Returns a runner for each language that it executes, in its own order.
    pub(crate) async fn of(plugin: LoadedPlugin, known: Option<Vec<RunnerInfo>>) -> Result<Vec<Self>, LoadError> {
        let instance = TestRunnerPre::new(plugin.instance.clone())
            .map_err(|error| plugin.refuse(LoadErrorKind::Engine(format!("{error:#}"))))?;
        let tested = (plugin.manifest.world == World::SplitRunner)
            .then(|| TestedSidePre::new(plugin.instance.clone()))
            .transpose()
            .map_err(|error| plugin.refuse(LoadErrorKind::Engine(format!("{error:#}"))))?;
        let infos = match known {
            Some(infos) => infos,
            None => Self::ask(&plugin, &instance).await?,
        };
        let of_language =
            |info| Self { plugin: plugin.clone(), instance: instance.clone(), tested: tested.clone(), info };
        Ok(infos.into_iter().map(of_language).collect())
    }

    async fn ask(plugin: &LoadedPlugin, instance: &TestRunnerPre<Guest>) -> Result<Vec<RunnerInfo>, LoadError> {
        let authority = plugin.authority.clone().with_fuel(DESCRIBE_FUEL);
        let guest = Guest::new(&authority, 0);
        let caller = Caller { authority: &authority, digest: &plugin.digest, call: "runner.describe", seed: 0 };
        let ended = session::run(&plugin.engine, caller, guest, async |store| {
            let runner = instance.instantiate_async(&mut *store).await?;
            runner.pact_plugin_runner().call_describe(store).await
        })
        .await;
        plugin.report(&ended.receipt, &ended.log);
        let Some(described) = ended.returned else {
            return Err(plugin.refuse(LoadErrorKind::Describe(describe_outcome(&ended.receipt.outcome))));
        };
        if described.languages.is_empty() {
            return Err(plugin.refuse(LoadErrorKind::Describe("it names no language".to_owned())));
        }
        let of_language = |language: wit::Language| RunnerInfo {
            plugin: plugin.manifest.id.to_string(),
            language: language.name,
            engine: described.engine.clone(),
            install_hint: described.install_hint.clone(),
            test_patterns: language.test_patterns,
            can_split: plugin.manifest.world == World::SplitRunner,
        };
        Ok(described.languages.into_iter().map(of_language).collect())
    }

    fn fault(&self, reason: String) -> PluginFault {
        PluginFault { plugin: self.info.plugin.clone(), call: "runner.run".to_owned(), reason, receipt: None }
    }

    /// Prepares the instance that will hold the tested code, if the suite is split.
    fn tested_side(
        &self,
        request: &SuiteRequest,
        authority: &Authority,
        clock: &VirtualClock,
        profiler: Option<&Profiler>,
    ) -> Result<Option<TestedSide>, PluginFault> {
        let Some(split) = request.split.clone() else { return Ok(None) };
        let Some(instance) = self.tested.clone() else {
            return Err(self.fault("it cannot hold the tested code in an instance of its own".to_owned()));
        };
        // Once here, so that a path that cannot be mounted is told before anything runs.
        folders(authority.limits(), &split.files, &request.packages).map_err(|reason| self.fault(reason))?;
        let serving = Serving {
            root: ROOT.to_owned(),
            import_paths: split.import_paths.clone(),
            packages: (!request.packages.is_empty()).then(|| PACKAGES.to_owned()),
            seed: request.seed,
            module: split.component.clone(),
            exports: split.exports.clone(),
            type_modules: split.type_modules.clone(),
        };
        let (seed, renewal, packages) = (request.seed, split.renewal, Arc::clone(&request.packages));
        let (clock, own, account) = (clock.clone(), authority.clone(), profiler.cloned());
        let files = Arc::clone(&split.files);
        let guest = Box::new(move || {
            let (fs, preopens) = folders(own.limits(), &files, &packages).expect("it was tried before");
            Guest::new(&own, seed).with_files(fs, preopens).with_clock(clock.clone()).profiled_by(account.as_ref())
        });
        let (engine, digest) = (self.plugin.engine.clone(), Arc::clone(&self.plugin.digest));
        let deadline = Instant::now() + authority.limits().wall_clock;
        let authority = authority.clone();
        let effects = split.effects.clone();
        let profiler = profiler.cloned();
        let maker = Maker { engine, instance, authority, digest, guest, serving, seed, renewal, effects, profiler };
        Ok(Some(TestedSide::new(maker, deadline)))
    }
}

/// Lays out the folders of a guest in memory.
fn folders(
    limits: Limits,
    files: &Arc<Vec<SourceFile>>,
    packages: &Arc<Vec<SourceFile>>,
) -> Result<(MemoryFs, Vec<Preopen>), String> {
    let mut fs = MemoryFs::new(limits.file_bytes, limits.file_entries);
    let mut preopens = Vec::new();
    let mut mount = |name: &str, files: &Arc<Vec<SourceFile>>, writable| {
        let top = fs.add_top(name.trim_start_matches('/'), 0, writable);
        for (index, file) in files.iter().enumerate() {
            fs.mount(top, &file.path, Mounted::new(files, index), 0, writable).map_err(|fault| match fault {
                FsFault::Exist => format!("two files have the path `{}`", file.path),
                FsFault::NotDirectory => format!("a folder of `{}` is a file", file.path),
                _ => format!("`{}` is no path for a suite", file.path),
            })?;
        }
        preopens.push(Preopen { node: top, name: name.to_owned() });
        Ok::<_, String>(())
    };
    mount(ROOT, files, true)?;
    mount(TEMPORARY, &Arc::default(), true)?;
    if !packages.is_empty() {
        mount(PACKAGES, packages, false)?;
    }
    Ok((fs, preopens))
}

#[async_trait]
impl TestRunner for WasmTestRunner {
    fn info(&self) -> &RunnerInfo {
        &self.info
    }

    async fn run(&self, request: &SuiteRequest, events: EventSink) -> Result<Session, PluginFault> {
        // A user's flag raises the host's limit, never the one that the plugin promised in its manifest.
        let promised = self.plugin.manifest.limits.fuel.unwrap_or(u64::MAX);
        let authority = self.plugin.authority.clone().with_fuel(request.fuel.min(promised));
        let clock = request.clock_start.map_or_else(VirtualClock::default, VirtualClock::starting_at);
        let (fs, preopens) =
            folders(authority.limits(), &request.files, &request.packages).map_err(|reason| self.fault(reason))?;
        let profiler = request.profile.then(|| Profiler::new(authority.limits().fuel));
        let guest = Guest::new(&authority, request.seed)
            .with_files(fs, preopens)
            .with_tested_side(self.tested_side(request, &authority, &clock, profiler.as_ref())?)
            .profiled_by(profiler.as_ref())
            .with_clock(clock)
            .observed_by(events, authority.limits(), request.test_fuel);
        let (plugin, instance) = (self.plugin.clone(), self.instance.clone());
        let (suite, seed) = (wit_suite(request), request.seed);
        let call = if request.profile { "runner.run (profile)" } else { "runner.run" };
        let handle = Handle::current();
        // A guest computes for seconds without a pause: it gets a thread of its own, so that the rest of pact stays awake.
        let ended = tokio::task::spawn_blocking(move || {
            let caller = Caller { authority: &authority, digest: &plugin.digest, call, seed };
            handle.block_on(session::run(&plugin.engine, caller, guest, async |store| {
                // Before the tests are looked at.
                observe::renew_tested_side(&mut store.as_context_mut()).await?;
                let runner = instance.instantiate_async(&mut *store).await?;
                let returned = runner.pact_plugin_runner().call_run(&mut *store, &suite).await;
                // What ended the session did so in the middle of something.
                profile::settle(&mut store.as_context_mut(), |_| ())?;
                returned
            }))
        })
        .await
        .map_err(|error| match error.try_into_panic() {
            // A panic of the host's is a bug of ours, never a plugin's fault.
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(error) => self.fault(format!("the host's own thread was stopped: {error}")),
        })?;
        let mut session = Session {
            receipt: ended.receipt,
            tested: ended.tested,
            summary: None,
            invalid_input: None,
            profile: profiler.and_then(|profiler| profiler.close()),
        };
        match ended.returned {
            Some(Ok(summary)) => {
                session.summary = Some(Summary {
                    collected: summary.collected,
                    deselected: summary.deselected,
                    finished: summary.finished,
                });
            }
            Some(Err(error)) => {
                let message = match error {
                    wit::RunError::InvalidInput(message) => {
                        let message = session::cut(message);
                        session.invalid_input = Some(message.clone());
                        message
                    }
                    wit::RunError::Internal(message) => session::cut(message),
                };
                session.receipt.outcome = SessionOutcome::Refused { message };
            }
            None => {}
        }
        self.plugin.report(&session.receipt, &ended.log);
        for receipt in &session.tested {
            self.plugin.report(receipt, &[]);
        }
        Ok(session)
    }
}

fn wit_suite(request: &SuiteRequest) -> wit::Suite {
    let role = |role| match role {
        FileRole::Implementation => Role::Implementation,
        FileRole::Test => Role::Test,
        FileRole::Support => Role::Support,
    };
    wit::Suite {
        root: ROOT.to_owned(),
        files: request.files.iter().map(|file| WitFile { path: file.path.clone(), role: role(file.role) }).collect(),
        import_paths: request.import_paths.clone(),
        packages: (!request.packages.is_empty()).then(|| PACKAGES.to_owned()),
        seed: request.seed,
        keyword: request.keyword.clone(),
        only: request.only.clone(),
        paths: request.paths.clone(),
        shuffle: request.shuffle,
        split: request.split.as_ref().map(|split| wit::SplitSuite {
            component: split.component.clone(),
            type_modules: split.type_modules.clone(),
        }),
    }
}
