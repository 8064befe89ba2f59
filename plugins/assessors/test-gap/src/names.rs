//! What a dotted name means: the function or class behind it, through imports that hand it on.

use std::collections::HashMap;

use pact_sdk::assessor::{Facts, FileFacts, Symbol};

/// Names that are handed on through more modules than this are given up. Cycles end here too.
const MAX_STEPS: u32 = 16;

/// An index into [`Names::definitions`].
pub(crate) type Id = usize;

/// Something that is defined at the top level of a source.
pub(crate) struct Definition<'f> {
    pub(crate) symbol: &'f Symbol,
    pub(crate) file: &'f FileFacts,
}

/// The names of all sources.
pub(crate) struct Names<'f> {
    pub(crate) definitions: Vec<Definition<'f>>,
    by_name: HashMap<&'f str, Id>,
    /// What a module calls something that it imports, for example `shop.deposit`, to what that is: `bank.deposit`.
    aliases: HashMap<String, String>,
    /// Modules from which a module imports everything.
    stars: HashMap<&'f str, Vec<&'f str>>,
}

impl<'f> Names<'f> {
    pub(crate) fn of(facts: &'f Facts) -> Self {
        let mut names =
            Self { definitions: Vec::new(), by_name: HashMap::new(), aliases: HashMap::new(), stars: HashMap::new() };
        for file in facts.files.iter().filter(|file| !is_test(file)) {
            names.add(file);
        }
        names
    }

    fn add(&mut self, file: &'f FileFacts) {
        for symbol in file.symbols.iter().filter(|symbol| is_top_level(symbol, file)) {
            // A second definition is another branch or an overload of the first.
            if !self.by_name.contains_key(symbol.qualified_name.as_str()) {
                self.by_name.insert(&symbol.qualified_name, self.definitions.len());
                self.definitions.push(Definition { symbol, file });
            }
        }
        for import in &file.imports {
            match (&import.name, &import.alias) {
                (Some(name), Some(alias)) => {
                    self.aliases.insert(join(&file.module, alias), join(&import.module, name));
                }
                (None, Some(alias)) => {
                    self.aliases.insert(join(&file.module, alias), import.module.clone());
                }
                (_, None) => self.stars.entry(&file.module).or_default().push(&import.module),
            }
        }
    }

    /// Returns what a name means, or what it is a part of: a class for its method.
    pub(crate) fn find(&self, name: &str) -> Option<Id> {
        self.find_within(name, MAX_STEPS)
    }

    fn find_within(&self, name: &str, steps: u32) -> Option<Id> {
        let steps = steps.checked_sub(1)?;
        if let Some(id) = prefixes(name).find_map(|(prefix, _)| self.by_name.get(prefix)) {
            return Some(*id);
        }
        prefixes(name).find_map(|(prefix, rest)| {
            let alias = self.aliases.get(prefix).and_then(|target| self.find_within(&join(target, rest), steps));
            let stars = self.stars.get(prefix).filter(|_| !rest.is_empty()).into_iter().flatten();
            alias.or_else(|| stars.into_iter().find_map(|module| self.find_within(&join(module, rest), steps)))
        })
    }

    /// Returns all that a module's names can mean: what `from MODULE import *` may bring.
    pub(crate) fn all_of(&self, module: &str) -> Vec<Id> {
        let mut found = Vec::new();
        self.collect(module, MAX_STEPS, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    fn collect(&self, module: &str, steps: u32, found: &mut Vec<Id>) {
        let Some(steps) = steps.checked_sub(1) else { return };
        let own = |id: &Id| self.definitions[*id].file.module == module;
        found.extend((0..self.definitions.len()).filter(own));
        let below = |alias: &str| {
            alias.strip_prefix(module).and_then(|rest| rest.strip_prefix('.')).is_some_and(|name| !name.contains('.'))
        };
        found.extend(self.aliases.iter().filter(|(alias, _)| below(alias)).filter_map(|(_, target)| self.find(target)));
        for star in self.stars.get(module).into_iter().flatten() {
            self.collect(star, steps, found);
        }
    }
}

/// Does the file belong to the tests? What pytest's `conftest` files use is used by tests.
pub(crate) fn is_test(file: &FileFacts) -> bool {
    file.is_test || file.module.rsplit('.').next() == Some("conftest")
}

fn is_top_level(symbol: &Symbol, file: &FileFacts) -> bool {
    let below = symbol.qualified_name.strip_prefix(&file.module).and_then(|rest| rest.strip_prefix('.'));
    below.is_some_and(|name| !name.contains('.'))
}

fn join(module: &str, name: &str) -> String {
    if module.is_empty() || name.is_empty() { format!("{module}{name}") } else { format!("{module}.{name}") }
}

/// Returns `("a.b", "")`, then `("a", "b")`.
fn prefixes(name: &str) -> impl Iterator<Item = (&str, &str)> {
    let shorter = name.rmatch_indices('.').map(|(at, _)| (&name[..at], &name[at + 1..]));
    std::iter::once((name, "")).chain(shorter)
}
