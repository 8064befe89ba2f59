//! Why a run stopped without a result. Work that was judged and rejected is a result and not here.

use std::collections::BTreeSet;

use pact_model::component_id::ComponentId;
use pact_model::finding::Finding;

use crate::judge::JudgeError;
use crate::ports::{BackendError, PluginFault, ProviderError, WorkspaceError};

/// Why a run stopped.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The project folder.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
    /// A model.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// A plugin that is no provider.
    #[error(transparent)]
    Plugin(#[from] PluginFault),
    /// The runner does not accept the suite's settings.
    #[error("failed to run the tests of `{component}`")]
    Suite {
        /// Whose.
        component: ComponentId,
        /// Why.
        #[source]
        source: JudgeError,
    },
    /// An artefact that a person wrote or changed is not valid. The lines stand beside the findings, where known.
    #[error("`{file}` is not valid: {}", .findings.iter().map(|(finding, line)| describe(finding, *line)).collect::<Vec<_>>().join("; "))]
    InvalidArtefact {
        /// The file.
        file: String,
        /// What is wrong, and in which line.
        findings: Vec<(Finding, Option<u32>)>,
    },
    /// The sandbox gave no verdict, which says nothing about the code.
    #[error("there is no verdict on `{component}`: {reason}")]
    NoVerdict {
        /// On what.
        component: ComponentId,
        /// Why.
        reason: String,
    },
    /// A component that has a language of its own does not exist.
    #[error("`{component}` has a language of its own, and is no component of this project: there is {}", .known.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", "))]
    LanguageOfNobody {
        /// What was named.
        component: ComponentId,
        /// What there is.
        known: BTreeSet<ComponentId>,
    },
    /// A bug of ours.
    #[error("a task of the run ended without a result: {reason}")]
    Broken {
        /// What is known of it.
        reason: String,
    },
}

/// Whose fault it is that a run stopped. The edge picks heading and exit code by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Usage, configuration, a file of the user's, a missing grant.
    User,
    /// An artefact of the project was found wanting.
    Artefact,
    /// A plugin's, or there was no verdict.
    Plugin,
    /// A provider or the network failed.
    Provider,
    /// A bug of ours.
    Ours,
}

impl Error {
    /// Returns whose fault it is.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self {
            Self::Workspace(_)
            | Self::LanguageOfNobody { .. }
            | Self::Suite { source: JudgeError::InvalidInput { .. }, .. }
            | Self::Provider(
                ProviderError::NotConfigured { .. } | ProviderError::Denied { .. } | ProviderError::InvalidInput { .. },
            ) => Fault::User,
            Self::InvalidArtefact { .. } => Fault::Artefact,
            Self::Plugin(_)
            | Self::NoVerdict { .. }
            | Self::Suite { .. }
            | Self::Provider(ProviderError::Plugin(_)) => Fault::Plugin,
            Self::Provider(ProviderError::Unavailable { .. }) => Fault::Provider,
            Self::Broken { .. } => Fault::Ours,
        }
    }
}

impl From<BackendError> for Error {
    // A backend that refuses what validation accepted contradicts its own answer of a moment before.
    fn from(error: BackendError) -> Self {
        match error {
            BackendError::Plugin(fault) => Self::Plugin(fault),
            invalid @ BackendError::Invalid(_) => Self::Plugin(PluginFault {
                plugin: "language backend".to_owned(),
                call: "render".to_owned(),
                reason: invalid.to_string(),
                receipt: None,
            }),
        }
    }
}

fn describe(finding: &Finding, line: Option<u32>) -> String {
    match line {
        Some(line) => format!("line {line}: {} [{}]", finding.message, finding.code),
        None => format!("{} {} [{}]", finding.pointer, finding.message, finding.code),
    }
}
