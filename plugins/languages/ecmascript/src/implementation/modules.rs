//! What a module exports, followed through imports between the files of one component.

use std::collections::HashMap;

use oxc_ast::ast::{Class, Expression};
use oxc_span::Span;

use crate::interface::Interface;
use crate::layout::types_module;
use crate::source::exports::{Exports, Value};
use crate::source::names::untyped;
use crate::source::{Place, Source, imported_module, module_name};

/// The parsed modules of a component by name.
pub(super) struct Modules<'s> {
    by_name: HashMap<String, Module<'s>>,
    /// Rendered modules of types, which are not among the files, and the names that each of them has.
    rendered: HashMap<String, Vec<String>>,
    roots: [String; 1],
}

struct Module<'s> {
    source: &'s Source<'s>,
    exports: Exports<'s>,
}

/// What an exported name stands for.
pub(super) enum Export<'s> {
    Class(&'s Class<'s>, Place),
    /// A function or another value; nothing where that cannot be read.
    Value(Option<Value<'s>>, Place),
    /// Imported from a module that is not among the files: which, and what of it.
    Foreign(String, String, Place),
    /// Perhaps exported by `*` from a module that is not among the files.
    Unknown(Place, String),
    Missing,
}

/// Modules may import in circles.
const MAX_HOPS: u32 = 16;

impl<'s> Modules<'s> {
    /// Names the files by where they lie under the source folder.
    pub(super) fn new(sources: &'s [Source<'s>], source_folder: &str, interface: &Interface) -> Self {
        let roots = [source_folder.to_owned()];
        let modules = sources.iter().map(|source| {
            let exports = Exports::of(source.body());
            (module_name(source.path(), &roots), Module { source, exports })
        });
        let own = interface.type_names().into_iter().map(str::to_owned).collect();
        let mut rendered = HashMap::from([(types_module(&interface.component), own)]);
        rendered.extend(interface.imported.iter().map(|(owner, names)| (types_module(owner), names.clone())));
        Self { by_name: modules.collect(), rendered, roots }
    }

    pub(super) fn has(&self, module: &str) -> bool {
        self.by_name.contains_key(module)
    }

    /// Returns what a module offers under a name.
    pub(super) fn export(&self, module: &str, name: &str) -> Export<'s> {
        self.follow(module, name, 0)
    }

    /// Returns what a name means inside of a module, exported or not.
    pub(super) fn local(&self, source: &Source<'s>, name: &str) -> Export<'s> {
        let name_of_module = module_name(source.path(), &self.roots);
        let Some(module) = self.by_name.get(&name_of_module) else { return Export::Missing };
        match module.exports.local(name) {
            Some((value, span)) => self.meaning(module, value, span, 0),
            None => Export::Missing,
        }
    }

    /// Returns the file of a module.
    pub(super) fn source(&self, place: &Place) -> Option<&'s Source<'s>> {
        self.by_name.values().map(|module| module.source).find(|source| source.path() == place.path)
    }

    /// Returns a name of the module that may have been meant.
    pub(super) fn similar(&self, module: &str, name: &str) -> Option<&'s str> {
        let plain = |name: &str| name.replace('_', "").to_ascii_lowercase();
        let wanted = plain(name);
        self.by_name.get(module)?.exports.names().find(|found| plain(found) == wanted)
    }

    fn follow(&self, module_name: &str, name: &str, hops: u32) -> Export<'s> {
        let Some(module) = self.by_name.get(module_name).filter(|_| hops < MAX_HOPS) else { return Export::Missing };
        match module.exports.find(name) {
            Some((value, span)) => self.meaning(module, value, span, hops),
            None => self.follow_stars(module, name, hops),
        }
    }

    fn meaning(&self, module: &Module<'s>, value: Value<'s>, span: Span, hops: u32) -> Export<'s> {
        let place = module.source.place(&span);
        match value {
            Value::Class(class) => Export::Class(class, place),
            Value::Imported(specifier, theirs) => {
                let origin = imported_module(specifier, module.source.path(), &self.roots);
                if self.has(&origin) {
                    return self.follow(&origin, theirs, hops + 1);
                }
                Export::Foreign(origin, theirs.to_owned(), place)
            }
            // `export const alias = original`: what counts is the original.
            Value::Expression(expression) if hops < MAX_HOPS => match untyped(expression) {
                Expression::Identifier(name) => match module.exports.local(name.name.as_str()) {
                    Some((value, _)) => self.meaning(module, value, span, hops + 1),
                    None => Export::Value(None, place),
                },
                Expression::ClassExpression(class) => Export::Class(class, place),
                _ => Export::Value(Some(value), place),
            },
            Value::Unknown => Export::Value(None, place),
            value => Export::Value(Some(value), place),
        }
    }

    fn follow_stars(&self, module: &Module<'s>, name: &str, hops: u32) -> Export<'s> {
        let mut unknown = Export::Missing;
        for (specifier, span) in module.exports.stars() {
            let origin = imported_module(specifier, module.source.path(), &self.roots);
            let place = module.source.place(span);
            if let Some(names) = self.rendered.get(&origin) {
                if names.iter().any(|known| known == name) {
                    return Export::Foreign(origin, name.to_owned(), place);
                }
            } else if !self.has(&origin) {
                unknown = Export::Unknown(place, origin);
            } else {
                match self.follow(&origin, name, hops + 1) {
                    Export::Missing => {}
                    found => return found,
                }
            }
        }
        unknown
    }
}
