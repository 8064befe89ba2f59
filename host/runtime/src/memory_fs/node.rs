//! A file, a folder or a symbolic link of the tree.

use std::collections::BTreeMap;

use super::content::Content;

/// Names a node of one tree, while it lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(pub(super) u32);

/// What kind of node it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Folder,
    Link,
}

/// What `stat` says. Times are nanoseconds of the virtual clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stat {
    pub(crate) kind: Kind,
    /// The inode number: one node for the whole session.
    pub(crate) number: u64,
    pub(crate) links: u64,
    pub(crate) size: u64,
    pub(crate) accessed_ns: u64,
    pub(crate) modified_ns: u64,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) body: Body,
    /// Set when it becomes part of the tree.
    pub(super) number: u64,
    /// Meaningful for folders only: a file can have several names.
    pub(super) parent: NodeId,
    pub(super) links: u64,
    pub(super) open: u64,
    pub(super) writable: bool,
    pub(super) accessed_ns: u64,
    pub(super) modified_ns: u64,
}

#[derive(Debug)]
pub(super) enum Body {
    File(Content),
    Folder(BTreeMap<String, NodeId>),
    Link(String),
}

impl Body {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::File(_) => Kind::File,
            Self::Folder(_) => Kind::Folder,
            Self::Link(_) => Kind::Link,
        }
    }
}

impl Node {
    pub(super) fn new(body: Body, parent: NodeId, now_ns: u64, writable: bool) -> Self {
        Self { body, number: 0, parent, links: 1, open: 0, writable, accessed_ns: now_ns, modified_ns: now_ns }
    }

    pub(super) fn stat(&self) -> Stat {
        let size = match &self.body {
            Body::File(content) => content.bytes().len() as u64,
            Body::Folder(_) => 0,
            Body::Link(target) => target.len() as u64,
        };
        Stat {
            kind: self.body.kind(),
            number: self.number,
            links: self.links,
            size,
            accessed_ns: self.accessed_ns,
            modified_ns: self.modified_ns,
        }
    }
}
