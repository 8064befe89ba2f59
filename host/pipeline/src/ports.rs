//! What the pipeline needs from outside, as traits. The runtime and the store implement them; tests bring their own.

mod assessor;
mod backend;
mod clock;
mod contract_backend;
mod fault;
mod languages;
mod provider;
mod reporter;
mod runner;
mod workspace;

pub use assessor::{AssessError, Assessor, FactsBackend, SourceText};
pub use backend::{BackendInfo, LanguageBackend};
pub use clock::Clock;
pub use contract_backend::{
    BackendError, ContractBackend, ContractFault, Decoy, EventDelivery, FileNames, Obstacle, Proxy, SourceFinding,
};
pub use fault::PluginFault;
pub use languages::{Language, Languages};
pub use provider::{Brief, Completion, CompletionRequest, Provider, ProviderError, Usage};
pub use reporter::{RunEvent, RunReporter, Source};
pub use runner::{
    Called, EventSink, Renewal, RunnerEvent, RunnerInfo, Session, SplitRequest, Stamped, SuiteRequest, Summary,
    TestRunner,
};
pub use workspace::{Artefact, CallKey, Ownership, ProjectFile, Workspace, WorkspaceError, WorkspaceErrorKind};
