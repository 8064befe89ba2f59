//! An open project, as the pipeline sees it.

use std::path::{Path, PathBuf};

use pact_model::certificate::Certificate;
use pact_model::component_id::ComponentId;
use pact_model::contract::{ComponentContract, TypeRegistry};
use pact_model::decomposition::{DecompositionTree, EngineeringDecision};
use pact_model::design::DesignNotes;
use pact_model::receipt::Receipt;
use pact_model::run_state::RunState;
use pact_model::task::Task;
use pact_model::test_suite::ContractTestSuite;
use pact_pipeline::digest;
use pact_pipeline::ports::{
    Artefact, Brief, CallKey, Completion, Ownership, ProjectFile, Workspace, WorkspaceError, WorkspaceErrorKind,
};
use pact_pipeline::record::{ComponentRecord, RunRecord};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::attempts::{self, KeptAttempt};
use crate::files;
use crate::folder::{self, Folder};
use crate::json_lines;
use crate::lines;
use crate::lock::{Lock, LockError};
use crate::settings::{Settings, SettingsError, SettingsWarning};
use crate::written::Written;

/// Bytes of receipts before the file is put aside: tens of thousands of sessions.
const MAX_RECEIPT_BYTES: u64 = 8 * 1024 * 1024;

/// An open project.
#[derive(Debug)]
pub struct Project {
    path: PathBuf,
    folder: Folder,
    written: Written,
    lock: Option<Lock>,
}

/// Why a project could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder.
    #[error("failed to open the project folder `{}`", .path.display())]
    Folder {
        /// Which one.
        path: PathBuf,
        /// The operating system's reason.
        #[source]
        source: std::io::Error,
    },
    /// Another process has it.
    #[error("failed to open the project `{}`", .path.display())]
    Locked {
        /// Which one.
        path: PathBuf,
        /// Who has it.
        #[source]
        source: LockError,
    },
    /// What lies in `.pact`.
    #[error(transparent)]
    Workspace(#[from] WorkspaceError),
}

/// A stored reply with the digest of the brief that it answers.
#[derive(Serialize, Deserialize)]
struct StoredReply {
    brief: String,
    reply: Completion,
}

impl Project {
    /// Opens a project to look at it. Every write fails.
    ///
    /// # Errors
    /// [`OpenError`] when the folder cannot be read.
    pub fn open_to_read(path: &Path) -> Result<Self, OpenError> {
        let folder = Folder::open(path).map_err(|source| OpenError::Folder { path: path.to_owned(), source })?;
        let written = Written::read(&folder)?;
        Ok(Self { path: path.to_owned(), folder, written, lock: None })
    }

    /// Opens a project to work on it. No other process can, until this value is dropped.
    ///
    /// # Errors
    /// [`OpenError::Locked`] when another process does, with its id.
    pub fn open_to_work(path: &Path) -> Result<Self, OpenError> {
        let folder = Folder::open(path).map_err(|source| OpenError::Folder { path: path.to_owned(), source })?;
        let lock = Lock::take(&folder).map_err(|source| OpenError::Locked { path: path.to_owned(), source })?;
        // Only now: the other process may have been writing it.
        let written = Written::read(&folder)?;
        Ok(Self { path: path.to_owned(), folder, written, lock: Some(lock) })
    }

    /// Reads `pact.yaml`; the defaults when there is none.
    ///
    /// # Errors
    /// [`SettingsError`] with the line.
    pub fn settings(&self) -> Result<(Settings, Vec<SettingsWarning>), SettingsError> {
        let content = self.folder.read(files::SETTINGS).map_err(SettingsError::unreadable)?;
        match content {
            Some(content) => Settings::parse(files::SETTINGS, &String::from_utf8_lossy(&content)),
            None => Ok((Settings::default(), Vec::new())),
        }
    }

    /// Reads the state that the last run left; none before the first run.
    ///
    /// # Errors
    /// [`WorkspaceError`] when the file is there and cannot be read.
    pub fn state(&self) -> Result<Option<RunState>, WorkspaceError> {
        self.read_json(files::STATE)
    }

    /// Reads the types that contracts share; none where nobody keeps them.
    ///
    /// # Errors
    /// [`WorkspaceError`] when the file is there and cannot be read.
    pub fn type_registry(&self) -> Result<Option<TypeRegistry>, WorkspaceError> {
        self.read_json(files::TYPE_REGISTRY)
    }

