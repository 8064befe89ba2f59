//! Which definitions tests reference themselves, and which are only used by what they reference.

use std::collections::{HashMap, HashSet};

use pact_sdk::assessor::{Facts, FileFacts};

use crate::names::{Id, Names, is_test};

/// What tests get at.
pub(crate) struct Reach<'f> {
    /// Named by a test.
    pub(crate) direct: HashSet<Id>,
    /// Used, over any number of steps, by what a test names.
    pub(crate) indirect: HashSet<Id>,
    /// Modules that a test imports or takes something from.
    pub(crate) imported: HashSet<&'f str>,
}

impl<'f> Reach<'f> {
    pub(crate) fn of(facts: &'f Facts, names: &Names<'f>) -> Self {
        let mut reach = Self { direct: HashSet::new(), indirect: HashSet::new(), imported: HashSet::new() };
        for test in facts.files.iter().filter(|file| is_test(file)) {
            reach.direct.extend(test.references.iter().filter_map(|reference| names.find(&reference.target)));
            for import in &test.imports {
                reach.imported.insert(&import.module);
                if import.name.is_some() && import.alias.is_none() {
                    // Which names of a star import the test uses cannot be seen, so none of them is called a gap.
                    reach.direct.extend(names.all_of(&import.module));
                }
            }
        }
        reach.follow(facts, names);
        reach
    }

    fn follow(&mut self, facts: &'f Facts, names: &Names<'f>) {
        let uses = Uses::of(facts, names);
        let mut loaded: HashSet<&str> = HashSet::new();
        let mut open: Vec<Id> = self.direct.iter().copied().collect();
        let mut modules: Vec<&str> = self.imported.iter().copied().collect();
        loop {
            if let Some(module) = modules.pop() {
                if loaded.insert(module) {
                    for used in uses.of_modules.get(module).into_iter().flatten() {
                        self.visit(*used, &mut open);
                    }
                }
            } else if let Some(id) = open.pop() {
                modules.push(&names.definitions[id].file.module);
                for used in uses.of_definitions.get(&id).into_iter().flatten() {
                    self.visit(*used, &mut open);
                }
            } else {
                return;
            }
        }
    }

    fn visit(&mut self, id: Id, open: &mut Vec<Id>) {
        if !self.direct.contains(&id) && self.indirect.insert(id) {
            open.push(id);
        }
    }
}

/// What sources use of each other.
struct Uses<'f> {
    of_definitions: HashMap<Id, Vec<Id>>,
    /// At the top level: as soon as the module is imported.
    of_modules: HashMap<&'f str, Vec<Id>>,
}

impl<'f> Uses<'f> {
    fn of(facts: &'f Facts, names: &Names<'f>) -> Self {
        let mut uses = Self { of_definitions: HashMap::new(), of_modules: HashMap::new() };
        for file in facts.files.iter().filter(|file| !is_test(file)) {
            uses.add(file, names);
        }
        uses
    }

    fn add(&mut self, file: &'f FileFacts, names: &Names<'f>) {
        for reference in &file.references {
            let Some(target) = names.find(&reference.target) else { continue };
            match reference.within.as_deref().and_then(|within| names.find(within)) {
                Some(user) => self.of_definitions.entry(user).or_default().push(target),
                None => self.of_modules.entry(&file.module).or_default().push(target),
            }
        }
    }
}
