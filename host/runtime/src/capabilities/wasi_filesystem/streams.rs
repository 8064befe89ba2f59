//! Reading and writing a file from a place onwards.

use pact_model::effect::Effect;
use wasmtime_wasi_io::bytes::Bytes;
use wasmtime_wasi_io::poll::Pollable;
use wasmtime_wasi_io::streams::{InputStream, OutputStream, StreamError, StreamResult};

use super::{Descriptor, FsError, Result, SharedFs, types};
use crate::capabilities::wasi_clocks::VirtualClock;
use crate::conduct::Conduct;
use crate::memory_fs::{FsFault, NodeId};

/// The most that one read or write carries.
const CHUNK_BYTES: usize = 64 * 1024;

/// Keeps the file while a stream is open on it.
struct OpenFile(Descriptor);

impl OpenFile {
    fn new(fs: &SharedFs, node: NodeId) -> Self {
        Self(Descriptor::open(fs, node, types::DescriptorFlags::READ))
    }
}

/// Reads a file from an offset on.
pub(super) struct FileReader {
    file: OpenFile,
    conduct: Conduct,
    offset: u64,
}

impl FileReader {
    pub(super) fn new(fs: &SharedFs, node: NodeId, conduct: &Conduct, offset: u64) -> Self {
        Self { file: OpenFile::new(fs, node), conduct: conduct.clone(), offset }
    }
}

#[wasmtime_wasi_io::async_trait]
impl Pollable for FileReader {
    async fn ready(&mut self) {}
}

#[wasmtime_wasi_io::async_trait]
impl InputStream for FileReader {
    fn read(&mut self, size: usize) -> StreamResult<Bytes> {
        let Descriptor { fs, node, .. } = &self.file.0;
        let fs = fs.lock();
        // Whoever opened it was allowed to; the function that reads may be another one.
        if !fs.is_mounted_or_folder(*node) && !self.conduct.allows(Effect::ReadsFile) {
            return Err(failed(FsFault::NotPermitted));
        }
        let bytes = fs.read(*node, self.offset, size.min(CHUNK_BYTES) as u64).map_err(failed)?;
        if bytes.is_empty() && size > 0 {
            return Err(StreamError::Closed);
        }
        self.offset += bytes.len() as u64;
        Ok(Bytes::copy_from_slice(bytes))
    }
}

/// Where a writer writes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    At(u64),
    End,
}

/// Writes a file from an offset on, or always at its end.
pub(super) struct FileWriter {
    file: OpenFile,
    clock: VirtualClock,
    conduct: Conduct,
    place: Place,
}

impl FileWriter {
    pub(super) fn new(
        fs: &SharedFs,
        node: NodeId,
        clock: &VirtualClock,
        conduct: &Conduct,
        place: Place,
    ) -> Result<Self> {
        fs.lock().check_writable(node)?;
        Ok(Self { file: OpenFile::new(fs, node), clock: clock.clone(), conduct: conduct.clone(), place })
    }
}

#[wasmtime_wasi_io::async_trait]
impl Pollable for FileWriter {
    async fn ready(&mut self) {}
}

#[wasmtime_wasi_io::async_trait]
impl OutputStream for FileWriter {
    fn write(&mut self, bytes: Bytes) -> StreamResult<()> {
        if !self.conduct.allows(Effect::WritesFile) {
            return Err(failed(FsFault::NotPermitted));
        }
        let Descriptor { fs, node, .. } = &self.file.0;
        let mut fs = fs.lock();
        let offset = match self.place {
            Place::At(offset) => offset,
            Place::End => fs.stat(*node).size,
        };
        fs.write(*node, offset, &bytes, self.clock.now_ns()).map_err(failed)?;
        if let Place::At(offset) = &mut self.place {
            *offset += bytes.len() as u64;
        }
        Ok(())
    }

    fn flush(&mut self) -> StreamResult<()> {
        Ok(())
    }

    fn check_write(&mut self) -> StreamResult<usize> {
        Ok(CHUNK_BYTES)
    }
}

fn failed(fault: FsFault) -> StreamError {
    StreamError::LastOperationFailed(wasmtime::Error::new(FsError::from(fault)))
}
