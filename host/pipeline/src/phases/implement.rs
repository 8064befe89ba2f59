//! A component gets code that passes its tests, in as many attempts as the project allows.
//!
//! What counts is the judge's verdict on what lies on disk. What the author says about the code is not even read.

use std::collections::BTreeMap;

use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::implementation::{Implementation, ImplementationFile};
use pact_model::phase::Phase;
use pact_model::rendered_suite::RenderedSuite;
use pact_model::test_suite::ContractTestSuite;
use pact_model::verdict::{Judgement, Verdict};

use super::{Bench, author_tests};
use crate::component_suite::{self, ComponentSuite, TakenNames};
use crate::conversation::Conversation;
use crate::digest;
use crate::error::Error;
use crate::feedback;
use crate::judge;
use crate::kept;
use crate::performance;
use crate::ports::{Artefact, FileNames, RunEvent, Source};
use crate::record::JudgedRecord;
use crate::rendered;
use crate::reply::read_implementation;
use crate::test_files::TestFiles;

mod files;
mod handoff;

use handoff::Told;
pub use handoff::{Handoff, handoff};

/// What an implementation is made from.
#[derive(Debug, Clone)]
pub struct Input {
    /// The contract.
    pub contract: ComponentContract,
    /// The visible suite, its code as it lies on disk.
    pub suite: ContractTestSuite,
    /// The contracts of what the component calls itself.
    pub dependencies: BTreeMap<ComponentId, ComponentContract>,
    /// The contracts of everything that it calls, directly or through others.
    pub closure: BTreeMap<ComponentId, ComponentContract>,
}

/// A judged implementation. It may have failed: then every attempt was used up.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The last judgement; absent when no attempt could even be judged.
    pub verdict: Option<Verdict>,
    /// Attempts that it took; zero for an implementation that pact did not write.
    pub attempts: u32,
    /// SHA-256 over paths and contents.
    pub implementation_digest: String,
    /// Why it did not pass. Empty when it did. Untrusted.
    pub reasons: Vec<String>,
}

impl Judged {
    /// Answers whether the component passed.
    #[must_use]
    pub fn has_passed(&self) -> bool {
        self.verdict.as_ref().is_some_and(|verdict| verdict.verdict == Judgement::Passed)
    }
}

/// Implements the component, or judges the implementation that lies there.
///
/// # Errors
/// [`Error`] when there can be no verdict. A failed verdict is a result.
pub async fn run(input: Input, bench: &Bench) -> Result<(Judged, Source), Error> {
    let work = Work::new(&input, bench).await?;
    // Before anybody is asked: no reply can take a person's file away.
    let intruders = files::intruders_of_persons(bench, &work.names, &work.rules)?;
    if !intruders.is_empty() {
        return Ok((Attempt::turned_away(intruders).into_judged(0), Source::Edited));
    }
    if let Some(known) = work.existing().await? {
        return Ok(known);
    }
    bench.reporter.report(&RunEvent::Started { phase: Phase::Implement, component: Some(work.id()) });
    Ok((work.attempts().await?, Source::Made))
}

struct Work<'run> {
    input: &'run Input,
    bench: &'run Bench,
    names: FileNames,
    rules: files::Rules,
    inputs: String,
}

/// An attempt that was written and judged, or turned away before.
struct Attempt {
    verdict: Option<Verdict>,
    implementation_digest: String,
    reasons: Vec<String>,
}

impl<'run> Work<'run> {
    async fn new(input: &'run Input, bench: &'run Bench) -> Result<Self, Error> {
        let names = bench.backend.name_files(&input.contract.component_id).await?;
        let made_from = author_tests::Input {
            contract: input.contract.clone(),
            dependencies: input.dependencies.clone(),
            closure: input.closure.clone(),
        };
        let inputs = digest::of_json(&(made_from.digest(bench), &input.suite.generated_code));
        let taken = TakenNames::of(&names, input.closure.keys(), &*bench.backend).await?;
        let rules = files::Rules { taken, tests: TestFiles::of_runner(bench.runner.info())? };
        Ok(Self { input, bench, names, rules, inputs })
    }

