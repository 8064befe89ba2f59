//! What draws the canaries of a suite: a secret of the user's, bound to what is judged.

use std::fmt;

use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use pact_model::suite::SourceFile;
use sha2::Sha256;

use super::Suite;
use crate::digest;

/// What canaries are drawn from. A guest must not know it: whoever can tell a canary from a test can let it fail.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum CanaryKey {
    /// The user's secret. The key of a suite follows from it and from everything that is judged.
    Secret([u8; 32]),
    /// The key of one suite, as its verdict keeps it: to repeat that run.
    Derived([u8; 32]),
}

impl CanaryKey {
    /// Reads the key that a verdict keeps; none when it is not 64 hexadecimal digits.
    #[must_use]
    pub fn of_verdict(text: &str) -> Option<Self> {
        let digits: Vec<u8> = text.chars().map_while(|digit| digit.to_digit(16)?.try_into().ok()).collect();
        if text.len() != 64 || digits.len() != 64 {
            return None;
        }
        let mut key = [0; 32];
        for (byte, pair) in key.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = pair.iter().fold(0, |byte, digit| byte << 4 | digit);
        }
        Some(Self::Derived(key))
    }

    /// Returns a digest that differs where the key does and does not tell it: for what verdicts are kept by.
    #[must_use]
    pub fn digest(&self) -> String {
        match self {
            Self::Secret(key) => digest::of_parts([("secret", key.as_slice())]),
            Self::Derived(key) => digest::of_parts([("derived", key.as_slice())]),
        }
    }

    /// Returns the key of a suite. Equal files and an equal secret give an equal key.
    pub(super) fn of_suite(&self, suite: &Suite) -> [u8; 32] {
        match self {
            Self::Secret(secret) => {
                let tested = suite.split.as_ref().map_or_else(String::new, |split| of_files(&split.files));
                keyed(secret, digest::of_json(&(of_files(&suite.files), tested)).as_bytes())
            }
            Self::Derived(key) => *key,
        }
    }
}

impl fmt::Debug for CanaryKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CanaryKey")
    }
}

/// Returns the HMAC-SHA256 of a text.
pub(super) fn keyed(key: &[u8; 32], text: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

// The order of the files is whoever's gathered them.
fn of_files(files: &[SourceFile]) -> String {
    let mut parts: Vec<(&str, &[u8])> = files.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect();
    parts.sort_unstable();
    digest::of_parts(parts)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use pact_model::suite::FileRole;

    use super::*;

    fn suite(files: &[(&str, &str)]) -> Suite {
        let file = |(path, text): &(&str, &str)| SourceFile {
            path: (*path).to_owned(),
            bytes: text.as_bytes().to_vec(),
            role: FileRole::Test,
        };
        Suite { files: Arc::new(files.iter().map(file).collect()), ..Suite::default() }
    }

    #[test]
    fn a_key_follows_from_the_secret_and_the_files_in_whatever_order() {
        let key = |secret, files: &[(&str, &str)]| CanaryKey::Secret([secret; 32]).of_suite(&suite(files));
        let one = key(1, &[("a", "x"), ("b", "y")]);
        assert_eq!(one, key(1, &[("b", "y"), ("a", "x")]));
        assert_ne!(one, key(2, &[("a", "x"), ("b", "y")]));
        assert_ne!(one, key(1, &[("a", "x"), ("b", "z")]));
    }

    #[test]
    fn it_is_the_hmac_of_rfc_4231() {
        // Test case 2 has a shorter key; padding with zeros is what HMAC does with one.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let mac: String =
            keyed(&key, b"what do ya want for nothing?").iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(mac, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn a_key_that_a_verdict_keeps_is_read_back_and_nothing_else_is_one() {
        let text = "0a".repeat(31) + "ff";
        let mut expected = [10; 32];
        expected[31] = 255;
        assert_eq!(CanaryKey::of_verdict(&text), Some(CanaryKey::Derived(expected)));
        let bad = ["", "0a", &"0g".repeat(32), &"é".repeat(32), &"0".repeat(65)];
        assert!(bad.iter().all(|bad| CanaryKey::of_verdict(bad).is_none()));
    }

    #[test]
    fn a_key_is_never_shown() {
        assert_eq!(format!("{:?}", CanaryKey::Secret([7; 32])), "CanaryKey");
    }
}
