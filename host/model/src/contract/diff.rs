//! What changed between two versions of a contract, and what that means to those who call it.
//!
//! The view is the caller's. *Compatible*: whoever kept to the old contract can go on. *Stricter*: less is accepted or more is
//! asked than before, so a caller may be refused. *Breaking*: a caller that is right today is wrong tomorrow. Words cannot be
//! judged: a description that changed is compatible, and the reader sees that it did.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ComponentContract, FieldSpec};

mod functions;
mod references;
mod specs;
mod uses;

use uses::Uses;

/// How much a change weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Callers can go on.
    Compatible,
    /// Less is accepted or more is asked than before.
    Stricter,
    /// A caller that was right is wrong.
    Breaking,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What it means to callers.
    pub weight: Weight,
    /// A JSON pointer: into the old contract for what is gone, else into the new one.
    pub pointer: String,
    /// What changed. May quote both contracts, escaped.
    pub message: String,
}

/// All changes between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// In the order of the contract.
    pub changes: Vec<Change>,
    /// The version that the new contract must have.
    pub required_version: u32,
    /// Whether it has that version, or a later one.
    pub is_bumped: bool,
}

impl Difference {
    /// Returns the weight of the heaviest change; none where nothing changed.
    #[must_use]
    pub fn weight(&self) -> Option<Weight> {
        self.changes.iter().map(|change| change.weight).max()
    }
}

/// Compares two versions of a contract.
///
/// Any change asks for a new version: versions count contents, so that tests and certificates can name the one that they are
/// about.
#[must_use]
pub fn diff(old: &ComponentContract, new: &ComponentContract) -> Difference {
    let mut found = Changes::default();
    found.contract(old, new);
    let required_version = required_version(old, new);
    if found.changes.is_empty() && required_version != old.version {
        found.add(Weight::Compatible, "", "the same things stand in another order, or stand there again");
    }
    Difference { changes: found.changes, required_version, is_bumped: new.version >= required_version }
}

/// Returns the version that a contract must have after another one: the same for the same content, else the next.
#[must_use]
pub fn required_version(old: &ComponentContract, new: &ComponentContract) -> u32 {
    let is_same = ComponentContract { version: old.version, ..new.clone() } == *old;
    if is_same { old.version } else { old.version.saturating_add(1) }
}

#[derive(Default)]
struct Changes {
    changes: Vec<Change>,
}

impl Changes {
    fn add(&mut self, weight: Weight, pointer: impl Into<String>, message: impl Into<String>) {
        self.changes.push(Change { weight, pointer: pointer.into(), message: message.into() });
    }

    fn contract(&mut self, old: &ComponentContract, new: &ComponentContract) {
        if old.component_id != new.component_id {
            let message = format!("the component is `{}` in place of `{}`", new.component_id, old.component_id);
            self.add(Weight::Breaking, "/component_id", message);
        }
        self.words("/name", &old.name, &new.name);
        self.words("/description", &old.description, &new.description);
        let uses = Uses::of(old).joined(Uses::of(new));
        self.types(old, new, &uses);
        self.functions("/functions", &old.functions, &new.functions, "function");
        self.promises("/invariants", "invariant", &old.invariants, &new.invariants);
        self.plain("/dependencies", "dependency", &old.dependencies, &new.dependencies);
        self.plain("/requires", "module", &old.requires, &new.requires);
        if old.keeps_state != new.keeps_state {
            let message =
                if new.keeps_state { "it remembers calls now" } else { "it does not remember calls any more" };
            self.add(Weight::Breaking, "/keeps_state", message);
        }
        for (field, old, new) in [
            ("reads", &old.data_access.reads, &new.data_access.reads),
            ("writes", &old.data_access.writes, &new.data_access.writes),
        ] {
            self.claims(&format!("/data_access/{field}"), "tier", old, new);
        }
        if old.data_access.side_effects != new.data_access.side_effects {
            self.add(Weight::Stricter, "/data_access/side_effects", "the effects on data changed");
        }
        self.claims("/authority/domains", "domain", &old.authority.domains, &new.authority.domains);
        self.words("/data_access/rationale", &old.data_access.rationale, &new.data_access.rationale);
        let rationale = |contract: &ComponentContract| contract.authority.rationale.clone().unwrap_or_default();
        self.words("/authority/rationale", &rationale(old), &rationale(new));
        self.words("/processing_register", &old.processing_register, &new.processing_register);
        if old.dependency_contracts != new.dependency_contracts {
            self.add(Weight::Compatible, "/dependency_contracts", "the functions of dependencies changed");
        }
        let extras = [
            ("", old.extra != new.extra),
            ("/data_access", old.data_access.extra != new.data_access.extra),
            ("/authority", old.authority.extra != new.authority.extra),
        ];
        for (pointer, _) in extras.into_iter().filter(|(_, differs)| *differs) {
            self.add(Weight::Compatible, pointer, "fields changed that this version does not know");
        }
    }

