//! Runs a guest against the real runtime, twice, and then one that behaves.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use pact_grants::{Manifest, Profile, UserGrants, decide};
use pact_model::receipt::{Limit, Receipt, SessionOutcome};
use pact_model::suite::{FileRole, SourceFile, TestResult};
use pact_pipeline::ports::{Renewal, RunnerEvent, Session, SplitRequest, SuiteRequest, TestRunner};
use pact_runtime::{LoadError, MANIFEST_SECTION, PluginFile, Runtime, RuntimeOptions};
use tokio::sync::mpsc;
use wasm_encoder::{CustomSection, Encode as _, Section as _};

/// Enough for every guest that is not meant to run out of it, and used up within seconds.
pub(crate) const FUEL: u64 = 2_000_000_000;

/// Far longer than any session of a test, far shorter than the runtime's own ten minutes: who hangs fails here.
const HANGS: Duration = Duration::from_secs(120);

/// One runtime for all tests, which run side by side: what one guest does to it, another one would notice.
pub(crate) static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new(RuntimeOptions::default()));

// Without I/O and signals: the runtime's own sockets would be counted as a guest's.
static TOKIO: LazyLock<tokio::runtime::Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread().enable_time().build().expect("threads can be started")
});

static WELL_BEHAVED: LazyLock<Arc<dyn TestRunner>> =
    LazyLock::new(|| wait(load("well_behaved", "test-runner", "")).expect("it does nothing wrong"));

/// Prepares an attack with the limits of the host.
pub(crate) fn attack(guest: &'static str) -> Attack {
    let request = SuiteRequest {
        files: Arc::default(),
        packages: Arc::default(),
        import_paths: Vec::new(),
        keyword: None,
        only: Vec::new(),
        paths: Vec::new(),
        seed: 7,
        fuel: FUEL,
        test_fuel: FUEL,
        shuffle: None,
        clock_start: None,
        profile: false,
        split: None,
    };
    Attack { guest, world: "test-runner", limits: "", request }
}

/// An attack that is being prepared.
pub(crate) struct Attack {
    guest: &'static str,
    world: &'static str,
    limits: &'static str,
    pub(crate) request: SuiteRequest,
}

impl Attack {
    /// Lowers limits in the guest's manifest, for example `memory_mib = 16`.
    pub(crate) fn limits(mut self, limits: &'static str) -> Self {
        self.limits = limits;
        self
    }

    /// Splits the suite: the guest runs in two instances, one for the tests and one for the tested code.
    pub(crate) fn split(mut self, renewal: Renewal) -> Self {
        self.request.split = Some(Arc::new(SplitRequest {
            component: "component".to_owned(),
            files: Arc::default(),
            import_paths: Vec::new(),
            exports: vec!["attack".to_owned(), "harmless".to_owned(), "Account".to_owned()],
            type_modules: vec!["types".to_owned()],
            renewal,
            effects: BTreeMap::new(),
        }));
        self.of_world("split-runner")
    }

    /// Says another world in the guest's manifest than `test-runner`.
    pub(crate) fn of_world(mut self, world: &'static str) -> Self {
        self.world = world;
        self
    }

    /// Tells the guest how much of it to do.
    pub(crate) fn amount(mut self, amount: u64) -> Self {
        self.request.keyword = Some(amount.to_string());
        self
    }

    pub(crate) fn seed(mut self, seed: u64) -> Self {
        self.request.seed = seed;
        self
    }

    pub(crate) fn fuel(mut self, fuel: u64, test_fuel: u64) -> Self {
        (self.request.fuel, self.request.test_fuel) = (fuel, test_fuel);
        self
    }

    /// Has the host keep an account of what uses how much fuel.
    pub(crate) fn profiled(mut self) -> Self {
        self.request.profile = true;
        self
    }

    /// Puts a file into the suite.
    pub(crate) fn file(mut self, path: &str, text: &str) -> Self {
        let file = SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec(), role: FileRole::Test };
        Arc::make_mut(&mut self.request.files).push(file);
        self
    }

    /// Runs the guest twice, demands the same of both runs to the last unit of fuel, and finds the host usable.
    pub(crate) fn run(self) -> Report {
        let runner = self.runner();
        let (first, second) = (run(&*runner, &self.request), run(&*runner, &self.request));
        let comparable = |receipt: &Receipt| Receipt { wall_ms: 0, ..receipt.clone() };
        assert_eq!(comparable(&first.receipt), comparable(&second.receipt), "two runs of `{}` differ", self.guest);
        let tested = |report: &Report| report.session.tested.iter().map(comparable).collect::<Vec<_>>();
        assert_eq!(tested(&first), tested(&second), "two runs of `{}` differ", self.guest);
        assert_eq!(first.calls(), second.calls(), "two runs of `{}` differ", self.guest);
        assert_eq!(first.session.profile, second.session.profile, "two runs of `{}` differ", self.guest);
        assert_eq!(first.events.len(), second.events.len());
        host_is_usable();
        first
    }

    /// Runs the guest once, for what the ticks of the engine end: there two runs need not use the same fuel.
    pub(crate) fn run_once(self) -> Report {
        let report = run(&*self.runner(), &self.request);
        host_is_usable();
        report
    }

    /// Loads the guest and asks it what it is.
    pub(crate) fn runner(&self) -> Arc<dyn TestRunner> {
        wait(load(self.guest, self.world, self.limits)).expect("the guest loads and describes itself")
    }
}

