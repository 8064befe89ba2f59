//! The calls of an open file or folder.

use pact_model::effect::Effect;
use wasmtime::component::Resource;
use wasmtime_wasi_io::streams::{DynInputStream, DynOutputStream};

use super::streams::{FileReader, FileWriter, Place as WriteFrom};
use super::{Descriptor, FsView, Listing, Result, descriptor_type, types};
use crate::bindings::wasi::wasi::clocks::wall_clock::Datetime;
use crate::bindings::wasi::wasi::filesystem::types::{
    Advice, DescriptorFlags, DescriptorStat, DescriptorType, ErrorCode, MetadataHashValue, NewTimestamp, OpenFlags,
    PathFlags,
};
use crate::capabilities::wasi_clocks::VirtualClock;
use crate::memory_fs::{Follow, FsFault, Kind, New, NodeId, Place, Stat};

/// The most that one `read` carries: the host allocates it.
const READ_BYTES: u64 = 1 << 20;

impl FsView<'_> {
    /// Counts the call and returns the node that a descriptor refers to.
    fn node(&mut self, descriptor: &Resource<Descriptor>) -> Result<NodeId> {
        self.meter.check_host_calls()?;
        Ok(self.table.get(descriptor)?.node)
    }

    /// Refuses what the function of a contract that runs may not do.
    fn allow(&mut self, effect: Effect) -> Result<()> {
        if self.conduct.allows(effect) { Ok(()) } else { Err(FsFault::NotPermitted.into()) }
    }

    /// Refuses to read what is no part of the component where the function that runs may not read files.
    fn allow_reading(&mut self, node: NodeId) -> Result<()> {
        let is_own = self.fs.lock().is_mounted_or_folder(node);
        if is_own { Ok(()) } else { self.allow(Effect::ReadsFile) }
    }

    fn now(&self) -> u64 {
        self.clock.now_ns()
    }

    fn set_node_times(&mut self, node: NodeId, accessed: NewTimestamp, modified: NewTimestamp) -> Result<()> {
        let now = self.now();
        let resolve = |time: NewTimestamp| match time {
            NewTimestamp::NoChange => None,
            NewTimestamp::Now => Some(now),
            NewTimestamp::Timestamp(time) => Some(self.clock.reading_at_wall(time.seconds, time.nanoseconds)),
        };
        Ok(self.fs.lock().set_times(node, resolve(accessed), resolve(modified))?)
    }
}

