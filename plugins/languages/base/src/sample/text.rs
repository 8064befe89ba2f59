//! Texts that a regular expression of the contract finds, made from the expression itself.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

/// A pattern of the contract, as far as texts can be made for it and judged by it.
pub(super) struct Pattern {
    hir: Hir,
    regex: regex_lite::Regex,
}

/// No text for a test is longer.
pub(super) const MAX_LETTERS: usize = 300;

impl Pattern {
    /// Reads a pattern; none where it says more than can be judged here. Only ASCII has the same classes of letters in all
    /// languages, and other texts are never made.
    pub(super) fn read(pattern: &str) -> Option<Self> {
        let hir = ParserBuilder::new().unicode(false).utf8(false).nest_limit(50).build().parse(pattern).ok()?;
        let regex = regex_lite::RegexBuilder::new(pattern).nest_limit(50).size_limit(1 << 20).build().ok()?;
        Some(Self { hir, regex })
    }

    /// Answers whether it is found in a text of ASCII.
    pub(super) fn is_found_in(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }

    /// Makes texts in which it is found, the shortest first: each repeats what may be repeated once more, until they are as
    /// long as `letters`.
    pub(super) fn texts(&self, letters: usize) -> Vec<String> {
        let mut texts: Vec<String> = Vec::new();
        for more in 0..=u32::try_from(letters.min(MAX_LETTERS)).unwrap_or_default() {
            let mut text = String::new();
            if write(&self.hir, more, &mut text).is_none() || texts.last() == Some(&text) {
                break;
            }
            if self.is_found_in(&text) {
                let is_long = text.len() >= letters;
                texts.push(text);
                if is_long {
                    break;
                }
            }
        }
        texts
    }
}

fn write(hir: &Hir, more: u32, text: &mut String) -> Option<()> {
    if text.len() > MAX_LETTERS {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(letter(class)?),
        HirKind::Repetition(repetition) => {
            let wanted = repetition.min.saturating_add(more);
            let count = repetition.max.map_or(wanted, |max| max.min(wanted));
            for _ in 0..count {
                write(&repetition.sub, more, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, more, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, more, text))?,
        HirKind::Alternation(parts) => write(parts.first()?, more, text)?,
    }
    Some(())
}

/// Returns a letter of a class that people can read.
fn letter(class: &Class) -> Option<char> {
    let holds = |letter: char| match class {
        Class::Unicode(class) => class.ranges().iter().any(|range| range.start() <= letter && letter <= range.end()),
        Class::Bytes(class) => {
            class.ranges().iter().any(|range| char::from(range.start()) <= letter && letter <= char::from(range.end()))
        }
    };
    "aA0".chars().chain(' '..='~').find(|letter| holds(*letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_found() {
        for (written, first) in [
            ("^[A-Z]{3}$", "AAA"),
            (r"^INV-[0-9]{4,6}$", "INV-0000"),
            (r"^\w+@\w+\.[a-z]{2,}$", "a@a.aa"),
            ("^(red|green)$", "red"),
            ("x", "x"),
            (r"^[^a]$", "A"),
        ] {
            let pattern = Pattern::read(written).expect(written);
            let texts = pattern.texts(8);
            assert_eq!(texts.first().map(String::as_str), Some(first), "{written}");
            assert!(texts.iter().all(|text| pattern.is_found_in(text)), "{written}: {texts:?}");
        }
        assert_eq!(Pattern::read("^[a-z]*$").expect("a pattern").texts(3), ["", "a", "aa", "aaa"]);
    }

    #[test]
    fn nothing_is_made_where_nothing_can_be() {
        assert!(Pattern::read(r"(?=a)b").is_none());
        assert!(Pattern::read("(").is_none());
        assert_eq!(
            Pattern::read("^é$").map(|pattern| pattern.texts(3)),
            Pattern::read("^é$").map(|_| vec!["é".into()])
        );
        assert!(Pattern::read("^a{1000}$").is_none_or(|pattern| pattern.texts(2000).is_empty()));
        assert!(Pattern::read(r"a\bb").expect("a pattern").texts(3).is_empty());
    }
}
