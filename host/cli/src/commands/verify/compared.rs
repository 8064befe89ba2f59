//! What a certificate names, beside what is there.

use std::collections::BTreeMap;

use pact_model::certificate::Certificate;
use pact_model::component_id::ComponentId;
use pact_pipeline::component_suite::digest_of_inputs;
use pact_pipeline::phases::certify::self_hash;
use pact_pipeline::ports::{Artefact, Workspace};
use pact_pipeline::{component_suite, digest};
use pact_store::Project;
use serde::Serialize;

use crate::exit::Failure;
use crate::project::{Plan, bad_run, bad_workspace};
use crate::toolbox::LazyLanguages;
use crate::ui::line;

/// One digest of the certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Line {
    /// The component; absent for what is about all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) component: Option<ComponentId>,
    /// `certificate`, `tree`, `contract`, `test-suite`, `implementation`, `inputs` or `plugin ID`.
    pub(super) what: String,
    /// SHA-256; absent where the certificate says nothing.
    pub(super) certified: Option<String>,
    /// SHA-256; absent where nothing is there.
    pub(super) found: Option<String>,
    /// Whether this speaks for the certificate. Another plugin does not speak against it: see `--rerun`.
    pub(super) holds: bool,
}

impl Line {
    fn new(component: Option<&ComponentId>, what: &str, certified: Option<&String>, found: Option<String>) -> Self {
        let (certified, what) = (certified.cloned(), what.to_owned());
        Self { component: component.cloned(), what, holds: certified == found, certified, found }
    }

    /// One line for people.
    pub(super) fn words(&self) -> String {
        let what = match &self.component {
            Some(id) => format!("{id}: {}", self.what),
            None => self.what.clone(),
        };
        let short = |digest: &Option<String>| {
            digest
                .as_ref()
                .map_or_else(|| "nothing".to_owned(), |text| line(&text.chars().take(12).collect::<String>()))
        };
        match (self.certified == self.found, self.holds) {
            (true, _) => format!("  same     {what}\n"),
            (false, true) => {
                format!("  other    {what}: certified {}, here {}\n", short(&self.certified), short(&self.found))
            }
            (false, false) => {
                format!("  differs  {what}: certified {}, here {}\n", short(&self.certified), short(&self.found))
            }
        }
    }
}

/// Compares everything that a certificate names.
///
/// # Errors
/// When a file cannot be read, or the backend fails.
pub(super) async fn all(
    certificate: &Certificate,
    plan: &Plan,
    project: &Project,
    languages: &LazyLanguages<'_>,
) -> Result<Vec<Line>, Failure> {
    let own = Some(self_hash(certificate));
    let mut lines = vec![
        Line::new(None, "certificate", Some(&certificate.self_hash), own),
        Line::new(None, "tree", Some(&certificate.tree_hash), Some(plan.tree_hash())),
    ];
    let mut ids = certificate.components.clone();
    ids.extend(
        plan.nodes.iter().map(|node| node.component_id.clone()).filter(|id| !certificate.components.contains(id)),
    );
    for id in &ids {
        let hash = |artefact: &Artefact| -> Result<Option<String>, Failure> {
            let content = project.read(&project.path_of(artefact)).map_err(bad_workspace)?;
            Ok(content.map(|content| digest::of_bytes(&content)))
        };
        let about = |what, certified: &BTreeMap<ComponentId, String>, found| {
            Line::new(Some(id), what, certified.get(id), found)
        };
        lines.push(about("contract", &certificate.contract_hashes, hash(&Artefact::Contract(id.clone()))?));
        lines.push(about("test-suite", &certificate.test_hashes, hash(&Artefact::TestSuite(id.clone()))?));
        let (implementation, inputs) = match plan.contracts.get(id) {
            None => (None, None),
            Some(contract) => {
                let (others, backend) = (plan.closure(id), &*languages.pair(id).await?.backend);
                let names = backend.name_files(id).await.map_err(|error| bad_run(error.into()))?;
                let files = project.files_below(names.source_folder()).map_err(bad_workspace)?;
                let implementation = (!files.is_empty()).then(|| component_suite::digest_of_implementation(&files));
                let inputs = digest_of_inputs(contract, &others, project, &names).map_err(bad_run)?;
                (implementation, Some(inputs))
            }
        };
        lines.push(about("implementation", &certificate.implementation_hashes, implementation));
        // Certificates of the reference, and older ones of ours, do not have it.
        if !certificate.input_hashes.is_empty() {
            lines.push(about("inputs", &certificate.input_hashes, inputs));
        }
    }
    let digests = languages.digests(plan.ids()).await?;
    for (id, certified) in &certificate.plugins {
        let found = digests.get(id).cloned();
        lines.push(Line { holds: true, ..Line::new(None, &format!("plugin {}", line(id)), Some(certified), found) });
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_that_is_gone_or_new_differs() {
        let some = "ab".repeat(32);
        assert!(Line::new(None, "tree", Some(&some), Some(some.clone())).holds);
        assert!(!Line::new(None, "tree", Some(&some), None).holds);
        assert!(!Line::new(None, "tree", None, Some(some.clone())).holds);
    }

    #[test]
    fn what_a_certificate_says_never_reaches_a_terminal_raw() {
        let text = "\u{1b}[31mred".to_owned();
        let words = Line::new(None, "tree", Some(&text), None).words();
        assert!(!words.contains('\u{1b}') && words.contains("here nothing"), "{words:?}");
    }
}
