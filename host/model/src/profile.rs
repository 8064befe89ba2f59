//! Where the fuel of a suite went: a tree of what called what.
//!
//! Names and places are a guest's: untrusted. The fuel is the host's own count.

use std::collections::HashMap;

use serde::Serialize;

/// A function of the suite or of the code that it tests.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Function {
    /// The qualified name. Untrusted.
    pub name: String,
    /// Its file, relative to the suite's root; empty for what has no place. Untrusted.
    pub path: String,
    /// One-based.
    pub line: u32,
}

/// What a node of the tree stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// A root: all that is no test's doing. To start, to collect, to renew the tested side between two tests.
    Outside,
    /// A root: a test by its id. What is counted for it alone is the framework's work for that test. Untrusted.
    Test(String),
    /// A function, as its index in [`Profile::functions`].
    Function(u32),
    /// Everything beyond the limits of a profile, below the node that it belongs to.
    Folded,
}

/// A frame below others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// The index of what called it, which is less than its own; absent for a root.
    pub parent: Option<u32>,
    /// What it stands for.
    pub frame: Frame,
    /// Fuel of its own, without that of what it called.
    pub fuel: u64,
    /// How often it was called from there.
    pub calls: u64,
}

/// Where the fuel of a suite went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// Each function once, in the order in which they were first heard of.
    pub functions: Vec<Function>,
    /// The tree, in the order in which its nodes were first reached.
    pub nodes: Vec<Node>,
    /// What the measuring cost. It is in no node.
    pub measuring_fuel: u64,
    /// Calls that were counted for [`Frame::Folded`], because there were too many functions, nodes or calls in calls.
    pub folded_calls: u64,
    /// Ends of functions that had not begun: the runner's account is not quite right.
    pub unmatched: u64,
}

/// What a test used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TestFuel {
    /// Its id. Untrusted.
    pub id: String,
    /// Fuel from its start to its end.
    pub fuel: u64,
    /// What of it no function of the suite used: the framework's work.
    pub framework_fuel: u64,
}

/// What a function used, over the whole suite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FunctionFuel {
    /// Which one.
    #[serde(flatten)]
    pub function: Function,
    /// Without that of the functions that it called.
    pub self_fuel: u64,
    /// With that; a call inside of a call of itself counts once.
    pub total_fuel: u64,
    /// How often it was called.
    pub calls: u64,
}

impl Profile {
    /// Adds what another session of the same suite used.
    pub fn absorb(&mut self, other: Self) {
        let mut known: HashMap<Function, u32> =
            self.functions.iter().zip(0..).map(|(function, index)| (function.clone(), index)).collect();
        let mut places: HashMap<(Option<u32>, Frame), u32> =
            self.nodes.iter().zip(0..).map(|(node, index)| ((node.parent, node.frame.clone()), index)).collect();
        let mut functions = Vec::with_capacity(other.functions.len());
        for function in other.functions {
            let next = index(self.functions.len());
            let own = *known.entry(function.clone()).or_insert(next);
            if own == next {
                self.functions.push(function);
            }
            functions.push(own);
        }
        let mut nodes: Vec<u32> = Vec::with_capacity(other.nodes.len());
        for node in other.nodes {
            let parent = node.parent.map(|parent| nodes[parent as usize]);
            let frame = match node.frame {
                Frame::Function(function) => Frame::Function(functions[function as usize]),
                frame => frame,
            };
            let next = index(self.nodes.len());
            let own = *places.entry((parent, frame.clone())).or_insert(next);
            if own == next {
                self.nodes.push(Node { parent, frame, fuel: 0, calls: 0 });
            }
            let sum = &mut self.nodes[own as usize];
            sum.fuel = sum.fuel.saturating_add(node.fuel);
            sum.calls = sum.calls.saturating_add(node.calls);
            nodes.push(own);
        }
        self.measuring_fuel = self.measuring_fuel.saturating_add(other.measuring_fuel);
        self.folded_calls = self.folded_calls.saturating_add(other.folded_calls);
        self.unmatched = self.unmatched.saturating_add(other.unmatched);
    }

    /// Returns the fuel of all nodes.
    #[must_use]
    pub fn fuel(&self) -> u64 {
        self.nodes.iter().fold(0, |sum, node| sum.saturating_add(node.fuel))
    }

    /// Returns the fuel of each node with that of all nodes below it.
    #[must_use]
    pub fn totals(&self) -> Vec<u64> {
        let mut totals: Vec<u64> = self.nodes.iter().map(|node| node.fuel).collect();
        // What is called comes after what calls it.
        for (at, node) in self.nodes.iter().enumerate().rev() {
            if let Some(parent) = node.parent {
                totals[parent as usize] = totals[parent as usize].saturating_add(totals[at]);
            }
        }
        totals
    }

