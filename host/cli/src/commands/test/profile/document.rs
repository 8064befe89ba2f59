//! A profile as JSON: what `--json` carries, and the file with the whole tree.

use std::collections::HashMap;

use pact_model::profile::{Frame, Function, FunctionFuel, Profile, TestFuel};
use pact_model::receipt::Receipt;
use pact_pipeline::judge::Profiled;
use serde::Serialize;

/// What is said of a profile beside a verdict.
#[derive(Debug, Serialize)]
pub(in crate::commands::test) struct Summary<'a> {
    #[serde(flatten)]
    numbers: Numbers<'a>,
    /// Of the sessions that were profiled. They are not the ones that were judged.
    receipt: &'a [Receipt],
}

#[derive(Debug, Serialize)]
struct Numbers<'a> {
    /// All of it, without that of the measuring.
    fuel: u64,
    /// What the measuring used besides.
    measuring_fuel: u64,
    /// Calls that are not told apart, because there were too many functions, nodes or calls in calls.
    folded_calls: u64,
    /// Ends of functions that had not begun.
    unmatched: u64,
    /// Why a part of the suite is missing. Untrusted.
    #[serde(skip_serializing_if = "Option::is_none")]
    cut: Option<&'a str>,
    /// Those that used most first.
    tests: Vec<TestFuel>,
    /// Those that used most by themselves first.
    functions: Vec<FunctionFuel>,
}

impl<'a> Numbers<'a> {
    fn new(profiled: &'a Profiled, profile: &Profile) -> Self {
        Self {
            fuel: profile.fuel(),
            measuring_fuel: profile.measuring_fuel,
            folded_calls: profile.folded_calls,
            unmatched: profile.unmatched,
            cut: profiled.cut.as_deref(),
            tests: profile.tests(),
            functions: profile.by_function(),
        }
    }
}

impl<'a> Summary<'a> {
    /// Returns nothing where the runner cannot be profiled.
    pub(in crate::commands::test) fn new(profiled: &'a Profiled) -> Option<Self> {
        let profile = profiled.profile.as_ref()?;
        Some(Self { numbers: Numbers::new(profiled, profile), receipt: &profiled.receipts })
    }
}

/// `pact/profile@1`. Real time is not in it: two runs give the same bytes.
#[derive(Debug, Serialize)]
pub(super) struct Document<'a> {
    schema: &'static str,
    suite: &'a str,
    #[serde(flatten)]
    numbers: Numbers<'a>,
    /// The tree. A node comes after the one that it is called by.
    nodes: Vec<Node<'a>>,
}

#[derive(Debug, Serialize)]
struct Node<'a> {
    /// The place in this list of what called it.
    parent: Option<u32>,
    kind: &'static str,
    /// Of a test: its id. Untrusted.
    #[serde(skip_serializing_if = "Option::is_none")]
    test: Option<&'a str>,
    /// Of a function: its place in `functions`.
    #[serde(skip_serializing_if = "Option::is_none")]
    function: Option<usize>,
    self_fuel: u64,
    total_fuel: u64,
    calls: u64,
}

impl<'a> Document<'a> {
    pub(super) fn new(suite: &'a str, profiled: &'a Profiled, profile: &'a Profile) -> Self {
        let numbers = Numbers::new(profiled, profile);
        let places: HashMap<&Function, usize> =
            numbers.functions.iter().enumerate().map(|(place, cost)| (&cost.function, place)).collect();
        let node = |(node, total_fuel): (&'a pact_model::profile::Node, u64)| {
            let (kind, test, function) = match &node.frame {
                Frame::Outside => ("outside", None, None),
                Frame::Test(id) => ("test", Some(id.as_str()), None),
                Frame::Function(number) => {
                    ("function", None, places.get(&profile.functions[*number as usize]).copied())
                }
                Frame::Folded => ("folded", None, None),
            };
            Node { parent: node.parent, kind, test, function, self_fuel: node.fuel, total_fuel, calls: node.calls }
        };
        let nodes = profile.nodes.iter().zip(profile.totals()).map(node).collect();
        drop(places);
        Self { schema: "pact/profile@1", suite, numbers, nodes }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::profiled;
    use super::*;

    #[test]
    fn a_node_refers_to_its_function_where_that_stands_in_the_list() {
        let profiled = profiled();
        let document = Document::new("shop", &profiled, profiled.profile.as_ref().unwrap());
        let json = serde_json::to_value(&document).unwrap();
        assert_eq!(json["functions"][0]["self_fuel"], 1_234_567);
        assert_eq!((&json["nodes"][3]["function"], &json["nodes"][2]["function"]), (&0.into(), &1.into()));
        assert_eq!(
            (&json["nodes"][2]["total_fuel"], &json["nodes"][1]["test"]),
            (&1_236_567.into(), &"test_shop.x::sells".into())
        );
        assert_eq!((&json["schema"], &json["cut"]), (&"pact/profile@1".into(), &"not run: \u{1b}too much".into()));
    }
}
