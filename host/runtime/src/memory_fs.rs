//! A filesystem that exists only in memory: quotas, sorted listings, fixed times and inode numbers.
//!
//! Knows nothing of WASI: `capabilities/wasi_filesystem.rs` speaks that. Deterministic: the same calls give the same answers
//! on any machine.

mod content;
mod node;
mod walk;

pub(crate) use content::Mounted;
pub(crate) use node::{Kind, NodeId, Stat};
pub(crate) use walk::{Follow, Place};

use std::collections::BTreeMap;

use content::Content;
use node::{Body, Node};

/// Why a call was refused. The names are those of WASI's error codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FsFault {
    Exist,
    Invalid,
    IsDirectory,
    Loop,
    NameTooLong,
    NoEntry,
    NotDirectory,
    NotEmpty,
    /// The path would leave the folder that it starts from.
    NotPermitted,
    /// The guest has used up its bytes or entries.
    Quota,
    ReadOnly,
}

type Result<T> = std::result::Result<T, FsFault>;

/// The longest file name, as on most real filesystems.
const NAME_BYTES: usize = 255;

/// The tree of one session.
#[derive(Debug)]
pub(crate) struct MemoryFs {
    nodes: Vec<Option<Node>>,
    /// Places in `nodes` that are free again.
    free: Vec<u32>,
    next_number: u64,
    bytes_left: u64,
    entries_left: u64,
    /// A quota was passed at least once.
    pub(crate) quota_hit: bool,
}

/// Longer paths, and longer targets of links, are refused, as on Linux.
const MAX_PATH_BYTES: usize = 4096;

/// The root of everything. No guest can name it: only folders below it are given out.
const ROOT: NodeId = NodeId(0);

impl MemoryFs {
    /// Makes an empty tree in which a guest may create so much.
    pub(crate) fn new(bytes: u64, entries: u64) -> Self {
        let root = Node::new(Body::Folder(BTreeMap::new()), ROOT, 0, true);
        Self {
            nodes: vec![Some(root)],
            free: Vec::new(),
            next_number: 1,
            bytes_left: bytes,
            entries_left: entries,
            quota_hit: false,
        }
    }

    /// Adds a top folder.
    pub(crate) fn add_top(&mut self, name: &str, now_ns: u64, writable: bool) -> NodeId {
        let id = self.push(Node::new(Body::Folder(BTreeMap::new()), ROOT, now_ns, writable));
        self.folder_mut(ROOT).insert(name.to_owned(), id);
        id
    }

    /// Puts a file of the host's below a top folder, with the folders on its way. Not counted against the guest's quota.
    ///
    /// # Errors
    /// When the path is not a plain relative one, or a file stands where a folder must be.
    pub(crate) fn mount(
        &mut self,
        top: NodeId,
        path: &str,
        content: Mounted,
        now_ns: u64,
        writable: bool,
    ) -> Result<()> {
        let (folders, name) = match path.rsplit_once('/') {
            Some((folders, name)) => (folders, name),
            None => ("", path),
        };
        let mut folder = top;
        for part in folders.split('/').filter(|_| !folders.is_empty()) {
            check_name(part)?;
            folder = match self.folder(folder)?.get(part) {
                Some(&child) => child,
                None => {
                    let child = self.push(Node::new(Body::Folder(BTreeMap::new()), folder, now_ns, writable));
                    self.folder_mut(folder).insert(part.to_owned(), child);
                    child
                }
            };
        }
        check_name(name)?;
        if self.folder(folder)?.contains_key(name) {
            return Err(FsFault::Exist);
        }
        let file = self.push(Node::new(Body::File(Content::Mounted(content)), folder, now_ns, writable));
        self.folder_mut(folder).insert(name.to_owned(), file);
        Ok(())
    }

