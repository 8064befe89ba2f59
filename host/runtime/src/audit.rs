//! What a component imports and exports against what its world allows. Runs before any code of the guest.
//!
//! Two lists: the world's own interfaces, of which some need a grant, and the inert WASI base. Anything else refuses the
//! plugin.

use pact_grants::{Authority, Capability, World};
use wasmtime::Engine;
use wasmtime::component::Component;

use crate::interfaces::ImportKind;

/// Why a component was refused by its imports and exports.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuditError {
    /// It does not export what its world exports.
    #[error("its plugin.toml says world `{world}`, but it does not export `{wanted}`{}", found(.exports))]
    WrongWorld {
        /// The world of its manifest.
        world: World,
        /// The interface that the world exports.
        wanted: String,
        /// What it exports instead.
        exports: Vec<String>,
    },
    /// It imports something that neither its world nor the WASI base has.
    #[error("it imports `{import}`, which world `{world}` does not offer")]
    UndeclaredImport {
        /// The world of its manifest.
        world: World,
        /// What it imports.
        import: String,
    },
    /// It imports something that needs a grant which it never asked for.
    #[error("it imports `{import}`, which needs `{capability}`, but its plugin.toml does not ask for that")]
    NotAsked {
        /// What it imports.
        import: String,
        /// The capability that the import needs.
        capability: Capability,
    },
}

fn found(exports: &[String]) -> String {
    if exports.is_empty() { String::new() } else { format!("; it exports `{}`", exports.join("`, `")) }
}

/// Compares a component with its authority.
///
/// # Errors
/// [`AuditError`] for the first thing that does not fit.
pub(crate) fn audit(engine: &Engine, component: &Component, authority: &Authority) -> Result<(), AuditError> {
    let world = authority.world();
    let ty = component.component_type();
    let exports: Vec<String> = ty.exports(engine).map(|(name, _)| name.to_owned()).collect();
    for name in world.exports() {
        let wanted = format!("pact:plugin/{name}@0.1.0");
        if !exports.contains(&wanted) {
            return Err(AuditError::WrongWorld { world, wanted, exports });
        }
    }
    for (import, _) in ty.imports(engine) {
        check_import(import, authority)?;
    }
    Ok(())
}

fn check_import(import: &str, authority: &Authority) -> Result<(), AuditError> {
    let world = authority.world();
    match ImportKind::of(import, world) {
        ImportKind::World | ImportKind::WasiBase => Ok(()),
        ImportKind::NeedsGrant(Capability::WorkspaceRead) if authority.workspace().is_some() => Ok(()),
        ImportKind::NeedsGrant(capability) => Err(AuditError::NotAsked { import: import.to_owned(), capability }),
        ImportKind::Refused => Err(AuditError::UndeclaredImport { world, import: import.to_owned() }),
    }
}

#[cfg(test)]
mod tests {
    use pact_grants::{Manifest, Profile, UserGrants, decide};

    use super::*;

    fn authority(world: &str) -> Authority {
        let manifest =
            Manifest::parse(&format!("id = 'x'\nversion = '1'\nworld = '{world}'\nlicense = 'MIT'\n")).unwrap();
        decide(&manifest, &UserGrants::default(), Profile::Dev).unwrap()
    }

    #[test]
    fn the_base_is_wasi_0_2_and_nothing_near_it() {
        let runner = authority("test-runner");
        assert!(check_import("wasi:cli/environment@0.2.6", &runner).is_ok());
        for import in [
            "wasi:http/outgoing-handler@0.2.6",
            "wasi:cli/environment@0.3.0",
            "wasi:cli/environment",
            "wasi:cli/run@0.2.6",
            "wasi:filesystem/types-more@0.2.6",
            "pact:plugin/observe@0.2.0",
            "pact:plugin/workspace@0.1.0",
            "evil:plugin/log@0.1.0",
            "free-standing-function",
        ] {
            assert!(matches!(check_import(import, &runner), Err(AuditError::UndeclaredImport { .. })), "{import}");
        }
    }

    #[test]
    fn each_world_has_its_own_imports() {
        assert!(check_import("pact:plugin/observe@0.1.0", &authority("test-runner")).is_ok());
        assert!(check_import("pact:plugin/observe@0.1.0", &authority("language-backend")).is_err());
    }

    #[test]
    fn an_import_that_needs_a_grant_must_be_asked_for() {
        let refused = check_import("pact:plugin/workspace@0.1.0", &authority("llm-provider"));
        assert!(matches!(refused, Err(AuditError::NotAsked { .. })), "{refused:?}");
    }
}
