//! World `assessor`: judges what is known about sources. Export one with [`assessor!`](crate::assessor!).

pub use crate::bindings::assessor::exports::pact::plugin::assessment::{
    AssessError, Description, Finding, FindingCode, Guest as Assessor, Severity,
};
pub use crate::facts::{
    Facts, FileFacts, ModuleImport, Place, Reference, ReferenceKind, Symbol, SymbolKind, SyntaxError,
};

/// Exports a type that implements [`Assessor`](crate::assessor::Assessor) as the plugin.
#[macro_export]
macro_rules! assessor {
    ($plugin:ident) => {
        #[cfg(target_family = "wasm")]
        $crate::bindings::assessor::export!($plugin with_types_in $crate::bindings::assessor);
    };
}
