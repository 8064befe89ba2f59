//! Cuts the text of a rule into tokens.

use super::Number;

/// A piece of a rule.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(Number),
    Text(String),
    /// A word, or a sign such as `<=`.
    Word(String),
    Sign(&'static str),
}

/// Signs, each before those that it begins with.
const SIGNS: [&str; 22] = [
    "<=", ">=", "==", "!=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "(", ")", "[", "]", ",", ".", "!", "≤", "≥",
];

/// Cuts a text; the error is the place, in bytes, where no token begins.
pub(super) fn cut(text: &str) -> Result<Vec<(usize, Token)>, usize> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let at = text.len() - rest.len();
        let follows_digit = rest[first.len_utf8()..].starts_with(|next: char| next.is_ascii_digit());
        let (token, length) = if first.is_ascii_digit() || (first == '.' && follows_digit) {
            let length = number_length(rest);
            (Token::Number(Number::parse(&rest[..length]).ok_or(at)?), length)
        } else if first.is_alphabetic() || first == '_' {
            let length = rest.find(|next: char| !(next.is_alphanumeric() || next == '_')).unwrap_or(rest.len());
            (Token::Word(rest[..length].to_owned()), length)
        } else if matches!(first, '"' | '\'') {
            let (text, length) = quoted(rest, first).ok_or(at)?;
            (Token::Text(text), length)
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign)).ok_or(at)?;
            (Token::Sign(sign), sign.len())
        };
        tokens.push((at, token));
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

fn number_length(text: &str) -> usize {
    let mut last = ' ';
    let is_part = |next: char| {
        let belongs = next.is_ascii_alphanumeric()
            || matches!(next, '.' | '_')
            || (matches!(next, '+' | '-') && matches!(last, 'e' | 'E'));
        last = next;
        belongs
    };
    let mut is_part = is_part;
    text.find(|next| !is_part(next)).unwrap_or(text.len())
}

// Returns the text in the quotes and the length with them.
fn quoted(text: &str, quote: char) -> Option<(String, usize)> {
    let mut read = String::new();
    let mut letters = text.char_indices().skip(1);
    while let Some((at, letter)) = letters.next() {
        match letter {
            '\\' => read.push(match letters.next()?.1 {
                'n' => '\n',
                't' => '\t',
                plain @ ('\\' | '\'' | '"') => plain,
                _ => return None,
            }),
            end if end == quote => return Some((read, at + quote.len_utf8())),
            other => read.push(other),
        }
    }
    None
}
