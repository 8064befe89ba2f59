//! The port to what a language backend does with contracts: names of files, rendering, the check of an implementation.

use async_trait::async_trait;
use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::implementation::ImplementationFile;
use pact_model::rendered_suite::RenderedSuite;
use serde::{Deserialize, Serialize};

use super::{LanguageBackend, PluginFault, SourceText};

/// Says contracts in one language. Every function is pure: the same arguments give the same answer.
#[async_trait]
pub trait ContractBackend: LanguageBackend {
    /// Names the files of a component. Nothing else in the host spells these names.
    ///
    /// # Errors
    /// [`BackendError::Invalid`] when the id cannot be a module of the language.
    async fn name_files(&self, component: &ComponentId) -> Result<FileNames, BackendError>;

    /// Renders the module of a contract's types.
    ///
    /// # Errors
    /// [`BackendError::Invalid`] when the contract cannot be said in the language.
    async fn render_types(&self, contract: &ComponentContract) -> Result<String, BackendError>;

    /// Renders the interface for people and models. It is never executed.
    ///
    /// # Errors
    /// [`BackendError::Invalid`] when the contract cannot be said in the language.
    async fn render_stub(&self, contract: &ComponentContract) -> Result<String, BackendError>;

    /// Renders the module that stands in for the component in the suites of those that call it.
    ///
    /// # Errors
    /// [`BackendError::Invalid`] when the contract cannot be said in the language.
    async fn render_stand_in(&self, contract: &ComponentContract) -> Result<String, BackendError>;

    /// Renders the module by which one instance of a split suite calls the component in the other.
    ///
    /// # Errors
    /// [`BackendError::Invalid`] when the contract cannot be said in the language.
    async fn render_proxy(&self, contract: &ComponentContract) -> Result<Proxy, BackendError>;

    /// Finds what keeps a suite from being split: types of the contract that cannot cross, and places of `tests` that reach
    /// into the component. Empty when it can be split. A test file that does not parse has no obstacles.
    ///
    /// # Errors
    /// [`BackendError::Invalid`] when the contract cannot be said in the language.
    async fn find_obstacles(
        &self,
        contract: &ComponentContract,
        tests: &[SourceText],
    ) -> Result<Vec<Obstacle>, BackendError>;

    /// Renders an implementation that is wrong on purpose, with every export of the contract. What passes on it shows nothing
    /// about an implementation.
    ///
    /// # Errors
    /// [`BackendError::Invalid`] when the contract cannot be said in the language.
    async fn render_decoy(&self, contract: &ComponentContract, decoy: Decoy) -> Result<String, BackendError>;

    /// Renders the module of a contract's types with validators that accept everything: a test that fails on it is one of
    /// the validators alone.
    ///
    /// # Errors
    /// [`BackendError::Invalid`] when the contract cannot be said in the language.
    async fn render_lenient_types(&self, contract: &ComponentContract) -> Result<String, BackendError>;

    /// Renders the module by which an implementation reports its calls.
    ///
    /// # Errors
    /// [`BackendError::Invalid`] when the contract cannot be said in the language.
    async fn render_events(
        &self,
        contract: &ComponentContract,
        delivery: EventDelivery,
    ) -> Result<String, BackendError>;

    /// Renders a suite that follows from the contract alone; none where the contract has nothing for it.
    ///
    /// # Errors
    /// [`BackendError::Invalid`] when the contract cannot be said in the language.
    async fn render_suite(
        &self,
        contract: &ComponentContract,
        suite: RenderedSuite,
    ) -> Result<Option<String>, BackendError>;

    /// Finds the functions of the contract for which a test source has a generator of arguments, in the order of the
    /// contract. A source that does not parse has none.
    ///
    /// # Errors
    /// [`BackendError::Invalid`] when the contract cannot be said in the language.
    async fn find_generators(&self, contract: &ComponentContract, source: &str) -> Result<Vec<String>, BackendError>;

    /// Renders a test source with one test: it calls `function` once with what its generator makes for `size`, and accepts
    /// whatever the contract lets it return or raise. `path` is the test source that holds the generator; the rendered one
    /// must lie in the same folder.
    ///
    /// # Errors
    /// [`BackendError::Invalid`] when the contract cannot be said in the language, or has no such function.
    async fn render_probe(
        &self,
        contract: &ComponentContract,
        function: &str,
        path: &str,
        size: u64,
    ) -> Result<String, BackendError>;

