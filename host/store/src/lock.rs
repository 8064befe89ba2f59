//! One process works on a project at a time. The operating system frees the lock when a process ends, however it ends.

use std::fs::{File, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};

use crate::folder::Folder;

const PATH: &str = ".pact/lock";

/// A held lock. Dropping it frees the project.
#[derive(Debug)]
pub(crate) struct Lock {
    _file: File,
}

/// Why a project could not be locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another process works on it.
    #[error("process {holder} is working on this project")]
    Held {
        /// The process id that the holder left; `unknown` in the moment before it did.
        holder: String,
    },
    /// The operating system's reason.
    #[error("failed to lock the project")]
    Io(#[from] io::Error),
}

impl Lock {
    pub(crate) fn take(folder: &Folder) -> Result<Self, LockError> {
        let mut file = folder.open_to_lock(PATH)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(LockError::Held { holder: holder(&mut file) }),
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        file.set_len(0)?;
        file.rewind()?;
        write!(file, "{}", std::process::id())?;
        file.sync_data()?;
        Ok(Self { _file: file })
    }
}

fn holder(file: &mut File) -> String {
    let mut text = String::new();
    // The text only helps a person; the lock itself has been asked already.
    let is_read = file.take(32).read_to_string(&mut text).is_ok();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_read && is_number { text } else { "unknown".to_owned() }
}
