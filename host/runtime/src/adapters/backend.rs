//! World `language-backend` as the ports [`LanguageBackend`] and [`ContractBackend`].

use std::sync::Arc;

use async_trait::async_trait;
use pact_model::canary::PlantedSource;
use pact_model::contract::ComponentContract;
use pact_model::facts::Facts;
use pact_model::suite::TestListing;
use pact_pipeline::ports::{
    BackendError, BackendInfo, ContractFault, FactsBackend, LanguageBackend, PluginFault, SourceText,
};
use serde::{Deserialize, Serialize};
use wasmtime::Store;

mod contract;
mod listing;

use super::call::{call, fault};
use super::{DESCRIBE_FUEL, describe_outcome, facts};
use crate::bindings::language_backend::exports::pact::plugin::backend as wit;
use crate::bindings::language_backend::{LanguageBackend as Bindings, LanguageBackendPre};
use crate::guest::Guest;
use crate::load::{LoadError, LoadErrorKind, LoadedPlugin};
use crate::session::{self, Caller};

/// A language backend in a sandbox.
pub struct WasmLanguageBackend {
    plugin: Arc<LoadedPlugin>,
    instance: LanguageBackendPre<Guest>,
    described: Described,
}

/// What a backend says of itself.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Described {
    pub(crate) info: BackendInfo,
    extension: String,
}

impl WasmLanguageBackend {
    /// Asks the plugin what it is, if that is not known.
    pub(crate) async fn new(plugin: LoadedPlugin, known: Option<Described>) -> Result<Self, LoadError> {
        let instance = LanguageBackendPre::new(plugin.instance.clone())
            .map_err(|error| plugin.refuse(LoadErrorKind::Engine(format!("{error:#}"))))?;
        let described = match known {
            Some(described) => described,
            None => Self::ask(&plugin, &instance).await?,
        };
        Ok(Self { plugin: Arc::new(plugin), instance, described })
    }

    async fn ask(plugin: &LoadedPlugin, instance: &LanguageBackendPre<Guest>) -> Result<Described, LoadError> {
        let authority = plugin.authority.clone().with_fuel(DESCRIBE_FUEL);
        let caller = Caller { authority: &authority, digest: &plugin.digest, call: "backend.describe", seed: 0 };
        let ended = session::run(&plugin.engine, caller, Guest::new(&authority, 0), async |store| {
            let backend = instance.instantiate_async(&mut *store).await?;
            backend.pact_plugin_backend().call_describe(store).await
        })
        .await;
        plugin.report(&ended.receipt, &ended.log);
        let Some(described) = ended.returned else {
            return Err(plugin.refuse(LoadErrorKind::Describe(describe_outcome(&ended.receipt.outcome))));
        };
        let info = BackendInfo {
            plugin: plugin.manifest.id.to_string(),
            language: described.language,
            runner: described.runner,
        };
        Ok(Described { info, extension: described.extension })
    }

    pub(crate) fn described(&self) -> &Described {
        &self.described
    }

