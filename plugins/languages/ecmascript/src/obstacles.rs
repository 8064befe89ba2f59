//! What keeps a suite from being split, that is from running in one interpreter while the tested code runs in another.
//!
//! Two sources: the contract, where a type cannot cross, and the tests, where something reaches into the component or changes
//! what only one interpreter sees. Found by reading: what a test does through a variable whose value is not written in the file
//! is not seen, and shows as a test that fails in a split suite.

use std::collections::BTreeSet;

use oxc_allocator::Allocator;

use crate::interface::{Function, Interface};
use crate::layout::types_module;
use crate::source::{Place, Source, is_code};
use crate::type_ref::{Spelling, TypeRef};

mod finder;
mod shared;

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
    let modules = Modules::new(interface);
    for (path, text) in tests.iter().filter(|(path, _)| is_code(path)) {
        let allocator = Allocator::default();
        // Whether a file parses is another question, and has its own answer.
        if let Ok(source) = Source::parse(&allocator, path, text) {
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

/// Whose a module is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// The component's own.
    Component,
    /// Of the rendered types of the component.
    Types,
    /// A dependency's: a stand-in, which answers the component from the tests' side.
    Dependency,
    /// The language's, the tests' or somebody else's.
    Others,
}

/// The modules that tests can mean.
struct Modules<'i> {
    component: &'i str,
    types: String,
    /// Everything that can be imported from the component.
    exports: BTreeSet<&'i str>,
    dependencies: BTreeSet<String>,
}

impl<'i> Modules<'i> {
    fn new(interface: &'i Interface) -> Self {
        let mut exports: BTreeSet<&str> = interface.type_names().into_iter().collect();
        exports.extend(interface.functions.iter().map(|function| function.name.as_str()));
        exports.extend(interface.classes.iter().map(|class| class.name.as_str()));
        let owners = interface.imported.keys().chain(interface.imported_classes.keys());
        let dependencies = interface.dependencies.iter().chain(owners).flat_map(|id| [id.clone(), types_module(id)]);
        Self {
            component: &interface.component,
            types: types_module(&interface.component),
            exports,
            dependencies: dependencies.collect(),
        }
    }

    fn whose(&self, module: &str) -> Whose {
        if module == self.component {
            Whose::Component
        } else if module == self.types {
            Whose::Types
        } else if self.dependencies.contains(module) {
            Whose::Dependency
        } else {
            Whose::Others
        }
    }

    /// Returns what is wrong with importing a module, as far as its name says.
    fn unpromised_module(&self, module: &str) -> Option<String> {
        let component = self.component;
        let inner = module.strip_prefix(component).and_then(|rest| rest.strip_prefix('/'));
        let is_path = module.contains(&format!("src/{component}/")) || module.ends_with(&format!("src/{component}"));
        (inner.is_some() || is_path).then(|| {
            format!("`{module}` is a file of the component, which is not here; import what its contract has from `{component}`")
        })
    }

    /// Returns what is wrong with a name of the component, if anything is.
    fn unpromised(&self, name: &str) -> Option<String> {
        let component = self.component;
        (!self.exports.contains(name))
            .then(|| format!("the contract of `{component}` does not have `{name}`; use only what it promises"))
    }
}

#[cfg(test)]
mod tests;
