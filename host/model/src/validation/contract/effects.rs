//! Checks of what a function promises beside its value: effects that can be enforced, bounds that can be judged.

use super::Checker;
use crate::contract::{FunctionContract, PerformanceBound, SideEffectKind};
use crate::performance::Growth;

impl Checker<'_> {
    pub(super) fn effects(&mut self, function: &FunctionContract, pointer: &str) {
        let typed = &function.structured_side_effects;
        let says_none = typed.iter().position(|effect| effect.kind == SideEffectKind::None);
        if let Some(index) = says_none.filter(|_| typed.len() > 1) {
            let message = "it says that there are no effects, beside effects";
            self.error("contradicting-effects", &format!("{pointer}/structured_side_effects/{index}"), message);
        }
        let words = function.side_effects.iter().position(|text| !says_nothing(text));
        if let Some(index) = words {
            let at = format!("{pointer}/side_effects/{index}");
            if typed.is_empty() {
                let message = "nobody can enforce an effect in words; say it in `structured_side_effects`, too";
                self.warning("untyped-effect", &at, message);
            } else if says_none.is_some() {
                self.error("contradicting-effects", &at, "`structured_side_effects` say that there are none");
            }
        }
        for (index, effect) in typed.iter().enumerate() {
            let needs_target = matches!(
                effect.kind,
                SideEffectKind::ReadsFile | SideEffectKind::WritesFile | SideEffectKind::NetworkCall
            );
            if needs_target && effect.target.trim().is_empty() {
                let at = format!("{pointer}/structured_side_effects/{index}/target");
                self.warning("effect-without-target", &at, "it does not say which file or which service");
            }
        }
        if let Some(bound) = &function.performance_bound {
            self.bound(bound, &format!("{pointer}/performance_budget"));
        }
    }

    fn bound(&mut self, bound: &PerformanceBound, pointer: &str) {
        for (field, value) in [("p95_latency_ms", bound.p95_latency_ms), ("max_memory_mb", bound.max_memory_mb)] {
            if value == Some(0) {
                self.error("zero-bound", &format!("{pointer}/{field}"), "zero cannot be met; the least is 1");
            }
        }
        let complexity = bound.complexity.as_deref().map(str::trim).filter(|text| !text.is_empty());
        if let Some(Err(why)) = complexity.map(Growth::parse) {
            self.warning("unjudged-bound", &format!("{pointer}/complexity"), why);
        }
        if bound.p95_latency_ms.is_none() && bound.max_memory_mb.is_none() && complexity.is_none() {
            self.warning("empty-bound", pointer, "it bounds nothing; leave it out, or say a number");
        }
    }
}

fn says_nothing(text: &str) -> bool {
    matches!(text.trim().trim_end_matches('.').to_ascii_lowercase().as_str(), "" | "none" | "no side effects" | "n/a")
}
