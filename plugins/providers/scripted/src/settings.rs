//! The settings of this provider in `pact.yaml`.

use serde::Deserialize;

/// What a user may set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The folder of the replies, relative to the project. It must lie where the plugin may read: at or below `transcript`.
    #[serde(default = "default_transcript")]
    pub transcript: String,
}

/// Why settings were not understood.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// Not an object, an unknown key, or a value of the wrong type.
    #[error(
        "settings of `scripted`: {0}; the only key is `transcript`, a folder, for example {{\"transcript\": \"transcript\"}}"
    )]
    Unreadable(#[from] serde_json::Error),
    /// The folder's name is empty.
    #[error("settings of `scripted`: `transcript` is empty; name a folder of the project, for example `transcript`")]
    EmptyFolder,
}

impl Settings {
    /// Reads the JSON object that the host passes on. An empty text means that nothing was set.
    pub fn parse(json: &str) -> Result<Self, SettingsError> {
        let json = if json.trim().is_empty() { "{}" } else { json };
        // Through an object first: serde would also take `[]` for a struct.
        let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(json)?;
        let mut settings: Self = serde_json::from_value(object.into())?;
        // A person writes `transcript/` as readily as `transcript`; the host's paths have no empty part.
        settings.transcript.truncate(settings.transcript.trim_end_matches('/').len());
        if settings.transcript.is_empty() {
            return Err(SettingsError::EmptyFolder);
        }
        Ok(settings)
    }
}

fn default_transcript() -> String {
    "transcript".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(json: &str) -> Result<String, String> {
        Settings::parse(json).map(|settings| settings.transcript).map_err(|error| error.to_string())
    }

    #[test]
    fn the_folder_is_transcript_unless_it_is_set() {
        assert_eq!(folder("{}").as_deref(), Ok("transcript"));
        assert_eq!(folder("").as_deref(), Ok("transcript"));
        assert_eq!(folder(r#"{"transcript": "transcript/second/"}"#).as_deref(), Ok("transcript/second"));
    }

    #[test]
    fn an_unknown_key_is_an_error_that_names_it_and_the_known_one() {
        let message = folder(r#"{"folder": "x"}"#).expect_err("`folder` is no key");
        assert!(message.contains("`folder`"), "{message}");
        assert!(message.contains("the only key is `transcript`"), "{message}");
    }

    #[test]
    fn a_folder_without_a_name_is_refused() {
        assert!(folder(r#"{"transcript": "/"}"#).is_err());
        assert!(folder(r#"{"transcript": ""}"#).is_err());
    }

    #[test]
    fn settings_that_are_no_object_are_refused() {
        assert!(folder("[]").is_err());
        assert!(folder("\"transcript\"").is_err());
    }
}
