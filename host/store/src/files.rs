//! The files of a project that the format names, and how they are written.
//!
//! What lies outside of `.pact` has the reference's names and fields. What lies in it is ours, carries the version of its
//! format, and can be lost.

use pact_model::component_id::ComponentId;
use pact_pipeline::ports::{Artefact, CallKey, WorkspaceError, WorkspaceErrorKind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub(crate) const TASK: &str = "task.md";
pub(crate) const STANDARDS: &str = "sops.md";
pub(crate) const SETTINGS: &str = "pact.yaml";
pub(crate) const TREE: &str = "decomposition/tree.json";
pub(crate) const DECISIONS: &str = "decomposition/decisions.json";
/// The types that contracts share. The reference writes it; read where it lies there.
pub(crate) const TYPE_REGISTRY: &str = "decomposition/type_registry.json";
/// What the reference noted about the project. Read where it lies there.
pub(crate) const DESIGN: &str = "design.json";
pub(crate) const CERTIFICATE: &str = "certification/certification.json";
pub(crate) const STATE: &str = ".pact/state.json";
pub(crate) const RUN: &str = ".pact/run.json";
pub(crate) const REPLIES: &str = ".pact/replies";
pub(crate) const RECEIPTS: &str = ".pact/receipts.jsonl";
pub(crate) const OLD_RECEIPTS: &str = ".pact/receipts.1.jsonl";

pub(crate) fn of_artefact(artefact: &Artefact) -> String {
    match artefact {
        Artefact::Task => TASK.to_owned(),
        Artefact::Tree => TREE.to_owned(),
        Artefact::Contract(id) => contract(id),
        Artefact::TestSuite(id) => test_suite(id),
    }
}

pub(crate) fn contract(id: &ComponentId) -> String {
    format!("contracts/{id}/interface.json")
}

pub(crate) fn contract_histories(id: &ComponentId) -> String {
    format!("contracts/{id}/history")
}

pub(crate) fn contract_history(id: &ComponentId, version: u32, digest: &str) -> String {
    format!("{}/v{version}-{}.json", contract_histories(id), &digest[..12])
}

pub(crate) fn test_suite(id: &ComponentId) -> String {
    format!("tests/{id}/contract_test_suite.json")
}

/// Has the reference's name. Below lies a folder for each attempt.
pub(crate) fn attempts(id: &ComponentId) -> String {
    format!(".pact/implementations/{id}/attempts")
}

pub(crate) fn component_record(id: &ComponentId) -> String {
    format!(".pact/components/{id}.json")
}

pub(crate) fn reply(key: &CallKey) -> String {
    format!("{REPLIES}/{}.json", call(key))
}

pub(crate) fn brief(key: &CallKey) -> String {
    format!(".pact/briefs/{}.md", call(key))
}

// An id begins with a letter, so no component can be called like the run.
fn call(key: &CallKey) -> String {
    let component = key.component.as_ref().map_or("_run", ComponentId::as_str);
    format!("{}/{component}/{}", key.role, key.attempt)
}

/// The version of everything in `.pact`.
const FORMAT: u32 = 1;

/// Content with the version of its format.
#[derive(Serialize, Deserialize)]
struct Versioned<T> {
    format: u32,
    content: T,
}

/// Writes a document for people and machines: two spaces, a line feed at the end.
pub(crate) fn to_json<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("documents are plain data with text keys");
    bytes.push(b'\n');
    bytes
}

/// Writes a document of ours with the version of its format.
pub(crate) fn to_versioned<T: Serialize>(content: &T) -> Vec<u8> {
    to_json(&Versioned { format: FORMAT, content })
}

/// Reads a document. A fault is named with line, column and place.
pub(crate) fn from_json<T: DeserializeOwned>(path: &str, bytes: &[u8]) -> Result<T, WorkspaceError> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let place = error.path().to_string();
        let at = if place == "." { String::new() } else { format!(" (at `{place}`)") };
        malformed(path, error.inner(), &at)
    })?;
    reader.end().map_err(|error| malformed(path, &error, ""))?;
    Ok(value)
}

/// Reads a document of ours.
pub(crate) fn from_versioned<T: DeserializeOwned>(path: &str, bytes: &[u8]) -> Result<T, WorkspaceError> {
    #[derive(Deserialize)]
    struct Format {
        format: u32,
    }
    let Format { format } = from_json(path, bytes)?;
    if format > FORMAT {
        let kind = WorkspaceErrorKind::TooNew { found: format, supported: FORMAT };
        return Err(WorkspaceError { action: "failed to read", path: path.to_owned(), kind });
    }
    from_json::<Versioned<T>>(path, bytes).map(|versioned| versioned.content)
}

fn malformed(path: &str, error: &serde_json::Error, at: &str) -> WorkspaceError {
    let text = error.to_string();
    let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message);
    let kind =
        WorkspaceErrorKind::Malformed { line: error.line(), column: error.column(), message: format!("{message}{at}") };
    WorkspaceError { action: "failed to read", path: path.to_owned(), kind }
}