    /// Returns the path of the types that contracts share, for messages.
    #[must_use]
    pub fn type_registry_path(&self) -> &'static str {
        files::TYPE_REGISTRY
    }

    /// Reads the versions of a contract with their paths: those that pact wrote, by version, then what lies in the contract's
    /// file where it is none of these. Empty where there is no contract.
    ///
    /// # Errors
    /// [`WorkspaceError`] when a version cannot be read.
    pub fn contract_history(&self, id: &ComponentId) -> Result<Vec<(String, ComponentContract)>, WorkspaceError> {
        let mut versions: Vec<(String, ComponentContract)> = Vec::new();
        for file in self.folder.files_below(&files::contract_histories(id))? {
            let contract = files::from_json(&file.path, &file.content)?;
            versions.push((file.path, contract));
        }
        versions.sort_by_key(|(_, contract)| contract.version);
        let path = files::contract(id);
        if let Some(current) = self.read_json::<ComponentContract>(&path)?
            && versions.iter().all(|(_, kept)| *kept != current)
        {
            versions.push((path, current));
        }
        Ok(versions)
    }

    /// Reads what the reference noted about the project; none where there is no such file.
    ///
    /// # Errors
    /// [`WorkspaceError`] when the file is there and cannot be read.
    pub fn design_notes(&self) -> Result<Option<DesignNotes>, WorkspaceError> {
        self.read_json(files::DESIGN)
    }

    /// Reads the attempts at a component that were kept, the earliest first.
    ///
    /// # Errors
    /// [`WorkspaceError`] when a file of them cannot be read.
    pub fn attempts(&self, id: &ComponentId) -> Result<Vec<KeptAttempt>, WorkspaceError> {
        attempts::read(&self.folder, id)
    }

    /// Writes a file only when nothing has its name. Returns whether it did.
    ///
    /// # Errors
    /// [`WorkspaceError`] when it cannot be written.
    pub fn write_new(&self, path: &str, content: &[u8]) -> Result<bool, WorkspaceError> {
        self.check_is_locked(path)?;
        if self.folder.read(path)?.is_some() {
            return Ok(false);
        }
        self.folder.write(path, content)?;
        Ok(true)
    }

    fn read_json<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>, WorkspaceError> {
        self.folder.read(path)?.map(|bytes| files::from_json(path, &bytes)).transpose()
    }

    fn read_own<T: DeserializeOwned>(&self, path: &str) -> Result<Option<T>, WorkspaceError> {
        self.folder.read(path)?.map(|bytes| files::from_versioned(path, &bytes)).transpose()
    }

    // Below `.pact` everything is ours, so nobody has to be told who wrote it.
    fn write_own<T: Serialize>(&self, path: &str, content: &T) -> Result<(), WorkspaceError> {
        self.check_is_locked(path)?;
        self.folder.write(path, &files::to_versioned(content))
    }

    fn check_is_locked(&self, path: &str) -> Result<(), WorkspaceError> {
        match self.lock {
            Some(_) => Ok(()),
            None => Err(WorkspaceError {
                action: "failed to write",
                path: path.to_owned(),
                kind: WorkspaceErrorKind::ReadOnly,
            }),
        }
    }

    /// Appends receipts to `.pact/receipts.jsonl`; a file that has grown long is put aside first.
    ///
    /// # Errors
    /// [`WorkspaceError`] when the project is open to read only, or the file cannot be written.
    pub fn append_receipts(&self, receipts: &[Receipt]) -> Result<(), WorkspaceError> {
        self.check_is_locked(files::RECEIPTS)?;
        if self.folder.size(files::RECEIPTS) > MAX_RECEIPT_BYTES {
            self.folder.rename(files::RECEIPTS, files::OLD_RECEIPTS)?;
        }
        let lines: String = receipts.iter().map(json_lines::line).collect();
        self.folder.append(files::RECEIPTS, lines.as_bytes())
    }
}

impl Workspace for Project {
    fn task(&self) -> Result<Task, WorkspaceError> {
        let text = self.folder.read(files::TASK)?.ok_or_else(|| WorkspaceError {
            action: "failed to read",
            path: files::TASK.to_owned(),
            kind: WorkspaceErrorKind::Missing,
        })?;
        let standards = self.folder.read(files::STANDARDS)?.unwrap_or_default();
        Ok(Task { text: as_text(&text), standards: as_text(&standards) })
    }

    fn path_of(&self, artefact: &Artefact) -> String {
        files::of_artefact(artefact)
    }

    fn tree(&self) -> Result<Option<DecompositionTree>, WorkspaceError> {
        self.read_json(files::TREE)
    }

    fn save_tree(&self, tree: &DecompositionTree) -> Result<(), WorkspaceError> {
        self.write(files::TREE, &files::to_json(tree))
    }

    fn save_decisions(&self, decisions: &[EngineeringDecision]) -> Result<(), WorkspaceError> {
        self.write(files::DECISIONS, &files::to_json(&decisions))
    }

    fn decisions(&self) -> Result<Vec<EngineeringDecision>, WorkspaceError> {
        Ok(self.read_json(files::DECISIONS)?.unwrap_or_default())
    }

    fn contract(&self, id: &ComponentId) -> Result<Option<ComponentContract>, WorkspaceError> {
        self.read_json(&files::contract(id))
    }

