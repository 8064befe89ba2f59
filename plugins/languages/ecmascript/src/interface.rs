//! A contract in terms of TypeScript and JavaScript: its names and types checked against what these have.

use pact_language_base::{Language, interface};

use crate::dialect::Dialect;
use crate::layout::Layout;
use crate::type_ref::{Basic, TypeRef};
use crate::{errors, identifier, pattern};

pub use interface::{
    Alias, Class, Enumeration, ErrorClass, Field, Function, Interface, InterfaceError, Struct, TypeDefinition,
    constraint, default, fault, rule,
};

/// Reads a contract and checks it.
pub fn read(json: &str, dialect: Dialect) -> Result<Interface, InterfaceError> {
    Interface::read(json, &dialect)
}

/// Names that rendered code uses: a type of that name would change what it means.
const TAKEN: [&str; 24] = [
    "Array",
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "Boolean",
    "Date",
    "Generator",
    "Infinity",
    "Iterable",
    "Iterator",
    "Map",
    "NaN",
    "Number",
    "Object",
    "Promise",
    "ReadonlyArray",
    "ReadonlyMap",
    "Record",
    "Remote",
    "Set",
    "String",
    "Symbol",
    "Uint8Array",
    "z",
];

impl Language for Dialect {
    fn name(&self) -> &'static str {
        self.title()
    }

    fn constructor(&self) -> &'static str {
        "constructor"
    }

    fn check_component(&self, id: &str) -> Result<(), String> {
        Layout::of(id, *self).map(|_| ())
    }

    fn check_name(&self, name: &str) -> Result<(), &'static str> {
        identifier::check(name)
    }

    fn is_taken_type(&self, name: &str) -> bool {
        TAKEN.contains(&name) || identifier::is_type_word(name) || errors::is_builtin(name)
    }

    fn is_taken_field(&self, name: &str) -> bool {
        // What every object has, and what would make a promise of it.
        matches!(name, "constructor" | "hasOwnProperty" | "then" | "toJSON" | "toString" | "valueOf")
    }

    fn is_taken_member(&self, _: &str) -> bool {
        false
    }

    fn is_taken_attribute(&self, name: &str) -> bool {
        matches!(name, "cause" | "constructor" | "stack" | "then" | "toString")
    }

    fn is_taken_parameter(&self, _: &str) -> bool {
        false
    }

    fn member_name(&self, value: &str) -> String {
        let replaced = |character: char| if character.is_ascii_alphanumeric() { character } else { '_' };
        let name: String = value.trim().chars().map(replaced).collect();
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            return format!("VALUE_{name}");
        }
        // A reserved word, for example `default`.
        if identifier::check(&name).is_err() { format!("{name}_") } else { name }
    }

    fn has_error(&self, name: &str) -> bool {
        errors::is_builtin(name)
    }

    fn check_pattern(&self, pattern: &str) -> Result<(), String> {
        pattern::check(pattern)
    }

    fn refuses(&self, part: &TypeRef) -> Option<&'static str> {
        match part {
            TypeRef::Basic(Basic::Complex) => Some("JavaScript has no complex numbers; use a struct with two fields"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(json: &str) -> Vec<String> {
        match read(json, Dialect::TypeScript) {
            Ok(_) => Vec::new(),
            Err(InterfaceError::Invalid(faults)) => faults.into_iter().map(|fault| fault.message).collect(),
            Err(InterfaceError::Unreadable(reason)) => panic!("{reason}"),
        }
    }

    #[test]
    fn names_are_those_that_the_language_can_write() {
        let json = r#"{"component_id": "a", "types": [{"name": "Map", "kind": "struct"},
            {"name": "S", "kind": "struct", "fields": [{"name": "then", "type_ref": "int"}, {"name": "new", "type_ref": "int"},
             {"name": "def", "type_ref": "int"}, {"name": "self", "type_ref": "int"}]}],
            "functions": [{"name": "delete", "output_type": "None"}, {"name": "pass", "output_type": "complex"}]}"#;
        let found = faults(json);
        let expected =
            ["`Map` is a type", "`delete` cannot be", "`complex`: JavaScript", "called `then`", "`new` cannot be"];
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (message, begin) in found.iter().zip(expected) {
            assert!(message.contains(begin), "{found:?}");
        }
    }

    #[test]
    fn a_pattern_that_only_python_has_is_a_fault() {
        let json = r#"{"component_id": "a", "types": [{"name": "S", "kind": "struct", "fields": [
            {"name": "x", "type_ref": "str", "validators": [{"kind": "regex", "expression": "(?i)a"}]}]}]}"#;
        let found = faults(json);
        assert!(found[0].starts_with("`(?i)a` is no regular expression in JavaScript"), "{found:?}");
    }

    #[test]
    fn members_keep_their_names_where_they_can() {
        let json = r#"{"component_id": "a", "types": [{"name": "E", "kind": "enum",
            "variants": ["open", "frozen-hard", "3D", "None", "default"]}]}"#;
        let interface = read(json, Dialect::JavaScript).expect("a good contract");
        let TypeDefinition::Enumeration(found) = &interface.types[0] else { panic!("an enumeration") };
        let names: Vec<&str> = found.members.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["open", "frozen_hard", "VALUE_3D", "None", "default_"]);
    }

    #[test]
    fn an_error_of_another_language_becomes_a_class_of_the_types_module() {
        let json = r#"{"component_id": "a", "functions": [{"name": "f", "output_type": "None", "error_cases": [
            {"name": "x", "condition": "c", "error_type": "ValueError"}, {"name": "y", "condition": "c", "error_type": "RangeError"}]}]}"#;
        assert_eq!(read(json, Dialect::JavaScript).expect("a good contract").type_names(), ["ValueError"]);
    }
}
