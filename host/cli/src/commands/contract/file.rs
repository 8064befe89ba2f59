//! The file of a contract, which needs no project around it.

use std::path::Path;

use anyhow::{Context as _, anyhow};
use cap_std::ambient_authority;
use cap_std::fs::Dir;
use pact_model::contract::ComponentContract;

use crate::exit::Failure;

/// Reads the contract at `path`; `typed` is how the user named it.
///
/// # Errors
/// When there is no such file, or it is no contract.
pub(in crate::commands) fn read(path: &Path, typed: &Path) -> Result<ComponentContract, Failure> {
    let failed =
        |error: anyhow::Error| Failure::usage(error).context(format!("read the contract `{}`", typed.display()));
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(failed(anyhow!("it is no file")));
    };
    let bytes = Dir::open_ambient_dir(folder, ambient_authority())
        .and_then(|folder| folder.read(name))
        .map_err(|error| failed(error.into()))?;
    serde_json::from_slice(&bytes).context("it is no contract").map_err(failed)
}
