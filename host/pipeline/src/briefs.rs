//! What models are told. The texts lie in `briefs/`, one file per role; here they meet their values.
//!
//! A file has two parts. The first is the same for every component of a run, so that a provider's cache hits; the second is
//! about one question.

mod inspection;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value, context};
use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::decomposition::EngineeringDecision;
use pact_model::task::Task;

use crate::ports::Brief;

pub use inspection::{BriefCheck, BriefIssue, Expected, Level, estimated_tokens, inspect};

const DECOMPOSE: &str = include_str!("briefs/decompose.txt");
const CONTRACT: &str = include_str!("briefs/contract.txt");
const AUTHOR_TESTS: &str = include_str!("briefs/author_tests.txt");
const IMPLEMENT: &str = include_str!("briefs/implement.txt");

/// The line that parts what is the same for every component from what is not.
const PART: &str = "=== the question ===\n";

/// What every brief of a run is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The task and the house rules.
    pub task: Task,
    /// The language's name.
    pub language: String,
    /// Engine and framework with versions.
    pub engine: String,
}

/// A component as briefs name it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'run> {
    pub(crate) id: &'run ComponentId,
    pub(crate) name: &'run str,
    pub(crate) description: &'run str,
}

/// A component that another one calls: its contract, and how it looks in the language.
#[derive(Debug, Clone, PartialEq)]
pub struct Dependency {
    /// Its contract.
    pub contract: ComponentContract,
    /// Its interface in the language.
    pub interface: String,
}

pub(crate) fn decompose(subject: &Subject, reasons: &[String]) -> Brief {
    render(DECOMPOSE, subject, context! { reasons => Serde(reasons) })
}

pub(crate) fn contract(
    subject: &Subject,
    about: About<'_>,
    decisions: &[EngineeringDecision],
    dependencies: &[Dependency],
    reasons: &[String],
) -> Brief {
    let values = context! { about => about_value(about), decisions => Serde(decisions), dependencies => dependency_values(dependencies), reasons => Serde(reasons) };
    render(CONTRACT, subject, values)
}

/// What a brief about a component with a contract shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Interface<'run> {
    pub(crate) contract: &'run ComponentContract,
    pub(crate) stub: &'run str,
    pub(crate) types_module: &'run str,
    pub(crate) dependencies: &'run [Dependency],
}

pub(crate) fn author_tests(subject: &Subject, interface: Interface<'_>, test_file: &str, reasons: &[String]) -> Brief {
    render(AUTHOR_TESTS, subject, context! { test_file, reasons => Serde(reasons), ..interface_values(interface) })
}

/// The attempt that the next one starts from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Previous<'run> {
    pub(crate) files: &'run [(String, String)],
}

/// The generated module by which an implementation reports its calls, where the project asks for that.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Events<'run> {
    pub(crate) file: &'run str,
    pub(crate) text: &'run str,
}

pub(crate) fn implement(
    subject: &Subject,
    interface: Interface<'_>,
    tests: &str,
    main_file: &str,
    events: Option<Events<'_>>,
    previous: Previous<'_>,
    reasons: &[String],
) -> Brief {
    let previous: Vec<Value> = previous.files.iter().map(|(path, content)| context! { path, content }).collect();
    let events = events.map(|events| context! { file => events.file, text => events.text });
    render(
        IMPLEMENT,
        subject,
        context! { tests, main_file, events, previous, reasons => Serde(reasons), ..interface_values(interface) },
    )
}

fn interface_values(interface: Interface<'_>) -> Value {
    let contract = interface.contract;
    context! {
        about => context! { id => contract.component_id.as_str(), name => contract.name.as_str() },
        contract => json(contract),
        stub => interface.stub,
        types_module => interface.types_module,
        dependencies => dependency_values(interface.dependencies),
    }
}

fn about_value(about: About<'_>) -> Value {
    context! { id => about.id.as_str(), name => about.name, description => about.description }
}

fn dependency_values(dependencies: &[Dependency]) -> Vec<Value> {
    let values = dependencies.iter().map(|dependency| {
        context! { id => dependency.contract.component_id.as_str(), interface => dependency.interface.as_str() }
    });
    values.collect()
}

fn json(contract: &ComponentContract) -> String {
    serde_json::to_string_pretty(contract).expect("a contract is plain data")
}

fn render(template: &str, subject: &Subject, values: Value) -> Brief {
    let (system, user) = template.split_once(PART).expect("each brief has two parts");
    let environment = environment();
    let subject = context! {
        task => subject.task.text.trim_end(),
        standards => subject.task.standards.trim_end(),
        language => subject.language.as_str(),
        engine => subject.engine.as_str(),
    };
    let part = |text: &str, values: Value| {
        environment.render_str(text, values).expect("the briefs are part of the program and tested with every value")
    };
    Brief { system: part(system, subject.clone()), user: part(user, context! { ..values, ..subject }) }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.add_filter("fenced", fenced);
    // A misspelt value is a broken brief, not an empty line in it.
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    environment.set_syntax(syntax.build().expect("only white space differs from the default syntax"));
    environment
}

/// Puts a text between fences that nothing in it closes, so that none of it is read as the brief's own words.
fn fenced(text: &str, language: &str, path: Option<&str>) -> String {
    let ticks = text.lines().map(|line| line.trim().bytes().take_while(|byte| *byte == b'`').count()).max();
    let fence = "`".repeat(ticks.map_or(3, |ticks| (ticks + 1).max(3)));
    let path: String =
        path.into_iter().flat_map(|path| path.chars().filter(|it| !it.is_control() && *it != '`')).collect();
    let before = if path.is_empty() { "" } else { " " };
    format!("{fence}{language}{before}{path}\n{text}\n{fence}")
}

#[cfg(test)]
mod tests;
