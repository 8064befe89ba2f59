//! `wasi:filesystem`: the in-memory filesystem of a session, in WASI's words.
//!
//! Reaches nothing but `memory_fs.rs`. Streams are in `streams.rs`, the calls of a descriptor in `descriptor.rs`.

mod descriptor;
mod streams;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use wasmtime::component::{HasData, Linker, Resource, ResourceTable};

use crate::bindings::wasi::wasi::filesystem::preopens;
use crate::bindings::wasi::wasi::filesystem::types::{self, DirectoryEntry, ErrorCode};
use crate::capabilities::wasi_clocks::VirtualClock;
use crate::conduct::Conduct;
use crate::guest::Guest;
use crate::memory_fs::{FsFault, Kind, MemoryFs, NodeId};
use crate::meter::{LimitHit, Meter};

/// The tree of a session, shared with the streams that were opened on it.
#[derive(Debug, Clone)]
pub(crate) struct SharedFs(Arc<Mutex<MemoryFs>>);

impl SharedFs {
    pub(crate) fn new(fs: MemoryFs) -> Self {
        Self(Arc::new(Mutex::new(fs)))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, MemoryFs> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A folder that a guest finds open, and the name under which it does.
#[derive(Debug, Clone)]
pub(crate) struct Preopen {
    pub(crate) node: NodeId,
    pub(crate) name: String,
}

/// An open file or folder.
#[derive(Debug)]
#[expect(unreachable_pub, reason = "the generated bindings re-export it")]
pub struct Descriptor {
    fs: SharedFs,
    node: NodeId,
    flags: types::DescriptorFlags,
}

impl Descriptor {
    fn open(fs: &SharedFs, node: NodeId, flags: types::DescriptorFlags) -> Self {
        fs.lock().open(node);
        Self { fs: fs.clone(), node, flags }
    }
}

impl Drop for Descriptor {
    fn drop(&mut self) {
        self.fs.lock().close(self.node);
    }
}

/// A listing of a folder, taken when it was opened.
#[derive(Debug)]
#[expect(unreachable_pub, reason = "the generated bindings re-export it")]
pub struct Listing {
    entries: std::vec::IntoIter<(String, Kind)>,
    /// What the guest's account holds for it.
    bytes: u64,
}

/// What an entry of a listing costs besides its name.
const ENTRY_BYTES: u64 = 64;

impl Listing {
    fn new(entries: Vec<(String, Kind)>) -> Self {
        let bytes = entries.iter().map(|(name, _)| name.len() as u64 + ENTRY_BYTES).sum();
        Self { entries: entries.into_iter(), bytes }
    }
}

/// Why a call did not succeed: an answer for the guest, or the end of the session.
#[derive(Debug)]
#[expect(unreachable_pub, reason = "the generated bindings re-export it")]
pub enum FsError {
    /// An error code.
    Code(ErrorCode),
    /// The session ends.
    Trap(wasmtime::Error),
}

impl fmt::Display for FsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code:?}"),
            Self::Trap(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for FsError {}

impl From<FsFault> for FsError {
    fn from(fault: FsFault) -> Self {
        Self::Code(match fault {
            FsFault::Exist => ErrorCode::Exist,
            FsFault::Invalid => ErrorCode::Invalid,
            FsFault::IsDirectory => ErrorCode::IsDirectory,
            FsFault::Loop => ErrorCode::Loop,
            FsFault::NameTooLong => ErrorCode::NameTooLong,
            FsFault::NoEntry => ErrorCode::NoEntry,
            FsFault::NotDirectory => ErrorCode::NotDirectory,
            FsFault::NotEmpty => ErrorCode::NotEmpty,
            FsFault::NotPermitted => ErrorCode::NotPermitted,
            FsFault::Quota => ErrorCode::Quota,
            FsFault::ReadOnly => ErrorCode::ReadOnly,
        })
    }
}

impl From<LimitHit> for FsError {
    fn from(hit: LimitHit) -> Self {
        Self::Trap(wasmtime::Error::new(hit))
    }
}

impl From<wasmtime::component::ResourceTableError> for FsError {
    fn from(error: wasmtime::component::ResourceTableError) -> Self {
        Self::Trap(error.into())
    }
}

type Result<T> = std::result::Result<T, FsError>;

/// What the interface needs of a guest.
pub(crate) struct FsView<'a> {
    fs: &'a SharedFs,
    preopens: &'a [Preopen],
    clock: &'a VirtualClock,
    table: &'a mut ResourceTable,
    meter: &'a mut Meter,
    conduct: &'a Conduct,
}

struct Filesystem;

impl HasData for Filesystem {
    type Data<'a> = FsView<'a>;
}

pub(crate) fn link(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    fn view(guest: &mut Guest) -> FsView<'_> {
        FsView {
            fs: &guest.fs,
            preopens: &guest.preopens,
            clock: &guest.clock,
            table: &mut guest.table,
            meter: &mut guest.meter,
            conduct: &guest.conduct,
        }
    }
    types::add_to_linker::<Guest, Filesystem>(linker, view)?;
    preopens::add_to_linker::<Guest, Filesystem>(linker, view)
}

impl preopens::Host for FsView<'_> {
    fn get_directories(&mut self) -> wasmtime::Result<Vec<(Resource<Descriptor>, String)>> {
        self.meter.check_host_calls()?;
        let flags = types::DescriptorFlags::READ | types::DescriptorFlags::MUTATE_DIRECTORY;
        let mut folders = Vec::with_capacity(self.preopens.len());
        for preopen in self.preopens {
            let descriptor = self.table.push(Descriptor::open(self.fs, preopen.node, flags))?;
            folders.push((descriptor, preopen.name.clone()));
        }
        Ok(folders)
    }
}

impl types::Host for FsView<'_> {
    fn convert_error_code(&mut self, error: FsError) -> wasmtime::Result<ErrorCode> {
        match error {
            FsError::Code(code) => Ok(code),
            FsError::Trap(error) => Err(error),
        }
    }

    fn filesystem_error_code(
        &mut self,
        error: Resource<wasmtime_wasi_io::streams::Error>,
    ) -> wasmtime::Result<Option<ErrorCode>> {
        self.meter.check_host_calls()?;
        let error = self.table.get(&error)?;
        Ok(error.downcast_ref::<FsError>().and_then(|error| match error {
            FsError::Code(code) => Some(*code),
            FsError::Trap(_) => None,
        }))
    }
}

impl types::HostDirectoryEntryStream for FsView<'_> {
    fn read_directory_entry(&mut self, listing: Resource<Listing>) -> Result<Option<DirectoryEntry>> {
        self.meter.check_host_calls()?;
        let next = self.table.get_mut(&listing)?.entries.next();
        Ok(next.map(|(name, kind)| DirectoryEntry { type_: descriptor_type(kind), name }))
    }

    fn drop(&mut self, listing: Resource<Listing>) -> wasmtime::Result<()> {
        self.meter.count_host_call();
        let listing = self.table.delete(listing)?;
        self.meter.give_back(listing.bytes);
        Ok(())
    }
}

fn descriptor_type(kind: Kind) -> types::DescriptorType {
    match kind {
        Kind::File => types::DescriptorType::RegularFile,
        Kind::Folder => types::DescriptorType::Directory,
        Kind::Link => types::DescriptorType::SymbolicLink,
    }
}