    fn words(&mut self, pointer: &str, old: &str, new: &str) {
        if old != new {
            self.add(Weight::Compatible, pointer, "the words changed");
        }
    }

    // What holds afterwards or always: more is a present, less is a promise that is broken.
    fn promises(&mut self, pointer: &str, what: &str, old: &[String], new: &[String]) {
        self.lists(pointer, what, (old, new), (Weight::Compatible, Weight::Breaking));
    }

    // What the component takes for itself: more has to be allowed by somebody.
    fn claims(&mut self, pointer: &str, what: &str, old: &[String], new: &[String]) {
        self.lists(pointer, what, (old, new), (Weight::Stricter, Weight::Compatible));
    }

    fn plain(&mut self, pointer: &str, what: &str, old: &[String], new: &[String]) {
        self.lists(pointer, what, (old, new), (Weight::Compatible, Weight::Compatible));
    }

    // `weights` are those of what came and of what went.
    fn lists(&mut self, pointer: &str, what: &str, texts: (&[String], &[String]), weights: (Weight, Weight)) {
        let (old, new) = texts;
        for (index, text) in old.iter().enumerate().filter(|(_, text)| !new.contains(text)) {
            self.add(weights.1, format!("{pointer}/{index}"), format!("the {what} `{}` is gone", shown(text)));
        }
        for (index, text) in new.iter().enumerate().filter(|(_, text)| !old.contains(text)) {
            self.add(weights.0, format!("{pointer}/{index}"), format!("the {what} `{}` is new", shown(text)));
        }
    }
}

fn shown(text: &str) -> String {
    text.chars().take(80).collect::<String>().escape_debug().to_string()
}

/// Things by name with their place, in order. Of several with one name, which is a fault of its own, each has its turn.
struct Named<'list, T>(Vec<(Key<'list>, usize, &'list T)>);

type Key<'list> = (&'list str, usize);

impl<'list, T> Named<'list, T> {
    fn new(list: &'list [T], name: impl Fn(&'list T) -> &'list str) -> Self {
        let mut turns: BTreeMap<&str, usize> = BTreeMap::new();
        let keyed = list.iter().enumerate().map(|(index, item)| {
            let turn = turns.entry(name(item)).or_default();
            *turn += 1;
            ((name(item), *turn), index, item)
        });
        Self(keyed.collect())
    }

    fn get(&self, key: Key<'_>) -> Option<(usize, &'list T)> {
        self.0.iter().find(|(other, _, _)| *other == key).map(|(_, index, item)| (*index, *item))
    }

    /// Those whose name is not among others, with their place.
    fn missing_in<'named>(&'named self, other: &'named Self) -> impl Iterator<Item = (&'list str, usize)> + 'named {
        self.0.iter().filter(|(key, _, _)| other.get(*key).is_none()).map(|(key, index, _)| (key.0, *index))
    }
}

impl<'list> Named<'list, FieldSpec> {
    fn fields(list: &'list [FieldSpec]) -> Self {
        Self::new(list, |field| &field.name)
    }
}

#[cfg(test)]
mod tests;
