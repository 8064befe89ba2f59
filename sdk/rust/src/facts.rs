//! What a language backend finds in sources and an assessor judges.

pub use crate::bindings::shared::pact::plugin::facts::{
    Facts, FileFacts, ModuleImport, Place, Reference, ReferenceKind, Symbol, SymbolKind, SyntaxError,
};
