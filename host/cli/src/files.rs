//! The files of a folder, by value: what git tracks or would track, within limits, never through a link.
//!
//! Not for deciding what a file is to a suite: that is in [`roles`].

mod gather;
mod ignored;
mod index;
pub(crate) mod roles;
mod tracked;

use std::fmt;
use std::path::PathBuf;

pub(crate) use gather::gather;
pub(crate) use ignored::Ignored;

const MIB: u64 = 1 << 20;

/// A file with its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gathered {
    /// Relative to the folder, with `/`.
    pub(crate) path: String,
    /// The whole content.
    pub(crate) bytes: Vec<u8>,
}

/// What a folder holds.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    /// Sorted by path.
    pub(crate) files: Vec<Gathered>,
    /// What was left out because it is neither file nor folder: symbolic links above all. Sorted.
    pub(crate) left_out: Vec<String>,
}

/// How much a folder may hold. All of it goes into the memory of a sandbox, so both limits are far above what tests need
/// and far below what a machine has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// Bytes of all files together.
    pub(crate) bytes: u64,
    /// Files.
    pub(crate) entries: usize,
    /// Which files count.
    pub(crate) rules: Rules,
}

/// Which files of a folder count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rules {
    /// What git tracks or would track: what its index names, and what no `.gitignore` of the folder and of the repository
    /// around it names. Both are the same on every machine. Outside of a repository only the `.gitignore` files count.
    Git,
    /// All of them: a folder that a package manager filled stands in `.gitignore` as a rule.
    Everything,
}

impl Bounds {
    /// A suite: 64 MiB and 20,000 files.
    pub(crate) const SUITE: Self = Self { bytes: 64 * MIB, entries: 20_000, rules: Rules::Git };
    /// A folder of third-party packages: 256 MiB and 50,000 files.
    pub(crate) const PACKAGES: Self = Self { bytes: 256 * MIB, entries: 50_000, rules: Rules::Everything };
}

/// Why a folder cannot be read in.
#[derive(Debug, thiserror::Error)]
#[error("read the files of `{}`", folder.display())]
pub(crate) struct FilesError {
    /// The folder.
    pub(crate) folder: PathBuf,
    /// What is wrong with it.
    #[source]
    pub(crate) kind: FilesErrorKind,
}

/// What is wrong with a folder.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FilesErrorKind {
    /// It does not exist or is a file.
    #[error("it is no folder")]
    NotAFolder,
    /// A name cannot be given to a sandbox, in which names are text.
    #[error("the name `{name}` is not UTF-8")]
    NotUtf8 {
        /// As far as it is text.
        name: String,
    },
    /// Too many bytes.
    #[error("it holds {} in {entries} files, more than {}; the largest: {largest}", size(*bytes), size(*limit))]
    TooLarge {
        /// What it holds.
        bytes: u64,
        /// In so many files.
        entries: usize,
        /// What it may hold.
        limit: u64,
        /// The largest files.
        largest: Largest,
    },
    /// Too many files.
    #[error("it holds {entries} files, more than {limit}; most are in: {largest}")]
    TooMany {
        /// What it holds.
        entries: usize,
        /// What it may hold.
        limit: usize,
        /// The folders with the most files.
        largest: Largest,
    },
    /// The operating system refused.
    #[error("read `{path}`: {error}")]
    Unreadable {
        /// Which file or folder.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// An ignore file that cannot be understood would change which files count.
    #[error("{0}")]
    Walk(#[from] ignore::Error),
    /// So would an index.
    #[error("read what git tracks from `{}`", path.display())]
    Index {
        /// The index, or the file `.git` that says where it is.
        path: PathBuf,
        /// Why.
        #[source]
        kind: IndexErrorKind,
    },
}

/// Why nobody knows what git tracks.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IndexErrorKind {
    /// The operating system refused.
    #[error("{0}")]
    Unreadable(std::io::Error),
    /// The file `.git` is not what git writes into a work tree or a submodule.
    #[error("it holds no line `gitdir: FOLDER`")]
    NotAPointer,
    /// The file `.git` leads nowhere.
    #[error("it names the repository `{}`, which is not there", repository.display())]
    NoRepository {
        /// Where it should be.
        repository: PathBuf,
    },
    /// Its checksum or its form is wrong, or it has something that we do not know.
    #[error("the index cannot be understood: {0}")]
    Damaged(String),
    /// A split index lists most files in a second one.
    #[error("the index is split, and its part `{}` is not there", part.display())]
    NoPart {
        /// The second file.
        part: PathBuf,
    },
    /// A path that leads out of a work tree, or into the repository.
    #[error("the index names `{}`, which no work tree can have", name.display())]
    NotInAWorkTree {
        /// As the index has it.
        name: PathBuf,
    },
    /// A sparse index does not list what a sparse checkout leaves out.
    #[error("the index is sparse and lists no files of `{}`, although that is there", folder.display())]
    Sparse {
        /// The folder that is there all the same.
        folder: PathBuf,
    },
}

/// The largest of many, with their sizes in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Largest(Vec<(String, String)>);

impl fmt::Display for Largest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, size)) in self.0.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}`{name}` ({size})")?;
        }
        Ok(())
    }
}

/// Returns a number of bytes as people read it.
pub(crate) fn size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["bytes", "KiB", "MiB", "GiB"];
    let mut unit = 0;
    let mut rest = bytes;
    let mut tenths = 0;
    while rest >= 1024 && unit + 1 < UNITS.len() {
        tenths = (rest % 1024) * 10 / 1024;
        rest /= 1024;
        unit += 1;
    }
    if tenths > 0 { format!("{rest}.{tenths} {}", UNITS[unit]) } else { format!("{rest} {}", UNITS[unit]) }
}
