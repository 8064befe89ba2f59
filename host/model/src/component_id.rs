//! The id of a component: its name in files, modules and messages.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest id. File systems stop at 255 bytes for a name, and an id is only a part of one.
const MAX_LENGTH: usize = 64;

/// A component's id: a letter, then letters, digits and `_`, at most 64 of them.
///
/// It is a file name, a module name and a word in prompts at the same time, so it can hold nothing that any of them gives
/// a meaning to: no separator, no dot, no space.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct ComponentId(String);

impl ComponentId {
    /// Checks and takes an id.
    ///
    /// # Errors
    /// [`InvalidComponentId`] when the text is not an id.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidComponentId> {
        let text = text.into();
        let mut characters = text.chars();
        let starts_well = characters.next().is_some_and(|first| first.is_ascii_alphabetic());
        let goes_on_well = characters.all(|next| next.is_ascii_alphanumeric() || next == '_');
        if starts_well && goes_on_well && text.len() <= MAX_LENGTH {
            Ok(Self(text))
        } else {
            Err(InvalidComponentId { id: text })
        }
    }

    /// Answers whether some operating system takes a file of that name for a device, whatever its ending.
    ///
    /// Such an id can be read, so that what has it can be shown; validation says that it must be another one.
    #[must_use]
    pub fn is_device_name(&self) -> bool {
        let lower = self.0.to_ascii_lowercase();
        let numbered = lower.strip_prefix("com").or_else(|| lower.strip_prefix("lpt"));
        let is_port = numbered.is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']));
        is_port || matches!(lower.as_str(), "con" | "prn" | "aux" | "nul")
    }

    /// Returns the id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ComponentId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for ComponentId {
    type Error = InvalidComponentId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text)
    }
}

impl std::borrow::Borrow<str> for ComponentId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A text that cannot be the id of a component.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no component id: a letter, then letters, digits and `_`, at most {MAX_LENGTH}", .id.escape_debug())]
pub struct InvalidComponentId {
    id: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_is_a_file_name_and_a_module_name() {
        for id in ["a", "pricing", "order_book2", "Root"] {
            assert_eq!(ComponentId::new(id).map(|id| id.to_string()), Ok(id.to_owned()));
        }
    }

    #[test]
    fn refuses_what_could_leave_its_folder_or_name_another_file() {
        let too_long = "a".repeat(MAX_LENGTH + 1);
        for id in ["", ".", "..", "a/b", "../a", "a.b", "a b", "_a", "1a", "a-b", "a\0", "ä", &too_long] {
            assert!(ComponentId::new(id).is_err(), "{id:?}");
        }
    }

    #[test]
    fn knows_the_names_of_devices() {
        let is_device = |id: &str| ComponentId::new(id).expect("an id").is_device_name();
        assert!(["con", "NUL", "com1", "Lpt9", "aux", "prn"].into_iter().all(is_device));
        assert!(!["console", "com", "com10", "null", "comx"].into_iter().any(is_device));
    }

    #[test]
    fn is_checked_when_it_is_read_from_json() {
        let error = serde_json::from_str::<ComponentId>("\"../etc\"").expect_err("a path is no id");
        assert!(error.to_string().contains("`../etc` is no component id"), "{error}");
    }
}