    fn save_contract(&self, contract: &ComponentContract) -> Result<(), WorkspaceError> {
        let content = files::to_json(contract);
        let id = &contract.component_id;
        self.write(&files::contract_history(id, contract.version, &digest::of_bytes(&content)), &content)?;
        self.write(&files::contract(id), &content)
    }

    fn test_suite(&self, id: &ComponentId) -> Result<Option<ContractTestSuite>, WorkspaceError> {
        self.read_json(&files::test_suite(id))
    }

    fn save_test_suite(&self, suite: &ContractTestSuite) -> Result<(), WorkspaceError> {
        self.write(&files::test_suite(&suite.component_id), &files::to_json(suite))
    }

    fn certificate(&self) -> Result<Option<Certificate>, WorkspaceError> {
        // It follows from the verdicts, so one that cannot be read is simply issued again.
        Ok(self.folder.read(files::CERTIFICATE)?.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    fn save_certificate(&self, certificate: &Certificate) -> Result<(), WorkspaceError> {
        self.write(files::CERTIFICATE, &files::to_json(certificate))
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, WorkspaceError> {
        self.folder.read(path)
    }

    fn write(&self, path: &str, content: &[u8]) -> Result<(), WorkspaceError> {
        self.check_is_locked(path)?;
        self.written.note(&self.folder, path, content)?;
        self.folder.write(path, content)
    }

    fn remove_own(&self, path: &str, within: &str) -> Result<(), WorkspaceError> {
        self.check_is_locked(path)?;
        match self.ownership(path)? {
            Ownership::Own => {
                self.folder.remove(path)?;
                self.folder.remove_empty_above(path, within);
                Ok(())
            }
            Ownership::Absent | Ownership::Edited | Ownership::Foreign => Ok(()),
        }
    }

    fn files_below(&self, folder: &str) -> Result<Vec<ProjectFile>, WorkspaceError> {
        self.folder.files_below(folder)
    }

    fn overlooks(&self, path: &str) -> bool {
        folder::overlooks(path)
    }

    fn ownership(&self, path: &str) -> Result<Ownership, WorkspaceError> {
        Ok(self.written.ownership(path, self.folder.read(path)?.as_deref()))
    }

    fn reply(&self, key: &CallKey, brief_digest: &str) -> Result<Option<Completion>, WorkspaceError> {
        let stored: Option<StoredReply> = self.read_own(&files::reply(key))?;
        Ok(stored.filter(|stored| stored.brief == brief_digest).map(|stored| stored.reply))
    }

    fn save_reply(&self, key: &CallKey, brief_digest: &str, reply: &Completion) -> Result<(), WorkspaceError> {
        let stored = StoredReply { brief: brief_digest.to_owned(), reply: reply.clone() };
        self.write_own(&files::reply(key), &stored)
    }

    fn total_tokens(&self) -> Result<u64, WorkspaceError> {
        let mut tokens = 0_u64;
        for file in self.folder.files_below(files::REPLIES)? {
            let stored: StoredReply = files::from_versioned(&file.path, &file.content)?;
            let usage = stored.reply.usage;
            tokens = tokens.saturating_add(usage.input_tokens).saturating_add(usage.output_tokens);
        }
        Ok(tokens)
    }

    fn save_brief(&self, key: &CallKey, brief: &Brief) -> Result<(), WorkspaceError> {
        let path = files::brief(key);
        self.check_is_locked(&path)?;
        self.folder.write(&path, brief.as_one_text().as_bytes())
    }

    fn save_attempt(&self, id: &ComponentId, number: u32, files: &[ProjectFile]) -> Result<(), WorkspaceError> {
        self.check_is_locked(&files::attempts(id))?;
        attempts::save(&self.folder, id, number, files)
    }

    fn run_record(&self) -> Result<RunRecord, WorkspaceError> {
        Ok(self.read_own(files::RUN)?.unwrap_or_default())
    }

    fn save_run_record(&self, record: &RunRecord) -> Result<(), WorkspaceError> {
        self.write_own(files::RUN, record)
    }

    fn component_record(&self, id: &ComponentId) -> Result<ComponentRecord, WorkspaceError> {
        Ok(self.read_own(&files::component_record(id))?.unwrap_or_default())
    }

    fn save_component_record(&self, id: &ComponentId, record: &ComponentRecord) -> Result<(), WorkspaceError> {
        self.write_own(&files::component_record(id), record)
    }

    fn save_state(&self, state: &RunState) -> Result<(), WorkspaceError> {
        self.check_is_locked(files::STATE)?;
        // The reference keeps more there than can be derived, and a person may go back to it.
        if self.state()?.is_some_and(|old| old.schema != state.schema) {
            return Ok(());
        }
        self.folder.write(files::STATE, &files::to_json(state))
    }

    fn line_of(&self, path: &str, pointer: &str) -> Option<u32> {
        let content = self.folder.read(path).ok()??;
        lines::line_of(&String::from_utf8_lossy(&content), pointer)
    }

    fn project_dir(&self) -> String {
        self.path.display().to_string()
    }
}

fn as_text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
