//! The imports and exports of a plugin's file, sorted by what the host makes of them. Reads; compiles and runs nothing.

use pact_grants::{Capability, World};
use serde::Serialize;
use wasmparser::{Parser, Payload};

use crate::capabilities::WASI_BASE;
use crate::plugin_file::{PluginFile, PluginFileError};

/// What the host makes of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ImportKind {
    /// The world has it and it reaches nothing outside the session: the world itself is the grant.
    World,
    /// The world has it and it needs a grant.
    NeedsGrant(Capability),
    /// Every standard library links it; the host links it inert.
    WasiBase,
    /// Neither has it: a plugin with such an import is not loaded.
    Refused,
}

impl ImportKind {
    /// Sorts an import of a plugin that runs in `world`.
    #[must_use]
    pub fn of(import: &str, world: World) -> Self {
        let Some((interface, version)) = import.split_once('@') else { return Self::Refused };
        if WASI_BASE.contains(&interface) && version.starts_with("0.2.") {
            return Self::WasiBase;
        }
        let own = interface.strip_prefix("pact:plugin/").filter(|_| version == "0.1.0");
        match own.and_then(|name| world.imports().iter().find(|(known, _)| *known == name)) {
            Some((_, None)) => Self::World,
            Some((_, Some(capability))) => Self::NeedsGrant(*capability),
            None => Self::Refused,
        }
    }
}

/// An interface that a component imports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Import {
    /// The full name, for example `wasi:io/poll@0.2.6`. Untrusted text.
    pub name: String,
    /// What the host makes of it.
    pub kind: ImportKind,
}

/// What a component asks of its host and offers to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Interfaces {
    /// In the order of the file.
    pub imports: Vec<Import>,
    /// Full names, in the order of the file. Untrusted text.
    pub exports: Vec<String>,
}

impl PluginFile {
    /// Reads what the component imports and exports, seen from the world of its manifest.
    ///
    /// # Errors
    /// [`PluginFileError`] for a file that is no plugin.
    pub fn interfaces(&self) -> Result<Interfaces, PluginFileError> {
        let world = self.manifest()?.world;
        let broken = |error: wasmparser::BinaryReaderError| PluginFileError::NotAComponent(error.to_string());
        let mut interfaces = Interfaces { imports: Vec::new(), exports: Vec::new() };
        let mut depth = 0_usize;
        for payload in Parser::new(0).parse_all(&self.bytes) {
            match payload.map_err(broken)? {
                Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
                Payload::End(_) => depth = depth.saturating_sub(1),
                Payload::ComponentImportSection(section) if depth == 0 => {
                    for import in section {
                        let name = import.map_err(broken)?.name.name.to_owned();
                        interfaces.imports.push(Import { kind: ImportKind::of(&name, world), name });
                    }
                }
                Payload::ComponentExportSection(section) if depth == 0 => {
                    for export in section {
                        interfaces.exports.push(export.map_err(broken)?.name.name.to_owned());
                    }
                }
                _ => {}
            }
        }
        Ok(interfaces)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_import_is_sorted_by_the_world_of_the_plugin() {
        let workspace = "pact:plugin/workspace@0.1.0";
        assert_eq!(ImportKind::of(workspace, World::LlmProvider), ImportKind::NeedsGrant(Capability::WorkspaceRead));
        assert_eq!(ImportKind::of(workspace, World::TestRunner), ImportKind::Refused);
        assert_eq!(ImportKind::of("pact:plugin/log@0.1.0", World::TestRunner), ImportKind::World);
        assert_eq!(ImportKind::of("wasi:io/poll@0.2.6", World::TestRunner), ImportKind::WasiBase);
    }
}
