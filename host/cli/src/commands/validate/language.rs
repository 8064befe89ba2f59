//! What a language has against contracts: words that it reserves, types that it does not have. The host knows none of them; the
//! backend is asked.

use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;

use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::finding::Finding;
use pact_model::validation::{Artefacts, File};
use pact_pipeline::ports::{BackendError, ContractBackend};
use pact_store::{Project, Settings};
use tokio::sync::Semaphore;

use super::path_of;
use crate::commands::Context;
use crate::exit::Failure;
use crate::project::bad_run;
use crate::toolbox::{LazyLanguages, Toolbox};

/// Asks the backend about each contract that has no error yet: what is wrong in every language would only be said twice.
///
/// # Errors
/// When the backend cannot be loaded or does not answer.
pub(super) async fn findings(
    context: &Context,
    (folder, settings): (&Path, &Settings),
    artefacts: &Artefacts,
    known: &[Finding],
    project: &Project,
) -> Result<Vec<Finding>, Failure> {
    let mut findings = Vec::new();
    let mut asked = Vec::new();
    // Each turn computes on a core of its own.
    let turns = Arc::new(Semaphore::new(std::thread::available_parallelism().map_or(1, NonZeroUsize::get)));
    let has_language = |id: &ComponentId| settings.language.of(id).is_some();
    if let Some(without) = artefacts.contracts.keys().find(|id| !has_language(id)) {
        context
            .ui
            .say(&format!("note: pact.yaml sets no `language` for `{without}`, so none was asked about its contract"));
    }
    let toolbox = Toolbox::open_for_project(context, folder, settings, None)?;
    let languages = LazyLanguages::new(&toolbox, settings, folder);
    for (id, contract) in artefacts.contracts.iter().filter(|(id, _)| has_language(id)) {
        let path = path_of(project, File::Contract(id));
        if known.iter().any(|finding| finding.is_error() && finding.file == path) {
            continue;
        }
        let backend = Arc::clone(&languages.pair(id).await?.backend);
        let (turn, id, contract) = (Arc::clone(&turns), id.clone(), contract.clone());
        asked.push((
            path,
            tokio::spawn(async move {
                let _turn = turn.acquire().await;
                refusal(&*backend, &id, &contract).await
            }),
        ));
    }
    for (path, answer) in asked {
        match answer.await.map_err(Failure::bug)? {
            None => {}
            Some(BackendError::Invalid(faults)) => findings.extend(faults.iter().map(|fault| {
                let message = format!("{} [{}]", fault.message, fault.code);
                Finding::error("language", &path, fault.pointer(), message)
            })),
            Some(BackendError::Plugin(fault)) => return Err(bad_run(fault.into())),
        }
    }
    Ok(findings)
}

/// Returns what the language has against a contract. The first that refuses says what the others would say again.
async fn refusal(
    backend: &dyn ContractBackend,
    id: &ComponentId,
    contract: &ComponentContract,
) -> Option<BackendError> {
    if let Err(error) = backend.name_files(id).await {
        return Some(error);
    }
    let rendered = backend.render_types(contract).await;
    let rendered = rendered.and(backend.render_stub(contract).await);
    rendered.and(backend.render_stand_in(contract).await).err()
}
