//! What the source of the test files says. Asking is all that happens here; what follows from it is for the checks.

use std::collections::{BTreeMap, HashMap};

use pact_model::suite::{FileRole, SourceFile, TestListing};

use crate::ports::{LanguageBackend, PluginFault};

/// What the parser found in the suite's test files.
#[derive(Debug, Default)]
pub(in crate::judge) struct Declared {
    /// By path.
    pub(super) listings: HashMap<String, TestListing>,
    /// The files whose tests and marks nobody knows, and why: words that go after the path.
    pub(super) unread: BTreeMap<String, &'static str>,
}

/// Asks the backend for the tests of every test file.
pub(in crate::judge) async fn declared(
    backend: &dyn LanguageBackend,
    files: &[SourceFile],
) -> Result<Declared, PluginFault> {
    let mut declared = Declared::default();
    for file in files.iter().filter(|file| file.role == FileRole::Test) {
        // A language may allow other encodings, and then the framework runs what a backend cannot be given.
        if std::str::from_utf8(&file.bytes).is_err() {
            declared.unread.insert(file.path.clone(), "is not UTF-8");
            continue;
        }
        match backend.list_tests(&file.path, &file.bytes).await? {
            Some(listing) => {
                declared.listings.insert(file.path.clone(), listing);
            }
            None => {
                declared.unread.insert(file.path.clone(), "does not parse");
            }
        }
    }
    Ok(declared)
}