    /// Creates an empty file, a folder or a symbolic link.
    pub(crate) fn create(&mut self, folder: NodeId, name: &str, made: New<'_>, now_ns: u64) -> Result<NodeId> {
        check_name(name)?;
        self.check_takes_names(folder)?;
        if self.folder(folder)?.contains_key(name) {
            return Err(FsFault::Exist);
        }
        if let New::Link(target) = made {
            // A path is walked part by part, and a link puts its target into the path.
            if target.len() > MAX_PATH_BYTES {
                return Err(FsFault::NameTooLong);
            }
            self.take_bytes(target.len() as u64)?;
        }
        self.take_entry()?;
        let body = match made {
            New::File => Body::File(Content::Own(Vec::new())),
            New::Folder => Body::Folder(BTreeMap::new()),
            New::Link(target) => Body::Link(target.to_owned()),
        };
        let id = self.push(Node::new(body, folder, now_ns, true));
        self.insert(folder, name, id, now_ns);
        Ok(id)
    }

    /// Gives a file a second name.
    pub(crate) fn link(&mut self, file: NodeId, folder: NodeId, name: &str, now_ns: u64) -> Result<()> {
        check_name(name)?;
        self.check_takes_names(folder)?;
        if matches!(self.node(file).body, Body::Folder(_)) {
            return Err(FsFault::NotPermitted);
        }
        if self.folder(folder)?.contains_key(name) {
            return Err(FsFault::Exist);
        }
        self.take_entry()?;
        self.node_mut(file).links += 1;
        self.insert(folder, name, file, now_ns);
        Ok(())
    }

    /// Removes a name that is not a folder's. What is open stays readable.
    pub(crate) fn unlink(&mut self, folder: NodeId, name: &str, now_ns: u64) -> Result<()> {
        self.check_writable(folder)?;
        let id = self.child(folder, name)?;
        if matches!(self.node(id).body, Body::Folder(_)) {
            return Err(FsFault::IsDirectory);
        }
        self.remove(folder, name, now_ns);
        self.node_mut(id).links -= 1;
        self.entries_left += 1;
        self.release(id);
        Ok(())
    }

    /// Removes an empty folder.
    pub(crate) fn remove_folder(&mut self, folder: NodeId, name: &str, now_ns: u64) -> Result<()> {
        self.check_writable(folder)?;
        let id = self.child(folder, name)?;
        if !self.folder(id)?.is_empty() {
            return Err(FsFault::NotEmpty);
        }
        self.remove(folder, name, now_ns);
        self.node_mut(id).links -= 1;
        self.entries_left += 1;
        self.release(id);
        Ok(())
    }

    /// Renames, and replaces what stands there as POSIX does.
    pub(crate) fn rename(&mut self, from: (NodeId, &str), to: (NodeId, &str), now_ns: u64) -> Result<()> {
        check_name(to.1)?;
        self.check_writable(from.0)?;
        self.check_takes_names(to.0)?;
        let id = self.child(from.0, from.1)?;
        if self.is_inside(to.0, id) {
            return Err(FsFault::Invalid);
        }
        let is_folder = matches!(self.node(id).body, Body::Folder(_));
        if let Some(&old) = self.folder(to.0)?.get(to.1) {
            if old == id {
                return Ok(());
            }
            match (is_folder, matches!(self.node(old).body, Body::Folder(_))) {
                (true, true) => self.remove_folder(to.0, to.1, now_ns)?,
                (false, false) => self.unlink(to.0, to.1, now_ns)?,
                (true, false) => return Err(FsFault::NotDirectory),
                (false, true) => return Err(FsFault::IsDirectory),
            }
        }
        self.remove(from.0, from.1, now_ns);
        self.insert(to.0, to.1, id, now_ns);
        if is_folder {
            self.node_mut(id).parent = to.0;
        }
        Ok(())
    }

    /// Reads at most `length` bytes. Fewer mean the end of the file.
    pub(crate) fn read(&self, file: NodeId, offset: u64, length: u64) -> Result<&[u8]> {
        let bytes = self.content(file)?.bytes();
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        let end = start.saturating_add(usize::try_from(length).unwrap_or(usize::MAX)).min(bytes.len());
        Ok(&bytes[start..end])
    }

    /// Writes at an offset; a gap is filled with zeros.
    pub(crate) fn write(&mut self, file: NodeId, offset: u64, bytes: &[u8], now_ns: u64) -> Result<()> {
        let end = offset.checked_add(bytes.len() as u64).ok_or(FsFault::Invalid)?;
        let length = self.content(file)?.bytes().len() as u64;
        if end > length {
            self.resize(file, end, now_ns)?;
        }
        let own = self.own(file)?;
        let start = usize::try_from(offset).map_err(|_| FsFault::Quota)?;
        own[start..start + bytes.len()].copy_from_slice(bytes);
        self.node_mut(file).modified_ns = now_ns;
        Ok(())
    }

