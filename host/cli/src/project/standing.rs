//! Where each component stands, from what lies on disk: nothing is executed and nothing is written.

use pact_model::component_id::ComponentId;
use pact_model::phase::Phase;
use pact_model::verdict::{Judgement, Verdict};
use pact_pipeline::component_suite;
use pact_pipeline::judge::Policy;
use pact_pipeline::ports::{Ownership, Workspace};
use pact_store::Project;
use serde::Serialize;

use super::{Plan, bad_run, bad_workspace};
use crate::exit::Failure;
use crate::toolbox::{LazyLanguages, Pair};

/// Where one component stands.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    /// Which one.
    pub(crate) id: ComponentId,
    /// Its name for people. Untrusted.
    pub(crate) name: String,
    /// What it calls.
    pub(crate) dependencies: Vec<ComponentId>,
    /// The phase that it needs next; none when it has passed.
    pub(crate) phase: Option<Phase>,
    /// Attempts at its implementation; zero when pact did not write it.
    pub(crate) attempts: u32,
    /// What is known of its code.
    pub(crate) code: Code,
    /// The last verdict, current or not.
    pub(crate) verdict: Option<Verdict>,
}

/// What is known of a component's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Code {
    /// There is none.
    Absent,
    /// There is some that was never judged.
    Unjudged,
    /// The verdict is on what lies there now.
    Kept,
    /// Code, tests, contracts or plugins have changed since the verdict.
    Stale,
}

impl Code {
    /// Returns the word for a person, the same as in JSON.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Unjudged => "unjudged",
            Self::Kept => "kept",
            Self::Stale => "stale",
        }
    }
}

impl Standing {
    /// Looks at all components of a plan.
    ///
    /// # Errors
    /// When a file cannot be read or the backend does not answer.
    pub(crate) async fn of_all(
        plan: &Plan,
        project: &Project,
        languages: &LazyLanguages<'_>,
        policy: &Policy,
    ) -> Result<Vec<Self>, Failure> {
        let mut all = Vec::new();
        for node in &plan.nodes {
            let id = &node.component_id;
            let record = project.component_record(id).map_err(bad_workspace)?.implement;
            let judged = record.as_ref().map(|record| record.judged.as_str());
            let code = code(id, plan, project, languages.pair(id).await?, judged, policy).await?;
            let has_tests = project.test_suite(id).map_err(bad_workspace)?.is_some();
            let verdict = record.as_ref().map(|record| record.verdict.clone());
            let has_passed = code == Code::Kept && verdict.as_ref().is_some_and(|it| it.verdict == Judgement::Passed);
            let phase = match (plan.contracts.contains_key(id), has_tests) {
                (false, _) => Some(Phase::Contract),
                (true, false) => Some(Phase::AuthorTests),
                (true, true) if has_passed => None,
                (true, true) => Some(Phase::Implement),
            };
            all.push(Self {
                id: id.clone(),
                name: node.name.clone(),
                dependencies: plan.dependencies(id),
                phase,
                attempts: record.map_or(0, |record| record.attempts),
                code,
                verdict,
            });
        }
        Ok(all)
    }
}

async fn code(
    id: &ComponentId,
    plan: &Plan,
    project: &Project,
    pair: &Pair<'_>,
    judged: Option<&str>,
    policy: &Policy,
) -> Result<Code, Failure> {
    let names = pair.backend.name_files(id).await.map_err(|error| bad_run(error.into()))?;
    if project.ownership(&names.implementation).map_err(bad_workspace)? == Ownership::Absent {
        return Ok(Code::Absent);
    }
    let (Some(judged), Some(contract)) = (judged, plan.contracts.get(id)) else { return Ok(Code::Unjudged) };
    let suite = component_suite::assemble(contract, &plan.closure(id), project, &*pair.backend, pair.can_split()).await;
    let suite = suite.map_err(bad_run)?;
    let key = suite.verdict_key(policy, &pair.digests);
    Ok(if key == judged { Code::Kept } else { Code::Stale })
}
