//! Test sources that follow from the contract alone.

use super::python::docstring;
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
pub fn suite(interface: &Interface, suite: RenderedSuite) -> Option<String> {
    match suite {
        RenderedSuite::Smoke => smoke::smoke(interface),
        RenderedSuite::Validators => validators::validators(interface),
        RenderedSuite::Emission => emission::emission(interface),
    }
}

/// Writes the first lines of a source.
fn head(first: String, more: Vec<String>) -> String {
    let mut paragraphs = vec![first];
    paragraphs.extend(more);
    paragraphs.push("Rendered by pact from the contract: change the contract, not this file.".to_owned());
    docstring("", &paragraphs)
}

/// Returns the types of the contract that values are made of, sorted.
fn names_in<'s>(values: impl Iterator<Item = &'s Sample>) -> Vec<&'s str> {
    let mut names = Vec::new();
    values.for_each(|value| value.each_name(&mut |name| names.push(name)));
    names.sort_unstable();
    names.dedup();
    names
}
