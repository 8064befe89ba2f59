//! The folder of replies and how one is found in it.
//!
//! `implement/money/2.md` is the reply to the second time that the role `implement` is asked about the component `money`;
//! `decompose/1.md` is about the whole task. The ending is for whoever opens the file and means nothing here.

use std::fmt;

const ENDINGS: [&str; 2] = ["md", "json"];

/// What a reply is looked up by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The phase that asks.
    pub role: String,
    /// The component that it is about; none for the whole task.
    pub component: Option<String>,
    /// Counted from one.
    pub attempt: u32,
}

/// A reply of the transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The file, relative to the project.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// Read access to the project, as the host grants it.
pub trait Workspace {
    /// Returns a whole file.
    fn read(&self, path: &str) -> Result<Vec<u8>, Refusal>;

    /// Returns what lies directly in a folder.
    fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal>;
}

/// Something in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The last part of its path.
    pub name: String,
    /// What it is.
    pub kind: EntryKind,
}

/// What something in a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// Why the host did not let us read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Not granted; the host says what to add.
    Denied(String),
    /// There is nothing of this name.
    NotFound,
    /// The path cannot be one; the host says why.
    InvalidPath(String),
    /// The file has more bytes than one read returns.
    TooLarge(u64),
    /// The operating system's own error.
    Failed(String),
}

/// Why there is no reply.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The role or the component cannot be part of a file's name.
    #[error("the {part} `{name}` cannot be the name of a folder of the transcript: letters, digits, `_` and `-` can")]
    UnusableName {
        /// `role` or `component`.
        part: &'static str,
        /// What was asked for.
        name: String,
    },
    /// The transcript holds no such reply.
    #[error(transparent)]
    Missing(#[from] Missing),
    /// Two files are the same reply.
    #[error("both `{folder}/{first}` and `{folder}/{second}` are replies to the same question; remove one")]
    Ambiguous {
        /// Where they lie.
        folder: String,
        /// One file name.
        first: String,
        /// The other.
        second: String,
    },
    /// The file is not text.
    #[error("`{path}` is not UTF-8: the byte at offset {offset} does not belong there")]
    NotText {
        /// The file.
        path: String,
        /// Where it stops being text.
        offset: usize,
    },
    /// The host did not let us read.
    #[error("failed to read `{path}`: {refusal}")]
    Refused {
        /// What was asked for.
        path: String,
        /// What the host said.
        refusal: Refusal,
    },
}

/// A reply that the transcript does not hold.
#[derive(Debug, thiserror::Error)]
#[error("the transcript has no reply of role `{}`{} for attempt {}: looked for `{folder}/{}.md` and `.json`, and {present}",
    key.role, about(key), key.attempt, key.attempt)]
pub struct Missing {
    key: Key,
    folder: String,
    present: Present,
}

/// What there was instead.
#[derive(Debug)]
enum Present {
    NoFolder,
    Files(Vec<String>),
}

/// A folder of replies.
#[derive(Debug)]
pub struct Transcript<'w, W> {
    workspace: &'w W,
    folder: String,
}

impl<'w, W: Workspace> Transcript<'w, W> {
    /// Looks into `folder`, relative to the project. Reads nothing yet.
    pub fn new(workspace: &'w W, folder: impl Into<String>) -> Self {
        Self { workspace, folder: folder.into() }
    }

    /// Returns the reply that stands under `key`, and in which file.
    pub fn reply(&self, key: &Key) -> Result<Found, ReadError> {
        let folder = self.folder_of(key)?;
        let path = self.find(key, folder)?;
        let bytes = self.workspace.read(&path).map_err(|refusal| ReadError::Refused { path: path.clone(), refusal })?;
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Found { path, text }),
            Err(error) => Err(ReadError::NotText { path, offset: error.utf8_error().valid_up_to() }),
        }
    }

    fn folder_of(&self, key: &Key) -> Result<String, ReadError> {
        check_name("role", &key.role)?;
        let mut folder = format!("{}/{}", self.folder, key.role);
        if let Some(component) = &key.component {
            check_name("component", component)?;
            folder.push('/');
            folder.push_str(component);
        }
        Ok(folder)
    }

    fn find(&self, key: &Key, folder: String) -> Result<String, ReadError> {
        let entries = match self.workspace.list(&folder) {
            Ok(entries) => entries,
            Err(Refusal::NotFound) => {
                return Err(Missing { key: key.clone(), folder, present: Present::NoFolder }.into());
            }
            Err(refusal) => return Err(ReadError::Refused { path: folder, refusal }),
        };
        let mut files: Vec<String> =
            entries.into_iter().filter(|entry| entry.kind == EntryKind::File).map(|entry| entry.name).collect();
        let mut found =
            ENDINGS.iter().map(|ending| format!("{}.{ending}", key.attempt)).filter(|name| files.contains(name));
        match (found.next(), found.next()) {
            (Some(first), Some(second)) => Err(ReadError::Ambiguous { folder, first, second }),
            (Some(name), None) => Ok(format!("{folder}/{name}")),
            (None, _) => {
                files.sort();
                Err(Missing { key: key.clone(), folder, present: Present::Files(files) }.into())
            }
        }
    }
}

impl fmt::Display for Present {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFolder => formatter.write_str("there is no such folder"),
            Self::Files(files) if files.is_empty() => formatter.write_str("there are no files"),
            Self::Files(files) => write!(formatter, "there is `{}`", files.join("`, `")),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => formatter.write_str("it is not there"),
            Self::TooLarge(bytes) => write!(formatter, "{bytes} bytes are more than one read returns"),
            Self::Denied(text) | Self::InvalidPath(text) | Self::Failed(text) => formatter.write_str(text),
        }
    }
}

