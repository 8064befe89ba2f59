//! Reads what lies in a project. A file that cannot be read is a finding and hides no other one.

use std::collections::BTreeSet;

use pact_model::component_id::ComponentId;
use pact_model::validation::Artefacts;
use pact_pipeline::ports::{Workspace, WorkspaceError, WorkspaceErrorKind};
use pact_store::Project;

use crate::exit::Failure;
use crate::project::bad_workspace;

/// Reads the artefacts of a project.
///
/// # Errors
/// When the operating system refuses a file.
pub(super) fn read(project: &Project) -> Result<Artefacts, Failure> {
    let mut artefacts = Artefacts::default();
    let task = readable(project.task().map(Some), &mut artefacts)?;
    artefacts.task = task.map(|task| task.text).unwrap_or_default();
    artefacts.tree = readable(project.tree(), &mut artefacts)?;
    artefacts.registry = readable(project.type_registry(), &mut artefacts)?;
    let nodes = artefacts.tree.iter().flat_map(|tree| tree.nodes.keys()).cloned();
    let ids: BTreeSet<ComponentId> = nodes.collect();
    for id in ids {
        if let Some(contract) = readable(project.contract(&id), &mut artefacts)? {
            artefacts.contracts.insert(id.clone(), contract);
        }
        if let Some(suite) = readable(project.test_suite(&id), &mut artefacts)? {
            artefacts.suites.insert(id, suite);
        }
    }
    Ok(artefacts)
}

fn readable<T>(read: Result<Option<T>, WorkspaceError>, artefacts: &mut Artefacts) -> Result<Option<T>, Failure> {
    match read {
        Ok(found) => Ok(found),
        Err(WorkspaceError { kind: WorkspaceErrorKind::Missing, .. }) => Ok(None),
        Err(WorkspaceError { path, kind: kind @ WorkspaceErrorKind::Malformed { .. }, .. }) => {
            artefacts.unreadable.push((path, kind.to_string()));
            Ok(None)
        }
        Err(other) => Err(bad_workspace(other)),
    }
}
