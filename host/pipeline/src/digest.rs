//! Digests: what "the same inputs" means.

use std::fmt::Write as _;

use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// Returns the SHA-256 of some bytes, in hexadecimal.
#[must_use]
pub fn of_bytes(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Returns the SHA-256 of a value's JSON.
///
/// The value's own field order counts, so it must come from types or sorted maps, never from a file as it stood.
#[must_use]
pub fn of_json<T: Serialize>(value: &T) -> String {
    of_bytes(&serde_json::to_vec(value).expect("values of the pipeline have text keys and no failing serializer"))
}

/// Returns the SHA-256 over named parts. Names and lengths are part of it, so no two lists of parts read the same.
#[must_use]
pub fn of_parts<'part>(parts: impl IntoIterator<Item = (&'part str, &'part [u8])>) -> String {
    let mut hasher = Sha256::new();
    for (name, bytes) in parts {
        hasher.update((name.len() as u64).to_le_bytes());
        hasher.update(name.as_bytes());
        hasher.update((bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    }
    hexadecimal(&hasher.finalize())
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes everything");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_cannot_be_shifted_into_each_other() {
        assert_ne!(of_parts([("a", b"bc".as_slice())]), of_parts([("ab", b"c".as_slice())]));
        assert_ne!(of_parts([("a", b"".as_slice()), ("b", b"")]), of_parts([("a", b"b".as_slice())]));
    }

    #[test]
    fn is_the_sha_256_of_the_bytes() {
        assert_eq!(of_bytes(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
