//! The small parts of rendered Python: literals, docstrings, signatures.

use std::fmt::Write as _;

use crate::interface::default::DefaultValue;
use crate::interface::{Field, Function, Interface};
use crate::layout::types_module;
use crate::type_ref::{Basic, Spelling, TypeRef, private_name};

/// Writes a string literal. Everything that is not printable ASCII or plain text is escaped.
pub fn quoted(text: &str) -> String {
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
                let _ = write!(literal, "\\U{:08x}", u32::from(character));
            }
            character => literal.push(character),
        }
    }
    literal.push('"');
    literal
}

/// Writes a docstring of paragraphs. Text of a contract cannot end it: backslashes and quotation marks are escaped.
pub(super) fn docstring(indent: &str, paragraphs: &[String]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in paragraphs {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(paragraph.trim().lines().map(|line| escaped(line.trim_end())));
    }
    match lines.as_slice() {
        [] => String::new(),
        [line] => format!("{indent}\"\"\"{line}\"\"\"\n"),
        [first, rest @ ..] => {
            let rest: String = rest
                .iter()
                .map(|line| if line.is_empty() { "\n".to_owned() } else { format!("{indent}{line}\n") })
                .collect();
            format!("{indent}\"\"\"{first}\n{rest}{indent}\"\"\"\n")
        }
    }
}

/// Writes a class: its first line, its documentation, its blocks of indented lines, an empty line between each.
pub(super) fn class(first_line: &str, documentation: &str, blocks: Vec<String>) -> String {
    let documentation = Some(documentation).filter(|text| !text.trim().is_empty());
    let documentation = documentation.map(|text| docstring("    ", &[text.to_owned()]));
    let parts: Vec<String> = documentation.into_iter().chain(blocks).filter(|part| !part.is_empty()).collect();
    let body = if parts.is_empty() { "    pass\n".to_owned() } else { parts.join("\n") };
    format!("\n\n{first_line}\n{body}")
}

/// Writes text as comment lines.
pub(super) fn comment(indent: &str, text: &str) -> String {
    let visible = |line: &str| line.chars().filter(|character| !is_unseen(*character)).collect::<String>();
    text.lines().map(|line| format!("{indent}# {}", visible(line)).trim_end().to_owned() + "\n").collect()
}

/// Writes a text as a sentence on one line, with a full stop.
pub(super) fn sentence(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() || line.ends_with(['.', '!', '?', ':']) { line } else { format!("{line}.") }
}

/// Writes the first line of a function: `def f(a: int, *, b: int = 1) -> str:`.
pub(crate) fn signature(function: &Function, spelling: Spelling) -> String {
    definition(function, Vec::new(), spelling)
}

/// Writes the first line of a method, without its indentation.
pub(crate) fn method_signature(method: &Function, spelling: Spelling) -> String {
    definition(method, vec!["self".to_owned()], spelling)
}

fn definition(function: &Function, mut parameters: Vec<String>, spelling: Spelling) -> String {
    let (by_position, by_name) = crate::interface::by_position_and_name(function);
    for (index, parameter) in function.parameters.iter().enumerate() {
        if index == by_position.len() && !by_name.is_empty() {
            parameters.push("*".to_owned());
        }
        parameters.push(annotated(parameter, spelling));
    }
    let prefix = if function.is_async { "async def" } else { "def" };
    format!("{prefix} {}({}) -> {}:", function.name, parameters.join(", "), function.output.spell(spelling))
}

/// Writes a tuple of expressions.
pub(super) fn tuple_of<T: AsRef<str>>(items: &[T]) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match items.as_slice() {
        [single] => format!("({single},)"),
        items => format!("({})", items.join(", ")),
    }
}

/// Writes the imports of a module that has the interface's signatures and exports its types: what the annotations need, under
/// private names, then `others`, then the types. Classes of other components are imported for type checkers alone: nothing
/// that runs needs them.
pub(super) fn imports(interface: &Interface, needs_typing: bool, others: &[&str]) -> String {
    let modules = standard_modules(interface.function_type_refs());
    let mut lines: Vec<String> =
        modules.into_iter().map(|module| format!("import {module} as {}\n", private_name(module))).collect();
    let classes: Vec<String> = foreign_classes(interface).filter(|line| !others.contains(&line.as_str())).collect();
    if needs_typing || !classes.is_empty() || uses_any(interface.function_type_refs()) {
        lines.push("import typing\n".to_owned());
    }
    let mut blocks = vec![lines.concat(), others.iter().map(|line| format!("{line}\n")).collect()];
    let types = interface.type_names();
    if !types.is_empty() {
        blocks.push(format!("from {} import {}\n", types_module(&interface.component), types.join(", ")));
    }
    if !classes.is_empty() {
        let classes: String = classes.iter().map(|line| format!("    {line}\n")).collect();
        blocks.push(format!("if typing.TYPE_CHECKING:\n{classes}"));
    }
    blocks.retain(|block: &String| !block.is_empty());
    if blocks.is_empty() { String::new() } else { format!("\n{}", blocks.join("\n")) }
}

