//! What a language backend does with contracts, as the port [`ContractBackend`].

use async_trait::async_trait;
use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::implementation::ImplementationFile;
use pact_model::rendered_suite::RenderedSuite;
use pact_pipeline::ports::{
    BackendError, ContractBackend, ContractFault, Decoy, EventDelivery, FileNames, Obstacle, Proxy, SourceFinding,
    SourceText,
};

use super::{WasmLanguageBackend, wit};

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
                smoke_test: names.smoke_test,
                validator_test: names.validator_test,
                goodhart_test: names.goodhart_test,
                interface: names.interface,
                types: names.types,
                events: names.events,
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

    async fn render_proxy(&self, contract: &ComponentContract) -> Result<Proxy, BackendError> {
        let name = "backend.render-proxy";
        let json = self.json(name, contract)?;
        let rendered = self
            .call(name, async move |backend, store| backend.pact_plugin_backend().call_render_proxy(store, &json).await)
            .await?;
        let proxy = rendered.map_err(|error| self.contract_error(name, error))?;
        Ok(Proxy { text: proxy.text, type_modules: proxy.type_modules })
    }

    async fn find_obstacles(
        &self,
        contract: &ComponentContract,
        tests: &[SourceText],
    ) -> Result<Vec<Obstacle>, BackendError> {
        let name = "backend.find-obstacles";
        let json = self.json(name, contract)?;
        let tests: Vec<wit::SourceText> =
            tests.iter().map(|file| wit::SourceText { path: file.path.clone(), text: file.text.clone() }).collect();
        let found = self
            .call(name, async move |backend, store| {
                backend.pact_plugin_backend().call_find_obstacles(store, &json, &tests).await
            })
            .await?;
        let obstacles = found.map_err(|error| self.contract_error(name, error))?;
        Ok(obstacles.into_iter().map(obstacle).collect())
    }

    async fn render_decoy(&self, contract: &ComponentContract, decoy: Decoy) -> Result<String, BackendError> {
        let decoy = match decoy {
            Decoy::Raising => wit::Decoy::Raising,
            Decoy::Constant => wit::Decoy::Constant,
        };
        self.render("backend.render-decoy", contract, async move |backend, store, json| {
            backend.pact_plugin_backend().call_render_decoy(store, &json, decoy).await
        })
        .await
    }

    async fn render_lenient_types(&self, contract: &ComponentContract) -> Result<String, BackendError> {
        self.render("backend.render-lenient-types", contract, async |backend, store, json| {
            backend.pact_plugin_backend().call_render_lenient_types(store, &json).await
        })
        .await
    }

    async fn render_events(
        &self,
        contract: &ComponentContract,
        delivery: EventDelivery,
    ) -> Result<String, BackendError> {
        let delivery = match delivery {
            EventDelivery::Here => wit::EventDelivery::Here,
            EventDelivery::Across => wit::EventDelivery::Across,
        };
        self.render("backend.render-events", contract, async move |backend, store, json| {
            backend.pact_plugin_backend().call_render_events(store, &json, delivery).await
        })
        .await
    }

    async fn render_suite(
        &self,
        contract: &ComponentContract,
        suite: RenderedSuite,
    ) -> Result<Option<String>, BackendError> {
        let name = "backend.render-suite";
        let json = self.json(name, contract)?;
        let suite = match suite {
            RenderedSuite::Smoke => wit::RenderedSuite::Smoke,
            RenderedSuite::Validators => wit::RenderedSuite::Validators,
            RenderedSuite::Emission => wit::RenderedSuite::Emission,
        };
        let rendered = self
            .call(name, async move |backend, store| {
                backend.pact_plugin_backend().call_render_suite(store, &json, suite).await
            })
            .await?;
        rendered.map_err(|error| self.contract_error(name, error))
    }

    async fn find_generators(&self, contract: &ComponentContract, source: &str) -> Result<Vec<String>, BackendError> {
        let name = "backend.find-generators";
        let json = self.json(name, contract)?;
        let source = source.to_owned();
        let found = self
            .call(name, async move |backend, store| {
                backend.pact_plugin_backend().call_find_generators(store, &json, &source).await
            })
            .await?;
        found.map_err(|error| self.contract_error(name, error))
    }

    async fn render_probe(
        &self,
        contract: &ComponentContract,
        function: &str,
        path: &str,
        size: u64,
    ) -> Result<String, BackendError> {
        let (function, path) = (function.to_owned(), path.to_owned());
        self.render("backend.render-probe", contract, async move |backend, store, json| {
            backend.pact_plugin_backend().call_render_probe(store, &json, &function, &path, size).await
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

fn source_finding(finding: wit::Finding) -> SourceFinding {
    SourceFinding {
        is_error: finding.severity == wit::Severity::Error,
        code: finding.code,
        message: finding.message,
        path: finding.place.path,
        line: finding.place.line,
    }
}

fn obstacle(obstacle: wit::Obstacle) -> Obstacle {
    let (path, line) = obstacle.place.map(|place| (place.path, place.line)).unzip();
    Obstacle { reason: obstacle.reason, path, line }
}
