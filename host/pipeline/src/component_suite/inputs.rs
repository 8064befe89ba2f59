//! What a component's suite is put together from, as one digest: for whoever keeps a verdict and must know it again without
//! a backend that renders anything.

use std::collections::BTreeMap;

use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;

use super::{expected_ids, own_tests};
use crate::digest;
use crate::error::Error;
use crate::ports::{FileNames, ProjectFile, Workspace};

/// Returns the digest of everything that [`super::assemble`] reads of a project. With equal plugins, equal digests give equal
/// suites.
///
/// # Errors
/// [`Error`] when a file cannot be read.
pub fn digest_of_inputs(
    contract: &ComponentContract,
    others: &BTreeMap<ComponentId, ComponentContract>,
    workspace: &dyn Workspace,
    names: &FileNames,
) -> Result<String, Error> {
    let parts = |files: &[ProjectFile]| {
        digest::of_parts(files.iter().map(|file| (file.path.as_str(), file.content.as_slice())))
    };
    let sources = workspace.files_below(names.source_folder())?;
    let tests = own_tests(&contract.component_id, names, workspace)?;
    let code = tests.iter().find(|file| file.path == names.contract_test);
    let code = code.map(|file| file.content.as_slice()).unwrap_or_default();
    let expected = expected_ids(contract, code, workspace)?;
    Ok(digest::of_json(&(contract, others, names, parts(&sources), parts(&tests), expected)))
}
