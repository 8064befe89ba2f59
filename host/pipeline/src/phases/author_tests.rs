//! A contract gets its visible tests.

mod expected;
mod vacuity;

use std::collections::BTreeMap;

use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::finding::Finding;
use pact_model::phase::Phase;
use pact_model::test_suite::ContractTestSuite;
use pact_model::validation::{check_test_suite, has_errors};
use serde_json::Map;

use super::contract::dependencies;
use super::{Bench, MAX_AUTHOR_ATTEMPTS, Outcome, reasons_of};
use crate::briefs::{self, Interface};
use crate::component_suite;
use crate::conversation::Conversation;
use crate::digest;
use crate::error::Error;
use crate::feedback;
use crate::kept;
use crate::ports::{Artefact, FileNames, RunEvent, Source, SourceText};
use crate::record::{Examination, PhaseRecord};
use crate::rendered;
use crate::reply::read_tests;

/// What a suite is made from.
#[derive(Debug, Clone)]
pub struct Input {
    /// The contract.
    pub contract: ComponentContract,
    /// The contracts of what the component calls itself.
    pub dependencies: BTreeMap<ComponentId, ComponentContract>,
    /// The contracts of everything that it calls, directly or through others.
    pub closure: BTreeMap<ComponentId, ComponentContract>,
}

impl Input {
    /// Returns the digest of what contracts and rules say: what a suite or an implementation is made from.
    pub(super) fn digest(&self, bench: &Bench) -> String {
        let subject = &bench.subject;
        digest::of_json(&(&self.contract, &self.dependencies, &subject.task.standards, &subject.language))
    }
}

/// Makes the suite, or takes the one that lies there. Its `generated_code` is what the test file holds.
///
/// # Errors
/// [`Error`] when there can be no suite at all, or a person's is not valid.
pub async fn run(input: Input, bench: &Bench) -> Result<Outcome<ContractTestSuite>, Error> {
    let id = &input.contract.component_id;
    let names = bench.backend.name_files(id).await?;
    let inputs = input.digest(bench);
    rendered::write(&input.contract, bench, &names).await?;
    if let Some(outcome) = existing(&input, bench, &names, &inputs).await? {
        return Ok(outcome);
    }
    bench.reporter.report(&RunEvent::Started { phase: Phase::AuthorTests, component: Some(id) });
    let stub = bench.backend.render_stub(&input.contract).await?;
    let shown = dependencies(&*bench.backend, input.dependencies.values()).await?;
    let test_file = file_name(&names.contract_test);
    let interface = Interface {
        contract: &input.contract,
        stub: &stub,
        types_module: file_name(&names.types),
        dependencies: &shown,
    };
    let mut conversation = Conversation::new(&bench.asker, Phase::AuthorTests, Some(id), MAX_AUTHOR_ATTEMPTS);
    let brief = |reasons: &[String]| briefs::author_tests(&bench.subject, interface, test_file, reasons);
    while let Some(text) = conversation.next(brief).await? {
        match accept(&input, bench, &names, &text).await? {
            Ok((suite, examination)) => {
                bench.workspace.save_test_suite(&suite)?;
                bench.workspace.write(&names.contract_test, suite.generated_code.as_bytes())?;
                let mut record = bench.workspace.component_record(id)?;
                record.examined = Some(examination);
                record.author_tests = Some(PhaseRecord { inputs, attempts: conversation.attempts() });
                bench.workspace.save_component_record(id, &record)?;
                return Ok(Outcome::Done { value: suite, source: Source::Made });
            }
            Err(reasons) => conversation.reject(reasons),
        }
    }
    Ok(Outcome::GaveUp { reasons: conversation.give_up() })
}

/// Returns the last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

