//! What was tested already and how it stood then, so that `--watch` runs only what has changed.

use std::collections::BTreeMap;

use pact_model::component_id::ComponentId;
use pact_model::decomposition::DecompositionNode;

use super::project::Tested;
use crate::ui::Ui;

/// What is known of the last runs.
#[derive(Default)]
pub(super) struct Known {
    /// By component, or under one name for a folder: the digest of everything that its judgement follows from.
    digests: BTreeMap<String, String>,
    tested: Vec<Tested>,
    /// Said before the next run, if there is one.
    announcement: Option<(Ui, String)>,
}

impl Known {
    /// Keeps a digest; returns whether it is another one than before.
    pub(super) fn is_new(&mut self, name: &str, digest: String) -> bool {
        let is_new = self.digests.insert(name.to_owned(), digest.clone()) != Some(digest);
        if is_new {
            self.say();
        }
        is_new
    }

    /// Has something said before the next run, if there is one.
    pub(super) fn announce(&mut self, ui: &Ui, words: String) {
        self.announcement = Some((ui.clone(), words));
    }

    /// Says it now.
    pub(super) fn say(&mut self) {
        if let Some((ui, words)) = self.announcement.take() {
            ui.say(&words);
        }
    }

    /// Forgets the digests: the next look finds everything new.
    pub(super) fn forget(&mut self) {
        self.digests.clear();
    }

    /// Keeps what came of a component, in place of what came of it before.
    pub(super) fn put(&mut self, tested: Tested) {
        self.tested.retain(|known| known.id != tested.id);
        self.tested.push(tested);
    }

    /// Returns what came of these components, in this order. What came of others is forgotten: they are gone.
    pub(super) fn of(&mut self, nodes: &[DecompositionNode]) -> &[Tested] {
        let place = |id: &ComponentId| nodes.iter().position(|node| &node.component_id == id);
        self.tested.retain(|tested| place(&tested.id).is_some());
        self.tested.sort_by_key(|tested| place(&tested.id));
        &self.tested
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_is_new_once_and_again_when_its_key_changes() {
        let mut known = Known::default();
        for (key, is_new) in [("1", true), ("1", false), ("2", true)] {
            assert_eq!(known.is_new("money", key.to_owned()), is_new);
        }
        assert!(known.is_new("rates", "2".to_owned()), "another component is another suite");
    }
}
