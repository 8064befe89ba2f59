//! JavaScript identifiers. Only ASCII ones: two spellings of one letter would be two names that read alike.

/// The words that cannot be names in a module, TypeScript's basic types among them: a type of that name could not be written.
const RESERVED: [&str; 61] = [
    "any",
    "arguments",
    "as",
    "async",
    "await",
    "bigint",
    "boolean",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "declare",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "infer",
    "instanceof",
    "interface",
    "keyof",
    "let",
    "never",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "readonly",
    "return",
    "static",
    "super",
    "switch",
    "symbol",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "unknown",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// Those of them that can be the name of a field, a parameter or a function: only types cannot be called so.
const TYPES: [&str; 17] = [
    "any",
    "as",
    "async",
    "bigint",
    "boolean",
    "declare",
    "infer",
    "keyof",
    "never",
    "readonly",
    "symbol",
    "unknown",
    "interface",
    "package",
    "private",
    "protected",
    "public",
];

/// Checks that a name can be written. The error says why not, to be put after the name.
pub fn check(name: &str) -> Result<(), &'static str> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if !starts_well || !name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_') {
        return Err("a name consists of ASCII letters, digits and `_`, and does not begin with a digit");
    }
    // Strict mode reserves the last five of `TYPES`, and every module is strict.
    let is_free = TYPES.iter().take(12).any(|free| *free == name);
    if RESERVED.contains(&name) && !is_free {
        return Err("it is a reserved word");
    }
    Ok(())
}

/// Returns whether a type cannot have this name.
pub fn is_type_word(name: &str) -> bool {
    TYPES.contains(&name) || matches!(name, "string" | "number" | "object")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_are_refused_and_words_of_types_are_not() {
        for name in ["", "a-b", "1a", "class", "await", "let", "é", "a b", "private", "undefined", "$x"] {
            assert!(check(name).is_err(), "{name}");
        }
        for name in ["deposit", "open_book", "any", "async", "of", "type", "get", "symbol", "_x1"] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
        assert!(is_type_word("any") && is_type_word("string") && !is_type_word("Account"));
    }
}
