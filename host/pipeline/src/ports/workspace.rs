//! The port to the project folder: artefacts by what they are, files that a backend names by their path.
//!
//! Synchronous: a local disk answers sooner than a task switch pays for.

use pact_model::certificate::Certificate;
use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::decomposition::{DecompositionTree, EngineeringDecision};
use pact_model::phase::Phase;
use pact_model::run_state::RunState;
use pact_model::task::Task;
use pact_model::test_suite::ContractTestSuite;
use serde::{Deserialize, Serialize};

use super::{Brief, Completion};
use crate::record::{ComponentRecord, RunRecord};

/// Reads and writes one project. Every write is atomic; what was written is on disk when a function returns.
pub trait Workspace: Send + Sync {
    /// Reads the task and the house rules.
    fn task(&self) -> Result<Task, WorkspaceError>;

    /// Returns the path of an artefact, for messages.
    fn path_of(&self, artefact: &Artefact) -> String;

    /// Reads the tree; none when there is no file.
    fn tree(&self) -> Result<Option<DecompositionTree>, WorkspaceError>;
    /// Writes the tree.
    fn save_tree(&self, tree: &DecompositionTree) -> Result<(), WorkspaceError>;
    /// Writes what was decided.
    fn save_decisions(&self, decisions: &[EngineeringDecision]) -> Result<(), WorkspaceError>;
    /// Reads what was decided; empty when there is no file.
    fn decisions(&self) -> Result<Vec<EngineeringDecision>, WorkspaceError>;

    /// Reads a contract; none when there is no file.
    fn contract(&self, id: &ComponentId) -> Result<Option<ComponentContract>, WorkspaceError>;
    /// Writes a contract, and a copy into its history.
    fn save_contract(&self, contract: &ComponentContract) -> Result<(), WorkspaceError>;

    /// Reads a suite; none when there is no file.
    fn test_suite(&self, id: &ComponentId) -> Result<Option<ContractTestSuite>, WorkspaceError>;
    /// Writes a suite (not its code file, which the backend names).
    fn save_test_suite(&self, suite: &ContractTestSuite) -> Result<(), WorkspaceError>;

    /// Reads the certificate; none when there is no file, or it is of another version.
    fn certificate(&self) -> Result<Option<Certificate>, WorkspaceError>;
    /// Writes the certificate.
    fn save_certificate(&self, certificate: &Certificate) -> Result<(), WorkspaceError>;

    /// Reads a file; none when there is none.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, WorkspaceError>;
    /// Writes a file.
    fn write(&self, path: &str, content: &[u8]) -> Result<(), WorkspaceError>;
    /// Removes a file that pact wrote and nobody has changed since, and the folders below `within` that it leaves empty.
    /// Leaves any other alone.
    fn remove_own(&self, path: &str, within: &str) -> Result<(), WorkspaceError>;
    /// Returns the files below a folder, sorted by path; empty when there is no such folder. Leaves out those that
    /// [`Workspace::overlooks`].
    fn files_below(&self, folder: &str) -> Result<Vec<ProjectFile>, WorkspaceError>;
    /// Answers whether a file with this path would not be listed: its name or a folder above it is hidden, or is one that
    /// tools leave behind.
    fn overlooks(&self, path: &str) -> bool;
    /// Returns whose content a file has.
    fn ownership(&self, path: &str) -> Result<Ownership, WorkspaceError>;

    /// Reads a stored reply, if there is one to the brief with this digest.
    fn reply(&self, key: &CallKey, brief_digest: &str) -> Result<Option<Completion>, WorkspaceError>;
    /// Stores a reply before it is used.
    fn save_reply(&self, key: &CallKey, brief_digest: &str, reply: &Completion) -> Result<(), WorkspaceError>;
    /// Returns the tokens of all stored replies.
    fn total_tokens(&self) -> Result<u64, WorkspaceError>;
    /// Keeps the files of an attempt, for people who compare attempts. Later ones of the component are of an earlier round and
    /// go. Paths are relative to the folder of the component's code.
    fn save_attempt(&self, id: &ComponentId, number: u32, files: &[ProjectFile]) -> Result<(), WorkspaceError>;
    /// Stores a brief before it is sent.
    fn save_brief(&self, key: &CallKey, brief: &Brief) -> Result<(), WorkspaceError>;

