//! Regular expressions that mean the same in every language: docs/decisions/0011.
//!
//! A pattern is parsed, refused where languages part, and written anew in the common dialect: classes such as `\d` become the
//! letters that they mean, groups lose their names, and what needs no backslash has none. What is written is what is matched here.

use std::fmt;

use regex_syntax::ast::parse::ParserBuilder;
use regex_syntax::ast::{
    AssertionKind, Ast, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, ErrorKind, GroupKind, HexLiteralKind,
    Literal, LiteralKind, RepetitionKind, RepetitionRange,
};

use super::Refusal;

/// Longer patterns are programs.
const MAX_LENGTH_BYTES: usize = 1000;
/// How deep groups may nest. Each level costs stack.
const MAX_DEPTH: u32 = 32;
/// Bytes of the compiled pattern: refuses repetitions of repetitions that multiply.
const MAX_SIZE_BYTES: usize = 1 << 20;

/// A pattern of the common dialect.
#[derive(Debug, Clone)]
pub struct Pattern {
    common: String,
    regex: regex::Regex,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.common == other.common
    }
}

impl fmt::Display for Pattern {
    /// Writes it in the common dialect.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.common)
    }
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// [`Refusal`] for what does not compile, what languages read differently, and what nothing matches.
    pub fn parse(written: &str) -> Result<Self, Refusal> {
        let refuse = |why: &str| Refusal::Malformed(format!("`{}`: {why}", shown(written)));
        if written.is_empty() {
            return Err(refuse("an empty regular expression says nothing"));
        }
        if written.len() > MAX_LENGTH_BYTES {
            return Err(refuse("longer than 1000 bytes"));
        }
        let parsed = ParserBuilder::new().nest_limit(MAX_DEPTH).build().parse(&with_one_end(written));
        let ast = parsed.map_err(|error| refuse(&of_error(error.kind(), error.span().start.column)))?;
        let mut common = String::new();
        write(&ast, &mut common).map_err(|why| refuse(&why))?;
        let regex = regex::RegexBuilder::new(&common).size_limit(MAX_SIZE_BYTES).build();
        let regex = regex.map_err(|_| refuse("it repeats repetitions until it is too large"))?;
        let matches_nothing =
            regex_syntax::Parser::new().parse(&common).is_ok_and(|hir| hir.properties().minimum_len().is_none());
        if matches_nothing {
            return Err(Refusal::Impossible(format!("`{}`: no text matches it", shown(written))));
        }
        Ok(Self { common, regex })
    }

    /// Answers whether it is found somewhere in a text. Takes time in proportion to the text.
    #[must_use]
    pub fn is_found_in(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

fn shown(written: &str) -> String {
    written.chars().take(80).collect::<String>().escape_debug().to_string()
}

// `\Z` and `\z` are the end of the text in one language each.
fn with_one_end(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut letters = written.chars();
    while let Some(letter) = letters.next() {
        text.push(letter);
        if letter == '\\' {
            text.extend(letters.next().map(|next| if next == 'Z' { 'z' } else { next }));
        }
    }
    text
}

fn of_error(kind: &ErrorKind, column: usize) -> String {
    match kind {
        ErrorKind::UnsupportedLookAround => {
            "look-around is not in every language; say it in a second validator".to_owned()
        }
        ErrorKind::UnsupportedBackreference => {
            "a reference to a group is not in every language; write the group again".to_owned()
        }
        ErrorKind::NestLimitExceeded(_) => "fewer than 32 nested groups, please".to_owned(),
        other => format!("{other} (at character {column})"),
    }
}

fn write(ast: &Ast, out: &mut String) -> Result<(), String> {
    match ast {
        Ast::Empty(_) => {}
        Ast::Flags(_) => return Err("flags are not in every language; spell the letters out, as in `[Aa]`".to_owned()),
        Ast::Literal(literal) => write_letter(of_literal(literal)?, Where::Outside, out),
        Ast::Dot(_) => out.push_str(r"[^\n]"),
        Ast::Assertion(assertion) => match assertion.kind {
            AssertionKind::StartLine | AssertionKind::StartText => out.push('^'),
            AssertionKind::EndLine | AssertionKind::EndText => out.push('$'),
            _ => return Err("`\\b` means something else for letters beyond ASCII in each language".to_owned()),
        },
        Ast::ClassUnicode(_) => {
            return Err("classes of Unicode are not in every language; spell the letters out".to_owned());
        }
        Ast::ClassPerl(class) => {
            out.push_str(if class.negated { "[^" } else { "[" });
            out.push_str(letters_of(class));
            out.push(']');
        }
        Ast::ClassBracketed(class) => {
            out.push_str(if class.negated { "[^" } else { "[" });
            match &class.kind {
                ClassSet::Item(item) => write_item(item, out)?,
                ClassSet::BinaryOp(_) => {
                    return Err("`&&`, `--` and `~~` in a class are not in every language".to_owned());
                }
            }
            out.push(']');
        }
        Ast::Repetition(repetition) => {
            if matches!(*repetition.ast, Ast::Repetition(_) | Ast::Assertion(_) | Ast::Empty(_) | Ast::Flags(_)) {
                return Err("what is repeated is no letter, class or group; languages read this differently".to_owned());
            }
            write(&repetition.ast, out)?;
            match &repetition.op.kind {
                RepetitionKind::ZeroOrOne => out.push('?'),
                RepetitionKind::ZeroOrMore => out.push('*'),
                RepetitionKind::OneOrMore => out.push('+'),
                RepetitionKind::Range(RepetitionRange::Exactly(count)) => out.push_str(&format!("{{{count}}}")),
                RepetitionKind::Range(RepetitionRange::AtLeast(least)) => out.push_str(&format!("{{{least},}}")),
                RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => {
                    out.push_str(&format!("{{{least},{most}}}"));
                }
            }
            // Whether it takes much or little changes what is found, never whether it is.
        }
        Ast::Group(group) => {
            if let GroupKind::NonCapturing(flags) = &group.kind
                && !flags.items.is_empty()
            {
                return Err("flags are not in every language; spell the letters out, as in `[Aa]`".to_owned());
            }
            out.push_str("(?:");
            write(&group.ast, out)?;
            out.push(')');
        }
        Ast::Alternation(alternation) => {
            for (index, part) in alternation.asts.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "|" });
                write(part, out)?;
            }
        }
        Ast::Concat(concat) => concat.asts.iter().try_for_each(|part| write(part, out))?,
    }
    Ok(())
}