/// What the host saw of a session.
pub(crate) struct Report {
    pub(crate) receipt: Receipt,
    pub(crate) session: Session,
    pub(crate) events: Vec<RunnerEvent>,
}

impl Report {
    /// Returns the words of a guest that answered with `say`.
    #[track_caller]
    pub(crate) fn said(&self) -> &str {
        match &self.receipt.outcome {
            SessionOutcome::Refused { message } => message,
            other => panic!("the guest did not come to speak: {other:?}"),
        }
    }

    /// Returns the limit that ended the session, and finds it in both places of the receipt.
    #[track_caller]
    pub(crate) fn limit(&self) -> Limit {
        match self.receipt.outcome {
            SessionOutcome::Limited { limit } => {
                assert_eq!(self.receipt.limit, Some(limit));
                assert!(self.session.summary.is_none(), "a call that was ended returns nothing");
                limit
            }
            ref other => panic!("no limit ended the session: {other:?}"),
        }
    }

    /// Returns the message of a trap.
    #[track_caller]
    pub(crate) fn trap(&self) -> &str {
        match &self.receipt.outcome {
            SessionOutcome::Trapped { message } => message,
            other => panic!("the guest did not trap: {other:?}"),
        }
    }

    pub(crate) fn results(&self) -> Vec<&TestResult> {
        let finished = self.events.iter().filter_map(|event| match event {
            RunnerEvent::Finished(result) => Some(result),
            _ => None,
        });
        finished.collect()
    }

    /// Returns the ids of the tests whose results came through.
    pub(crate) fn finished(&self) -> Vec<&str> {
        self.results().iter().map(|result| result.id.as_str()).collect()
    }
}

/// Loads a guest under a world of the test's choice.
pub(crate) async fn load(guest: &str, world: &str, limits: &str) -> Result<Arc<dyn TestRunner>, LoadError> {
    let file = plugin(guest, world, limits);
    let manifest = file.manifest().expect("the laboratory writes readable manifests");
    let authority = decide(&manifest, &UserGrants::default(), Profile::Dev).expect("no guest asks for anything");
    let mut runners = RUNTIME.test_runners(RUNTIME.load(&file, authority)?).await?;
    Ok(runners.swap_remove(0))
}

/// Waits for something of the runtime's.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> T {
    TOKIO.block_on(future)
}

/// Runs one session to its end.
pub(crate) fn run(runner: &dyn TestRunner, request: &SuiteRequest) -> Report {
    let (sink, mut source) = mpsc::unbounded_channel();
    let session = wait(async { tokio::time::timeout(HANGS, runner.run(request, sink)).await });
    let session = session.expect("the session ends").expect("the sandbox starts");
    let (mut events, mut fuel) = (Vec::new(), 0);
    while let Ok(stamped) = source.try_recv() {
        assert!(fuel <= stamped.fuel, "what was used is never taken back: {fuel}, then {}", stamped.fuel);
        fuel = stamped.fuel;
        events.push(stamped.event);
    }
    assert!((fuel..=request.fuel).contains(&session.fuel()), "{} of {}, {fuel} seen", session.fuel(), request.fuel);
    Report { receipt: session.receipt.clone(), session, events }
}

/// Runs a guest that does nothing wrong and finds everything as it should be.
#[track_caller]
pub(crate) fn host_is_usable() {
    let report = run(&**WELL_BEHAVED, &attack("well_behaved").request);
    assert_eq!(report.receipt.outcome, SessionOutcome::Returned);
    assert_eq!(report.finished(), ["a_test"]);
}

fn plugin(guest: &str, world: &str, limits: &str) -> PluginFile {
    let id = guest.replace('_', "-");
    let manifest = format!(
        "id = \"{id}\"\nversion = \"0.1.0\"\nworld = \"{world}\"\nlicense = \"Apache-2.0\"\n[limits]\n{limits}\n"
    );
    // The laboratory's own check: a test that lowers a limit which does not exist would prove nothing.
    Manifest::parse(&manifest).expect("the limits of a test are those of plugin.toml");
    let path = folder().join(format!("{guest}.wasm"));
    let mut bytes = read(&path);
    let section = CustomSection { name: MANIFEST_SECTION.into(), data: manifest.as_bytes().into() };
    bytes.push(section.id());
    section.encode(&mut bytes);
    PluginFile { origin: path.display().to_string(), bytes: bytes.into(), known_digest: None, native_code: None }
}

#[expect(clippy::disallowed_methods, reason = "the tests are told where their guests lie")]
fn folder() -> PathBuf {
    if let Some(folder) = std::env::var_os("PACT_TEST_GUESTS") {
        return folder.into();
    }
    // The test program lies in `<target>/<profile>/deps`.
    let program = std::env::current_exe().expect("a program knows its own path");
    let target = program.ancestors().nth(3).expect("a test program lies deep in the target directory");
    target.join("pact/guests")
}

#[expect(clippy::disallowed_methods, reason = "reads a guest that the build left")]
fn read(path: &std::path::Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| {
        panic!("cannot read the guest {}: {error}; `cargo ci` builds them, or set PACT_TEST_GUESTS", path.display())
    })
}
