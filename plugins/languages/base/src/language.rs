//! What a language says of a contract's names and types. Everything else of the check is the same in all of them.

use crate::type_ref::TypeRef;

/// One language, as far as checking a contract needs it.
pub trait Language {
    /// Returns its name for people.
    fn name(&self) -> &'static str;

    /// Returns what a constructor is called, for messages.
    fn constructor(&self) -> &'static str;

    /// Checks the id of a component. The error says what is wrong with it.
    fn check_component(&self, id: &str) -> Result<(), String>;

    /// Checks that a name can be written. The error says why not, to be put after the name.
    fn check_name(&self, name: &str) -> Result<(), &'static str>;

    /// Returns whether rendered code uses the name already, so that no type can have it.
    fn is_taken_type(&self, name: &str) -> bool;

    /// Returns whether every rendered struct has the name already, or needs it.
    fn is_taken_field(&self, name: &str) -> bool;

    /// Returns whether every enumeration has the name already.
    fn is_taken_member(&self, name: &str) -> bool;

    /// Returns whether every exception has the name already. Not `message`, which is the text that every exception has.
    fn is_taken_attribute(&self, name: &str) -> bool;

    /// Returns whether a method cannot have a parameter of this name.
    fn is_taken_parameter(&self, name: &str) -> bool;

    /// Writes a value of an enumeration as a name, if it cannot stand as it is. What comes back may still be no name.
    fn member_name(&self, value: &str) -> String;

    /// Returns whether the language has an exception of this name without an import.
    fn has_error(&self, name: &str) -> bool;

    /// Checks that a regular expression of the contract means the same in the language. The error says what is wrong with it.
    fn check_pattern(&self, pattern: &str) -> Result<(), String>;

    /// Says why a type has no counterpart in the language. Asked for each part of a reference.
    fn refuses(&self, part: &TypeRef) -> Option<&'static str>;
}
