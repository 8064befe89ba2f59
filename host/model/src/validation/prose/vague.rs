//! Phrases that can mean anything, and what to say instead.

/// Phrases in lower case with their advice. They stand for themselves and with an `s` behind.
const PHRASES: &[(&str, &str)] = &[
    ("entire class of", "name the members of the class"),
    ("best practice", "name the rule that is followed"),
    ("industry standard", "name the standard and its number"),
    ("scalable and maintainable", "say how much it has to carry"),
    ("robust and reliable", "say which failures it survives, and how"),
    ("clean architecture", "say which part may call which"),
    ("properly handle", "say what happens, and which error is raised"),
    ("handled properly", "say what happens, and which error is raised"),
    ("handled appropriately", "say what happens, and which error is raised"),
    ("handles gracefully", "say what happens, and which error is raised"),
    ("handled gracefully", "say what happens, and which error is raised"),
    ("gracefully handle", "say what happens, and which error is raised"),
    ("appropriate error", "name the error"),
    ("appropriate handling", "say what happens"),
    ("appropriate validation", "say which values are refused"),
    ("as needed", "say when"),
    ("if necessary", "say when"),
    ("as appropriate", "say when"),
    ("and so on", "list the rest"),
    ("and more", "list the rest"),
    ("works correctly", "say what can be observed"),
    ("work on my machine", "say on which systems it runs"),
    ("works on my machine", "say on which systems it runs"),
    ("handles data", "say which data, and what becomes of it"),
    ("handles all", "list what it handles"),
    ("manages stuff", "say what it manages, and how"),
    ("manages all", "list what it manages"),
    ("processes information", "say which information, and what becomes of it"),
    ("processes all", "list what it processes"),
    ("for various purposes", "name the purposes"),
    ("general use", "name the uses"),
    ("data handling", "say which data, and what becomes of it"),
    ("data management", "say which data, and what becomes of it"),
    ("needed for functionality", "name the function that needs it"),
    ("required for operation", "name the function that needs it"),
    ("used internally", "name the function that uses it"),
    ("for internal use", "name the function that uses it"),
];

/// Returns the phrases of a text, as they are written, with what to say instead.
pub(super) fn find(text: &str) -> Vec<(String, &'static str)> {
    let lower = text.to_lowercase();
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut found = Vec::new();
    for (phrase, advice) in PHRASES {
        let plural = |at: usize| {
            let rest = &lower[at + phrase.len()..];
            let length = usize::from(rest.starts_with('s'));
            (!lower[..at].ends_with(is_word) && !rest[length..].starts_with(is_word)).then_some(length)
        };
        let mut places = lower.match_indices(phrase).filter_map(|(at, _)| Some((at, plural(at)?)));
        if let Some((at, length)) = places.next() {
            found.push((lower[at..at + phrase.len() + length].to_owned(), *advice));
        }
    }
    let sentence = lower.trim_end().trim_end_matches(['.', '…', ')']);
    if let Some(before) = sentence.strip_suffix("etc")
        && !before.ends_with(is_word)
    {
        found.push(("etc".to_owned(), "list the rest"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(text: &str) -> Vec<String> {
        find(text).into_iter().map(|(phrase, _)| phrase).collect()
    }

    #[test]
    fn finds_phrases_and_not_their_letters_in_other_words() {
        assert_eq!(phrases("Follows Industry Standards, as needed"), ["industry standards", "as needed"]);
        assert_eq!(phrases("lists, sets, etc."), ["etc"]);
        for fine in ["was needed", "fetch", "Sum and moreover", "etching", "It handles databases", "basic needs"] {
            assert_eq!(phrases(fine), [] as [&str; 0], "{fine}");
        }
    }
}
