//! `pact.yaml`: the settings that a person writes.
//!
//! Every key is known or an error. Keys of the reference that this version does not use are known: each gives one warning
//! that says what replaces it, so that a project of the reference opens and nobody believes in a setting that does nothing.

use std::collections::BTreeMap;
use std::fmt;

use pact_model::rendered_suite::RenderedSuite;
use pact_pipeline::ports::WorkspaceError;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use serde_saphyr::Spanned;

mod language;
mod reference_keys;

pub use language::{LanguageSetting, LanguageSettings};
use reference_keys::REFERENCE_KEYS;

/// The keys that this version uses.
const OWN_KEYS: [&str; 8] = [
    "language",
    "models",
    "plugins",
    "grants",
    "suites",
    "max_implementation_attempts",
    "max_concurrent_agents",
    "plan_only",
];

/// What `pact.yaml` says.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The languages of the components.
    pub language: LanguageSettings,
    /// Role to `provider/model` or `provider`; `default` is every role that is not named.
    pub models: BTreeMap<String, String>,
    /// Plugins by id.
    pub plugins: BTreeMap<String, PluginSetting>,
    /// Grants by plugin id, as they stand in the file, always an object: reading them is for the crate that decides.
    pub grants: Value,
    /// The suites that follow from a contract and must pass beside what somebody wrote; none by default.
    pub suites: Vec<RenderedSuite>,
    /// Attempts at an implementation.
    pub max_implementation_attempts: Option<u32>,
    /// Questions to models at the same time.
    pub max_concurrent_agents: Option<u32>,
    /// Whether `pact run` stops before code.
    pub plan_only: Option<bool>,
}

/// A plugin that the project uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PluginSetting {
    /// A shipped name, a path, or an OCI reference; the id itself when only settings are given.
    pub reference: Option<String>,
    /// The plugin's own settings, a JSON object.
    pub settings: Value,
}

/// A key that does nothing in this version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingsWarning {
    /// The file.
    pub file: String,
    /// Counts from one.
    pub line: u32,
    /// The key, and what replaces it.
    pub message: String,
}

/// A fault in `pact.yaml`.
#[derive(Debug, thiserror::Error)]
#[error("`{file}`, line {line}, column {column}: {message}")]
pub struct SettingsError {
    /// The file.
    pub file: String,
    /// Counts from one; zero when it cannot be told.
    pub line: u32,
    /// Counts from one; zero when it cannot be told.
    pub column: u32,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

impl SettingsError {
    pub(crate) fn unreadable(error: WorkspaceError) -> Self {
        let message = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
        Self { file: error.path, line: 0, column: 0, message, hint: None }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: LanguageSettings::default(),
            models: BTreeMap::new(),
            plugins: BTreeMap::new(),
            grants: Value::Object(serde_json::Map::new()),
            suites: Vec::new(),
            max_implementation_attempts: None,
            max_concurrent_agents: None,
            plan_only: None,
        }
    }
}

impl Settings {
    /// Reads the settings. `file` is what messages name.
    ///
    /// # Errors
    /// [`SettingsError`] with the line: a key or a value that is not understood is never ignored.
    pub fn parse(file: &str, text: &str) -> Result<(Self, Vec<SettingsWarning>), SettingsError> {
        // A file of nothing but comments is what somebody has before the first setting.
        let is_empty = text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'));
        if is_empty {
            return Ok((Self::default(), Vec::new()));
        }
        let Entries(entries) = serde_saphyr::from_str(text).map_err(|error| yaml_error(file, &error))?;
        let mut settings = Self::default();
        let mut warnings = Vec::new();
        for (key, value) in entries {
            let reader = Reader { file, line: line(&key), column: column(&key), key: &key.value };
            if OWN_KEYS.contains(&key.value.as_str()) {
                settings.set(&reader, value)?;
            } else if let Some((_, replacement)) = REFERENCE_KEYS.iter().find(|(known, _)| *known == key.value) {
                let message = format!("`{}` has no effect: {replacement}", key.value);
                warnings.push(SettingsWarning { file: file.to_owned(), line: reader.line, message });
            } else {
                return Err(reader.unknown_key());
            }
        }
        Ok((settings, warnings))
    }

    /// Returns the `provider/model` of a role.
    #[must_use]
    pub fn model_of(&self, role: &str) -> Option<&str> {
        self.models.get(role).or_else(|| self.models.get("default")).map(String::as_str)
    }

    fn set(&mut self, reader: &Reader<'_>, value: Value) -> Result<(), SettingsError> {
        match reader.key {
            "language" => {
                self.language = LanguageSettings::read(value).map_err(|message| reader.error(message, None))?;
            }
            "models" => self.models = reader.optional(value, "roles with `provider/model`")?.unwrap_or_default(),
            "plugins" => self.plugins = reader.plugins(value)?,
            "grants" => self.grants = reader.object(value)?,
            "suites" => self.suites = reader.suites(value)?,
            "max_implementation_attempts" => {
                // Zero is the reference's way to say that its global file decides.
                let attempts: Option<u32> = reader.optional(value, "a number of attempts")?;
                self.max_implementation_attempts = attempts.filter(|attempts| *attempts > 0);
            }
            "max_concurrent_agents" => {
                let agents: Option<u32> = reader.optional(value, "a number of at least 1")?;
                if agents == Some(0) {
                    return Err(reader.error("expected a number of at least 1".to_owned(), None));
                }
                self.max_concurrent_agents = agents;
            }
            "plan_only" => self.plan_only = reader.optional(value, "`true` or `false`")?,
            other => unreachable!("`{other}` is one of the keys that are used"),
        }
        Ok(())
    }
}

