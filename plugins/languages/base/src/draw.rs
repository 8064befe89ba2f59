//! Numbers that follow from a key, and that nobody without it can tell.

use std::hash::Hasher;

use siphasher::sip::SipHasher24;

/// Draws numbers for one file.
pub struct Draw<'p> {
    key: [u8; 16],
    path: &'p str,
}

impl<'p> Draw<'p> {
    /// Makes a drawer for a file. The same key and path give the same numbers.
    pub fn new(key: &[u8], path: &'p str) -> Self {
        // A key of any length becomes one of the hash's: two halves, told apart by a number.
        let half = |number: u64| {
            let mut hasher = SipHasher24::new_with_keys(number, 0);
            hasher.write(key);
            hasher.finish().to_le_bytes()
        };
        let mut whole = [0; 16];
        for (place, byte) in whole.iter_mut().zip(half(1).into_iter().chain(half(2))) {
            *place = byte;
        }
        Self { key: whole, path }
    }

    /// Returns the number for some labels: always the same.
    pub fn number(&self, labels: &[&str]) -> u64 {
        let mut hasher = SipHasher24::new_with_key(&self.key);
        for label in std::iter::once(&self.path).chain(labels) {
            // With its length, so that no two lists of labels read alike.
            hasher.write(&(label.len() as u64).to_le_bytes());
            hasher.write(label.as_bytes());
        }
        hasher.finish()
    }

    /// Returns a number below a bound; 0 for the bound 0. Bounds are small, so all numbers are equally likely.
    pub fn below(&self, labels: &[&str], bound: usize) -> usize {
        let bound = (bound as u64).max(1);
        usize::try_from(self.number(labels) % bound).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_follows_from_key_path_and_labels() {
        let draw = Draw::new(b"key", "a.py");
        assert_eq!(draw.number(&["x", "y"]), Draw::new(b"key", "a.py").number(&["x", "y"]));
        let others = [
            Draw::new(b"kez", "a.py").number(&["x", "y"]),
            Draw::new(b"key", "b.py").number(&["x", "y"]),
            draw.number(&["xy"]),
            draw.number(&["y", "x"]),
        ];
        assert!(!others.contains(&draw.number(&["x", "y"])));
    }

    #[test]
    fn every_number_below_the_bound_comes_up() {
        let draw = Draw::new(b"", "a.py");
        let mut seen = [0; 4];
        for label in 0..400 {
            seen[draw.below(&[&label.to_string()], 4)] += 1;
        }
        assert!(seen.iter().all(|count| (60..140).contains(count)), "{seen:?}");
    }
}