    /// Cuts a file or fills it with zeros.
    pub(crate) fn resize(&mut self, file: NodeId, length: u64, now_ns: u64) -> Result<()> {
        self.check_writable(file)?;
        // A mounted file becomes the guest's own on its first change, so its whole length is taken then.
        let counted = match self.content(file)? {
            Content::Mounted(_) => 0,
            Content::Own(bytes) => bytes.len() as u64,
        };
        if length > counted {
            self.take_bytes(length - counted)?;
        } else {
            self.bytes_left += counted - length;
        }
        let length = usize::try_from(length).map_err(|_| FsFault::Quota)?;
        let own = match self.content_mut(file)? {
            Content::Own(bytes) => bytes,
            mounted => {
                let bytes = mounted.bytes();
                *mounted = Content::Own(bytes[..length.min(bytes.len())].to_vec());
                let Content::Own(bytes) = mounted else { unreachable!("it was made the guest's own a line earlier") };
                bytes
            }
        };
        own.resize(length, 0);
        // What was given back must not stay allocated: the quota is what bounds the host's memory.
        if own.capacity() / 2 > length {
            own.shrink_to(length);
        }
        self.node_mut(file).modified_ns = now_ns;
        Ok(())
    }

    /// Returns the names in a folder, sorted.
    pub(crate) fn list(&self, folder: NodeId) -> Result<Vec<(String, Kind)>> {
        Ok(self.folder(folder)?.iter().map(|(name, &id)| (name.clone(), self.node(id).body.kind())).collect())
    }

    /// Tells whether a node is as the host laid it out: a file with the host's bytes, or a folder.
    pub(crate) fn is_mounted_or_folder(&self, id: NodeId) -> bool {
        matches!(self.node(id).body, Body::File(Content::Mounted(_)) | Body::Folder(_))
    }

    /// Returns what `stat` says.
    pub(crate) fn stat(&self, id: NodeId) -> Stat {
        self.node(id).stat()
    }

    /// Sets the times that a guest asks for.
    pub(crate) fn set_times(&mut self, id: NodeId, accessed_ns: Option<u64>, modified_ns: Option<u64>) -> Result<()> {
        self.check_writable(id)?;
        let node = self.node_mut(id);
        node.accessed_ns = accessed_ns.unwrap_or(node.accessed_ns);
        node.modified_ns = modified_ns.unwrap_or(node.modified_ns);
        Ok(())
    }

    /// Notes that a descriptor refers to the node, so that it outlives its last name.
    pub(crate) fn open(&mut self, id: NodeId) {
        self.node_mut(id).open += 1;
    }

    /// Notes that a descriptor is gone.
    pub(crate) fn close(&mut self, id: NodeId) {
        self.node_mut(id).open -= 1;
        self.release(id);
    }

    /// Tells whether a guest may change the node.
    pub(crate) fn check_writable(&self, id: NodeId) -> Result<()> {
        if self.node(id).writable { Ok(()) } else { Err(FsFault::ReadOnly) }
    }

    /// A folder without a name takes none: it is gone, and only a descriptor still holds it.
    fn check_takes_names(&self, folder: NodeId) -> Result<()> {
        self.check_writable(folder)?;
        if self.node(folder).links == 0 { Err(FsFault::NoEntry) } else { Ok(()) }
    }

    fn own(&mut self, file: NodeId) -> Result<&mut Vec<u8>> {
        self.check_writable(file)?;
        let length = self.content(file)?.bytes().len() as u64;
        if matches!(self.content(file)?, Content::Mounted(_)) {
            let now = self.node(file).modified_ns;
            self.resize(file, length, now)?;
        }
        match self.content_mut(file)? {
            Content::Own(bytes) => Ok(bytes),
            Content::Mounted(_) => unreachable!("a resize makes it the guest's own"),
        }
    }