fn write_item(item: &ClassSetItem, out: &mut String) -> Result<(), String> {
    match item {
        ClassSetItem::Empty(_) => {}
        ClassSetItem::Literal(literal) => write_letter(of_literal(literal)?, Where::Class, out),
        ClassSetItem::Range(range) => {
            write_letter(of_literal(&range.start)?, Where::Class, out);
            out.push('-');
            write_letter(of_literal(&range.end)?, Where::Class, out);
        }
        ClassSetItem::Perl(class) if class.negated => {
            return Err("`\\D`, `\\S` and `\\W` inside of a class mean other letters in each language".to_owned());
        }
        ClassSetItem::Perl(class) => out.push_str(letters_of(class)),
        ClassSetItem::Union(union) => union.items.iter().try_for_each(|item| write_item(item, out))?,
        ClassSetItem::Ascii(_) | ClassSetItem::Unicode(_) | ClassSetItem::Bracketed(_) => {
            return Err("a class inside of a class is not in every language; a `[` is written `\\[`".to_owned());
        }
    }
    Ok(())
}

fn of_literal(literal: &Literal) -> Result<char, String> {
    match literal.kind {
        LiteralKind::HexBrace(_) | LiteralKind::HexFixed(HexLiteralKind::UnicodeLong) | LiteralKind::Octal => {
            Err("this spelling of a letter is not in every language; write the letter itself or `\\u0041`".to_owned())
        }
        _ => Ok(literal.c),
    }
}

/// Where a letter is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    Class,
    Outside,
}

