//! What keeps a suite from being split, that is from running in one interpreter while the tested code runs in another.
//!
//! Two sources: the contract, where a type cannot cross, and the tests, where something reaches into the component or changes
//! what only one interpreter sees. Found by reading: what a test does through a variable whose value is not written in the file
//! is not seen, and shows as a test that fails in a split suite.

use std::collections::BTreeSet;

use crate::interface::{Function, Interface};
use crate::layout::types_module;
use crate::source::{Place, Source, module_name};
use crate::type_ref::{Spelling, TypeRef};

mod finder;
mod fixtures;
mod patches;
mod shared;

#[cfg(test)]
mod tests;

/// Something that keeps a suite from being split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// What it is, with the offending text in backticks, and what would be accepted.
    pub reason: String,
    /// Where in the tests; absent when it is in the contract.
    pub place: Option<Place>,
}

/// Finds the obstacles in a contract and in the files of its tests: path and text each.
pub fn find(interface: &Interface, tests: &[(String, String)]) -> Vec<Obstacle> {
    let mut obstacles = of_contract(interface);
    let modules = Modules::new(interface, tests);
    for (path, text) in tests {
        // Whether a file parses is another question, and has its own answer; data beside the tests is no Python at all.
        if let Ok(source) = Source::parse(path, text) {
            obstacles.extend(finder::in_file(&source, &modules));
        }
    }
    obstacles
}

fn of_contract(interface: &Interface) -> Vec<Obstacle> {
    let functions = interface.functions.iter().map(|function| (function.name.clone(), function));
    let of_classes = interface.classes.iter().flat_map(|class| {
        let callables = std::iter::once(&class.init).chain(&class.methods);
        callables.map(|method| (format!("{}.{}", class.name, method.name), method))
    });
    functions.chain(of_classes).flat_map(|(name, function)| of_inputs(&name, function)).collect()
}

/// A caller's generator would have to run while the tested code runs; what a function returns is iterated when nothing else does.
fn of_inputs(name: &str, function: &Function) -> Vec<Obstacle> {
    let streams = function.parameters.iter().filter(|parameter| {
        let mut stays = false;
        parameter
            .type_ref
            .each(&mut |part| stays |= matches!(part, TypeRef::Protocol(protocol, _) if protocol.stays()));
        stays
    });
    let reasons = streams.map(|parameter| {
        let spelt = parameter.type_ref.spell(Spelling::Plain);
        format!(
            "the input `{}: {spelt}` of `{name}` cannot cross: its values are made while they are used; \
             take `list[T]`, `Sequence[T]` or `Iterable[T]`",
            parameter.name
        )
    });
    reasons.map(|reason| Obstacle { reason, place: None }).collect()
}

/// Whose a module or a name of it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// The component's, or its types module's.
    Component,
    /// A dependency's: a stand-in, which answers the component from the tests' side.
    Dependency,
    /// Another file of the tests'.
    Tests,
    /// The language's or somebody else's: each interpreter has its own.
    Others,
}

/// The modules that tests can mean.
struct Modules<'i> {
    component: &'i str,
    types: String,
    /// Everything that can be imported from the component.
    exports: BTreeSet<&'i str>,
    /// The names in a class that can be used from outside.
    methods: BTreeSet<(&'i str, &'i str)>,
    functions: BTreeSet<&'i str>,
    dependencies: BTreeSet<String>,
    tests: BTreeSet<String>,
}

impl<'i> Modules<'i> {
    fn new(interface: &'i Interface, tests: &[(String, String)]) -> Self {
        let functions: BTreeSet<&str> = interface.functions.iter().map(|function| function.name.as_str()).collect();
        let classes = || interface.classes.iter();
        let mut exports: BTreeSet<&str> = interface.type_names().into_iter().collect();
        exports.extend(&functions);
        exports.extend(classes().map(|class| class.name.as_str()));
        let methods =
            classes().flat_map(|class| class.methods.iter().map(|method| (class.name.as_str(), method.name.as_str())));
        let owners = interface.imported.keys().chain(interface.imported_classes.keys());
        let modules = interface.dependencies.iter().chain(owners).flat_map(|id| [id.clone(), types_module(id)]);
        // A helper beside a test is imported by its own name or by its path.
        let helpers = tests.iter().flat_map(|(path, _)| {
            let name = module_name(path, &[]);
            let last = name.rsplit('.').next().unwrap_or_default().to_owned();
            [name, last]
        });
        Self {
            component: &interface.component,
            types: types_module(&interface.component),
            methods: methods.collect(),
            dependencies: modules.collect(),
            tests: helpers.collect(),
            exports,
            functions,
        }
    }

    /// Returns whose a dotted name is.
    fn whose(&self, dotted: &str) -> Whose {
        let first = dotted.split('.').next().unwrap_or_default();
        if first == self.component || first == self.types {
            Whose::Component
        } else if self.dependencies.contains(first) {
            Whose::Dependency
        } else if self.tests.contains(first) || first == "tests" {
            Whose::Tests
        } else {
            Whose::Others
        }
    }

    /// Returns what is wrong with using a dotted name of the component, if anything is.
    fn unpromised(&self, dotted: &str) -> Option<String> {
        let rest = dotted.strip_prefix(self.component)?.strip_prefix('.')?;
        let mut parts = rest.split('.');
        let (name, inner) = (parts.next()?, parts.next());
        let component = self.component;
        if is_special(name) {
            return None;
        }
        if !self.exports.contains(name) {
            return Some(format!("the contract of `{component}` does not have `{name}`; use only what it promises"));
        }
        let inner = inner.filter(|inner| !is_special(inner))?;
        let is_class = self.methods.iter().any(|(class, _)| *class == name);
        let is_inside = self.functions.contains(name) || (is_class && !self.methods.contains(&(name, inner)));
        is_inside.then(|| {
            format!("`{name}` has no `{inner}` in the contract of `{component}`; call it and look at what comes back")
        })
    }
}

/// Every function and module has these, a proxy too.
fn is_special(name: &str) -> bool {
    matches!(name, "__name__" | "__doc__" | "__qualname__" | "__module__" | "__init__")
}