impl types::HostDescriptor for FsView<'_> {
    fn read_via_stream(&mut self, this: Resource<Descriptor>, offset: u64) -> Result<Resource<DynInputStream>> {
        let node = self.node(&this)?;
        if self.fs.lock().stat(node).kind != Kind::File {
            return Err(FsFault::IsDirectory.into());
        }
        let reader: DynInputStream = Box::new(FileReader::new(self.fs, node, self.conduct, offset));
        Ok(self.table.push(reader)?)
    }

    fn write_via_stream(&mut self, this: Resource<Descriptor>, offset: u64) -> Result<Resource<DynOutputStream>> {
        self.writer(&this, WriteFrom::At(offset))
    }

    fn append_via_stream(&mut self, this: Resource<Descriptor>) -> Result<Resource<DynOutputStream>> {
        self.writer(&this, WriteFrom::End)
    }

    fn advise(&mut self, this: Resource<Descriptor>, _offset: u64, _length: u64, _advice: Advice) -> Result<()> {
        self.node(&this)?;
        Ok(())
    }

    fn sync_data(&mut self, this: Resource<Descriptor>) -> Result<()> {
        self.node(&this)?;
        Ok(())
    }

    fn get_flags(&mut self, this: Resource<Descriptor>) -> Result<DescriptorFlags> {
        self.node(&this)?;
        Ok(self.table.get(&this)?.flags)
    }

    fn get_type(&mut self, this: Resource<Descriptor>) -> Result<DescriptorType> {
        let node = self.node(&this)?;
        Ok(descriptor_type(self.fs.lock().stat(node).kind))
    }

    fn set_size(&mut self, this: Resource<Descriptor>, size: u64) -> Result<()> {
        self.allow(Effect::WritesFile)?;
        let node = self.writable(&this)?;
        let now = self.now();
        Ok(self.fs.lock().resize(node, size, now)?)
    }

    fn set_times(&mut self, this: Resource<Descriptor>, accessed: NewTimestamp, modified: NewTimestamp) -> Result<()> {
        self.allow(Effect::WritesFile)?;
        let node = self.node(&this)?;
        self.set_node_times(node, accessed, modified)
    }

    fn read(&mut self, this: Resource<Descriptor>, length: u64, offset: u64) -> Result<(Vec<u8>, bool)> {
        let node = self.node(&this)?;
        self.allow_reading(node)?;
        let fs = self.fs.lock();
        let bytes = fs.read(node, offset, length.min(READ_BYTES))?.to_vec();
        let end = offset.saturating_add(bytes.len() as u64) >= fs.stat(node).size;
        Ok((bytes, end))
    }

    fn write(&mut self, this: Resource<Descriptor>, bytes: Vec<u8>, offset: u64) -> Result<u64> {
        self.allow(Effect::WritesFile)?;
        let node = self.writable(&this)?;
        let now = self.now();
        self.fs.lock().write(node, offset, &bytes, now)?;
        Ok(bytes.len() as u64)
    }

    fn read_directory(&mut self, this: Resource<Descriptor>) -> Result<Resource<Listing>> {
        let node = self.node(&this)?;
        let listing = Listing::new(self.fs.lock().list(node)?);
        self.meter.keep(listing.bytes)?;
        Ok(self.table.push(listing)?)
    }

    fn sync(&mut self, this: Resource<Descriptor>) -> Result<()> {
        self.node(&this)?;
        Ok(())
    }

    fn create_directory_at(&mut self, this: Resource<Descriptor>, path: String) -> Result<()> {
        self.allow(Effect::WritesFile)?;
        let base = self.node(&this)?;
        let now = self.now();
        let mut fs = self.fs.lock();
        if fs.find(base, &path, Follow::Yes).is_ok() {
            return Err(FsFault::Exist.into());
        }
        let (folder, name) = fs.find_parent(base, &path)?;
        fs.create(folder, name, New::Folder, now)?;
        Ok(())
    }

    fn stat(&mut self, this: Resource<Descriptor>) -> Result<DescriptorStat> {
        let node = self.node(&this)?;
        Ok(descriptor_stat(self.clock, self.fs.lock().stat(node)))
    }

    fn stat_at(&mut self, this: Resource<Descriptor>, flags: PathFlags, path: String) -> Result<DescriptorStat> {
        let base = self.node(&this)?;
        let fs = self.fs.lock();
        let node = fs.find(base, &path, follow(flags))?;
        Ok(descriptor_stat(self.clock, fs.stat(node)))
    }

    fn set_times_at(
        &mut self,
        this: Resource<Descriptor>,
        flags: PathFlags,
        path: String,
        accessed: NewTimestamp,
        modified: NewTimestamp,
    ) -> Result<()> {
        self.allow(Effect::WritesFile)?;
        let base = self.node(&this)?;
        let node = self.fs.lock().find(base, &path, follow(flags))?;
        self.set_node_times(node, accessed, modified)
    }

    fn link_at(
        &mut self,
        this: Resource<Descriptor>,
        flags: PathFlags,
        old: String,
        other: Resource<Descriptor>,
        new: String,
    ) -> Result<()> {
        self.allow(Effect::WritesFile)?;
        let (from, to) = (self.node(&this)?, self.node(&other)?);
        let now = self.now();
        let mut fs = self.fs.lock();
        let file = fs.find(from, &old, follow(flags))?;
        let (folder, name) = fs.find_parent(to, &new)?;
        Ok(fs.link(file, folder, name, now)?)
    }

    fn open_at(
        &mut self,
        this: Resource<Descriptor>,
        path_flags: PathFlags,
        path: String,
        open: OpenFlags,
        flags: DescriptorFlags,
    ) -> Result<Resource<Descriptor>> {
        let base = self.node(&this)?;
        let now = self.now();
        let changes =
            flags.contains(DescriptorFlags::WRITE) || open.intersects(OpenFlags::CREATE | OpenFlags::TRUNCATE);
        if changes {
            self.allow(Effect::WritesFile)?;
        } else if !open.contains(OpenFlags::DIRECTORY) {
            // What does not exist is not read: an import looks for files that are not there.
            let found = self.fs.lock().find(base, &path, follow(path_flags)).ok();
            if let Some(node) = found {
                self.allow_reading(node)?;
            }
        }
        let node = {
            let mut fs = self.fs.lock();
            let node = match fs.find_or_place(base, &path, follow(path_flags))? {
                Place::Node(_) if open.contains(OpenFlags::CREATE | OpenFlags::EXCLUSIVE) => {
                    return Err(FsFault::Exist.into());
                }
                Place::Node(node) => node,
                Place::Free { folder, name } => {
                    if open.contains(OpenFlags::DIRECTORY) || !open.contains(OpenFlags::CREATE) {
                        return Err(FsFault::NoEntry.into());
                    }
                    fs.create(folder, &name, New::File, now)?
                }
            };
            match fs.stat(node).kind {
                Kind::Folder if flags.contains(DescriptorFlags::WRITE) => return Err(FsFault::IsDirectory.into()),
                Kind::File if open.contains(OpenFlags::DIRECTORY) => return Err(FsFault::NotDirectory.into()),
                Kind::Link => return Err(FsFault::Loop.into()),
                Kind::File | Kind::Folder => {}
            }
            if flags.contains(DescriptorFlags::WRITE) || open.contains(OpenFlags::TRUNCATE) {
                fs.check_writable(node)?;
            }
            if open.contains(OpenFlags::TRUNCATE) {
                fs.resize(node, 0, now)?;
            }
            node
        };
        Ok(self.table.push(Descriptor::open(self.fs, node, flags))?)
    }

    fn readlink_at(&mut self, this: Resource<Descriptor>, path: String) -> Result<String> {
        let base = self.node(&this)?;
        let fs = self.fs.lock();
        let link = fs.find(base, &path, Follow::No)?;
        Ok(fs.read_link(link)?.to_owned())
    }

    fn remove_directory_at(&mut self, this: Resource<Descriptor>, path: String) -> Result<()> {
        self.allow(Effect::WritesFile)?;
        let base = self.node(&this)?;
        let now = self.now();
        let mut fs = self.fs.lock();
        let (folder, name) = fs.find_parent(base, &path)?;
        Ok(fs.remove_folder(folder, name, now)?)
    }

    fn rename_at(
        &mut self,
        this: Resource<Descriptor>,
        old: String,
        other: Resource<Descriptor>,
        new: String,
    ) -> Result<()> {
        self.allow(Effect::WritesFile)?;
        let (from, to) = (self.node(&this)?, self.node(&other)?);
        let now = self.now();
        let mut fs = self.fs.lock();
        let from = fs.find_parent(from, &old)?;
        let to = fs.find_parent(to, &new)?;
        Ok(fs.rename(from, to, now)?)
    }

    fn symlink_at(&mut self, this: Resource<Descriptor>, target: String, path: String) -> Result<()> {
        self.allow(Effect::WritesFile)?;
        let base = self.node(&this)?;
        if target.starts_with('/') {
            return Err(FsFault::NotPermitted.into());
        }
        let now = self.now();
        let mut fs = self.fs.lock();
        let (folder, name) = fs.find_parent(base, &path)?;
        fs.create(folder, name, New::Link(&target), now)?;
        Ok(())
    }

    fn unlink_file_at(&mut self, this: Resource<Descriptor>, path: String) -> Result<()> {
        self.allow(Effect::WritesFile)?;
        let base = self.node(&this)?;
        let now = self.now();
        let mut fs = self.fs.lock();
        let (folder, name) = fs.find_parent(base, &path)?;
        Ok(fs.unlink(folder, name, now)?)
    }

    fn is_same_object(&mut self, this: Resource<Descriptor>, other: Resource<Descriptor>) -> wasmtime::Result<bool> {
        self.meter.check_host_calls()?;
        Ok(self.table.get(&this)?.node == self.table.get(&other)?.node)
    }

    fn metadata_hash(&mut self, this: Resource<Descriptor>) -> Result<MetadataHashValue> {
        let node = self.node(&this)?;
        Ok(inode(self.fs.lock().stat(node)))
    }

    fn metadata_hash_at(
        &mut self,
        this: Resource<Descriptor>,
        flags: PathFlags,
        path: String,
    ) -> Result<MetadataHashValue> {
        let base = self.node(&this)?;
        let fs = self.fs.lock();
        let node = fs.find(base, &path, follow(flags))?;
        Ok(inode(fs.stat(node)))
    }

    fn drop(&mut self, this: Resource<Descriptor>) -> wasmtime::Result<()> {
        self.meter.count_host_call();
        self.table.delete(this)?;
        Ok(())
    }
}

