//! Regular expressions of a contract, which are Python's, as JavaScript has them with the flag `u`.
//!
//! What both write differently is translated: `\A`, `\Z`, `(?P<name>…)`, and the backslash before a letter of no meaning,
//! which Python allows anywhere. What remains must parse: a pattern that is only half understood would enforce something else.

use oxc_allocator::Allocator;
use oxc_regular_expression::{LiteralParser, Options};

/// Translates a pattern and checks it. The error says what is wrong with it.
pub fn check(pattern: &str) -> Result<(), String> {
    let allocator = Allocator::default();
    // The parser lets a last backslash pass, which escapes nothing.
    if (pattern.len() - pattern.trim_end_matches('\\').len()) % 2 == 1 {
        return Err(format!("`{pattern}` is no regular expression: it ends with a backslash that escapes nothing"));
    }
    let translated = translated(pattern);
    match LiteralParser::new(&allocator, &translated, Some("u"), Options::default()).parse() {
        Ok(_) => Ok(()),
        Err(error) => Err(format!("`{pattern}` is no regular expression in JavaScript: {}", error.message)),
    }
}

/// Writes a pattern as JavaScript does.
pub(crate) fn translated(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut in_class = false;
    let mut rest = pattern;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        match letter {
            '\\' => {
                let Some(escaped) = rest.chars().next() else {
                    text.push('\\');
                    break;
                };
                rest = &rest[escaped.len_utf8()..];
                text.push_str(&written(escaped, in_class));
            }
            '(' if !in_class && rest.starts_with("?P<") => {
                text.push_str("(?<");
                rest = &rest[3..];
            }
            '(' if !in_class && rest.starts_with("?P=") => {
                let name = rest[3..].split(')').next().unwrap_or_default();
                text.push_str("\\k<");
                text.push_str(name);
                text.push('>');
                rest = rest.get(3 + name.len() + 1..).unwrap_or_default();
            }
            letter => {
                in_class = match letter {
                    '[' => true,
                    ']' => false,
                    _ => in_class,
                };
                text.push(letter);
            }
        }
    }
    text
}

fn written(escaped: char, in_class: bool) -> String {
    const SYNTAX: &str = "^$\\.*+?()[]{}|/";
    match escaped {
        'A' if !in_class => "^".to_owned(),
        'Z' if !in_class => "$".to_owned(),
        '-' if in_class => "\\-".to_owned(),
        escaped if escaped.is_ascii_punctuation() && !SYNTAX.contains(escaped) => escaped.to_string(),
        ' ' => " ".to_owned(),
        escaped => format!("\\{escaped}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_python_writes_differently_is_translated() {
        for (python, javascript) in [
            ("^[A-Z]{3}$", "^[A-Z]{3}$"),
            (r"\A\d+\Z", r"^\d+$"),
            (r"^\d{3}\-\d{4}\_\@\/$", r"^\d{3}-\d{4}_@\/$"),
            (r"[\w\-\.\@]+", r"[\w\-\.@]+"),
            (r"(?P<a>x)(?P=a)", r"(?<a>x)\k<a>"),
            (r"[(?P<]\\A", r"[(?P<]\\A"),
        ] {
            assert_eq!(translated(python), javascript, "{python}");
            assert_eq!(check(python), Ok(()), "{python}");
        }
    }

    #[test]
    fn what_means_something_else_or_nothing_is_refused() {
        for pattern in ["(", "a++", "(?i)a", "(?#no)a", r"\z", "[z-a]", "a{2,1}", "\\"] {
            assert!(check(pattern).is_err(), "{pattern}");
        }
    }
}