    /// Compares the files of an implementation with its contract without running them.
    ///
    /// # Errors
    /// [`BackendError::Invalid`] when the contract cannot be said in the language.
    async fn check_implementation(
        &self,
        contract: &ComponentContract,
        files: &[ImplementationFile],
    ) -> Result<Vec<SourceFinding>, BackendError>;

    /// Returns why a source file does not parse, as one line per fault with its place; empty when it does.
    ///
    /// # Errors
    /// [`BackendError::Plugin`] when the plugin does not answer.
    async fn syntax_errors(&self, path: &str, source: &str) -> Result<Vec<String>, BackendError>;
}

/// Where the files of a component lie, relative to the project's root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileNames {
    /// The module that tests and other components import by the component's name.
    pub implementation: String,
    /// The visible suite's code.
    pub contract_test: String,
    /// The suite of required events.
    pub emission_test: String,
    /// The suite of exports.
    pub smoke_test: String,
    /// The suite of validators.
    pub validator_test: String,
    /// The hidden suite.
    pub goodhart_test: String,
    /// The interface for people and models.
    pub interface: String,
    /// The module of the contract's types.
    pub types: String,
    /// The module by which the component reports its calls.
    pub events: String,
    /// The module that stands in for the component.
    pub stand_in: String,
    /// Folders that the component's own suite has on its import path.
    pub import_paths: Vec<String>,
    /// Folders that a suite of somebody who calls it has on its import path.
    pub stand_in_paths: Vec<String>,
}

impl FileNames {
    /// Returns the folder of the implementation.
    #[must_use]
    pub fn source_folder(&self) -> &str {
        self.implementation.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Returns the path of a suite that follows from the contract alone.
    #[must_use]
    pub fn rendered(&self, suite: RenderedSuite) -> &str {
        match suite {
            RenderedSuite::Smoke => &self.smoke_test,
            RenderedSuite::Validators => &self.validator_test,
            RenderedSuite::Emission => &self.emission_test,
        }
    }

    /// Returns the folder of the tests.
    #[must_use]
    pub fn test_folder(&self) -> &str {
        self.contract_test.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// An implementation that is wrong on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decoy {
    /// Every function raises an error that no contract declares.
    Raising,
    /// Every function returns one value of its declared type, whatever it is given.
    Constant,
}

/// Who hears of a component's events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EventDelivery {
    /// Handlers in the same program.
    Here,
    /// The tests' side of a split suite.
    Across,
}

/// The module that takes a component's place in one instance and passes every call to the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy {
    /// Its text.
    pub text: String,
    /// The modules whose classes cross by value: the contract's types module first, then those of its types' owners.
    pub type_modules: Vec<String>,
}

/// Something that keeps a suite from being split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// What it is and what would be accepted. May quote the contract or a test: untrusted.
    pub reason: String,
    /// The test file; absent when it is in the contract.
    pub path: Option<String>,
    /// One-based; absent when it is in the contract.
    pub line: Option<u32>,
}

/// What a backend finds in the source of an implementation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFinding {
    /// Whether tests cannot pass with it, or would pass for the wrong reason.
    pub is_error: bool,
    /// The backend's word for the rule, in kebab case.
    pub code: String,
    /// What is wrong. May quote the source: untrusted.
    pub message: String,
    /// The file.
    pub path: String,
    /// One-based.
    pub line: u32,
}

/// Why a backend gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum BackendError {
    /// The contract or the id cannot be said in the language.
    #[error("the contract cannot be written in this language: {}", .0.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<ContractFault>),
    /// The plugin failed.
    #[error(transparent)]
    Plugin(#[from] PluginFault),
}

/// Something in a contract that a language cannot say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractFault {
    /// The kind of fault, in kebab case, for example `unknown-type`.
    pub code: String,
    /// The place in the document, as the backend writes it, for example `functions[2].output_type`; may be empty.
    pub at: String,
    /// What is wrong and what would be accepted. May quote the contract.
    pub message: String,
}

impl ContractFault {
    /// Returns the place as a JSON pointer: `functions[2].output_type` is `/functions/2/output_type`.
    #[must_use]
    pub fn pointer(&self) -> String {
        let parts = self.at.split(['.', '[', ']']).filter(|part| !part.is_empty());
        parts.map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_of_a_fault_becomes_a_pointer() {
        let at = |at: &str| ContractFault { code: String::new(), at: at.to_owned(), message: String::new() }.pointer();
        assert_eq!(at("functions[2].inputs[0].name"), "/functions/2/inputs/0/name");
        assert_eq!(at(""), "");
    }
}
