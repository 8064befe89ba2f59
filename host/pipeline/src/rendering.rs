//! A contract in a language, whatever is wrong with it: what the language cannot say is said otherwise, and each time a finding
//! tells how. For people who look at a contract, and never for a run: what a run renders must be what the contract says.

use pact_model::contract::ComponentContract;
use pact_model::finding::Finding;

use crate::ports::{BackendError, ContractBackend, FileNames};

mod amended;
mod names;

use amended::Amended;

/// One amendment can uncover the next fault, for example a new name that is taken, too. No contract needs nearly as many.
const MAX_ROUNDS: usize = 24;

/// The files of a contract, and what is different in them.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendering {
    /// Where its files lie.
    pub names: FileNames,
    /// The module of its types.
    pub types: String,
    /// Its interface for people and models.
    pub stub: String,
    /// The module that stands in for the component.
    pub stand_in: String,
    /// What is said otherwise. Pointers lead into the contract as it was read. May quote the contract: untrusted.
    pub findings: Vec<Finding>,
}

/// Renders a contract. `file` is what findings name, `known` is what validation has found in it already.
///
/// # Errors
/// [`BackendError::Invalid`] when the component's id cannot be a module of the language, or something cannot be amended;
/// [`BackendError::Plugin`] when the plugin does not answer.
pub async fn render(
    contract: &ComponentContract,
    file: &str,
    known: &[Finding],
    backend: &dyn ContractBackend,
) -> Result<Rendering, BackendError> {
    let names = backend.name_files(&contract.component_id).await?;
    let mut amended = Amended::new(contract, file, known);
    let mut rounds = 0;
    loop {
        rounds += 1;
        match texts(backend, &amended.contract()).await {
            Ok([types, stub, stand_in]) => {
                return Ok(Rendering { names, types, stub, stand_in, findings: amended.findings() });
            }
            Err(BackendError::Invalid(faults)) if rounds < MAX_ROUNDS => {
                if !amended.amend(&faults) {
                    return Err(BackendError::Invalid(faults));
                }
            }
            Err(error) => return Err(error),
        }
    }
}

async fn texts(backend: &dyn ContractBackend, contract: &ComponentContract) -> Result<[String; 3], BackendError> {
    Ok([
        backend.render_types(contract).await?,
        backend.render_stub(contract).await?,
        backend.render_stand_in(contract).await?,
    ])
}