    fn is_inside(&self, mut id: NodeId, folder: NodeId) -> bool {
        loop {
            if id == folder {
                return true;
            }
            if id == ROOT {
                return false;
            }
            id = self.node(id).parent;
        }
    }

    fn take_bytes(&mut self, bytes: u64) -> Result<()> {
        match self.bytes_left.checked_sub(bytes) {
            Some(left) => {
                self.bytes_left = left;
                Ok(())
            }
            None => {
                self.quota_hit = true;
                Err(FsFault::Quota)
            }
        }
    }

    fn take_entry(&mut self) -> Result<()> {
        if self.entries_left == 0 {
            self.quota_hit = true;
            return Err(FsFault::Quota);
        }
        self.entries_left -= 1;
        Ok(())
    }

    fn release(&mut self, id: NodeId) {
        let node = self.node(id);
        if node.links == 0 && node.open == 0 {
            match &node.body {
                Body::File(Content::Own(bytes)) => self.bytes_left += bytes.len() as u64,
                Body::Link(target) => self.bytes_left += target.len() as u64,
                Body::File(Content::Mounted(_)) | Body::Folder(_) => {}
            }
            self.nodes[id.0 as usize] = None;
            self.free.push(id.0);
        }
    }

    fn insert(&mut self, folder: NodeId, name: &str, id: NodeId, now_ns: u64) {
        self.folder_mut(folder).insert(name.to_owned(), id);
        self.node_mut(folder).modified_ns = now_ns;
    }

    fn remove(&mut self, folder: NodeId, name: &str, now_ns: u64) {
        self.folder_mut(folder).remove(name);
        self.node_mut(folder).modified_ns = now_ns;
    }

    fn child(&self, folder: NodeId, name: &str) -> Result<NodeId> {
        self.folder(folder)?.get(name).copied().ok_or(FsFault::NoEntry)
    }

    fn push(&mut self, mut node: Node) -> NodeId {
        // Places are used again, numbers are not: an inode number means one file for the whole session.
        node.number = self.next_number;
        self.next_number += 1;
        if let Some(place) = self.free.pop() {
            self.nodes[place as usize] = Some(node);
            return NodeId(place);
        }
        let id = NodeId(u32::try_from(self.nodes.len()).expect("quotas keep the tree far below 2^32 nodes"));
        self.nodes.push(Some(node));
        id
    }

    fn node(&self, id: NodeId) -> &Node {
        self.nodes[id.0 as usize].as_ref().expect("a node lives while a name or a descriptor refers to it")
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        self.nodes[id.0 as usize].as_mut().expect("a node lives while a name or a descriptor refers to it")
    }

    fn folder(&self, id: NodeId) -> Result<&BTreeMap<String, NodeId>> {
        match &self.node(id).body {
            Body::Folder(children) => Ok(children),
            _ => Err(FsFault::NotDirectory),
        }
    }

    fn folder_mut(&mut self, id: NodeId) -> &mut BTreeMap<String, NodeId> {
        match &mut self.node_mut(id).body {
            Body::Folder(children) => children,
            _ => unreachable!("callers look with `folder` first"),
        }
    }

    fn content(&self, id: NodeId) -> Result<&Content> {
        match &self.node(id).body {
            Body::File(content) => Ok(content),
            Body::Folder(_) => Err(FsFault::IsDirectory),
            Body::Link(_) => Err(FsFault::Loop),
        }
    }

    fn content_mut(&mut self, id: NodeId) -> Result<&mut Content> {
        match &mut self.node_mut(id).body {
            Body::File(content) => Ok(content),
            Body::Folder(_) => Err(FsFault::IsDirectory),
            Body::Link(_) => Err(FsFault::Loop),
        }
    }
}

/// What a guest creates.
#[derive(Debug, Clone, Copy)]
pub(crate) enum New<'a> {
    File,
    Folder,
    /// A symbolic link with its target.
    Link(&'a str),
}

fn check_name(name: &str) -> Result<()> {
    match name {
        "" | "." | ".." => Err(FsFault::Invalid),
        _ if name.contains(['/', '\0']) => Err(FsFault::Invalid),
        _ if name.len() > NAME_BYTES => Err(FsFault::NameTooLong),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