    /// Reads what is known of the run.
    fn run_record(&self) -> Result<RunRecord, WorkspaceError>;
    /// Writes what is known of the run.
    fn save_run_record(&self, record: &RunRecord) -> Result<(), WorkspaceError>;
    /// Reads what is known of a component.
    fn component_record(&self, id: &ComponentId) -> Result<ComponentRecord, WorkspaceError>;
    /// Writes what is known of a component.
    fn save_component_record(&self, id: &ComponentId, record: &ComponentRecord) -> Result<(), WorkspaceError>;

    /// Writes where the run stands.
    fn save_state(&self, state: &RunState) -> Result<(), WorkspaceError>;
    /// Returns the line of a JSON pointer in a file, counting from one; none when it cannot be told.
    fn line_of(&self, path: &str, pointer: &str) -> Option<u32>;
    /// Returns the project's folder on this machine, for the state file.
    fn project_dir(&self) -> String;
}

/// An artefact with a place that the format fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Artefact {
    /// What to build.
    Task,
    /// The components.
    Tree,
    /// A component's contract.
    Contract(ComponentId),
    /// A component's suite.
    TestSuite(ComponentId),
}

/// A file of the project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectFile {
    /// Relative to the project's root.
    pub path: String,
    /// The whole content.
    pub content: Vec<u8>,
}

/// Whose content a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ownership {
    /// There is no such file.
    Absent,
    /// Pact wrote it, and it is as pact wrote it.
    Own,
    /// Pact wrote the file once, and somebody has changed it since.
    Edited,
    /// Pact has never written it.
    Foreign,
}

impl Ownership {
    /// Answers whether the content is a person's.
    #[must_use]
    pub fn is_a_persons(self) -> bool {
        matches!(self, Self::Edited | Self::Foreign)
    }
}

/// Which call of a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallKey {
    /// The role: the phase that asks.
    pub role: Phase,
    /// About what; absent for the whole task.
    pub component: Option<ComponentId>,
    /// Counts from one.
    pub attempt: u32,
}

/// What went wrong in the project folder.
#[derive(Debug, thiserror::Error)]
#[error("{action} `{path}`")]
pub struct WorkspaceError {
    /// What was tried: `failed to read`, `failed to write`.
    pub action: &'static str,
    /// The file, relative to the project's root.
    pub path: String,
    /// Why.
    #[source]
    pub kind: WorkspaceErrorKind,
}

/// Why something went wrong in the project folder.
#[derive(Debug, thiserror::Error)]
pub enum WorkspaceErrorKind {
    /// The operating system's reason.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The file does not say what it must.
    #[error("line {line}, column {column}: {message}")]
    Malformed {
        /// Counts from one.
        line: usize,
        /// Counts from one.
        column: usize,
        /// What was expected, with the place in the document.
        message: String,
    },
    /// The file is needed and not there.
    #[error("there is no such file")]
    Missing,
    /// The project was opened to look at it, without its lock.
    #[error("the project was opened only to read it")]
    ReadOnly,
    /// The file was written by a later version of pact.
    #[error("it has format {found}, and this pact reads formats up to {supported}")]
    TooNew {
        /// In the file.
        found: u32,
        /// The latest that is known.
        supported: u32,
    },
    /// The file is larger than anything that belongs into a suite.
    #[error("it has {bytes} bytes; the most is {limit}")]
    TooLarge {
        /// Of the file.
        bytes: u64,
        /// The most.
        limit: u64,
    },
}
