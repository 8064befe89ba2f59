//! Regular expressions of a contract as Python has them.

/// Writes a pattern of the common dialect: its `$` is the very end of the text, and Python's stands before a last line feed, too.
pub(crate) fn translated(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len());
    let mut letters = pattern.chars();
    let mut in_class = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                text.push('\\');
                text.extend(letters.next());
            }
            '$' if !in_class => text.push_str("\\Z"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_the_very_end() {
        for (pattern, expected) in [("^[A-Z]{3}$", r"^[A-Z]{3}\Z"), (r"^\$[$\]]$|a$", r"^\$[$\]]\Z|a\Z"), ("é", "é")]
        {
            assert_eq!(translated(pattern), expected);
        }
    }
}
