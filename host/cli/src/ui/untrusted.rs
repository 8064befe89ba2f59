//! Text of guests, models and foreign files, made safe for a terminal: no control of it, no hiding, no flood.
//!
//! What is taken out is shown as its escape, so that a person sees that it was there.

/// A test's detail is rarely longer; a guest that sends megabytes must not push everything else off the screen.
const MAX_CHARS: usize = 20_000;
/// A message stands on a line beside other words.
const MAX_LINE_CHARS: usize = 500;

/// Returns text of several lines that a terminal can be shown.
pub(crate) fn text(untrusted: &str) -> String {
    safe(untrusted, MAX_CHARS, |c| matches!(c, '\n' | '\t'))
}

/// Returns text as [`text`] does, however long: for what somebody asked to read to its end.
pub(crate) fn whole_text(untrusted: &str) -> String {
    safe(untrusted, untrusted.len(), |c| matches!(c, '\n' | '\t'))
}

/// Returns text that a terminal can be shown and that stays on one line.
pub(crate) fn line(untrusted: &str) -> String {
    safe(untrusted, MAX_LINE_CHARS, |_| false)
}

/// Returns a JSON document with the same meaning in which every such character is a JSON escape.
pub(crate) fn json(document: &str) -> String {
    let mut safe = String::with_capacity(document.len());
    for c in document.chars() {
        if is_hazard(c) && c != '\n' {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                safe.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            safe.push(c);
        }
    }
    safe
}

fn safe(untrusted: &str, max_chars: usize, is_kept: impl Fn(char) -> bool) -> String {
    let mut safe = String::with_capacity(untrusted.len().min(4 * max_chars));
    let mut chars = untrusted.chars().peekable();
    let mut taken = 0;
    while let Some(c) = chars.next() {
        if taken == max_chars {
            safe.push_str(&format!("… ({} more characters)", chars.count() + 1));
            break;
        }
        taken += 1;
        if c == '\r' && is_kept('\n') && chars.peek() == Some(&'\n') {
            continue;
        }
        if is_hazard(c) && !is_kept(c) {
            safe.extend(c.escape_default());
        } else {
            safe.push(c);
        }
    }
    safe
}

/// Whether a character controls the terminal, reorders text or is not seen.
fn is_hazard(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Marks, embeddings, overrides and isolates of writing direction.
            '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            // Line and paragraph separators.
            | '\u{2028}' | '\u{2029}'
            // What has no width and joins nothing: hides text from a reader and a search.
            | '\u{00ad}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{180e}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_would_control_the_terminal() {
        assert_eq!(text("\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m"), r"\u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m");
        assert_eq!(text("passed\rfailed\u{8}\u{7f}"), r"passed\rfailed\u{8}\u{7f}");
    }

    #[test]
    fn escapes_what_reorders_or_hides() {
        assert_eq!(text("a\u{202e}b\u{2066}c\u{200b}d\u{e0041}"), r"a\u{202e}b\u{2066}c\u{200b}d\u{e0041}");
    }

    #[test]
    fn keeps_lines_only_where_there_may_be_some() {
        assert_eq!(text("a\r\n\tb"), "a\n\tb");
        assert_eq!(line("a\n\tb"), r"a\n\tb");
    }

    #[test]
    fn keeps_the_letters_of_all_languages() {
        let words = "grün, 日本語, עברית, 👩\u{200d}💻";
        assert_eq!(line(words), words);
    }

    #[test]
    fn cuts_a_flood_and_says_how_much_is_missing() {
        let cut = line(&"x".repeat(MAX_LINE_CHARS + 7));
        assert!(cut.ends_with("x… (7 more characters)"), "{cut}");
        assert_eq!(line(&"x".repeat(MAX_LINE_CHARS)), "x".repeat(MAX_LINE_CHARS));
    }

    #[test]
    fn json_keeps_its_meaning() {
        let value = serde_json::json!({"message": "a\u{202e}b\u{9b}\u{e0041}\n", "two": [1]});
        let document = json(&serde_json::to_string_pretty(&value).unwrap());
        assert!(document.contains(r"a\u202eb\u009b\udb40\udc41\n"), "{document}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&document).unwrap(), value);
    }
}
