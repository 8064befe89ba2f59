//! What came of a run.

use pact_model::certificate::Certificate;
use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::decomposition::DependencyGraph;
use pact_model::phase::Phase;
use pact_model::test_suite::ContractTestSuite;
use pact_model::verdict::{Judgement, Verdict};

use crate::phases::certify::CertifiedComponent;
use crate::phases::implement::Judged;
use crate::ports::Source;

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunReport {
    /// All components, each after those that it calls.
    pub components: Vec<ComponentReport>,
    /// Why there is no decomposition; empty when there is one. Untrusted.
    pub decompose_reasons: Vec<String>,
    /// Digest of components and dependencies.
    pub tree_hash: String,
    /// The certificate, when the run went so far.
    pub certificate: Option<Certificate>,
}

/// What came of one component.
#[derive(Debug, Clone, PartialEq)]
pub struct ComponentReport {
    /// Its id.
    pub id: ComponentId,
    /// The last phase that it finished; none before its contract.
    pub finished: Option<Phase>,
    /// Its contract.
    pub contract: Option<ComponentContract>,
    /// Its suite, the code as it lies on disk.
    pub suite: Option<ContractTestSuite>,
    /// The last judgement of its implementation.
    pub verdict: Option<Verdict>,
    /// Attempts at the implementation; zero when pact did not write it.
    pub attempts: u32,
    /// How the implementation came about.
    pub source: Option<Source>,
    /// SHA-256 over its implementation.
    pub implementation_digest: Option<String>,
    /// SHA-256 over everything that its suite is put together from.
    pub inputs_digest: Option<String>,
    /// Why it went no further; empty when nothing stopped it. Untrusted.
    pub reasons: Vec<String>,
}

impl RunReport {
    /// Answers whether nothing was found wanting, as far as the run went.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.decompose_reasons.is_empty() && self.components.iter().all(|component| component.reasons.is_empty())
    }

    pub(super) fn of(&mut self, id: &ComponentId) -> &mut ComponentReport {
        self.components.iter_mut().find(|component| component.id == *id).expect("the report has every component")
    }

    /// Says of components without a contract and without a reason what they wait for.
    pub(super) fn explain_blocked(&mut self, graph: &DependencyGraph) {
        let without: Vec<ComponentId> = self
            .components
            .iter()
            .filter(|component| component.contract.is_none())
            .map(|component| component.id.clone())
            .collect();
        for component in &mut self.components {
            if component.contract.is_none() && component.reasons.is_empty() {
                let missing: Vec<&str> =
                    graph.direct(&component.id).filter(|id| without.contains(id)).map(ComponentId::as_str).collect();
                component.reasons =
                    vec![format!("it depends on components without a contract: {}", missing.join(", "))];
            }
        }
    }
}

impl ComponentReport {
    pub(super) fn new(id: ComponentId) -> Self {
        Self {
            id,
            finished: None,
            contract: None,
            suite: None,
            verdict: None,
            attempts: 0,
            source: None,
            implementation_digest: None,
            inputs_digest: None,
            reasons: Vec::new(),
        }
    }

    /// Answers whether the implementation passed.
    #[must_use]
    pub fn has_passed(&self) -> bool {
        self.verdict.as_ref().is_some_and(|verdict| verdict.verdict == Judgement::Passed)
    }

    pub(super) fn has_reached(&mut self, phase: Phase) {
        self.finished = Some(phase);
    }

    pub(super) fn take(&mut self, judged: Judged, source: Source) {
        self.verdict = judged.verdict;
        self.attempts = judged.attempts;
        self.implementation_digest = Some(judged.implementation_digest);
        self.reasons = judged.reasons;
        self.source = Some(source);
    }

    pub(super) fn certified(&self) -> CertifiedComponent {
        CertifiedComponent {
            id: self.id.clone(),
            contract: self.contract.clone(),
            suite: self.suite.clone(),
            implementation_digest: self.implementation_digest.clone(),
            inputs_digest: self.inputs_digest.clone(),
            verdict: self.verdict.clone(),
        }
    }
}
