//! What an author of code is told. One text, whether a run sends it or a person asks to see it.

use std::collections::BTreeMap;

use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;

use super::super::author_tests::file_name;
use super::super::contract::dependencies;
use crate::briefs::{self, Dependency, Interface, Previous, Subject};
use crate::error::Error;
use crate::ports::{Brief, ContractBackend, EventDelivery, FileNames};

/// What the brief about one component is made from, but for what came of earlier attempts.
pub(super) struct Told<'run> {
    contract: &'run ComponentContract,
    tests: &'run str,
    stub: String,
    dependencies: Vec<Dependency>,
    names: FileNames,
    /// The module that reports calls, where the project asks for that.
    events: Option<String>,
}

impl<'run> Told<'run> {
    pub(super) async fn new(
        contract: &'run ComponentContract,
        callees: &BTreeMap<ComponentId, ComponentContract>,
        tests: &'run str,
        emits: bool,
        backend: &dyn ContractBackend,
    ) -> Result<Self, Error> {
        let names = backend.name_files(&contract.component_id).await?;
        let stub = backend.render_stub(contract).await?;
        let dependencies = dependencies(backend, callees.values()).await?;
        let events = match emits {
            true => Some(backend.render_events(contract, EventDelivery::Here).await?),
            false => None,
        };
        Ok(Self { contract, tests, stub, dependencies, names, events })
    }

    pub(super) fn brief(&self, subject: &Subject, previous: &[(String, String)], reasons: &[String]) -> Brief {
        let interface = Interface {
            contract: self.contract,
            stub: &self.stub,
            types_module: file_name(&self.names.types),
            dependencies: &self.dependencies,
        };
        let main_file = file_name(&self.names.implementation);
        let file = file_name(&self.names.events);
        let events = self.events.as_deref().map(|text| briefs::Events { file, text });
        briefs::implement(subject, interface, self.tests, main_file, events, Previous { files: previous }, reasons)
    }
}

/// What an author of code is told, and the part of it that a backend rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handoff {
    /// The whole text.
    pub brief: Brief,
    /// The component's interface in its language, which stands in it.
    pub stub: String,
}

/// Returns what an author of code is told before the first attempt. `callees` are the contracts of what the component calls
/// itself, `tests` is the code of its visible suite, `emits` says whether the project asks that calls are reported.
///
/// # Errors
/// When the contract cannot be said in the language, or the backend does not answer.
pub async fn handoff(
    contract: &ComponentContract,
    callees: &BTreeMap<ComponentId, ComponentContract>,
    tests: &str,
    emits: bool,
    subject: &Subject,
    backend: &dyn ContractBackend,
) -> Result<Handoff, Error> {
    let told = Told::new(contract, callees, tests, emits, backend).await?;
    Ok(Handoff { brief: told.brief(subject, &[], &[]), stub: told.stub })
}