/// Writes the imports of classes that other components define.
pub(super) fn foreign_classes(interface: &Interface) -> impl Iterator<Item = String> {
    interface.imported_classes.iter().map(|(owner, names)| format!("from {owner} import {}", names.join(", ")))
}

/// Writes `name: type = default`.
pub(super) fn annotated(field: &Field, spelling: Spelling) -> String {
    let mut text = format!("{}: {}", field.name, field.type_ref.spell(spelling));
    if let Some(default) = &field.default {
        text.push_str(" = ");
        text.push_str(&value(default, spelling));
    }
    text
}

/// Writes a default value.
pub(super) fn value(default: &DefaultValue, spelling: Spelling) -> String {
    let all = |items: &[DefaultValue]| items.iter().map(|item| value(item, spelling)).collect::<Vec<_>>();
    let made = |basic: Basic, text: &str| format!("{}({})", TypeRef::Basic(basic).spell(spelling), quoted(text));
    match default {
        DefaultValue::None => "None".to_owned(),
        DefaultValue::Bool(is_true) => if *is_true { "True" } else { "False" }.to_owned(),
        DefaultValue::Number(number) => number.clone(),
        DefaultValue::Decimal(number) => made(Basic::Decimal, number),
        DefaultValue::Text(text) => quoted(text),
        DefaultValue::Path(path) => made(Basic::Path, path),
        DefaultValue::List(items) => format!("[{}]", all(items).join(", ")),
        DefaultValue::Tuple(items) => tuple_of(&all(items)),
        DefaultValue::Set(items) => format!("set([{}])", all(items).join(", ")),
        DefaultValue::FrozenSet(items) => format!("frozenset([{}])", all(items).join(", ")),
        DefaultValue::Map(entries) => {
            let entries = entries.iter();
            let entries = entries.map(|(key, item)| format!("{}: {}", value(key, spelling), value(item, spelling)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        DefaultValue::Member(enumeration, name) => format!("{enumeration}.{name}"),
    }
}

/// Returns the modules of the standard library that references need, sorted, each once.
pub(super) fn standard_modules<'a>(references: impl Iterator<Item = &'a TypeRef>) -> Vec<&'static str> {
    let mut modules = Vec::new();
    references.for_each(|reference| reference.each(&mut |part| modules.extend(part.module())));
    modules.sort_unstable();
    modules.dedup();
    modules
}

/// Returns whether a reference spells `typing.Any`.
pub(super) fn uses_any<'a>(mut references: impl Iterator<Item = &'a TypeRef>) -> bool {
    references.any(|reference| {
        let mut found = false;
        reference.each(&mut |part| found |= *part == TypeRef::Basic(Basic::Any));
        found
    })
}

fn escaped(line: &str) -> String {
    let visible: String = line.chars().filter(|character| !is_unseen(*character)).collect();
    let text = visible.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"");
    // A quotation mark at the end would join those that end the docstring.
    match text.strip_suffix('"') {
        Some(rest) if !rest.ends_with('\\') => format!("{rest}\\\""),
        _ => text,
    }
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
    fn text_of_a_contract_cannot_end_its_literal() {
        assert_eq!(quoted("a\"\\\n\u{202e}é"), "\"a\\\"\\\\\\n\\U0000202eé\"");
        assert_eq!(docstring("", &["x \"\"\" \\ y".to_owned()]), "\"\"\"x \\\"\\\"\\\" \\\\ y\"\"\"\n");
        assert_eq!(docstring("", &["say \"x\"".to_owned()]), "\"\"\"say \"x\\\"\"\"\"\n");
        assert_eq!(comment("", "a\nimport os\r"), "# a\n# import os\n");
    }

    #[test]
    fn paragraphs_are_indented_and_parted() {
        let text = docstring("    ", &["A.".to_owned(), "B\n  c".to_owned()]);
        assert_eq!(text, "    \"\"\"A.\n\n    B\n      c\n    \"\"\"\n");
    }
}
