//! Documents that are one line each, for files that a person shows on a terminal.

use serde::Serialize;

/// Returns a document as one line of JSON that is plain ASCII: what a guest said in it can neither control a terminal nor
/// reorder the text around it.
///
/// # Panics
/// When the document is no plain data, for example a map with keys that are no text.
#[must_use]
pub(crate) fn line(document: &impl Serialize) -> String {
    let text = serde_json::to_string(document).expect("a document is plain data");
    let mut line = String::with_capacity(text.len() + 1);
    for letter in text.chars() {
        // Outside of ASCII, a JSON document has only what stands in its strings, where an escape means the same.
        if letter.is_ascii() && !letter.is_ascii_control() {
            line.push(letter);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                line.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_nothing_that_a_terminal_obeys_and_keeps_its_meaning() {
        let value = serde_json::json!({"engine": "a\u{9b}2J\u{202e}b\u{7f}\u{1b}\u{e0041}\n", "n": [1]});
        let line = line(&value);
        assert!(line.ends_with('\n'));
        assert!(line.trim_end_matches('\n').bytes().all(|byte| (0x20..0x7f).contains(&byte)), "{line:?}");
        assert!(line.contains(r"a\u009b2J\u202eb\u007f"), "{line}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&line).unwrap(), value);
    }
}
