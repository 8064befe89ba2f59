//! What can be wrong with a contract that was read.

use crate::type_ref::TypeRefError;

/// What kind of fault it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// A name cannot be written, or means something else.
    InvalidName,
    /// Two things have one name.
    DuplicateName,
    /// Not in the grammar of references.
    MalformedType,
    /// Neither basic nor of the contract.
    UnknownType,
    /// Not understood, or not for this type.
    MalformedValidator,
    /// Not of the field's type.
    InvalidDefault,
    /// Correct, but not rendered.
    Unsupported,
}

/// One fault with its place in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its kind.
    pub kind: FaultKind,
    /// For example `functions[2].inputs[0].type_ref`.
    pub at: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl Fault {
    /// Puts a fault together.
    pub fn new(kind: FaultKind, at: impl Into<String>, message: impl Into<String>) -> Self {
        Self { kind, at: at.into(), message: message.into() }
    }

    /// Says where a reference was malformed.
    pub fn of_type_ref(at: impl Into<String>, error: TypeRefError) -> Self {
        match error {
            TypeRefError::Malformed(message) => Self::new(FaultKind::MalformedType, at, message),
            TypeRefError::Unsupported(message) => Self::new(FaultKind::Unsupported, at, message),
        }
    }
}
