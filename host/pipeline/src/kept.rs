//! What pact does with files that lie there already: keeps its own up to date, and leaves a person's alone.

use pact_model::finding::Finding;

use crate::error::Error;
use crate::phases::Bench;
use crate::ports::{RunEvent, Workspace};

/// Fails when findings against a person's artefact stop the run; reports the others.
pub(crate) fn check_a_persons(bench: &Bench, file: &str, findings: Vec<Finding>) -> Result<(), Error> {
    let (errors, warnings): (Vec<_>, Vec<_>) = findings.into_iter().partition(Finding::is_error);
    warn(bench, &warnings);
    if errors.is_empty() {
        return Ok(());
    }
    let located = errors.into_iter().map(|finding| {
        let line = bench.workspace.line_of(file, &finding.pointer);
        (finding, line)
    });
    Err(Error::InvalidArtefact { file: file.to_owned(), findings: located.collect() })
}

/// Reports the warnings among findings.
pub(crate) fn warn(bench: &Bench, findings: &[Finding]) {
    for finding in findings.iter().filter(|finding| !finding.is_error()) {
        bench.reporter.report(&RunEvent::Warned { finding });
    }
}

/// Renews a file that follows from other artefacts, unless a person has changed it.
pub(crate) fn renew(bench: &Bench, path: &str, text: &str) -> Result<(), Error> {
    if bench.workspace.read(path)?.is_some_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    if bench.workspace.ownership(path)?.is_a_persons() {
        let message = "it was changed by hand and is not renewed; remove it to get the current one";
        let finding = Finding::warning("generated-file-edited", path, "", message);
        bench.reporter.report(&RunEvent::Warned { finding: &finding });
        return Ok(());
    }
    bench.workspace.write(path, text.as_bytes())?;
    Ok(())
}

/// Answers whether the content of a file is a person's.
pub(crate) fn is_a_persons(workspace: &dyn Workspace, path: &str) -> Result<bool, Error> {
    Ok(workspace.ownership(path)?.is_a_persons())
}
