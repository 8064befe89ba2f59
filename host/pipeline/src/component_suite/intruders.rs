//! Files beside an implementation that would decide about its judgement: what the runner reads as tests or settings, and
//! modules that hide a stand-in or the types.

use std::collections::BTreeMap;

use pact_model::component_id::ComponentId;

use crate::error::Error;
use crate::ports::{ContractBackend, FileNames};
use crate::test_files::TestFiles;

/// A file that must not lie where the code of a component lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intruder {
    /// The file, relative to the project's root. Untrusted.
    pub path: String,
    /// What is wrong with it, and what to do. Names the file; untrusted.
    pub reason: String,
}

/// The names at the top of a source folder that other modules of the suite have: by stem, the file that has it.
#[derive(Debug, Clone, Default)]
pub(crate) struct TakenNames(BTreeMap<String, String>);

impl TakenNames {
    /// Collects the names for a component whose files are `names` and that calls `others`, directly or not.
    ///
    /// # Errors
    /// [`Error`] when the backend fails.
    pub(crate) async fn of<'id>(
        names: &FileNames,
        others: impl IntoIterator<Item = &'id ComponentId>,
        backend: &dyn ContractBackend,
    ) -> Result<Self, Error> {
        let mut taken = Self::new(names);
        for other in others {
            taken.add(other, &backend.name_files(other).await?);
        }
        Ok(taken)
    }

    /// Begins with the component itself: its types are a module of their own.
    pub(crate) fn new(names: &FileNames) -> Self {
        let mut taken = Self::default();
        taken.take(&names.types);
        taken.take(&names.events);
        taken
    }

    /// Adds a component that is called.
    pub(crate) fn add(&mut self, other: &ComponentId, names: &FileNames) {
        self.take(&names.types);
        self.take(&names.stand_in);
        self.0.entry(other.as_str().to_lowercase()).or_insert_with(|| names.stand_in.clone());
    }

    fn take(&mut self, path: &str) {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.0.entry(stem(name)).or_insert_with(|| path.to_owned());
    }

    /// Returns the file that would be hidden by one with this path below the source folder.
    pub(crate) fn hidden_by(&self, inner: &str) -> Option<&str> {
        let top = inner.split('/').next().unwrap_or(inner);
        self.0.get(&stem(top)).map(String::as_str)
    }
}

/// Says why a file may not lie beside an implementation; none when it may. `inner` is its path below the source folder.
pub(crate) fn intrusion(path: &str, inner: &str, taken: &TakenNames, tests: &TestFiles) -> Option<String> {
    let shown = path.escape_debug();
    if tests.may_hold(path) {
        return Some(format!(
            "`{shown}` has a name that the test runner reads as tests or their settings, which have no place beside code; \
             choose another name"
        ));
    }
    let hidden = taken.hidden_by(inner)?;
    Some(format!("`{shown}` would hide `{hidden}`, which the tests need; choose another name"))
}

// The name of a module is what stands before the first dot: what follows says kind and machine.
fn stem(name: &str) -> String {
    name.split('.').next().unwrap_or(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_or_folder_of_a_taken_name_hides_it_whatever_its_ending() {
        let mut taken = TakenNames::default();
        taken.take("contracts/money/stand_in/money.x");
        for inner in ["money.x", "Money.x", "money/a.x", "money.b.c"] {
            assert_eq!(taken.hidden_by(inner), Some("contracts/money/stand_in/money.x"), "{inner}");
        }
        for inner in ["moneys.x", "sub/money.x", "my_money.x"] {
            assert_eq!(taken.hidden_by(inner), None, "{inner}");
        }
    }
}
