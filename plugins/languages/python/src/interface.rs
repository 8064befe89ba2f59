//! A contract in terms of Python: its names and types checked against what Python has.

use pact_language_base::{Language, interface};

use crate::layout::Layout;
use crate::type_ref::TypeRef;
use crate::{exceptions, identifier};

mod naming;

pub use interface::{
    Alias, Class, Enumeration, ErrorClass, Field, Function, Interface, InterfaceError, Struct, TypeDefinition,
    constraint, default, fault, rule,
};

/// Reads a contract and checks it.
pub fn read(json: &str) -> Result<Interface, InterfaceError> {
    Interface::read(json, &Python)
}

/// Returns the names of the parameters that can be given by position, and of those that go by name only. Python wants what
/// may be left out last; a contract may order otherwise, and then the rest goes by name.
pub fn by_position_and_name(function: &Function) -> (Vec<&str>, Vec<&str>) {
    let first_default = function.parameters.iter().position(|parameter| parameter.default.is_some());
    let by_name = first_default.and_then(|first| {
        let rest = function.parameters.get(first..)?;
        rest.iter().position(|parameter| parameter.default.is_none()).map(|index| first + index)
    });
    let names: Vec<&str> = function.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    let (by_position, by_name) = names.split_at(by_name.unwrap_or(names.len()));
    (by_position.to_vec(), by_name.to_vec())
}

struct Python;

impl Language for Python {
    fn name(&self) -> &'static str {
        "Python"
    }

    fn constructor(&self) -> &'static str {
        "__init__"
    }

    fn check_component(&self, id: &str) -> Result<(), String> {
        Layout::of(id).map(|_| ())
    }

    fn check_name(&self, name: &str) -> Result<(), &'static str> {
        identifier::check(name)
    }

    fn is_taken_type(&self, name: &str) -> bool {
        naming::is_taken(name)
    }

    fn is_taken_field(&self, name: &str) -> bool {
        naming::is_taken_field(name)
    }

    fn is_taken_member(&self, name: &str) -> bool {
        matches!(name, "mro" | "name" | "value")
    }

    fn is_taken_attribute(&self, name: &str) -> bool {
        matches!(name, "self" | "args" | "add_note" | "with_traceback")
    }

    fn is_taken_parameter(&self, name: &str) -> bool {
        name == "self"
    }

    fn member_name(&self, value: &str) -> String {
        naming::member_name(value)
    }

    fn has_error(&self, name: &str) -> bool {
        exceptions::is_builtin(name)
    }

    fn check_pattern(&self, _: &str) -> Result<(), String> {
        // Only Python's own engine can tell.
        Ok(())
    }

    fn refuses(&self, _: &TypeRef) -> Option<&'static str> {
        None
    }
}

#[cfg(test)]
mod tests;
