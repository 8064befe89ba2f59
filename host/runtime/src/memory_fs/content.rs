//! What is in a file: the host's bytes until the guest changes them.

use std::sync::Arc;

use pact_model::suite::SourceFile;

/// A file of the host's, shared by all sessions that mount it.
#[derive(Debug, Clone)]
pub(crate) struct Mounted {
    files: Arc<Vec<SourceFile>>,
    index: usize,
}

impl Mounted {
    /// Refers to one file of a list.
    pub(crate) fn new(files: &Arc<Vec<SourceFile>>, index: usize) -> Self {
        Self { files: Arc::clone(files), index }
    }
}

/// The bytes of a file.
#[derive(Debug)]
pub(super) enum Content {
    Mounted(Mounted),
    Own(Vec<u8>),
}

impl Content {
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Self::Mounted(mounted) => &mounted.files[mounted.index].bytes,
            Self::Own(bytes) => bytes,
        }
    }
}
