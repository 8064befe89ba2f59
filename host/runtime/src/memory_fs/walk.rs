//! From a path to a node. A path never leaves the folder that it starts from.

use super::node::{Body, NodeId};
use super::{FsFault, MAX_PATH_BYTES, MemoryFs, Result};

/// Whether a symbolic link at the end of a path is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Follow {
    Yes,
    No,
}

/// As on Linux.
const MAX_LINKS: u32 = 40;

impl MemoryFs {
    /// Finds the node that a path names, starting at a folder.
    pub(crate) fn find(&self, start: NodeId, path: &str, follow: Follow) -> Result<NodeId> {
        let mut links = 0;
        match self.walk(start, path, follow, &mut links)? {
            End::Node(id) => Ok(id),
            End::Missing { .. } => Err(FsFault::NoEntry),
        }
    }

    /// Finds the folder in which the last name of a path lies, and that name, which need not exist.
    pub(crate) fn find_parent<'a>(&self, start: NodeId, path: &'a str) -> Result<(NodeId, &'a str)> {
        let trimmed = path.trim_end_matches('/');
        let (folders, name) = trimmed.rsplit_once('/').unwrap_or(("", trimmed));
        if matches!(name, "" | "." | "..") {
            return Err(FsFault::Invalid);
        }
        let folder = if folders.is_empty() { start } else { self.find(start, folders, Follow::Yes)? };
        if path.starts_with('/') {
            return Err(FsFault::NotPermitted);
        }
        let is_there = self.folder(folder)?.get(name);
        if let Some(&id) = is_there
            && path.ends_with('/')
        {
            self.folder(id)?;
        }
        Ok((folder, name))
    }

    /// Finds a node, or where it could be created: links at the end of the path lead there too.
    pub(crate) fn find_or_place(&self, start: NodeId, path: &str, follow: Follow) -> Result<Place> {
        let mut links = 0;
        Ok(match self.walk(start, path, follow, &mut links)? {
            End::Node(id) => Place::Node(id),
            End::Missing { folder, name } => Place::Free { folder, name },
        })
    }

    /// Returns the target of a symbolic link.
    pub(crate) fn read_link(&self, id: NodeId) -> Result<&str> {
        match &self.node(id).body {
            Body::Link(target) => Ok(target),
            _ => Err(FsFault::Invalid),
        }
    }

    fn walk(&self, start: NodeId, path: &str, follow: Follow, links: &mut u32) -> Result<End> {
        if path.len() > MAX_PATH_BYTES {
            return Err(FsFault::NameTooLong);
        }
        if path.starts_with('/') {
            return Err(FsFault::NotPermitted);
        }
        if path.is_empty() || path.contains('\0') {
            return Err(if path.is_empty() { FsFault::NoEntry } else { FsFault::Invalid });
        }
        let must_be_folder = path.ends_with('/');
        // The folders from the start down to here: `..` goes back along them and no further.
        let mut trail = vec![start];
        let mut parts: Vec<String> = split_reversed(path);
        while let Some(part) = parts.pop() {
            let here = *trail.last().expect("the trail keeps its start");
            if part == "." {
                self.folder(here)?;
                continue;
            }
            if part == ".." {
                self.folder(here)?;
                trail.pop();
                if trail.is_empty() {
                    return Err(FsFault::NotPermitted);
                }
                continue;
            }
            let is_last = parts.is_empty();
            let Some(&id) = self.folder(here)?.get(&part) else {
                return if is_last { Ok(End::Missing { folder: here, name: part }) } else { Err(FsFault::NoEntry) };
            };
            match &self.node(id).body {
                Body::Link(target) if !is_last || follow == Follow::Yes || must_be_folder => {
                    *links += 1;
                    if *links > MAX_LINKS {
                        return Err(FsFault::Loop);
                    }
                    if target.starts_with('/') {
                        return Err(FsFault::NotPermitted);
                    }
                    parts.extend(split_reversed(target));
                }
                _ => trail.push(id),
            }
        }
        let end = *trail.last().expect("the trail keeps its start");
        if must_be_folder {
            self.folder(end)?;
        }
        Ok(End::Node(end))
    }
}

/// Where a path leads.
pub(crate) enum Place {
    Node(NodeId),
    /// Nothing is there, but a folder in which it could be.
    Free {
        folder: NodeId,
        name: String,
    },
}

enum End {
    Node(NodeId),
    Missing { folder: NodeId, name: String },
}

fn split_reversed(path: &str) -> Vec<String> {
    path.split('/').filter(|part| !part.is_empty()).rev().map(str::to_owned).collect()
}
