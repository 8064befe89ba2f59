//! The decision: ceiling of the plugin ∩ grants of the user ∩ run profile.

use std::fmt;

use serde::Serialize;

use crate::authority::{Authority, Factor, Line};
use crate::capability::Capability;
use crate::limits::Limits;
use crate::manifest::{Ask, Manifest, PluginId};
use crate::scope::WorkspaceScope;
use crate::user_grants::UserGrants;

/// Where pact runs. No capability of today depends on it; `process` will never be granted under [`Profile::Ci`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// A developer's machine.
    Dev,
    /// A machine that nobody watches.
    Ci,
}

/// Something that a plugin asks for and is not granted.
#[derive(Debug, Clone, PartialEq)]
pub struct Denial {
    /// The plugin.
    pub plugin: PluginId,
    /// What it asks for, and why.
    pub ask: Ask,
}

impl Denial {
    /// Returns the lines of `pact.yaml` that would allow it.
    #[must_use]
    pub fn lines_to_add(&self) -> String {
        let patterns: Vec<String> = self.ask.scope.texts().iter().map(|text| format!("{text:?}")).collect();
        format!("grants: {{ {}: {{ {}: [{}] }} }}", self.plugin, self.ask.capability, patterns.join(", "))
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scope = self.ask.scope.texts().join("`, `");
        write!(f, "it asks for {} on `{scope}` ({:?})", self.ask.capability, self.ask.reason)
    }
}

/// A plugin asks for more than it is granted, so it is not loaded.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("capabilities of `{plugin}` not granted: {}", .denials.len())]
pub struct NotGranted {
    /// The plugin.
    pub plugin: PluginId,
    /// Each ask that is not granted. Never empty.
    pub denials: Vec<Denial>,
    /// Each line of the decision, as [`Authority::lines`] has them.
    pub lines: Vec<Line>,
}

/// Decides what a plugin may do.
///
/// Every ask must be granted at least in part: a plugin that would find one of its doors shut is better refused before it
/// runs. What the grant leaves out of an ask is refused at each call.
///
/// # Errors
/// [`NotGranted`] with every ask that no grant covers.
pub fn decide(manifest: &Manifest, grants: &UserGrants, _profile: Profile) -> Result<Authority, NotGranted> {
    let grant = grants.of(&manifest.id);
    let mut denials = Vec::new();
    let mut lines = Vec::new();
    let mut workspace = None;
    for ask in &manifest.asks {
        let granted = grant.and_then(|grant| grant.scope(ask.capability));
        lines.push(Line {
            capability: ask.capability,
            asked: ask.scope.texts().to_vec(),
            granted: granted.map(|scope| scope.texts().to_vec()).unwrap_or_default(),
            reason: ask.reason.clone(),
            cut_by: if granted.is_none() { Some(Factor::Grants) } else { None },
        });
        match (ask.capability, granted) {
            (Capability::WorkspaceRead, Some(granted)) => {
                workspace = Some(WorkspaceScope::new(ask.scope.clone(), granted.clone()));
            }
            (_, None) => denials.push(Denial { plugin: manifest.id.clone(), ask: ask.clone() }),
        }
    }
    if !denials.is_empty() {
        return Err(NotGranted { plugin: manifest.id.clone(), denials, lines });
    }
    let limits = Limits::of(manifest.world).lowered_by(&manifest.limits);
    Ok(Authority::new(manifest.id.clone(), manifest.world, limits, workspace, lines))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scope::Patterns;
    use crate::user_grants::Grant;

    fn manifest() -> Manifest {
        Manifest::parse(
            "id = 'scripted'\nversion = '1'\nworld = 'llm-provider'\nlicense = 'MIT'\n\
             [[ask]]\ncapability = 'workspace.read'\nscope = 'transcript/**'\nreason = 'reads it'\n",
        )
        .unwrap()
    }

    fn grants(plugin: &str, pattern: &str) -> UserGrants {
        let mut grants = UserGrants::default();
        let grant = Grant { workspace_read: Some(Patterns::parse([pattern]).unwrap()) };
        grants.insert(plugin.parse().unwrap(), grant);
        grants
    }

    #[test]
    fn grants_what_is_asked_and_allowed() {
        let authority = decide(&manifest(), &grants("scripted", "**"), Profile::Dev).unwrap();
        assert!(authority.workspace().unwrap().allows("transcript/a.json"));
        assert!(!authority.workspace().unwrap().allows("src/a.py"), "allowed, but never asked for");
    }

    #[test]
    fn refuses_without_a_grant_and_says_what_to_add() {
        let refused = decide(&manifest(), &UserGrants::default(), Profile::Dev).unwrap_err();
        assert_eq!(refused.denials[0].lines_to_add(), r#"grants: { scripted: { workspace.read: ["transcript/**"] } }"#);
        assert_eq!(refused.lines[0].cut_by, Some(Factor::Grants));
    }

    #[test]
    fn a_grant_for_a_neighbour_with_a_longer_name_is_none() {
        assert!(decide(&manifest(), &grants("scripted-two", "**"), Profile::Dev).is_err());
    }

    #[test]
    fn a_plugin_without_asks_gets_no_scope_even_where_one_is_granted() {
        let mut plain = manifest();
        plain.asks.clear();
        assert!(decide(&plain, &grants("scripted", "**"), Profile::Dev).unwrap().workspace().is_none());
    }

    #[test]
    fn more_fuel_brings_more_time_and_less_fuel_takes_none() {
        let authority = decide(&manifest(), &grants("scripted", "**"), Profile::Dev).unwrap();
        let (fuel, time) = (authority.limits().fuel, authority.limits().wall_clock);
        assert_eq!(authority.clone().with_fuel(fuel * 3).limits().wall_clock, time * 3);
        assert_eq!(authority.with_fuel(1).limits().wall_clock, time);
    }
}