fn write_letter(letter: char, place: Where, out: &mut String) {
    let is_special = match place {
        Where::Class => matches!(letter, '\\' | '[' | ']' | '^' | '-'),
        Where::Outside => "\\^$.|?*+()[]{}/".contains(letter),
    };
    match letter {
        // Two of them in a class are an operator in one of the languages, and a backslash before them a fault in another.
        '&' | '~' if place == Where::Class => out.push_str(&format!(r"\x{:02x}", u32::from(letter))),
        '\n' => out.push_str(r"\n"),
        '\r' => out.push_str(r"\r"),
        '\t' => out.push_str(r"\t"),
        '/' if place == Where::Outside => out.push('/'),
        control if control.is_control() && u32::from(control) < 0x100 => {
            out.push_str(&format!(r"\x{:02x}", u32::from(control)));
        }
        special if is_special => out.extend(['\\', special]),
        other => out.push(other),
    }
}

fn letters_of(class: &ClassPerl) -> &'static str {
    match class.kind {
        ClassPerlKind::Digit => "0-9",
        ClassPerlKind::Space => r" \t\n\x0b\x0c\r",
        ClassPerlKind::Word => "0-9A-Za-z_",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common(written: &str) -> String {
        Pattern::parse(written).map_or_else(|refusal| format!("refused: {refusal}"), |pattern| pattern.to_string())
    }

    #[test]
    fn is_written_in_the_common_dialect() {
        for (written, expected) in [
            ("^[A-Z]{3}$", "^[A-Z]{3}$"),
            (r"\A\d+\Z", "^[0-9]+$"),
            (r"^\w[\w.-]*@[^\s@]+\.\S", r"^[0-9A-Za-z_][0-9A-Za-z_.\-]*@[^ \t\n\x0b\x0c\r@]+\.[^ \t\n\x0b\x0c\r]"),
            ("(?P<year>[0-9]{4})-(a|b)?", "(?:[0-9]{4})-(?:a|b)?"),
            ("a.b+?", r"a[^\n]b+"),
            (r"\-\/\u0041\x42", "-/AB"),
            (r"[\]\[^&]", r"[\]\[\^\x26]"),
            (r"x{2,}y{1,3}\{\}", r"x{2,}y{1,3}\{\}"),
            ("é|日本", "é|日本"),
        ] {
            assert_eq!(common(written), expected, "{written}");
            assert_eq!(common(expected), expected, "the common dialect is read as itself");
        }
    }

    #[test]
    fn refuses_what_languages_read_differently() {
        for written in [
            "(?=a)b",
            "(?<!a)b",
            r"(a)\1",
            "(?i)abc",
            "(?i:abc)",
            r"\bword\b",
            r"\p{L}+",
            "[a-z&&[^b]]",
            "[[:alpha:]]",
            "a**",
            "a++",
            "^*",
            r"[\W]",
            r"\x{41}",
            r"\U00000041",
            r"(?P=name)",
            "[a",
            "(",
            "a{3,1}",
            "*a",
            r"\h",
            "",
        ] {
            let answer = common(written);
            assert!(answer.starts_with("refused: "), "{written}: {answer}");
        }
    }

    #[test]
    fn the_end_is_the_end() {
        let pattern = Pattern::parse("^[A-Z]{3}$").expect("a pattern");
        assert!(pattern.is_found_in("ABC"));
        assert!(!pattern.is_found_in("ABC\n"));
        assert!(!Pattern::parse(r"^\d$").expect("a pattern").is_found_in("٣"));
        assert!(Pattern::parse("^.$").expect("a pattern").is_found_in("👩"));
    }

    #[test]
    fn a_pattern_that_nothing_matches_is_refused() {
        let nothing = Pattern::parse("^[^\\x00-\u{10ffff}]$");
        assert!(matches!(nothing, Err(Refusal::Impossible(_))), "{nothing:?}");
    }

    #[test]
    fn hostile_patterns_are_refused_or_judged_in_time() {
        assert!(Pattern::parse("(?:(?:a{1000}){1000}){1000}").is_err());
        assert!(Pattern::parse(&"(".repeat(900)).is_err());
        assert!(Pattern::parse(&"a".repeat(2000)).is_err());
        let slow_elsewhere = Pattern::parse("^(a+)+$").expect("a pattern");
        assert!(!slow_elsewhere.is_found_in(&("a".repeat(20_000) + "b")));
    }
}
