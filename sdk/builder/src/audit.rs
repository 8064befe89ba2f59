//! What a component imports and exports against what its world allows. The host asks the same again before it loads one:
//! this is for the author, that is for safety.

use wasmparser::{Encoding, Parser, Payload};

use crate::worlds::World;

/// The named WASI interfaces that the host links inert, because every standard library imports them.
const WASI_BASE: &[(&str, &[&str])] = &[
    (
        "wasi:cli",
        &[
            "environment",
            "exit",
            "stdin",
            "stdout",
            "stderr",
            "terminal-input",
            "terminal-output",
            "terminal-stdin",
            "terminal-stdout",
            "terminal-stderr",
        ],
    ),
    ("wasi:clocks", &["monotonic-clock", "wall-clock"]),
    ("wasi:filesystem", &["types", "preopens"]),
    ("wasi:io", &["error", "poll", "streams"]),
    ("wasi:random", &["random", "insecure", "insecure-seed"]),
    (
        "wasi:sockets",
        &["network", "instance-network", "tcp", "tcp-create-socket", "udp", "udp-create-socket", "ip-name-lookup"],
    ),
];

/// Why a component does not fit its world.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AuditError {
    /// The bytes are not wasm.
    #[error("failed to read the wasm binary")]
    Parse(#[from] wasmparser::BinaryReaderError),
    /// The bytes are a core module.
    #[error("it is a core module; a plugin is a component, built for wasm32-wasip2")]
    NotAComponent,
    /// It asks for more than its world gives.
    #[error("it imports {} that the world `{world}` does not have: {}", if imports.len() == 1 { "an interface" } else { "interfaces" }, imports.join(", "))]
    Imports {
        /// The world of the manifest.
        world: String,
        /// What is too much.
        imports: Vec<String>,
    },
    /// It gives less than its world demands.
    #[error("it does not export what the world `{world}` demands: {}", exports.join(", "))]
    Exports {
        /// The world of the manifest.
        world: String,
        /// What is missing.
        exports: Vec<String>,
    },
}

/// Checks that `component` imports nothing outside `world` and the WASI base, and exports all that `world` exports.
pub(crate) fn check_component(component: &[u8], world: &World) -> Result<(), AuditError> {
    let (imports, exports) = imports_and_exports(component)?;
    let excess: Vec<String> =
        imports.into_iter().filter(|name| !world.imports.contains(name) && !is_wasi_base(name)).collect();
    if !excess.is_empty() {
        return Err(AuditError::Imports { world: world.name.clone(), imports: excess });
    }
    let missing: Vec<String> = world.exports.iter().filter(|name| !exports.contains(name)).cloned().collect();
    if !missing.is_empty() {
        return Err(AuditError::Exports { world: world.name.clone(), exports: missing });
    }
    Ok(())
}

fn imports_and_exports(component: &[u8]) -> Result<(Vec<String>, Vec<String>), AuditError> {
    let (mut imports, mut exports) = (Vec::new(), Vec::new());
    let mut depth = 0usize;
    for payload in Parser::new(0).parse_all(component) {
        match payload? {
            Payload::Version { encoding: Encoding::Module, .. } if depth == 0 => return Err(AuditError::NotAComponent),
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            Payload::ComponentImportSection(section) if depth == 0 => {
                for import in section {
                    imports.push(import?.name.name.to_owned());
                }
            }
            Payload::ComponentExportSection(section) if depth == 0 => {
                for export in section {
                    exports.push(export?.name.name.to_owned());
                }
            }
            _ => {}
        }
    }
    Ok((imports, exports))
}

/// Says whether `name` is an interface of the base in any 0.2 release: the host's linker serves them all alike.
fn is_wasi_base(name: &str) -> bool {
    let Some((path, version)) = name.split_once('@') else { return false };
    let Some((package, interface)) = path.split_once('/') else { return false };
    version.starts_with("0.2.")
        && WASI_BASE.iter().any(|(base, interfaces)| *base == package && interfaces.contains(&interface))
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{
        Component, ComponentExportKind, ComponentExportSection, ComponentImportSection, ComponentTypeRef,
        ComponentTypeSection, InstanceType, Module,
    };

    use super::*;

    fn world() -> World {
        World {
            name: "test-runner".into(),
            imports: ["pact:plugin/log@0.1.0".to_owned()].into(),
            exports: ["pact:plugin/runner@0.1.0".to_owned()].into(),
        }
    }

    /// A component that imports instances under `imports` and exports the first of them again as `export`.
    fn component(imports: &[&str], export: &str) -> Vec<u8> {
        let mut types = ComponentTypeSection::new();
        types.instance(&InstanceType::new());
        let mut import_section = ComponentImportSection::new();
        for name in imports {
            import_section.import(*name, ComponentTypeRef::Instance(0));
        }
        let mut export_section = ComponentExportSection::new();
        export_section.export(export, ComponentExportKind::Instance, 0, None);
        let mut component = Component::new();
        component.section(&types).section(&import_section).section(&export_section);
        component.finish()
    }

    #[test]
    fn allows_the_world_and_the_base() {
        let wasm = component(&["pact:plugin/log@0.1.0", "wasi:cli/environment@0.2.6"], "pact:plugin/runner@0.1.0");
        check_component(&wasm, &world()).unwrap();
    }

    #[test]
    fn refuses_wasi_http_by_name() {
        let wasm = component(&["wasi:io/poll@0.2.9", "wasi:http/outgoing-handler@0.2.9"], "pact:plugin/runner@0.1.0");
        let error = check_component(&wasm, &world()).unwrap_err().to_string();
        assert!(error.contains("wasi:http/outgoing-handler@0.2.9") && !error.contains("wasi:io"), "{error}");
    }

    #[test]
    fn refuses_a_base_interface_of_another_generation() {
        let wasm = component(&["wasi:cli/environment@0.3.0"], "pact:plugin/runner@0.1.0");
        assert!(matches!(check_component(&wasm, &world()), Err(AuditError::Imports { .. })));
    }

    #[test]
    fn refuses_an_interface_of_our_own_that_the_world_lacks() {
        let wasm = component(&["pact:plugin/workspace@0.1.0"], "pact:plugin/runner@0.1.0");
        assert!(matches!(check_component(&wasm, &world()), Err(AuditError::Imports { .. })));
    }

    #[test]
    fn refuses_a_component_that_exports_something_else() {
        let wasm = component(&["pact:plugin/log@0.1.0"], "pact:plugin/assessor@0.1.0");
        assert!(matches!(check_component(&wasm, &world()), Err(AuditError::Exports { .. })));
    }

    #[test]
    fn refuses_a_core_module() {
        assert!(matches!(check_component(&Module::new().finish(), &world()), Err(AuditError::NotAComponent)));
    }
}
