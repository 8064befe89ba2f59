//! The plugins of a project, loaded when the first component has to be judged: kept verdicts need none.

use std::path::Path;
use std::sync::Arc;

use pact_pipeline::ports::TestRunner;
use pact_store::Settings;
use tokio::sync::OnceCell;

use crate::exit::Failure;
use crate::toolbox::{Pair, Toolbox};

/// The plugins of a project.
pub(super) struct Tools<'a> {
    toolbox: &'a Toolbox,
    settings: &'a Settings,
    folder: &'a Path,
    pair: OnceCell<Pair<'a>>,
    runner: OnceCell<Arc<dyn TestRunner>>,
}

impl<'a> Tools<'a> {
    pub(super) fn new(toolbox: &'a Toolbox, settings: &'a Settings, folder: &'a Path) -> Self {
        Self { toolbox, settings, folder, pair: OnceCell::new(), runner: OnceCell::new() }
    }

    /// Returns what knows the project's language.
    ///
    /// # Errors
    /// When the language is not set or not known, or the backend is refused.
    pub(super) async fn pair(&self) -> Result<&Pair<'a>, Failure> {
        self.pair.get_or_try_init(|| self.toolbox.pair(self.settings, self.folder)).await
    }

    /// Returns what executes its tests.
    ///
    /// # Errors
    /// As [`Self::pair`], and when the runner is refused.
    pub(super) async fn runner(&self) -> Result<&dyn TestRunner, Failure> {
        let pair = self.pair().await?;
        let runner = self.runner.get_or_try_init(|| self.toolbox.runner_of(pair)).await?;
        Ok(&**runner)
    }
}
