//! `plugin.toml`: who a plugin is and the most that it will ever ask for.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::capability::Capability;
use crate::limits::LimitRequest;
use crate::scope::Patterns;
use crate::world::World;

/// The id of a plugin: lower-case letters, digits and single hyphens, at most 64 characters, starting with a letter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PluginId(String);

impl PluginId {
    /// Returns the id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PluginId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let good = (1..=64).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(plain)
            && !text.contains("--")
            && !text.ends_with('-');
        if good {
            Ok(Self(text.to_owned()))
        } else {
            Err(format!("`{}` is no plugin id: use lower-case letters, digits and hyphens", text.escape_debug()))
        }
    }
}

impl TryFrom<String> for PluginId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PluginId> for String {
    fn from(id: PluginId) -> Self {
        id.0
    }
}

impl fmt::Display for PluginId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A `plugin.toml`. Unknown keys are errors: a key that nobody reads would be a promise that nobody keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Unique among the plugins of a project.
    pub id: PluginId,
    /// The plugin's own version.
    pub version: String,
    /// The world that it implements.
    pub world: World,
    /// SPDX expression.
    pub license: String,
    /// One line for `pact plugin list`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether a shipped language backend is meant where `pact.yaml` names no language.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub default_language: bool,
    /// Everything that it may ever be granted.
    #[serde(default, rename = "ask", skip_serializing_if = "Vec::is_empty")]
    pub asks: Vec<Ask>,
    /// Limits that it promises to stay below.
    #[serde(default)]
    pub limits: LimitRequest,
}

/// One capability that a plugin asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The effect.
    pub capability: Capability,
    /// How far it reaches.
    pub scope: Patterns,
    /// Why, in the words that the user sees.
    pub reason: String,
}

/// Why a `plugin.toml` was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// Not TOML, an unknown key, a missing one, or a value of the wrong kind.
    #[error("read plugin.toml: {0}")]
    Invalid(String),
    /// Asked for twice.
    #[error("plugin.toml asks for `{0}` twice; put all patterns into one scope")]
    AskedTwice(Capability),
    /// Asked for something that the world does not import.
    #[error("plugin.toml asks for `{capability}`, which no plugin of world `{world}` can use")]
    NotInWorld {
        /// What was asked for.
        capability: Capability,
        /// The plugin's world.
        world: World,
    },
    /// An ask without a reason.
    #[error("plugin.toml asks for `{0}` without a reason; the user decides by it")]
    NoReason(Capability),
    /// A default language that is none.
    #[error("plugin.toml says `default_language`, which only a plugin of world `{}` can be", World::LanguageBackend)]
    NoLanguage,
}

impl Manifest {
    /// Reads a `plugin.toml`.
    ///
    /// # Errors
    /// [`ManifestError`], with the place in the text where there is one.
    pub fn parse(text: &str) -> Result<Self, ManifestError> {
        let manifest: Self = toml::from_str(text).map_err(|error| ManifestError::Invalid(error.to_string()))?;
        for (index, ask) in manifest.asks.iter().enumerate() {
            if manifest.asks[..index].iter().any(|other| other.capability == ask.capability) {
                return Err(ManifestError::AskedTwice(ask.capability));
            }
            if !manifest.world.imports().iter().any(|(_, needs)| *needs == Some(ask.capability)) {
                return Err(ManifestError::NotInWorld { capability: ask.capability, world: manifest.world });
            }
            if ask.reason.trim().is_empty() {
                return Err(ManifestError::NoReason(ask.capability));
            }
        }
        if manifest.default_language && manifest.world != World::LanguageBackend {
            return Err(ManifestError::NoLanguage);
        }
        Ok(manifest)
    }

    /// Returns what it asks of a capability.
    #[must_use]
    pub fn ask(&self, capability: Capability) -> Option<&Ask> {
        self.asks.iter().find(|ask| ask.capability == capability)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        id = "scripted"
        version = "0.1.0"
        world = "llm-provider"
        license = "Apache-2.0"

        [[ask]]
        capability = "workspace.read"
        scope = "transcript/**"
        reason = "reads the transcript"
    "#;

    #[test]
    fn reads_what_it_writes() {
        let manifest = Manifest::parse(GOOD).unwrap();
        assert_eq!(manifest.ask(Capability::WorkspaceRead).unwrap().scope.texts(), ["transcript/**"]);
        assert_eq!(Manifest::parse(&toml::to_string(&manifest).unwrap()).unwrap(), manifest);
    }

    #[test]
    fn refuses_an_unknown_key_and_names_it() {
        let error = Manifest::parse(&format!("surprise = 1\n{GOOD}")).unwrap_err();
        assert!(error.to_string().contains("surprise"), "{error}");
    }

    #[test]
    fn only_a_language_backend_can_be_the_default_language() {
        let text = GOOD[..GOOD.find("[[ask]]").unwrap()].to_owned() + "default_language = true";
        assert_eq!(Manifest::parse(&text).unwrap_err(), ManifestError::NoLanguage);
        let manifest = Manifest::parse(&text.replace("llm-provider", "language-backend")).unwrap();
        assert!(manifest.default_language);
        assert_eq!(Manifest::parse(&toml::to_string(&manifest).unwrap()).unwrap(), manifest);
    }

    #[test]
    fn refuses_an_ask_that_its_world_cannot_use() {
        let error = Manifest::parse(&GOOD.replace("llm-provider", "language-backend")).unwrap_err();
        assert!(matches!(error, ManifestError::NotInWorld { .. }), "{error}");
    }

    #[test]
    fn refuses_an_ask_without_a_reason() {
        let error = Manifest::parse(&GOOD.replace("reads the transcript", " ")).unwrap_err();
        assert_eq!(error, ManifestError::NoReason(Capability::WorkspaceRead));
    }

    #[test]
    fn an_id_is_a_safe_file_name() {
        for bad in ["", "A", "a_b", "a--b", "-a", "a-", "../a", "a/b", "1a", &"a".repeat(65)] {
            assert!(bad.parse::<PluginId>().is_err(), "{bad}");
        }
        assert!("runner-python3".parse::<PluginId>().is_ok());
    }
}
