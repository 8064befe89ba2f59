//! World `language-backend` as the ports [`LanguageBackend`] and [`ContractBackend`].

use std::sync::Arc;

use async_trait::async_trait;
use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::facts::Facts;
use pact_model::implementation::ImplementationFile;
use pact_model::suite::{Certainty, DeclaredTest, Mark, MarkKind, TestListing};
use pact_pipeline::ports::{
    BackendError, BackendInfo, ContractBackend, ContractFault, FactsBackend, FileNames, LanguageBackend, PluginFault,
    SourceFinding, SourceText,
};
use wasmtime::Store;

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
    info: BackendInfo,
    extension: String,
}

impl WasmLanguageBackend {
    pub(crate) async fn new(plugin: LoadedPlugin) -> Result<Self, LoadError> {
        let instance = LanguageBackendPre::new(plugin.instance.clone())
            .map_err(|error| plugin.refuse(LoadErrorKind::Engine(format!("{error:#}"))))?;
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
        Ok(Self { plugin: Arc::new(plugin), instance, info, extension: described.extension })
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
        serde_json::to_string(contract).map_err(|error| fault(&self.plugin, name, error.to_string()))
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
        &self.info
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
        Ok(listing.ok().map(test_listing))
    }
}

#[async_trait]
impl ContractBackend for WasmLanguageBackend {
    async fn name_files(&self, component: &ComponentId) -> Result<FileNames, BackendError> {
        let id = component.to_string();
        let named = self
            .call("backend.name-files", async move |backend, store| {
                backend.pact_plugin_backend().call_name_files(store, &id).await
            })
            .await?;
        match named {
            Ok(names) => Ok(FileNames {
                implementation: names.implementation,
                contract_test: names.contract_test,
                emission_test: names.emission_test,
                goodhart_test: names.goodhart_test,
                interface: names.interface,
                types: names.types,
                stand_in: names.stand_in,
                import_paths: names.import_paths,
                stand_in_paths: names.stand_in_paths,
            }),
            Err(wit::NameError::InvalidComponentId(message)) => Err(BackendError::Invalid(vec![ContractFault {
                code: "invalid-component-id".to_owned(),
                at: "component_id".to_owned(),
                message,
            }])),
        }
    }

    async fn render_types(&self, contract: &ComponentContract) -> Result<String, BackendError> {
        self.render("backend.render-types", contract, async |backend, store, json| {
            backend.pact_plugin_backend().call_render_types(store, &json, None).await
        })
        .await
    }

    async fn render_stub(&self, contract: &ComponentContract) -> Result<String, BackendError> {
        self.render("backend.render-stub", contract, async |backend, store, json| {
            backend.pact_plugin_backend().call_render_stub(store, &json).await
        })
        .await
    }

    async fn render_stand_in(&self, contract: &ComponentContract) -> Result<String, BackendError> {
        self.render("backend.render-stand-in", contract, async |backend, store, json| {
            backend.pact_plugin_backend().call_render_stand_in(store, &json).await
        })
        .await
    }

    async fn check_implementation(
        &self,
        contract: &ComponentContract,
        files: &[ImplementationFile],
    ) -> Result<Vec<SourceFinding>, BackendError> {
        let name = "backend.check-implementation";
        let json = self.json(name, contract)?;
        let files: Vec<wit::SourceText> =
            files.iter().map(|file| wit::SourceText { path: file.path.clone(), text: file.content.clone() }).collect();
        let checked = self
            .call(name, async move |backend, store| {
                backend.pact_plugin_backend().call_check_implementation(store, &json, &files).await
            })
            .await?;
        let findings = checked.map_err(|error| self.contract_error(name, error))?;
        Ok(findings.into_iter().map(source_finding).collect())
    }

    async fn syntax_errors(&self, path: &str, source: &str) -> Result<Vec<String>, BackendError> {
        let (path, source) = (path.to_owned(), source.to_owned());
        let listing = self
            .call("backend.list-tests", async move |backend, store| {
                backend.pact_plugin_backend().call_list_tests(store, &path, &source).await
            })
            .await?;
        Ok(match listing {
            Ok(_) => Vec::new(),
            Err(wit::SourceError::Syntax(errors)) => errors
                .into_iter()
                .map(|error| {
                    format!("{}:{}:{}: {}", error.place.path, error.place.line, error.place.column, error.message)
                })
                .collect(),
        })
    }
}

#[async_trait]
impl FactsBackend for WasmLanguageBackend {
    fn extension(&self) -> &str {
        &self.extension
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

fn source_finding(finding: wit::Finding) -> SourceFinding {
    SourceFinding {
        is_error: finding.severity == wit::Severity::Error,
        code: finding.code,
        message: finding.message,
        path: finding.place.path,
        line: finding.place.line,
    }
}

fn test_listing(listing: wit::TestListing) -> TestListing {
    TestListing {
        functions: listing.functions.into_iter().map(declared_test).collect(),
        calls: listing.calls.into_iter().map(mark).collect(),
        skips_module: listing.skips_module,
    }
}

fn declared_test(function: wit::TestFunction) -> DeclaredTest {
    DeclaredTest {
        function: function.id,
        certainty: match function.certainty {
            wit::Certainty::Defined => Certainty::Defined,
            wit::Certainty::Conditional => Certainty::Conditional,
            wit::Certainty::Bound => Certainty::Bound,
        },
        first_line: function.first_line,
        definition_line: function.definition_line,
        last_line: function.last_line,
        marks: function.marks.into_iter().map(mark).collect(),
    }
}

fn mark(mark: wit::Mark) -> Mark {
    Mark {
        kind: match mark.kind {
            wit::MarkKind::Skip => MarkKind::Skip,
            wit::MarkKind::SkipIf => MarkKind::SkipIf,
            wit::MarkKind::Xfail => MarkKind::Xfail,
        },
        text: mark.text,
        first_line: mark.first_line,
        last_line: mark.last_line,
    }
}