    /// Returns what the tests used, those that used most first.
    #[must_use]
    pub fn tests(&self) -> Vec<TestFuel> {
        let totals = self.totals();
        let mut tests: Vec<TestFuel> = self
            .nodes
            .iter()
            .zip(totals)
            .filter_map(|(node, fuel)| match &node.frame {
                Frame::Test(id) => Some(TestFuel { id: id.clone(), fuel, framework_fuel: node.fuel }),
                _ => None,
            })
            .collect();
        tests.sort_by(|a, b| b.fuel.cmp(&a.fuel).then_with(|| a.id.cmp(&b.id)));
        tests
    }

    /// Returns what the functions used, those that used most by themselves first.
    #[must_use]
    pub fn by_function(&self) -> Vec<FunctionFuel> {
        let totals = self.totals();
        let mut costs: Vec<FunctionFuel> = self
            .functions
            .iter()
            .map(|function| FunctionFuel { function: function.clone(), self_fuel: 0, total_fuel: 0, calls: 0 })
            .collect();
        for (node, total) in self.nodes.iter().zip(totals) {
            let Frame::Function(function) = node.frame else { continue };
            let cost = &mut costs[function as usize];
            cost.self_fuel = cost.self_fuel.saturating_add(node.fuel);
            cost.calls = cost.calls.saturating_add(node.calls);
            if !self.callers(node).any(|caller| caller.frame == node.frame) {
                cost.total_fuel = cost.total_fuel.saturating_add(total);
            }
        }
        costs.sort_by(|a, b| {
            let place =
                |cost: &FunctionFuel| (cost.function.path.clone(), cost.function.line, cost.function.name.clone());
            b.self_fuel.cmp(&a.self_fuel).then_with(|| place(a).cmp(&place(b)))
        });
        costs
    }

    /// Returns what called a node, the nearest first.
    pub fn callers<'a>(&'a self, node: &'a Node) -> impl Iterator<Item = &'a Node> {
        let parent = |node: &Node| node.parent.map(|parent| &self.nodes[parent as usize]);
        std::iter::successors(parent(node), move |node| parent(node))
    }
}

/// The limits of a profile are far below 2^32.
fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(name: &str) -> Function {
        Function { name: name.to_owned(), path: "a.x".to_owned(), line: 1 }
    }

    fn node(parent: Option<u32>, frame: Frame, fuel: u64, calls: u64) -> Node {
        Node { parent, frame, fuel, calls }
    }

    /// `one` calls `f`, which calls itself and `g`.
    fn profile() -> Profile {
        Profile {
            functions: vec![function("f"), function("g")],
            nodes: vec![
                node(None, Frame::Outside, 5, 0),
                node(None, Frame::Test("one".to_owned()), 10, 1),
                node(Some(1), Frame::Function(0), 20, 1),
                node(Some(2), Frame::Function(0), 30, 2),
                node(Some(3), Frame::Function(1), 40, 3),
            ],
            measuring_fuel: 7,
            folded_calls: 0,
            unmatched: 0,
        }
    }

    #[test]
    fn a_function_inside_of_itself_counts_once_in_its_total() {
        let costs = profile().by_function();
        let plain: Vec<_> =
            costs.iter().map(|c| (c.function.name.as_str(), c.self_fuel, c.total_fuel, c.calls)).collect();
        assert_eq!(plain, [("f", 50, 90, 3), ("g", 40, 40, 3)]);
    }

    #[test]
    fn a_test_has_what_it_called_and_the_framework_is_told_apart() {
        assert_eq!(profile().tests(), [TestFuel { id: "one".to_owned(), fuel: 100, framework_fuel: 10 }]);
        assert_eq!(profile().fuel(), 105);
    }

    #[test]
    fn sessions_add_up_whatever_numbers_their_functions_have() {
        let mut sum = profile();
        sum.absorb(Profile {
            functions: vec![function("h"), function("f")],
            nodes: vec![
                node(None, Frame::Test("one".to_owned()), 1, 1),
                node(Some(0), Frame::Function(1), 2, 1),
                node(Some(1), Frame::Function(0), 3, 1),
            ],
            measuring_fuel: 1,
            folded_calls: 2,
            unmatched: 3,
        });
        assert_eq!(sum.nodes[1], node(None, Frame::Test("one".to_owned()), 11, 2));
        assert_eq!(sum.nodes[2], node(Some(1), Frame::Function(0), 22, 2));
        assert_eq!(sum.nodes[5], node(Some(2), Frame::Function(2), 3, 1));
        assert_eq!((sum.measuring_fuel, sum.folded_calls, sum.unmatched), (8, 2, 3));
    }
}
