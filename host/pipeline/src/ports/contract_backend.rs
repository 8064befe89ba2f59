//! The port to what a language backend does with contracts: names of files, rendering, the check of an implementation.

use async_trait::async_trait;
use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::implementation::ImplementationFile;

use super::{LanguageBackend, PluginFault};

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNames {
    /// The module that tests and other components import by the component's name.
    pub implementation: String,
    /// The visible suite's code.
    pub contract_test: String,
    /// The suite of required events.
    pub emission_test: String,
    /// The hidden suite.
    pub goodhart_test: String,
    /// The interface for people and models.
    pub interface: String,
    /// The module of the contract's types.
    pub types: String,
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

    /// Returns the folder of the tests.
    #[must_use]
    pub fn test_folder(&self) -> &str {
        self.contract_test.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
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
