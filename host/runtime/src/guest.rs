//! What the host keeps for one guest: the data of its store.

use pact_grants::{Authority, Limits};
use pact_pipeline::ports::EventSink;
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxBuilder, WasiCtxView, WasiView};

use crate::capabilities::observe::Observer;
use crate::capabilities::wasi_clocks::VirtualClock;
use crate::capabilities::wasi_filesystem::{Preopen, SharedFs};
use crate::capabilities::workspace::Workspace;
use crate::capabilities::{wasi_cli, wasi_random, wasi_sockets};
use crate::memory_fs::MemoryFs;
use crate::meter::{Meter, Output};

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
        }
    }

    /// Gives the guest folders of an in-memory filesystem.
    pub(crate) fn with_files(mut self, fs: MemoryFs, preopens: Vec<Preopen>) -> Self {
        self.fs = SharedFs::new(fs);
        self.preopens = preopens;
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
