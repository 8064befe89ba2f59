//! A second backend of Python: a contract's types are dataclasses, where the shipped backend makes models of pydantic.

#[cfg(target_family = "wasm")]
mod plugin {
    use pact_language_python::component::{Backend, OfStyle, bindings};
    use pact_language_python::render::TypeStyle;

    /// Dataclasses.
    struct Dataclasses;

    impl OfStyle for Dataclasses {
        const STYLE: TypeStyle = TypeStyle::Dataclasses;
    }

    type Plugin = Backend<Dataclasses>;

    pact_language_python::component::bindings::export_backend!(Plugin with_types_in bindings);
}
