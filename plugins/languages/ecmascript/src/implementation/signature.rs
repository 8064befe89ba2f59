//! Compares the parameters of a definition with those of the contract: every call that the contract allows must be taken.
//! Calls are by position, so names count only where they show that two parameters changed places.

use super::callable::Signature;
use super::{Finding, Severity};
use crate::interface::Function;
use crate::source::Place;
use crate::source::names::bound_name;

/// Returns what a definition does not take. `name` is what findings call it; `place` is where they are shown.
pub(super) fn compare(function: &Function, name: &str, signature: &Signature<'_>, place: &Place) -> Vec<Finding> {
    let mut comparison = Comparison { function, name, place, findings: Vec::new() };
    comparison.parameters(signature);
    comparison.promise(signature);
    comparison.findings
}

struct Comparison<'f> {
    function: &'f Function,
    name: &'f str,
    place: &'f Place,
    findings: Vec<Finding>,
}

impl Comparison<'_> {
    fn parameters(&mut self, signature: &Signature<'_>) {
        let wanted: Vec<&str> = self.function.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        let parameters = signature.parameters;
        let found: Vec<Option<&str>> =
            parameters.items.iter().map(|parameter| bound_name(&parameter.pattern)).collect();
        if parameters.rest.is_none() {
            for name in wanted.iter().skip(found.len()) {
                self.add("missing-parameter", &format!("it does not take `{name}`"));
            }
        }
        for (index, parameter) in parameters.items.iter().enumerate().skip(wanted.len()) {
            if parameter.initializer.is_none() && !parameter.optional {
                let extra = found.get(index).copied().flatten().unwrap_or("a parameter");
                self.add("extra-parameter", &format!("it wants `{extra}`, which the contract does not have"));
            }
        }
        let known: Vec<&str> = found.iter().flatten().copied().filter(|name| wanted.contains(name)).collect();
        let ordered: Vec<&str> = wanted.iter().copied().filter(|name| known.contains(name)).collect();
        if known != ordered {
            let message = format!(
                "its parameters stand in the order `{}`; the contract has `{}`",
                known.join(", "),
                ordered.join(", ")
            );
            self.add("parameter-order", &message);
        }
    }

    fn promise(&mut self, signature: &Signature<'_>) {
        let wants_stream = self.function.output.is_async_stream();
        // With `async` and `*` it is iterated with `for await`, which nobody awaits.
        let is_awaited = signature.is_async && !signature.is_generator;
        if is_awaited && !self.function.is_async && !wants_stream {
            self.add("async-mismatch", "it is written with `async`; the contract asks for a result at once");
        }
        let gives_promise = signature.is_async || signature.gives_promise.unwrap_or(true);
        if self.function.is_async && !gives_promise {
            self.add("async-mismatch", "its result is no promise; the contract asks for `async`");
        }
    }

    fn add(&mut self, code: &'static str, message: &str) {
        let message = format!("`{}`: {message}", self.name);
        self.findings.push(Finding { severity: Severity::Error, code, message, place: self.place.clone() });
    }
}