impl FsView<'_> {
    fn writable(&mut self, descriptor: &Resource<Descriptor>) -> Result<NodeId> {
        let node = self.node(descriptor)?;
        if !self.table.get(descriptor)?.flags.contains(DescriptorFlags::WRITE) {
            return Err(super::FsError::Code(ErrorCode::BadDescriptor));
        }
        Ok(node)
    }

    fn writer(&mut self, descriptor: &Resource<Descriptor>, place: WriteFrom) -> Result<Resource<DynOutputStream>> {
        let node = self.writable(descriptor)?;
        let writer: DynOutputStream = Box::new(FileWriter::new(self.fs, node, self.clock, self.conduct, place)?);
        Ok(self.table.push(writer)?)
    }
}

fn follow(flags: PathFlags) -> Follow {
    if flags.contains(PathFlags::SYMLINK_FOLLOW) { Follow::Yes } else { Follow::No }
}

fn descriptor_stat(clock: &VirtualClock, stat: Stat) -> DescriptorStat {
    let time = |ns| {
        let (seconds, nanoseconds) = clock.wall(ns);
        Some(Datetime { seconds, nanoseconds })
    };
    DescriptorStat {
        type_: descriptor_type(stat.kind),
        link_count: stat.links,
        size: stat.size,
        data_access_timestamp: time(stat.accessed_ns),
        data_modification_timestamp: time(stat.modified_ns),
        status_change_timestamp: time(stat.modified_ns),
    }
}

/// Equal for the same node and different for two: guests derive inode numbers from it.
fn inode(stat: Stat) -> MetadataHashValue {
    MetadataHashValue { lower: stat.number, upper: 1 }
}
