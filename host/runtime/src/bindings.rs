//! Generated bindings: the plugin interface from `wit/v0`, and the two WASI interfaces that we implement ourselves.
#![allow(missing_docs, unreachable_pub, clippy::all, reason = "generated code")]

/// World `test-runner`.
pub(crate) mod test_runner {
    wasmtime::component::bindgen!({
        path: "../../wit/v0",
        world: "pact:plugin/test-runner",
        imports: { default: trappable },
        exports: { default: async },
    });
}

/// The tested side of world `split-runner`. Its other side is `test-runner`, of which it has every interface.
pub(crate) mod tested_side {
    wasmtime::component::bindgen!({
        path: "../../wit/v0",
        inline: "
            package pact:host;
            world tested-side {
                import pact:plugin/peer@0.1.0;
                export pact:plugin/tested@0.1.0;
            }
        ",
        world: "pact:host/tested-side",
        imports: { default: trappable },
        exports: { default: async },
        with: { "pact:plugin/tests": crate::bindings::test_runner::pact::plugin::tests },
    });
}

/// WASI interfaces whose implementation in wasmtime-wasi reaches the machine: files and the clock.
pub(crate) mod wasi {
    wasmtime::component::bindgen!({
        path: "../../wit/v0",
        inline: "
            package pact:host;
            world base {
                import wasi:clocks/monotonic-clock@0.2.12;
                import wasi:clocks/wall-clock@0.2.12;
                import wasi:filesystem/types@0.2.12;
                import wasi:filesystem/preopens@0.2.12;
            }
        ",
        world: "pact:host/base",
        imports: { default: trappable },
        trappable_error_type: { "wasi:filesystem/types.error-code" => crate::capabilities::wasi_filesystem::FsError },
        with: {
            "wasi:io": wasmtime_wasi_io::bindings::wasi::io,
            "wasi:filesystem/types.descriptor": crate::capabilities::wasi_filesystem::Descriptor,
            "wasi:filesystem/types.directory-entry-stream": crate::capabilities::wasi_filesystem::Listing,
        },
        require_store_data_send: true,
    });
}

/// World `language-backend`.
pub(crate) mod language_backend {
    wasmtime::component::bindgen!({
        path: "../../wit/v0",
        world: "pact:plugin/language-backend",
        imports: { default: trappable },
        exports: { default: async },
    });
}

/// World `llm-provider`.
pub(crate) mod llm_provider {
    wasmtime::component::bindgen!({
        path: "../../wit/v0",
        world: "pact:plugin/llm-provider",
        imports: { default: trappable },
        exports: { default: async },
    });
}

/// World `assessor`. Its facts are those of a language backend.
pub(crate) mod assessor {
    wasmtime::component::bindgen!({
        path: "../../wit/v0",
        world: "pact:plugin/assessor",
        imports: { default: trappable },
        exports: { default: async },
        with: { "pact:plugin/facts": crate::bindings::language_backend::pact::plugin::facts },
    });
}