    /// Calls one function in a fresh instance.
    async fn call<R: Send + 'static>(
        &self,
        name: &'static str,
        function: impl AsyncFnOnce(&Bindings, &mut Store<Guest>) -> wasmtime::Result<R> + Send + 'static,
    ) -> Result<R, PluginFault> {
        let instance = self.instance.clone();
        call(&self.plugin, name, Guest::new(&self.plugin.authority, 0), async move |store| {
            let backend = instance.instantiate_async(&mut *store).await?;
            function(&backend, store).await
        })
        .await
    }

    fn json(&self, name: &str, contract: &ComponentContract) -> Result<String, PluginFault> {
        serde_json::to_string(&contract.spelt_in_one_way())
            .map_err(|error| fault(&self.plugin, name, error.to_string()))
    }

    /// Sorts out an error about a contract: the contract's own faults are the caller's to mend.
    fn contract_error(&self, name: &str, error: wit::ContractError) -> BackendError {
        match error {
            wit::ContractError::Unreadable(message) => {
                BackendError::Invalid(vec![ContractFault { code: "unreadable".to_owned(), at: String::new(), message }])
            }
            wit::ContractError::Invalid(faults) => {
                BackendError::Invalid(faults.into_iter().map(contract_fault).collect())
            }
            wit::ContractError::UnknownTypeStyle(style) => {
                fault(&self.plugin, name, format!("it does not know its own type style `{style}`")).into()
            }
        }
    }

    async fn render(
        &self,
        name: &'static str,
        contract: &ComponentContract,
        function: impl AsyncFnOnce(
            &Bindings,
            &mut Store<Guest>,
            String,
        ) -> wasmtime::Result<Result<String, wit::ContractError>>
        + Send
        + 'static,
    ) -> Result<String, BackendError> {
        let json = self.json(name, contract)?;
        self.call(name, async move |backend, store| function(backend, store, json).await)
            .await?
            .map_err(|error| self.contract_error(name, error))
    }
}

#[async_trait]
impl LanguageBackend for WasmLanguageBackend {
    fn info(&self) -> &BackendInfo {
        &self.described.info
    }

    async fn list_tests(&self, path: &str, source: &[u8]) -> Result<Option<TestListing>, PluginFault> {
        // A file that is no text does not parse either; the runner says so better.
        let Ok(source) = std::str::from_utf8(source) else { return Ok(None) };
        let (path, source) = (path.to_owned(), source.to_owned());
        let listing = self
            .call("backend.list-tests", async move |backend, store| {
                backend.pact_plugin_backend().call_list_tests(store, &path, &source).await
            })
            .await?;
        Ok(listing.ok().map(listing::test_listing))
    }

    async fn plant_canaries(
        &self,
        path: &str,
        source: &[u8],
        key: &[u8],
        count: u32,
    ) -> Result<Option<PlantedSource>, PluginFault> {
        let Ok(source) = std::str::from_utf8(source) else { return Ok(None) };
        let (path, source, key) = (path.to_owned(), source.to_owned(), key.to_vec());
        let planted = self
            .call("backend.plant-canaries", async move |backend, store| {
                backend.pact_plugin_backend().call_plant_canaries(store, &path, &source, &key, count).await
            })
            .await?;
        Ok(planted.ok().map(listing::planted_source))
    }
}

#[async_trait]
impl FactsBackend for WasmLanguageBackend {
    fn extension(&self) -> &str {
        &self.described.extension
    }

    async fn extract_facts(
        &self,
        sources: Vec<SourceText>,
        tests: Vec<SourceText>,
        import_paths: &[String],
    ) -> Result<Facts, PluginFault> {
        let texts = |files: Vec<SourceText>| -> Vec<wit::SourceText> {
            files.into_iter().map(|file| wit::SourceText { path: file.path, text: file.text }).collect()
        };
        let (sources, tests, import_paths) = (texts(sources), texts(tests), import_paths.to_vec());
        let found = self
            .call("backend.extract-facts", async move |backend, store| {
                backend.pact_plugin_backend().call_extract_facts(store, &sources, &tests, &import_paths).await
            })
            .await?;
        Ok(facts::from_wit(found))
    }
}

fn contract_fault(fault: wit::ContractFault) -> ContractFault {
    let code = match fault.kind {
        wit::ContractFaultKind::InvalidName => "invalid-name",
        wit::ContractFaultKind::DuplicateName => "duplicate-name",
        wit::ContractFaultKind::MalformedType => "malformed-type",
        wit::ContractFaultKind::UnknownType => "unknown-type",
        wit::ContractFaultKind::MalformedValidator => "malformed-validator",
        wit::ContractFaultKind::InvalidDefault => "invalid-default",
        wit::ContractFaultKind::Unsupported => "unsupported",
    };
    ContractFault { code: code.to_owned(), at: fault.at, message: fault.message }
}
