//! Patterns for test ids: `*` stands for any text, and every other character for itself. Ids of parametrised tests are full
//! of brackets and question marks, so that no pattern language of files or of pytest fits.

/// Returns whether all of `text` is what `pattern` says.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_is_any_text_and_the_rest_is_itself() {
        for (pattern, text) in [
            ("*", ""),
            ("tests/a.py::*", "tests/a.py::test_b[x-*]"),
            ("*::test_[1]", "a.py::test_[1]"),
            ("a*b*c", "aXbYbZc"),
            ("a*", "a"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("", "a"),
            ("a", "ab"),
            ("tests/a.py::*", "tests/ab.py::test"),
            ("*::test_[1]", "a.py::test_1"),
            ("a*b*c", "aXcYb"),
            // The end of the text cannot be taken twice.
            ("ab*ba", "aba"),
        ] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}
