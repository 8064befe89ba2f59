//! The port to a language backend: what a language's source says, and what its artefacts look like.

use async_trait::async_trait;
use pact_model::canary::PlantedSource;
use pact_model::suite::TestListing;
use serde::{Deserialize, Serialize};

use super::PluginFault;

/// Knows one language: parses and renders, runs nothing.
#[async_trait]
pub trait LanguageBackend: Send + Sync {
    /// What the backend says of itself.
    fn info(&self) -> &BackendInfo;

    /// Returns the tests and marks of a source file, or `None` when the file does not parse (then the runner's own
    /// collection error is the better message). `path` begins the functions' names.
    ///
    /// # Errors
    /// [`PluginFault`] when the plugin does not answer.
    async fn list_tests(&self, path: &str, source: &[u8]) -> Result<Option<TestListing>, PluginFault>;

    /// Changes one expected value in each of at most `count` tests of a source, in place, so that they must fail. Which tests and
    /// which values follow from `key`: the same arguments give the same source. `path` begins the functions' names. `None` when
    /// the file does not parse or is no text.
    ///
    /// # Errors
    /// [`PluginFault`] when the plugin does not answer.
    async fn plant_canaries(
        &self,
        path: &str,
        source: &[u8],
        key: &[u8],
        count: u32,
    ) -> Result<Option<PlantedSource>, PluginFault>;
}

/// What a backend says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackendInfo {
    /// The plugin's id.
    pub plugin: String,
    /// The language.
    pub language: String,
    /// The id of the runner that it is paired with.
    pub runner: String,
}
