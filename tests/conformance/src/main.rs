//! The repository keeps its own rules. Each file is one question.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test of the repository reads the repository and asks cargo; what fails here fails the test"
)]

mod arrows;
mod engine_features;
mod guest_paths;
mod lints;
mod phases;
mod schema_words;
mod worlds;

use std::path::PathBuf;

/// Returns the root of the repository.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
