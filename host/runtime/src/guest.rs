//! What the host keeps for one guest: the data of its store.

use pact_grants::{Authority, Limits};
use pact_pipeline::ports::EventSink;
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView};

use crate::capabilities::observe::Observer;
use crate::capabilities::peer::Asker;
use crate::capabilities::wasi_clocks::VirtualClock;
use crate::capabilities::wasi_filesystem::{Preopen, SharedFs};
use crate::capabilities::workspace::Workspace;
use crate::capabilities::{wasi_cli, wasi_random, wasi_sockets};
use crate::conduct::Conduct;
use crate::memory_fs::MemoryFs;
use crate::meter::{Meter, Output};
use crate::profiler::{Profiler, Teller};
use crate::tested_side::TestedSide;

/// How many resources of the host a guest may hold at once.
const MAX_RESOURCES: usize = 100_000;

/// A line of a plugin's log. Untrusted text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// `debug`, `info`, `warn` or `error`.
    pub level: &'static str,
    /// The text, cut at 64 KiB.
    pub message: String,
}

/// The data of one store.
pub(crate) struct Guest {
    pub(crate) wasi: WasiCtx,
    pub(crate) table: ResourceTable,
    pub(crate) meter: Meter,
    pub(crate) output: Output,
    pub(crate) clock: VirtualClock,
    pub(crate) fs: SharedFs,
    pub(crate) preopens: Vec<Preopen>,
    pub(crate) log: Vec<LogLine>,
    pub(crate) observer: Option<Observer>,
    pub(crate) workspace: Option<Workspace>,
    /// Where the session is profiled: what it says of itself.
    pub(crate) teller: Option<Teller>,
    /// Where this guest runs the tests of a split suite: the other side.
    pub(crate) tested_side: Option<Box<TestedSide>>,
    /// Where this guest is the tested side: the way to ask back.
    pub(crate) asker: Option<Asker>,
    /// What it may do while a function of a contract runs in it.
    pub(crate) conduct: Conduct,
}

impl Guest {
    /// Makes a guest that can reach nothing.
    pub(crate) fn new(authority: &Authority, seed: u64) -> Self {
        let limits = authority.limits();
        let output = Output::new(limits);
        let mut builder = WasiCtxBuilder::new();
        wasi_cli::streams(&mut builder, &output);
        wasi_random::seed(&mut builder, seed);
        wasi_sockets::refuse(&mut builder);
        let mut table = ResourceTable::new();
        table.set_max_capacity(MAX_RESOURCES);
        Self {
            wasi: builder.build(),
            table,
            meter: Meter::new(limits),
            output,
            clock: VirtualClock::default(),
            fs: SharedFs::new(MemoryFs::new(limits.file_bytes, limits.file_entries)),
            preopens: Vec::new(),
            log: Vec::new(),
            observer: None,
            workspace: None,
            teller: None,
            tested_side: None,
            asker: None,
            conduct: Conduct::default(),
        }
    }

    /// Gives the guest folders of an in-memory filesystem.
    pub(crate) fn with_files(mut self, fs: MemoryFs, preopens: Vec<Preopen>) -> Self {
        self.fs = SharedFs::new(fs);
        self.preopens = preopens;
        self
    }

    /// Gives the guest bytes to read as its standard input.
    #[cfg(feature = "snapshot")]
    pub(crate) fn with_input(mut self, input: Vec<u8>, seed: u64) -> Self {
        let mut builder = WasiCtxBuilder::new();
        wasi_cli::streams(&mut builder, &self.output);
        wasi_random::seed(&mut builder, seed);
        wasi_sockets::refuse(&mut builder);
        builder.stdin(wasmtime_wasi::p2::pipe::MemoryInputPipe::new(input));
        self.wasi = builder.build();
        self
    }

    /// Lets the guest report what its tests do.
    pub(crate) fn observed_by(mut self, sink: EventSink, limits: Limits, test_fuel: u64) -> Self {
        self.observer = Some(Observer::new(sink, limits.fuel, test_fuel));
        self
    }

    /// Lets the guest read what its scope allows of a project.
    pub(crate) fn with_workspace(mut self, workspace: Option<Workspace>) -> Self {
        self.workspace = workspace;
        self
    }

    /// Gives the guest a clock that others have too, or one with another start.
    pub(crate) fn with_clock(mut self, clock: VirtualClock) -> Self {
        self.clock = clock;
        self
    }

    /// Lets the guest call what it tests in another instance.
    pub(crate) fn with_tested_side(mut self, side: Option<TestedSide>) -> Self {
        self.tested_side = side.map(Box::new);
        self
    }

    /// Has the guest asked which of its functions run, if there is an account to put that on.
    pub(crate) fn profiled_by(mut self, profiler: Option<&Profiler>) -> Self {
        self.teller = profiler.map(Profiler::teller);
        self
    }

    /// Lets the guest ask the side that calls it.
    pub(crate) fn with_asker(mut self, asker: Asker) -> Self {
        self.asker = Some(asker);
        self
    }

    /// Returns the fuel that the store does not show although the guest itself has not used it.
    pub(crate) fn fuel_set_apart(&self) -> u64 {
        let put_aside = self.observer.as_ref().map_or(0, Observer::put_aside);
        put_aside + self.tested_side.as_ref().map_or(0, |side| side.charged())
    }

    /// Returns the table of resources, and counts the call for which it is wanted.
    pub(crate) fn counted_table(&mut self) -> &mut ResourceTable {
        self.meter.count_host_call();
        &mut self.table
    }
}

impl WasiView for Guest {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        self.meter.count_host_call();
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}
