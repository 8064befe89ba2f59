//! The language backend of TypeScript. All that it does is in `pact_language_ecmascript`; this crate chooses the dialect.

#[cfg(target_family = "wasm")]
mod plugin {
    use pact_language_ecmascript::component::{Backend, OfDialect, bindings};
    use pact_language_ecmascript::dialect::Dialect;

    /// TypeScript.
    struct TypeScript;

    impl OfDialect for TypeScript {
        const DIALECT: Dialect = Dialect::TypeScript;
    }

    type Plugin = Backend<TypeScript>;

    pact_language_ecmascript::component::bindings::export_backend!(Plugin with_types_in bindings);
}