/// The host keeps us below what was granted anyway; this makes a strange id an error that says so, instead of a file that
/// is not found.
fn check_name(part: &'static str, name: &str) -> Result<(), ReadError> {
    let is_usable = !name.is_empty()
        && name.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '_' | '-'));
    if is_usable { Ok(()) } else { Err(ReadError::UnusableName { part, name: name.to_owned() }) }
}

fn about(key: &Key) -> String {
    key.component.as_ref().map(|component| format!(" about `{component}`")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Files by path; a path that begins with `secret/` is denied.
    struct Files(BTreeMap<&'static str, &'static [u8]>);

    impl Workspace for Files {
        fn read(&self, path: &str) -> Result<Vec<u8>, Refusal> {
            if path.starts_with("secret/") {
                return Err(Refusal::Denied(format!("no grant covers `{path}`")));
            }
            self.0.get(path).map(|bytes| bytes.to_vec()).ok_or(Refusal::NotFound)
        }

        fn list(&self, folder: &str) -> Result<Vec<Entry>, Refusal> {
            if folder.starts_with("secret/") {
                return Err(Refusal::Denied(format!("no grant covers `{folder}`")));
            }
            let below = format!("{folder}/");
            let entries: Vec<Entry> = self
                .0
                .keys()
                .filter_map(|path| path.strip_prefix(&below))
                .map(|rest| match rest.split_once('/') {
                    Some((name, _)) => Entry { name: name.to_owned(), kind: EntryKind::Folder },
                    None => Entry { name: rest.to_owned(), kind: EntryKind::File },
                })
                .collect();
            if entries.is_empty() { Err(Refusal::NotFound) } else { Ok(entries) }
        }
    }

    fn shipped() -> Files {
        Files(BTreeMap::from([
            ("transcript/decompose/1.json", b"a plan".as_slice()),
            ("transcript/implement/money/1.md", b"a first try"),
            ("transcript/implement/money/2.md", b"a second try"),
            ("transcript/implement/tariff/1.md", b"one"),
            ("transcript/implement/tariff/1.json", b"other"),
            ("transcript/implement/tariff/2.md", b"caf\xe9"),
        ]))
    }

    fn key(role: &str, component: Option<&str>, attempt: u32) -> Key {
        Key { role: role.to_owned(), component: component.map(str::to_owned), attempt }
    }

    fn ask(role: &str, component: Option<&str>, attempt: u32) -> Result<String, String> {
        Transcript::new(&shipped(), "transcript")
            .reply(&key(role, component, attempt))
            .map(|found| found.text)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_reply_is_found_by_role_component_and_attempt() {
        assert_eq!(ask("implement", Some("money"), 1).as_deref(), Ok("a first try"));
        assert_eq!(ask("implement", Some("money"), 2).as_deref(), Ok("a second try"));
    }

    #[test]
    fn a_question_about_the_whole_task_has_no_component_folder() {
        assert_eq!(ask("decompose", None, 1).as_deref(), Ok("a plan"));
    }

    #[test]
    fn a_missing_reply_names_the_file_it_looked_for_and_what_is_there() {
        assert_eq!(
            ask("implement", Some("money"), 3),
            Err("the transcript has no reply of role `implement` about `money` for attempt 3: looked for \
                 `transcript/implement/money/3.md` and `.json`, and there is `1.md`, `2.md`"
                .to_owned())
        );
    }

    #[test]
    fn a_missing_folder_is_said_to_be_missing() {
        assert_eq!(
            ask("shape", None, 1),
            Err("the transcript has no reply of role `shape` for attempt 1: looked for `transcript/shape/1.md` and \
                 `.json`, and there is no such folder"
                .to_owned())
        );
    }

    #[test]
    fn a_folder_that_is_named_like_a_reply_is_none() {
        let files = Files(BTreeMap::from([("transcript/implement/money/1.md/x", b"".as_slice())]));
        let error = Transcript::new(&files, "transcript").reply(&key("implement", Some("money"), 1));
        assert!(error.is_err_and(|error| error.to_string().ends_with("and there are no files")));
    }

    #[test]
    fn two_replies_to_one_question_are_an_error_that_names_both() {
        assert_eq!(
            ask("implement", Some("tariff"), 1),
            Err("both `transcript/implement/tariff/1.md` and `transcript/implement/tariff/1.json` are replies to the \
                 same question; remove one"
                .to_owned())
        );
    }

    #[test]
    fn a_reply_that_is_not_text_is_an_error_that_says_where() {
        let message = ask("implement", Some("tariff"), 2).expect_err("Latin-1 is not UTF-8");
        assert!(
            message.starts_with("`transcript/implement/tariff/2.md` is not UTF-8: the byte at offset 3"),
            "{message}"
        );
    }

    #[test]
    fn a_name_with_a_slash_reaches_no_file() {
        for (role, component) in
            [("..", None), ("implement", Some("../decompose")), ("implement", Some("")), ("a/b", None)]
        {
            let message = ask(role, component, 1).expect_err("this is no name of a folder");
            assert!(message.contains("cannot be the name of a folder"), "{message}");
        }
    }

    #[test]
    fn what_the_host_says_of_a_missing_grant_is_passed_on() {
        let error = Transcript::new(&shipped(), "secret").reply(&key("decompose", None, 1));
        let message = error.expect_err("`secret` is denied").to_string();
        assert_eq!(message, "failed to read `secret/decompose`: no grant covers `secret/decompose`");
    }
}
