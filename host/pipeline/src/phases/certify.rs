//! What was judged is written down, with digests of everything that the judgement rests on.
//!
//! Takes test results and nothing else: no opinion can become a verdict here.

use std::collections::BTreeMap;

use pact_model::certificate::{Certificate, CertificateVerdict, SuiteResult};
use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::test_suite::ContractTestSuite;
use pact_model::verdict::Verdict;
use serde_json::Map;

use super::Bench;
use crate::digest;
use crate::error::Error;
use crate::ports::{Artefact, Source};

/// The version of the certificate's format.
const FORMAT: &str = "1.0";

/// Everything that the certificate is about.
#[derive(Debug, Clone)]
pub struct Input {
    /// The run.
    pub run_id: String,
    /// When it started.
    pub started_at: String,
    /// Digest of components and dependencies.
    pub tree_hash: String,
    /// All components, in the order in which they depend on each other.
    pub components: Vec<CertifiedComponent>,
}

/// What one component brings.
#[derive(Debug, Clone)]
pub struct CertifiedComponent {
    /// Its id.
    pub id: ComponentId,
    /// Its contract, if it has one.
    pub contract: Option<ComponentContract>,
    /// Its suite, if it has one.
    pub suite: Option<ContractTestSuite>,
    /// SHA-256 over its implementation, if it was judged.
    pub implementation_digest: Option<String>,
    /// SHA-256 over everything that its suite is put together from, if it was judged.
    pub inputs_digest: Option<String>,
    /// The judgement, if there is one.
    pub verdict: Option<Verdict>,
}

/// Writes the certificate.
///
/// # Errors
/// [`Error`] when a file cannot be read or written.
pub async fn run(input: Input, bench: &Bench) -> Result<(Certificate, Source), Error> {
    let certificate = certificate(&input, bench)?;
    // A certificate that says the same keeps its time: nothing was judged since.
    if let Some(old) = bench.workspace.certificate()?
        && old == restamped(&certificate, &old.timestamp)
    {
        return Ok((old, Source::Kept));
    }
    bench.workspace.save_certificate(&certificate)?;
    Ok((certificate, Source::Made))
}

fn restamped(certificate: &Certificate, timestamp: &str) -> Certificate {
    let mut certificate = Certificate { timestamp: timestamp.to_owned(), ..certificate.clone() };
    certificate.self_hash = self_hash(&certificate);
    certificate
}

fn certificate(input: &Input, bench: &Bench) -> Result<Certificate, Error> {
    let mut certificate = Certificate {
        version: FORMAT.to_owned(),
        project_id: input.run_id.clone(),
        timestamp: input.started_at.clone(),
        verdict: judge(&input.components),
        tree_hash: input.tree_hash.clone(),
        contract_hashes: BTreeMap::new(),
        test_hashes: BTreeMap::new(),
        implementation_hashes: BTreeMap::new(),
        input_hashes: BTreeMap::new(),
        visible_results: BTreeMap::new(),
        plugins: bench.languages.plugins(input.components.iter().map(|component| &component.id)),
        components: input.components.iter().map(|component| component.id.clone()).collect(),
        summary: summary(&input.components),
        self_hash: String::new(),
        extra: Map::new(),
    };
    for component in &input.components {
        let id = &component.id;
        for (hashes, artefact) in [
            (&mut certificate.contract_hashes, Artefact::Contract(id.clone())),
            (&mut certificate.test_hashes, Artefact::TestSuite(id.clone())),
        ] {
            if let Some(content) = bench.workspace.read(&bench.workspace.path_of(&artefact))? {
                hashes.insert(id.clone(), digest::of_bytes(&content));
            }
        }
        if let Some(digest) = component.implementation_digest.as_ref().filter(|digest| !digest.is_empty()) {
            certificate.implementation_hashes.insert(id.clone(), digest.clone());
        }
        if let Some(digest) = &component.inputs_digest {
            certificate.input_hashes.insert(id.clone(), digest.clone());
        }
        certificate.visible_results.insert(id.clone(), result(component));
    }
    certificate.self_hash = self_hash(&certificate);
    Ok(certificate)
}

/// Returns the digest of a certificate: SHA-256 of its JSON with sorted keys and without its own hash.
#[must_use]
pub fn self_hash(certificate: &Certificate) -> String {
    let bare = Certificate { self_hash: String::new(), ..certificate.clone() };
    let value = serde_json::to_value(&bare).expect("a certificate is plain data");
    digest::of_json(&sorted(value))
}

// Fields are written in the order of their declaration, so sorted keys have to be asked for.
fn sorted(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(fields) => {
            let fields: BTreeMap<String, serde_json::Value> =
                fields.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            fields.into_iter().collect()
        }
        serde_json::Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

fn has_passed(component: &CertifiedComponent) -> bool {
    component.verdict.as_ref().is_some_and(|verdict| verdict.verdict == pact_model::verdict::Judgement::Passed)
}

fn judge(components: &[CertifiedComponent]) -> CertificateVerdict {
    match components.iter().filter(|component| has_passed(component)).count() {
        0 => CertificateVerdict::Fail,
        passed if passed == components.len() => CertificateVerdict::Pass,
        _ => CertificateVerdict::Partial,
    }
}

fn summary(components: &[CertifiedComponent]) -> String {
    let passed = components.iter().filter(|component| has_passed(component)).count();
    format!("{passed} of {} components passed their visible tests", components.len())
}

fn result(component: &CertifiedComponent) -> SuiteResult {
    let Some(verdict) = &component.verdict else {
        let reason = match (&component.contract, &component.suite) {
            (None, _) => "there is no contract",
            (_, None) => "there are no tests",
            _ => "there is no implementation that could be judged",
        };
        let error = Some(reason.to_owned());
        return SuiteResult {
            total: 0,
            passed: 0,
            failed: 0,
            skipped: 0,
            checks: Vec::new(),
            fuel: 0,
            seed: 0,
            canary_key: None,
            error,
        };
    };
    SuiteResult::of(verdict)
}
