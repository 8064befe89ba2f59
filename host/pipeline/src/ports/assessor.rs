//! The ports to assessors and to the backend that finds the facts for them.

use async_trait::async_trait;
use pact_model::assessment::{AssessorFinding, AssessorInfo};
use pact_model::facts::Facts;

use super::{LanguageBackend, PluginFault};

/// Judges what is known about sources.
#[async_trait]
pub trait Assessor: Send + Sync {
    /// What the assessor says of itself.
    fn info(&self) -> &AssessorInfo;

    /// Judges facts. The findings are sorted by place and keep the rules of [`AssessorInfo::fault_in`].
    ///
    /// # Errors
    /// [`AssessError::InvalidInput`] when the assessor's settings are wrong, [`AssessError::Plugin`] when it does not answer.
    async fn assess(&self, facts: &Facts) -> Result<Vec<AssessorFinding>, AssessError>;
}

/// A backend that finds facts.
#[async_trait]
pub trait FactsBackend: LanguageBackend {
    /// The ending of a source file, without the dot.
    fn extension(&self) -> &str;

    /// Finds facts in sources and tests, each a path and a text. `import_paths` are the folders whose modules are top-level
    /// ones; without one a module's name starts at the root. What does not parse is listed in [`Facts::unparsed`].
    ///
    /// # Errors
    /// [`PluginFault`] when the plugin does not answer.
    async fn extract_facts(
        &self,
        sources: Vec<SourceText>,
        tests: Vec<SourceText>,
        import_paths: &[String],
    ) -> Result<Facts, PluginFault>;
}

/// A source file as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceText {
    /// Relative to the root, with `/`.
    pub path: String,
    /// The whole content.
    pub text: String,
}

/// Why an assessor gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum AssessError {
    /// Its settings are wrong. The text is the plugin's: untrusted.
    #[error("the settings of `{plugin}` are wrong: {message}")]
    InvalidInput {
        /// The plugin's id.
        plugin: String,
        /// What is wrong, and how to mend it.
        message: String,
    },
    /// The plugin failed.
    #[error(transparent)]
    Plugin(#[from] PluginFault),
}
