//! What an assessor says about sources. Advice about code, never a verdict: that comes from executed tests alone.

use serde::{Deserialize, Serialize};

use crate::facts::Place;

/// What an assessor says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessorInfo {
    /// The plugin's id.
    pub plugin: String,
    /// One line for people. Untrusted text.
    pub title: String,
    /// Every code that its findings may have.
    pub codes: Vec<FindingCode>,
}

/// A kind of finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingCode {
    /// In kebab case.
    pub code: String,
    /// What such a finding means. Untrusted text.
    pub meaning: String,
}

/// Something that a person should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessorFinding {
    /// One of the assessor's codes.
    pub code: String,
    /// How much it weighs.
    pub severity: FindingSeverity,
    /// What was found. Untrusted text.
    pub message: String,
    /// Where.
    pub place: Place,
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingSeverity {
    /// It must not stay.
    Error,
    /// It should not stay.
    Warning,
    /// Worth knowing.
    Note,
}

impl AssessorInfo {
    /// Returns what is wrong with the description, if something is.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        if !is_line(&self.title) {
            return Some("its title is not one line of text".to_owned());
        }
        if self.codes.is_empty() {
            return Some("it has no code for any finding".to_owned());
        }
        for (index, FindingCode { code, meaning }) in self.codes.iter().enumerate() {
            if !is_kebab_case(code) {
                return Some(format!("the code `{}` is not in kebab case", code.escape_debug()));
            }
            if !is_line(meaning) {
                return Some(format!("the meaning of `{code}` is not one line of text"));
            }
            if self.codes[..index].iter().any(|other| other.code == *code) {
                return Some(format!("it has the code `{code}` twice"));
            }
        }
        None
    }

    /// Returns what is wrong with a finding about files of which `knows` is true, if something is.
    #[must_use]
    pub fn fault_in(&self, finding: &AssessorFinding, knows: impl Fn(&str) -> bool) -> Option<String> {
        let code = finding.code.escape_debug();
        let path = finding.place.path.escape_debug();
        if self.codes.iter().all(|known| known.code != finding.code) {
            return Some(format!("it found `{code}`, a code that it does not describe"));
        }
        if !is_line(&finding.message) {
            return Some(format!("a message of `{code}` is not one line of text"));
        }
        if !knows(&finding.place.path) {
            return Some(format!("it found `{code}` in `{path}`, a file that it was told nothing about"));
        }
        if finding.place.line == 0 || finding.place.column == 0 {
            return Some(format!("it found `{code}` in `{path}` at line or column 0; both count from 1"));
        }
        None
    }
}

fn is_line(text: &str) -> bool {
    !text.trim().is_empty() && !text.contains(['\n', '\r'])
}

fn is_kebab_case(code: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    code.len() <= 64 && code.split('-').all(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info(codes: &[&str]) -> AssessorInfo {
        let code = |code: &&str| FindingCode { code: (*code).to_owned(), meaning: "It is so.".to_owned() };
        AssessorInfo { plugin: "x".to_owned(), title: "x".to_owned(), codes: codes.iter().map(code).collect() }
    }

    fn finding(code: &str, path: &str, line: u32) -> AssessorFinding {
        let place = Place { path: path.to_owned(), line, column: 1 };
        AssessorFinding { code: code.to_owned(), severity: FindingSeverity::Note, message: "m".to_owned(), place }
    }

    #[test]
    fn a_description_has_distinct_codes_in_kebab_case() {
        assert_eq!(info(&["long-function", "a1"]).fault(), None);
        for bad in [&[][..], &["A"], &["a_b"], &["a--b"], &["-a"], &[""], &["a", "a"]] {
            assert!(info(bad).fault().is_some(), "{bad:?}");
        }
        assert!(AssessorInfo { title: "two\nlines".to_owned(), ..info(&["a"]) }.fault().is_some());
    }

    #[test]
    fn a_finding_has_a_described_code_and_a_known_place() {
        let fault = |finding: AssessorFinding| info(&["a"]).fault_in(&finding, |path| path == "a.py");
        assert_eq!(fault(finding("a", "a.py", 1)), None);
        assert!(fault(finding("b", "a.py", 1)).is_some());
        assert!(fault(finding("a", "../a.py", 1)).is_some());
        assert!(fault(finding("a", "a.py", 0)).is_some());
        assert!(fault(AssessorFinding { message: String::new(), ..finding("a", "a.py", 1) }).is_some());
    }
}
