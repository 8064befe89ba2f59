//! What a language has against contracts: words that it reserves, types that it does not have. The host knows none of them; the
//! backend is asked.

use std::path::Path;

use pact_model::component_id::ComponentId;
use pact_model::finding::Finding;
use pact_model::validation::{Artefacts, File};
use pact_pipeline::ports::{BackendError, ContractBackend};
use pact_store::{Project, Settings};

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
        let pair = languages.pair(id).await?;
        let answers = [
            named(&*pair.backend, id).await,
            pair.backend.render_types(contract).await.map(drop),
            pair.backend.render_stub(contract).await.map(drop),
            pair.backend.render_stand_in(contract).await.map(drop),
        ];
        // The first that refuses says what the others would say again.
        if let Some(error) = answers.into_iter().find_map(Result::err) {
            match error {
                BackendError::Invalid(faults) => findings.extend(faults.iter().map(|fault| {
                    let message = format!("{} [{}]", fault.message, fault.code);
                    Finding::error("language", &path, fault.pointer(), message)
                })),
                BackendError::Plugin(fault) => return Err(bad_run(fault.into())),
            }
        }
    }
    Ok(findings)
}

async fn named(backend: &dyn ContractBackend, id: &ComponentId) -> Result<(), BackendError> {
    backend.name_files(id).await.map(drop)
}
