//! Names for copies: made of the words of the other tests, so that no name gives a copy away.

use std::collections::BTreeSet;

use super::draw::Draw;
use crate::identifier;
use crate::source::Source;
use crate::test_listing;

/// The names of a file.
pub(super) struct Names {
    /// Every word of the file: a new name must be none of them, wherever it stands.
    taken: BTreeSet<String>,
    /// The tests' names, with the words that they are made of.
    tests: Vec<(String, Vec<String>)>,
    /// The words of all other names of the file, for a file with one test.
    others: Vec<String>,
}

/// A file with one short word may have no other name that is free.
const MAX_ATTEMPTS: u32 = 200;

impl Names {
    pub(super) fn of(source: &Source) -> Self {
        let taken: BTreeSet<String> = words(source.text()).map(str::to_owned).collect();
        let listed = test_listing::list(source).functions;
        let tests: BTreeSet<String> =
            listed.iter().filter_map(|test| Some(test.id.rsplit("::").next()?.to_owned())).collect();
        let others: BTreeSet<String> =
            taken.iter().flat_map(|name| split(name)).filter(|word| is_plain(word)).collect();
        Self {
            taken,
            tests: tests.into_iter().map(|name| (name.clone(), split(&name))).collect(),
            others: others.into_iter().collect(),
        }
    }

    /// Draws a name for the copy of a test, and takes it.
    pub(super) fn draw(&mut self, draw: &Draw, id: &str, name: &str) -> Option<String> {
        let own = split(name);
        let others = self.tests.iter().filter(|(other, _)| other != name);
        let pool: BTreeSet<&String> =
            others.flat_map(|(_, words)| words.iter().skip(1)).filter(|word| !own.contains(word)).collect();
        let pool: Vec<&String> =
            if pool.is_empty() { self.others.iter().collect() } else { pool.into_iter().collect() };
        let found = (0..MAX_ATTEMPTS).find_map(|attempt| {
            let attempt = attempt.to_string();
            let labels = |what: &'static str| [what, id, attempt.as_str()];
            let word = pool.get(draw.below(&labels("word"), pool.len()))?;
            let mut words = own.clone();
            // The first word is what makes it a test.
            let is_replaced = words.len() > 1 && draw.below(&labels("kind"), 2) == 0;
            if is_replaced {
                let index = 1 + draw.below(&labels("index"), words.len() - 1);
                if let Some(place) = words.get_mut(index) {
                    place.clone_from(word);
                }
            } else {
                words.insert(1 + draw.below(&labels("index"), words.len()), (*word).clone());
            }
            let new = join(&words, name);
            (!self.taken.contains(&new) && identifier::check(&new).is_ok()).then_some(new)
        })?;
        self.taken.insert(found.clone());
        Some(found)
    }
}

/// Returns the words of a text in which names can stand.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let separates = |character: char| !character.is_alphanumeric() && character != '_';
    text.split(separates).filter(|word| !word.is_empty())
}

/// Splits a name at its underscores, or else at its capitals. The words come in small letters.
fn split(name: &str) -> Vec<String> {
    if name.contains('_') {
        return name.split('_').filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    }
    let mut words: Vec<String> = Vec::new();
    for character in name.chars() {
        match words.last_mut() {
            Some(word) if !character.is_uppercase() => word.push(character),
            _ => words.push(character.to_lowercase().collect()),
        }
    }
    words
}

/// Joins words as the words of a name are joined.
fn join(words: &[String], like: &str) -> String {
    if like.contains('_') || !like.chars().any(char::is_uppercase) {
        return words.join("_");
    }
    let mut name = String::new();
    for word in words {
        let mut characters = word.chars();
        match characters.next() {
            Some(first) if !name.is_empty() => {
                name.extend(first.to_uppercase());
                name.push_str(characters.as_str());
            }
            _ => name.push_str(word),
        }
    }
    name
}

fn is_plain(word: &str) -> bool {
    word.len() > 2 && word != "test" && word.chars().all(|character| character.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str, name: &str, key: &[u8]) -> Option<String> {
        let source = Source::parse("a.py", text).expect("it parses");
        Names::of(&source).draw(&Draw::new(key, "a.py"), name, name)
    }

    #[test]
    fn a_name_is_made_of_words_of_the_other_tests() {
        let text = "def test_deposit_adds(): pass\ndef test_refuses_overdraft(): pass\n";
        for key in 0..50_u8 {
            let name = drawn(text, "test_deposit_adds", &[key]).expect("a name");
            let words: Vec<&str> = name.split('_').collect();
            assert_eq!(words[0], "test", "{name}");
            let foreign = |word: &&str| ["refuses", "overdraft"].contains(word);
            assert_eq!(words.iter().filter(|word| foreign(word)).count(), 1, "{name}");
            assert!(words[1..].iter().all(|word| foreign(word) || ["deposit", "adds"].contains(word)), "{name}");
        }
    }

    #[test]
    fn capitals_stay_capitals() {
        let text = "class TestA:\n    def testPushAdds(self): pass\n    def testPopFails(self): pass\n";
        for key in 0..20_u8 {
            let name = drawn(text, "testPushAdds", &[key]).expect("a name");
            assert!(name.starts_with("test") && !name.contains('_'), "{name}");
            assert!(name.contains("Pop") || name.contains("Fails"), "{name}");
        }
    }

    #[test]
    fn no_name_of_the_file_is_taken_twice() {
        let text = "def test_a(): pass\ndef test_b(): pass\nx = 'test_a_b'\n";
        for key in 0..20_u8 {
            assert_eq!(drawn(text, "test_a", &[key]).as_deref(), Some("test_b_a"));
        }
    }

    #[test]
    fn a_lone_test_borrows_from_the_rest_of_the_file() {
        let name = drawn("from money import total\n\ndef test_a(): pass\n", "test_a", b"").expect("a name");
        assert!(["total", "money", "from", "import", "def", "pass"].iter().any(|word| name.contains(word)), "{name}");
    }
}
