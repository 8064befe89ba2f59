//! Test sources that follow from the contract alone.

use super::spelling::Spelling;
use super::text::documentation;
use crate::dialect::Dialect;
use crate::interface::Interface;
use crate::sample::Sample;

mod emission;
mod samples;
mod smoke;
mod validators;

/// What a rendered suite looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RenderedSuite {
    /// Whether the component has every export, with the parameters of the contract.
    Smoke,
    /// Whether the types accept and refuse what their validators say.
    Validators,
    /// Whether each function reports its calls.
    Emission,
}

/// Renders a suite; none where the contract has nothing that it could look at.
pub fn suite(interface: &Interface, dialect: Dialect, suite: RenderedSuite) -> Option<String> {
    let spelling = Spelling { interface, dialect };
    match suite {
        RenderedSuite::Smoke => smoke::smoke(spelling),
        RenderedSuite::Validators => validators::validators(spelling),
        RenderedSuite::Emission => emission::emission(spelling),
    }
}

/// Writes the first lines of a source. What is under test is looked at as any program could write it, so nothing checks types.
fn head(first: String, more: Vec<String>, dialect: Dialect) -> String {
    let mut paragraphs = vec![first];
    paragraphs.extend(more);
    paragraphs.push("Rendered by pact from the contract: change the contract, not this file.".to_owned());
    let mut text = documentation("", &paragraphs);
    if dialect == Dialect::TypeScript {
        text.push_str("// @ts-nocheck\n");
    }
    text
}

/// Returns the types of the contract that values are made of, sorted.
fn names_in<'s>(values: impl Iterator<Item = &'s Sample>) -> Vec<&'s str> {
    let mut names = Vec::new();
    values.for_each(|value| value.each_name(&mut |name| names.push(name)));
    names.sort_unstable();
    names.dedup();
    names
}
