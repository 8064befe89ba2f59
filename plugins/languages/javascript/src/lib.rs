//! The language backend of JavaScript. All that it does is in `pact_language_ecmascript`; this crate chooses the dialect.

#[cfg(target_family = "wasm")]
mod plugin {
    use pact_language_ecmascript::component::{Backend, OfDialect, bindings};
    use pact_language_ecmascript::dialect::Dialect;

    /// JavaScript.
    struct JavaScript;

    impl OfDialect for JavaScript {
        const DIALECT: Dialect = Dialect::JavaScript;
    }

    type Plugin = Backend<JavaScript>;

    pact_language_ecmascript::component::bindings::export_backend!(Plugin with_types_in bindings);
}
