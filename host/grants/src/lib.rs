//! What a plugin asks for, what the user allows, and the decision.
//!
//! Knows nothing of how an effect is carried out: the runtime's capabilities take a scope from here and cannot make one.

mod authority;
mod capability;
mod decide;
mod limits;
mod manifest;
mod scope;
mod user_grants;
mod world;

pub use authority::{Authority, Factor, Line};
pub use capability::Capability;
pub use decide::{Denial, NotGranted, Profile, decide};
pub use limits::{LimitRequest, Limits};
pub use manifest::{Ask, Manifest, ManifestError, PluginId};
pub use scope::{Patterns, PatternsError, WorkspaceScope};
pub use user_grants::{Grant, UserGrants};
pub use world::{UnknownWorld, World};
