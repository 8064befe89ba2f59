//! Python identifiers. Only ASCII ones: Python normalises others, so that two spellings could mean one name.

/// The words that cannot be names. The soft ones (`match`, `type`) can.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Checks that a name can be written. The error says why not, to be put after the name.
pub fn check(name: &str) -> Result<(), &'static str> {
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    if !starts_well || !name.chars().all(|character| character.is_ascii_alphanumeric() || character == '_') {
        return Err("a name consists of ASCII letters, digits and `_`, and does not begin with a digit");
    }
    if KEYWORDS.contains(&name) {
        return Err("it is a keyword");
    }
    if name.starts_with("__") && name.ends_with("__") {
        return Err("names with two underscores at both ends belong to the language");
    }
    Ok(())
}
