//! The small parts of rendered source: literals, comments, and text that only one dialect has.

use std::fmt::Write as _;

use crate::dialect::Dialect;

/// Writes a string literal. Everything that is not printable is escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for character in text.chars() {
        match character {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            character if is_unseen(character) => {
                let _ = write!(literal, "\\u{{{:x}}}", u32::from(character));
            }
            character => literal.push(character),
        }
    }
    literal.push('"');
    literal
}

/// Writes a documentation comment of paragraphs; nothing without text. Text of a contract cannot end it.
pub(super) fn documentation(indent: &str, paragraphs: &[String]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in paragraphs.iter().filter(|paragraph| !paragraph.trim().is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(paragraph.trim().lines().map(|line| commented(line.trim_end())));
    }
    match lines.as_slice() {
        [] => String::new(),
        [line] => format!("{indent}/** {line} */\n"),
        lines => {
            let lines = lines.iter().map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n");
            format!("{indent}/**\n{}{indent} */\n", lines.collect::<String>())
        }
    }
}

/// Writes text as comment lines.
pub(super) fn comment(text: &str) -> String {
    let visible = |line: &str| line.chars().filter(|character| !is_unseen(*character)).collect::<String>();
    text.lines().map(|line| format!("// {}", visible(line)).trim_end().to_owned() + "\n").collect()
}

/// Writes a text as a sentence on one line, with a full stop.
pub(super) fn sentence(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() || line.ends_with(['.', '!', '?', ':']) { line } else { format!("{line}.") }
}

/// Keeps or removes what stands between `‹` and `›`: types, which only TypeScript has.
pub(super) fn of_dialect(text: &str, dialect: Dialect) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once('‹') {
        let (types, after) = after.split_once('›').unwrap_or((after, ""));
        kept.push_str(before);
        if dialect == Dialect::TypeScript {
            kept.push_str(types);
        }
        rest = after;
    }
    kept + rest
}

/// Writes an object literal on one line.
pub(super) fn object(entries: &[String]) -> String {
    if entries.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", entries.join(", ")) }
}

fn commented(line: &str) -> String {
    let visible: String = line.chars().filter(|character| !is_unseen(*character)).collect();
    visible.replace("*/", "*\\/")
}

/// Control characters, and those that change the direction of text and so make source read differently than it runs.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_a_contract_cannot_end_its_literal_or_comment() {
        assert_eq!(quoted("a\"\\\n\u{202e}é${x}"), "\"a\\\"\\\\\\n\\u{202e}é${x}\"");
        assert_eq!(documentation("", &["x */ y".to_owned()]), "/** x *\\/ y */\n");
        assert_eq!(comment("a\nimport os\u{2028}b\r"), "// a\n// import osb\n");
    }

    #[test]
    fn paragraphs_are_parted_and_indented() {
        let text = documentation("  ", &["A.".to_owned(), String::new(), "B\n  c".to_owned()]);
        assert_eq!(text, "  /**\n   * A.\n   *\n   * B\n   *   c\n   */\n");
    }

    #[test]
    fn types_are_left_out_of_javascript() {
        assert_eq!(of_dialect("(a‹: unknown›)‹: string›", Dialect::TypeScript), "(a: unknown): string");
        assert_eq!(of_dialect("(a‹: unknown›)‹: string›", Dialect::JavaScript), "(a)");
    }
}