// The test file is what runs, so it is the truth about the code; the description beside it is about the cases. A person may
// have written either, and then both stay as they are.
async fn existing(
    input: &Input,
    bench: &Bench,
    names: &FileNames,
    inputs: &str,
) -> Result<Option<Outcome<ContractTestSuite>>, Error> {
    let id = &input.contract.component_id;
    let path = bench.workspace.path_of(&Artefact::TestSuite(id.clone()));
    let described = bench.workspace.test_suite(id)?;
    let code = bench.workspace.read(&names.contract_test)?;
    if described.is_none() && code.is_none() {
        return Ok(None);
    }
    let is_a_persons =
        kept::is_a_persons(&*bench.workspace, &path)? || kept::is_a_persons(&*bench.workspace, &names.contract_test)?;
    let is_current = bench.workspace.component_record(id)?.author_tests.is_some_and(|record| record.inputs == inputs);
    if !is_a_persons && !is_current {
        return Ok(None);
    }
    let mut findings = Vec::new();
    let mut suite = match described {
        Some(suite) => {
            findings.extend(check_test_suite(&suite, &input.contract, &path));
            suite
        }
        None => undescribed(input, bench),
    };
    match code {
        Some(code) => suite.generated_code = String::from_utf8_lossy(&code).into_owned(),
        None => bench.workspace.write(&names.contract_test, suite.generated_code.as_bytes())?,
    }
    kept::check_a_persons(bench, &path, findings)?;
    let faults = code_faults(bench, names, &suite.generated_code).await?;
    let faults = faults.into_iter().map(|fault| Finding::error("test-code", &names.contract_test, "", fault)).collect();
    kept::check_a_persons(bench, &names.contract_test, faults)?;
    examine_existing(input, bench, names, &suite.generated_code).await?;
    let source = if is_a_persons { Source::Edited } else { Source::Kept };
    Ok(Some(Outcome::Done { value: suite, source }))
}

// What lies there is not rejected: whoever wrote it hears of it.
async fn examine_existing(input: &Input, bench: &Bench, names: &FileNames, code: &str) -> Result<(), Error> {
    let id = &input.contract.component_id;
    let examination = expected::examine(input, bench, code).await?;
    let warn =
        |fault: &String| Finding::warning("test-shows-nothing", &names.contract_test, "", feedback::quote(fault));
    kept::warn(bench, &examination.faults.iter().map(warn).collect::<Vec<_>>());
    let mut record = bench.workspace.component_record(id)?;
    if record.examined.as_ref() != Some(&examination) {
        record.examined = Some(examination);
        bench.workspace.save_component_record(id, &record)?;
    }
    Ok(())
}

async fn accept(
    input: &Input,
    bench: &Bench,
    names: &FileNames,
    text: &str,
) -> Result<Result<(ContractTestSuite, Examination), Vec<String>>, Error> {
    let reply = match read_tests(text, file_name(&names.contract_test)) {
        Ok(reply) => reply,
        Err(error) => return Ok(Err(vec![error.to_string()])),
    };
    let suite =
        ContractTestSuite { test_cases: reply.test_cases, generated_code: reply.code, ..undescribed(input, bench) };
    let findings = check_test_suite(&suite, &input.contract, "reply");
    let mut reasons = reasons_of(&findings);
    if !has_errors(&findings) {
        reasons.extend(code_faults(bench, names, &suite.generated_code).await?);
    }
    if reasons.is_empty() && bench.runner.info().can_split {
        reasons.extend(obstacles(input, bench, names, &suite.generated_code).await?);
    }
    if !reasons.is_empty() {
        return Ok(Err(reasons));
    }
    let examination = expected::examine(input, bench, &suite.generated_code).await?;
    if !examination.faults.is_empty() {
        return Ok(Err(examination.faults));
    }
    Ok(Ok((ContractTestSuite { expected_ids: examination.expected_ids.clone(), ..suite }, examination)))
}

async fn code_faults(bench: &Bench, names: &FileNames, code: &str) -> Result<Vec<String>, Error> {
    let path = &names.contract_test;
    let mut faults = bench.backend.syntax_errors(path, code).await?;
    if faults.is_empty() {
        let listing = bench.backend.list_tests(path, code.as_bytes()).await?;
        if listing.is_none_or(|listing| listing.functions.is_empty()) {
            faults.push(format!("`{path}` holds no test function"));
        }
    }
    Ok(faults)
}

/// What keeps the suite from being split, said to its author. Obstacles of the contract are not for who writes tests.
async fn obstacles(input: &Input, bench: &Bench, names: &FileNames, code: &str) -> Result<Vec<String>, Error> {
    let test = SourceText { path: names.contract_test.clone(), text: code.to_owned() };
    let obstacles = bench.backend.find_obstacles(&input.contract, &[test]).await?;
    let of_tests = obstacles.iter().filter(|obstacle| obstacle.path.is_some());
    let said = of_tests.map(component_suite::obstacle_said);
    Ok(said
        .map(|said| format!("{said} (tests and code run in two instances, which share nothing but values)"))
        .collect())
}

fn undescribed(input: &Input, bench: &Bench) -> ContractTestSuite {
    ContractTestSuite {
        component_id: input.contract.component_id.clone(),
        contract_version: input.contract.version,
        test_cases: Vec::new(),
        test_language: bench.subject.language.clone(),
        generated_code: String::new(),
        expected_ids: Vec::new(),
        extra: Map::new(),
    }
}
