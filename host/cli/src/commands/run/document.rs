//! The JSON document of `pact run --json`.

use pact_model::certificate::CertificateVerdict;
use pact_model::phase::Phase;
use pact_model::verdict::Judgement;
use pact_pipeline::ComponentReport;
use pact_pipeline::ports::Source;
use serde::Serialize;

use super::execute::Ran;
use super::words;
use crate::exit::Failure;
use crate::sessions::Totals;

/// `pact/run@1`.
#[derive(Debug, Serialize)]
pub(in crate::commands) struct Document<'a> {
    schema: &'static str,
    models: &'a str,
    until: Phase,
    good: bool,
    components: Vec<Component<'a>>,
    /// Why there are no components; untrusted.
    decompose_reasons: &'a [String],
    certificate: Option<CertificateVerdict>,
    sessions: Totals,
}

#[derive(Debug, Serialize)]
struct Component<'a> {
    component: &'a str,
    /// The last phase that it finished.
    finished: Option<Phase>,
    attempts: u32,
    code: Option<&'static str>,
    verdict: Option<Judgement>,
    passed: u32,
    total: u32,
    fuel: u64,
    peak_memory_bytes: u64,
    /// Why it went no further; untrusted.
    reasons: &'a [String],
}

impl<'a> Document<'a> {
    pub(in crate::commands) fn new(ran: &'a Ran) -> Result<Self, Failure> {
        Ok(Self {
            schema: "pact/run@1",
            models: &ran.models,
            until: ran.until.phase(),
            good: ran.report.is_good(),
            components: ran.report.components.iter().map(component).collect(),
            decompose_reasons: &ran.report.decompose_reasons,
            certificate: ran.report.certificate.as_ref().map(|certificate| certificate.verdict),
            sessions: ran.sessions.totals()?,
        })
    }
}

fn component(report: &ComponentReport) -> Component<'_> {
    let verdict = report.verdict.as_ref();
    Component {
        component: report.id.as_str(),
        finished: report.finished,
        attempts: report.attempts,
        code: report.source.map(code),
        verdict: verdict.map(|verdict| verdict.verdict),
        passed: verdict.map_or(0, |verdict| verdict.passed),
        total: verdict.map_or(0, |verdict| verdict.total),
        fuel: verdict.map_or(0, words::fuel),
        peak_memory_bytes: verdict.map_or(0, words::peak_memory),
        reasons: &report.reasons,
    }
}

/// The word for where code comes from.
pub(super) fn code(source: Source) -> &'static str {
    match source {
        Source::Made => "made",
        Source::Kept => "kept",
        Source::Edited => "yours",
    }
}
