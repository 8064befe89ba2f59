//! Every code that a finding can have, with why it is one and how to mend it: what `pact explain CODE` says.

use super::Severity;

mod claims;
mod contract;
mod plan;
mod suite;
mod types;

/// What stands behind a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The code, in kebab case.
    pub code: &'static str,
    /// How much its findings weigh; absent where that depends on the place.
    pub severity: Option<Severity>,
    /// What goes wrong where it is not mended.
    pub why: &'static str,
    /// What to do.
    pub mend: &'static str,
    /// What is found, and what would not be.
    pub example: &'static str,
}

const fn error(code: &'static str, why: &'static str, mend: &'static str, example: &'static str) -> Rule {
    Rule { code, severity: Some(Severity::Error), why, mend, example }
}

const fn warning(code: &'static str, why: &'static str, mend: &'static str, example: &'static str) -> Rule {
    Rule { code, severity: Some(Severity::Warning), why, mend, example }
}

const fn either(code: &'static str, why: &'static str, mend: &'static str, example: &'static str) -> Rule {
    Rule { code, severity: None, why, mend, example }
}

/// Returns all rules, by code.
#[must_use]
pub fn all() -> Vec<&'static Rule> {
    let groups = [claims::RULES, contract::RULES, plan::RULES, suite::RULES, types::RULES];
    let mut rules: Vec<&Rule> = groups.into_iter().flatten().collect();
    rules.sort_by_key(|rule| rule.code);
    rules
}

/// Returns the rule of a code.
#[must_use]
pub fn find(code: &str) -> Option<&'static Rule> {
    all().into_iter().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::{Path, PathBuf};

    use super::*;

    /// The codes that a source makes findings of, and whether it makes errors and warnings of them.
    fn made_in(source: &str, found: &mut BTreeMap<String, BTreeSet<Severity>>) {
        for (word, severity) in [("error(", Severity::Error), ("warning(", Severity::Warning)] {
            for (at, _) in source.match_indices(word) {
                let is_finding = ["Finding::", "self.", "check."].iter().any(|before| source[..at].ends_with(before));
                let argument = source[at + word.len()..].trim_start();
                let code = argument.strip_prefix('"').and_then(|rest| rest.split_once('"'));
                if let Some((code, _)) = code.filter(|_| is_finding) {
                    found.entry(code.to_owned()).or_default().insert(severity);
                }
            }
        }
    }

    #[expect(clippy::disallowed_methods, reason = "a test reads the sources that it is about")]
    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test reads the sources that it is about")]
    fn every_code_that_is_made_is_explained_and_every_one_that_is_explained_is_made() {
        let mut files = Vec::new();
        for part in ["model", "pipeline", "cli", "store", "runtime"] {
            sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(part).join("src"), &mut files);
        }
        let mut made = BTreeMap::new();
        for file in files {
            made_in(&std::fs::read_to_string(file).expect("a text"), &mut made);
        }
        assert!(made.len() > 60, "the search finds what it looks for: {}", made.len());
        let explained: BTreeSet<String> = all().iter().map(|rule| rule.code.to_owned()).collect();
        let codes: BTreeSet<String> = made.keys().cloned().collect();
        assert_eq!(codes.difference(&explained).collect::<Vec<_>>(), Vec::<&String>::new(), "made, and not explained");
        assert_eq!(explained.difference(&codes).collect::<Vec<_>>(), Vec::<&String>::new(), "explained, and not made");
        for rule in all() {
            if let Some(severity) = rule.severity {
                assert_eq!(made[rule.code], BTreeSet::from([severity]), "{}", rule.code);
            }
        }
    }

    #[test]
    fn a_rule_says_something_and_stands_once() {
        let rules = all();
        for pair in rules.windows(2) {
            assert!(pair[0].code < pair[1].code, "{} stands twice", pair[1].code);
        }
        for rule in rules {
            let is_kebab = rule.code.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
            assert!(is_kebab, "{}", rule.code);
            for text in [rule.why, rule.mend] {
                assert!(text.len() > 15 && text.ends_with('.'), "{}: {text}", rule.code);
            }
            assert!(!rule.example.is_empty(), "{}", rule.code);
        }
        assert_eq!(find("unknown-type").map(|rule| rule.code), Some("unknown-type"));
        assert_eq!(find("no-such-code"), None);
    }
}