struct Reader<'file> {
    file: &'file str,
    line: u32,
    column: u32,
    key: &'file str,
}

impl Reader<'_> {
    fn error(&self, message: String, hint: Option<String>) -> SettingsError {
        SettingsError { file: self.file.to_owned(), line: self.line, column: self.column, message, hint }
    }

    fn unknown_key(&self) -> SettingsError {
        let known = OWN_KEYS.iter().copied().chain(REFERENCE_KEYS.iter().map(|(key, _)| *key));
        let nearest = known
            .map(|key| (key, strsim::jaro_winkler(key, self.key)))
            .filter(|(_, similarity)| *similarity > 0.8)
            .max_by(|left, right| left.1.total_cmp(&right.1));
        let hint = nearest.map_or_else(
            || "the keys of pact are `language`, `models`, `plugins` and `grants`".to_owned(),
            |(key, _)| format!("did you mean `{key}`?"),
        );
        self.error(format!("unknown key `{}`", self.key.escape_debug()), Some(hint))
    }

    fn optional<T: serde::de::DeserializeOwned>(
        &self,
        value: Value,
        expected: &str,
    ) -> Result<Option<T>, SettingsError> {
        serde_json::from_value(value).map_err(|_| self.error(format!("`{}` must be {expected}", self.key), None))
    }

    /// Each once, in the order in which they are judged.
    fn suites(&self, value: Value) -> Result<Vec<RenderedSuite>, SettingsError> {
        let words = RenderedSuite::ALL.map(|suite| format!("`{}`", suite.as_str())).join(", ");
        let asked: Vec<RenderedSuite> = self.optional(value, &format!("a list of {words}"))?.unwrap_or_default();
        Ok(RenderedSuite::ALL.into_iter().filter(|suite| asked.contains(suite)).collect())
    }

    fn object(&self, value: Value) -> Result<Value, SettingsError> {
        match value {
            Value::Object(_) => Ok(value),
            Value::Null => Ok(Value::Object(serde_json::Map::new())),
            _ => Err(self.error(format!("`{}` must hold plugins by id", self.key), None)),
        }
    }

    fn plugins(&self, value: Value) -> Result<BTreeMap<String, PluginSetting>, SettingsError> {
        let Value::Object(plugins) = self.object(value)? else { return Ok(BTreeMap::new()) };
        plugins.into_iter().map(|(id, value)| Ok((id.clone(), self.plugin(&id, value)?))).collect()
    }

    fn plugin(&self, id: &str, value: Value) -> Result<PluginSetting, SettingsError> {
        let empty = || Value::Object(serde_json::Map::new());
        let fields = match value {
            Value::String(reference) => return Ok(PluginSetting { reference: Some(reference), settings: empty() }),
            Value::Object(fields) => fields,
            _ => {
                let hint = "write a name, a path or an OCI reference, or `{ref: REF, settings: {...}}`".to_owned();
                return Err(self.error(format!("the plugin `{}` has no reference", id.escape_debug()), Some(hint)));
            }
        };
        let mut plugin = PluginSetting { reference: None, settings: empty() };
        for (key, value) in fields {
            match (key.as_str(), value) {
                ("ref", Value::String(reference)) => plugin.reference = Some(reference),
                ("settings", settings @ Value::Object(_)) => plugin.settings = settings,
                ("ref" | "settings", _) => {
                    let message = format!("`{key}` of the plugin `{}` has the wrong type", id.escape_debug());
                    return Err(
                        self.error(message, Some("`ref` is a text, `settings` holds keys and values".to_owned()))
                    );
                }
                _ => {
                    let message = format!("unknown key `{}` of the plugin `{}`", key.escape_debug(), id.escape_debug());
                    return Err(self.error(message, Some("a plugin has `ref` and `settings`".to_owned())));
                }
            }
        }
        Ok(plugin)
    }
}

/// The keys of the file with their places, in order.
struct Entries(Vec<(Spanned<String>, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;

        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Entries;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("keys with values")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(EntriesVisitor)
    }
}

fn line(key: &Spanned<String>) -> u32 {
    u32::try_from(key.referenced.line()).unwrap_or(0)
}

fn column(key: &Spanned<String>) -> u32 {
    u32::try_from(key.referenced.column()).unwrap_or(0)
}

fn yaml_error(file: &str, error: &serde_saphyr::Error) -> SettingsError {
    let location = error.location();
    let number = |value: Option<u64>| value.and_then(|value| u32::try_from(value).ok()).unwrap_or(0);
    SettingsError {
        file: file.to_owned(),
        line: number(location.map(|location| location.line())),
        column: number(location.map(|location| location.column())),
        message: error.without_snippet().to_string(),
        hint: None,
    }
}

#[cfg(test)]
mod tests;
