//! World `language-backend`: knows one language. Export one with [`language_backend!`](crate::language_backend!).

pub use crate::bindings::language_backend::exports::pact::plugin::backend::Guest as LanguageBackend;
pub use crate::bindings::language_backend::exports::pact::plugin::backend::*;
pub use crate::facts::{
    Facts, FileFacts, ModuleImport, Place, Reference, ReferenceKind, Symbol, SymbolKind, SyntaxError,
};

/// Exports a type that implements [`LanguageBackend`](crate::backend::LanguageBackend) as the plugin.
#[macro_export]
macro_rules! language_backend {
    ($plugin:ident) => {
        #[cfg(target_family = "wasm")]
        $crate::bindings::language_backend::export!($plugin with_types_in $crate::bindings::language_backend);
    };
}
