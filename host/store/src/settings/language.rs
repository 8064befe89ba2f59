//! What `pact.yaml` says about languages.

use std::collections::BTreeMap;

use pact_model::component_id::ComponentId;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The key of a map of languages that stands for every component that is not named.
const DEFAULT: &str = "default";
/// What the key takes.
pub(super) const EXPECTED: &str = "the name of a language, `{backend: REF, runner: REF}`, or for several languages \
                                   `{default: LANGUAGE, COMPONENT: LANGUAGE}`";

/// A language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum LanguageSetting {
    /// A shipped one.
    Named(String),
    /// Two plugins: references as in `plugins`.
    Pair {
        /// Knows the language.
        backend: String,
        /// Executes its tests.
        runner: String,
    },
}

/// The languages of a project.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct LanguageSettings {
    /// Of every component that has none of its own.
    pub default: Option<LanguageSetting>,
    /// Of single components.
    pub own: BTreeMap<ComponentId, LanguageSetting>,
}

impl LanguageSettings {
    /// Makes those of a project that is written in one.
    #[must_use]
    pub fn one(language: LanguageSetting) -> Self {
        Self { default: Some(language), own: BTreeMap::new() }
    }

    /// Returns the language of a component, if one is set.
    #[must_use]
    pub fn of(&self, component: &ComponentId) -> Option<&LanguageSetting> {
        self.own.get(component).or(self.default.as_ref())
    }

    /// Returns each language once, the default first.
    #[must_use]
    pub fn all(&self) -> Vec<&LanguageSetting> {
        let mut all: Vec<&LanguageSetting> = Vec::new();
        for language in self.default.iter().chain(self.own.values()) {
            if !all.contains(&language) {
                all.push(language);
            }
        }
        all
    }

    /// Reads the value of the key. A map with `default` is one of components; else it is a pair of plugins.
    ///
    /// # Errors
    /// What is wrong, for a sentence.
    pub(super) fn read(value: Value) -> Result<Self, String> {
        let language =
            |value: Value| serde_json::from_value(value).map_err(|_| format!("`language` must be {EXPECTED}"));
        let components = match value {
            Value::Null => return Ok(Self::default()),
            Value::Object(entries) if entries.contains_key(DEFAULT) => entries,
            one => return Ok(Self::one(language(one)?)),
        };
        let mut settings = Self::default();
        for (name, value) in components {
            if name == DEFAULT {
                settings.default = Some(language(value)?);
                continue;
            }
            let id = ComponentId::new(name.as_str())
                .map_err(|error| format!("`{}` in `language` cannot be a component: {error}", name.escape_debug()))?;
            settings.own.insert(id, language(value)?);
        }
        Ok(settings)
    }
}
