//! What the calls of each function of the contract cost, over all sessions of a suite.

use std::collections::{BTreeMap, BTreeSet};

use pact_model::effect::Effect;
use pact_model::verdict::FunctionCost;

use crate::ports::Called;

/// Each single cost of so many calls of a function is kept; of more, every second, fourth … one: enough for a percentile, and
/// bounded however often a test calls.
const KEPT_CALLS: usize = 4096;

/// The host names functions from the contract. Names that a guest makes up (methods) cannot fill our memory.
const KEPT_FUNCTIONS: usize = 1000;

/// The calls of a suite.
#[derive(Debug, Default)]
pub(super) struct Calls {
    functions: BTreeMap<String, Costs>,
    /// What the component did while it was imported, although no function of its contract may.
    imports: BTreeSet<Effect>,
}

#[derive(Debug)]
struct Costs {
    calls: u32,
    fuel: u64,
    max_fuel: u64,
    /// Of every `step`-th call.
    kept: Vec<u64>,
    step: u32,
    violations: BTreeSet<Effect>,
}

impl Default for Costs {
    fn default() -> Self {
        Self { calls: 0, fuel: 0, max_fuel: 0, kept: Vec::new(), step: 1, violations: BTreeSet::new() }
    }
}

impl Costs {
    /// Keeps every second of the calls that are kept.
    fn thin_out(&mut self) {
        let mut index = 0;
        self.kept.retain(|_| {
            index += 1;
            index % 2 == 1
        });
        self.step = self.step.saturating_mul(2);
    }
}

impl Calls {
    pub(super) fn add(&mut self, called: Called) {
        let Some(costs) = self.of(called.function) else { return };
        if costs.calls.is_multiple_of(costs.step) {
            costs.kept.push(called.fuel);
        }
        costs.calls = costs.calls.saturating_add(1);
        costs.fuel = costs.fuel.saturating_add(called.fuel);
        costs.max_fuel = costs.max_fuel.max(called.fuel);
        costs.violations.extend(called.violations);
        if costs.kept.len() >= KEPT_CALLS {
            costs.thin_out();
        }
    }

    /// Adds the calls of another session.
    pub(super) fn merge(&mut self, others: Self) {
        self.imports.extend(others.imports);
        for (function, mut others) in others.functions {
            let Some(costs) = self.of(function) else { continue };
            while costs.step < others.step {
                costs.thin_out();
            }
            while others.step < costs.step {
                others.thin_out();
            }
            costs.kept.append(&mut others.kept);
            costs.calls = costs.calls.saturating_add(others.calls);
            costs.fuel = costs.fuel.saturating_add(others.fuel);
            costs.max_fuel = costs.max_fuel.max(others.max_fuel);
            costs.violations.append(&mut others.violations);
            while costs.kept.len() >= KEPT_CALLS {
                costs.thin_out();
            }
        }
    }

    /// Returns the costs of a function; none where there are too many functions for another one.
    fn of(&mut self, function: String) -> Option<&mut Costs> {
        if self.functions.len() >= KEPT_FUNCTIONS && !self.functions.contains_key(&function) {
            return None;
        }
        Some(self.functions.entry(function).or_default())
    }

    pub(super) fn add_import(&mut self, violations: BTreeSet<Effect>) {
        self.imports.extend(violations);
    }

    /// Returns what functions did although their contract does not say so, sorted by function; first, without a function,
    /// what the component did while it was imported.
    pub(super) fn violations(&self) -> impl Iterator<Item = (Option<&str>, Effect)> {
        let functions = self
            .functions
            .iter()
            .flat_map(|(function, costs)| costs.violations.iter().map(|effect| (Some(function.as_str()), *effect)));
        self.imports.iter().map(|effect| (None, *effect)).chain(functions)
    }

    /// Returns the costs, sorted by function.
    pub(super) fn costs(self) -> Vec<FunctionCost> {
        let cost = |(function, mut costs): (String, Costs)| {
            costs.kept.sort_unstable();
            // The smallest kept cost that at least 95 of 100 calls do not exceed.
            let rank = (costs.kept.len() * 95).div_ceil(100).saturating_sub(1);
            let p95_fuel = costs.kept.get(rank).copied().unwrap_or(0);
            let Costs { calls, fuel, max_fuel, .. } = costs;
            FunctionCost { function, calls, fuel, max_fuel, p95_fuel }
        };
        self.functions.into_iter().map(cost).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn costs(fuels: impl Iterator<Item = u64>) -> FunctionCost {
        let mut calls = Calls::default();
        fuels.for_each(|fuel| calls.add(Called { function: "f".to_owned(), fuel, violations: BTreeSet::new() }));
        calls.costs().remove(0)
    }

    #[test]
    fn ninety_five_of_a_hundred_calls_cost_at_most_the_percentile() {
        let cost = costs(1..=100);
        assert_eq!((cost.calls, cost.fuel, cost.max_fuel, cost.p95_fuel), (100, 5050, 100, 95));
        assert_eq!(costs(std::iter::once(7)).p95_fuel, 7);
        assert_eq!(costs([1, 1, 1, 9].into_iter()).p95_fuel, 9);
    }

    #[test]
    fn the_calls_of_two_sessions_are_those_of_one_suite() {
        let of = |fuels: std::ops::Range<u64>| {
            let mut calls = Calls::default();
            fuels.for_each(|fuel| {
                calls.add(Called { function: "f".to_owned(), fuel, violations: [Effect::ReadsClock].into() });
            });
            calls
        };
        let mut calls = of(0..90);
        calls.merge(of(90..100));
        assert_eq!(calls.violations().count(), 1);
        let cost = calls.costs().remove(0);
        assert_eq!((cost.calls, cost.fuel, cost.max_fuel, cost.p95_fuel), (100, 4950, 99, 94));
        for (one, other) in [(0..10, 10..50_000), (10..50_000, 0..10), (0..25_000, 25_000..50_000)] {
            let mut calls = of(one);
            calls.merge(of(other));
            let cost = calls.costs().remove(0);
            assert_eq!((cost.calls, cost.max_fuel), (50_000, 49_999));
            assert!((47_000..=48_000).contains(&cost.p95_fuel), "{}", cost.p95_fuel);
        }
    }

    #[test]
    fn what_one_call_may_not_do_is_held_against_its_function() {
        let mut calls = Calls::default();
        for violations in [BTreeSet::new(), [Effect::ReadsClock].into(), BTreeSet::new()] {
            calls.add(Called { function: "f".to_owned(), fuel: 1, violations });
        }
        calls.add_import([Effect::DrawsRandom].into());
        let violations: Vec<_> = calls.violations().collect();
        assert_eq!(violations, [(None, Effect::DrawsRandom), (Some("f"), Effect::ReadsClock)]);
    }

    #[test]
    fn calls_without_end_are_counted_and_only_some_of_them_kept() {
        let cost = costs((0..100_000).map(|call| call % 1000));
        assert_eq!((cost.calls, cost.max_fuel), (100_000, 999));
        assert!((900..=999).contains(&cost.p95_fuel), "{}", cost.p95_fuel);
    }
}