    fn id(&self) -> &'run ComponentId {
        &self.input.contract.component_id
    }

    // Keeps a verdict while nothing that it depends on has changed, and judges again what has. A person's code is judged
    // as it stands and never replaced; ours is replaced when what it was made from has changed.
    async fn existing(&self) -> Result<Option<(Judged, Source)>, Error> {
        let workspace = &self.bench.workspace;
        if workspace.read(&self.names.implementation)?.is_none() {
            return Ok(None);
        }
        let record = workspace.component_record(self.id())?.implement;
        let is_a_persons = files::hold_a_persons_work(self.bench, &self.names)?;
        let is_current = record.as_ref().is_some_and(|record| record.inputs == self.inputs);
        if !is_a_persons && !is_current {
            return Ok(None);
        }
        let source = if is_a_persons { Source::Edited } else { Source::Kept };
        let attempts = record.as_ref().filter(|_| !is_a_persons).map_or(0, |record| record.attempts);
        let suite = self.suite().await?;
        // Before the kept verdict, which may be of a pact that let such files pass.
        let intruders = self.intruders(&suite)?;
        if !intruders.is_empty() {
            return Ok(is_a_persons.then(|| (Attempt::turned_away(intruders).into_judged(attempts), source)));
        }
        let key = suite.verdict_key(&self.bench.policy, &self.bench.plugins);
        if let Some(record) = record.filter(|record| record.judged == key) {
            self.warn_of_bounds(&record.verdict);
            let reasons = if record.verdict.verdict == Judgement::Passed {
                Vec::new()
            } else {
                feedback::of_verdict(&record.verdict)
            };
            let judged = Judged {
                verdict: Some(record.verdict),
                attempts: record.attempts,
                implementation_digest: suite.implementation_digest,
                reasons,
            };
            // A failure of ours goes through its attempts again: the stored replies cost nothing, and a limit that was
            // raised since allows one more.
            return Ok((is_a_persons || judged.has_passed()).then_some((judged, source)));
        }
        // What was turned away before its tests must not come in by the back door: the check of the source comes first.
        let faults = self.source_faults(&files::on_disk(self.bench, &self.names)?).await?;
        let attempt = if faults.is_empty() { self.judge(suite, attempts).await? } else { Attempt::turned_away(faults) };
        let has_passed = attempt.reasons.is_empty();
        Ok((is_a_persons || has_passed).then(|| (attempt.into_judged(attempts), source)))
    }

    async fn attempts(&self) -> Result<Judged, Error> {
        let (input, bench) = (self.input, self.bench);
        let tests = &input.suite.generated_code;
        let emits = bench.policy.suites.contains(&RenderedSuite::Emission);
        let told = Told::new(&input.contract, &input.dependencies, tests, emits, &*bench.backend).await?;
        let max = bench.max_implementation_attempts;
        let mut conversation = Conversation::new(&bench.asker, Phase::Implement, Some(self.id()), max);
        let mut written: Vec<(String, String)> = Vec::new();
        let mut last = Attempt { verdict: None, implementation_digest: String::new(), reasons: Vec::new() };
        while let Some(text) = conversation.next(|reasons| told.brief(&bench.subject, &written, reasons)).await? {
            let attempt = match read_implementation(&text) {
                Ok(files) => {
                    written.clone_from(&files);
                    self.attempt(files, conversation.attempts()).await?
                }
                Err(error) => Attempt::turned_away(vec![error.to_string()]),
            };
            if attempt.reasons.is_empty() {
                return Ok(attempt.into_judged(conversation.attempts()));
            }
            conversation.reject(attempt.reasons.clone());
            last = attempt;
        }
        let attempts = conversation.attempts();
        conversation.give_up();
        Ok(last.into_judged(attempts))
    }

    async fn attempt(&self, reply: Vec<(String, String)>, number: u32) -> Result<Attempt, Error> {
        let implementation = match files::place(self.bench, &self.names, &self.rules, reply)? {
            Ok(implementation) => implementation,
            Err(reasons) => return Ok(Attempt::turned_away(reasons)),
        };
        if let Err(reason) = files::write(self.bench, &self.names, &implementation)? {
            return Ok(Attempt::turned_away(vec![reason]));
        }
        files::keep(self.bench, &self.names, self.id(), number, &implementation)?;
        let faults = self.source_faults(&implementation.files).await?;
        if !faults.is_empty() {
            return Ok(Attempt::turned_away(faults));
        }
        self.judge(self.suite().await?, number).await
    }

    /// Says which bounds could not be judged.
    fn warn_of_bounds(&self, verdict: &Verdict) {
        let file = self.bench.workspace.path_of(&Artefact::Contract(self.id().clone()));
        kept::warn(self.bench, &performance::findings(verdict, &file));
    }

    async fn source_faults(&self, files: &[ImplementationFile]) -> Result<Vec<String>, Error> {
        let findings = self.bench.backend.check_implementation(&self.input.contract, files).await?;
        let errors = findings.into_iter().filter(|finding| finding.is_error);
        Ok(errors
            .map(|finding| format!("{}:{}: {} [{}]", finding.path, finding.line, finding.message, finding.code))
            .collect())
    }

    async fn suite(&self) -> Result<ComponentSuite, Error> {
        let bench = self.bench;
        let Input { contract, closure, .. } = self.input;
        component_suite::assemble(contract, closure, &*bench.workspace, &*bench.backend, bench.runner.info().can_split)
            .await
    }

    fn intruders(&self, suite: &ComponentSuite) -> Result<Vec<String>, Error> {
        let intruders = suite.intruders(self.bench.runner.info())?;
        Ok(intruders.into_iter().map(|intruder| intruder.reason).collect())
    }

    async fn judge(&self, suite: ComponentSuite, number: u32) -> Result<Attempt, Error> {
        let bench = self.bench;
        let intruders = self.intruders(&suite)?;
        if !intruders.is_empty() {
            return Ok(Attempt::turned_away(intruders));
        }
        let key = suite.verdict_key(&bench.policy, &bench.plugins);
        let permit = bench.open_suites.acquire().await;
        let progress = bench.reporter.suite(self.id());
        let judged =
            judge::judge(&*bench.runner, Some(&*bench.backend), suite.suite.clone(), &bench.policy, &*progress).await;
        let mut verdict = judged.map_err(|source| Error::Suite { component: self.id().clone(), source })?;
        let measuring = performance::Bench {
            contract: &self.input.contract,
            others: &self.input.closure,
            workspace: &*bench.workspace,
            backend: &*bench.backend,
            runner: &*bench.runner,
        };
        performance::judge(measuring, &suite.suite, &mut verdict).await?;
        rendered::judge(measuring, &bench.policy, suite.suite.seed, &mut verdict).await?;
        drop(permit);
        self.warn_of_bounds(&verdict);
        bench.reporter.report(&RunEvent::Judged { component: self.id(), attempt: number, verdict: &verdict });
        let reasons = match verdict.verdict {
            Judgement::Passed => Vec::new(),
            Judgement::Failed => feedback::of_verdict(&verdict),
            // Nothing is known about the code, so nothing is remembered and no attempt is used up.
            Judgement::None => {
                let reason = verdict.reason.clone().unwrap_or_else(|| "the sandbox gave none".to_owned());
                return Err(Error::NoVerdict { component: self.id().clone(), reason });
            }
        };
        let mut record = bench.workspace.component_record(self.id())?;
        record.implement =
            Some(JudgedRecord { inputs: self.inputs.clone(), judged: key, attempts: number, verdict: verdict.clone() });
        bench.workspace.save_component_record(self.id(), &record)?;
        Ok(Attempt { verdict: Some(verdict), implementation_digest: suite.implementation_digest, reasons })
    }
}

impl Attempt {
    fn turned_away(reasons: Vec<String>) -> Self {
        Self { verdict: None, implementation_digest: String::new(), reasons }
    }

    fn into_judged(self, attempts: u32) -> Judged {
        let Self { verdict, implementation_digest, reasons } = self;
        Judged { verdict, attempts, implementation_digest, reasons }
    }
}

/// Returns the files of an implementation, for those who show them.
#[must_use]
pub fn as_implementation(files: Vec<(String, String)>) -> Implementation {
    Implementation::new(files.into_iter().map(|(path, content)| ImplementationFile { path, content }).collect())
}
