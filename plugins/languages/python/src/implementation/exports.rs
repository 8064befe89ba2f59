//! What a module binds at its top level, followed through imports between the files of one component.

use std::collections::HashMap;

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{Expr, Stmt, StmtClassDef, StmtFunctionDef, StmtImportFrom};

use crate::interface::Interface;
use crate::layout::types_module;
use crate::source::bindings::{Bindings, imported_module};
use crate::source::namespace::{Meaning, Namespace};
use crate::source::{Place, Source, module_name, package_of};

/// The parsed modules of a component by name.
pub(super) struct Modules<'s> {
    modules: HashMap<String, Module<'s>>,
    /// Rendered modules of types, which are not among the files, and the names that each of them has.
    rendered: HashMap<String, Vec<String>>,
}

struct Module<'s> {
    source: &'s Source<'s>,
    package: String,
    names: Namespace<'s>,
    stars: Vec<&'s StmtImportFrom>,
}

/// What a name of a module stands for.
pub(super) enum Export<'s> {
    Function(&'s StmtFunctionDef, Place),
    Class(&'s StmtClassDef, Place),
    /// Assigned; the expression when it was a plain assignment.
    Assigned(Option<&'s Expr>, Place),
    /// Imported from a module that is not among the files: its dotted name.
    Foreign(String, Place),
    /// Perhaps imported by `*` from a module that is not among the files.
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
            let name = module_name(source.path(), &roots);
            let package = package_of(source.path(), &name);
            let mut stars = Stars { found: Vec::new() };
            stars.visit_body(source.body());
            (name, Module { source, package, names: Namespace::of(source.body()), stars: stars.found })
        });
        let own = interface.type_names().into_iter().map(str::to_owned).collect();
        let mut rendered = HashMap::from([(types_module(&interface.component), own)]);
        rendered.extend(interface.imported.iter().map(|(owner, names)| (types_module(owner), names.clone())));
        Self { modules: modules.collect(), rendered }
    }

    pub(super) fn has(&self, module: &str) -> bool {
        self.modules.contains_key(module)
    }

    /// Returns what a module offers under a name.
    pub(super) fn export(&self, module: &str, name: &str) -> Export<'s> {
        self.follow(module, name, 0)
    }

    /// Returns a name of the module that may have been meant.
    pub(super) fn similar(&self, module: &str, name: &str) -> Option<&'s str> {
        let plain = |name: &str| name.replace('_', "").to_ascii_lowercase();
        let wanted = plain(name);
        let module = self.modules.get(module)?;
        module.names.members().map(|member| member.name).find(|found| plain(found) == wanted)
    }

    fn follow(&self, module_name: &str, name: &str, hops: u32) -> Export<'s> {
        let Some(module) = self.modules.get(module_name) else { return Export::Missing };
        let source = module.source;
        match module.names.get(name).map(|member| member.meaning) {
            Some(Meaning::Function(definition)) => Export::Function(definition, source.place(&definition.name)),
            Some(Meaning::Class(definition)) => Export::Class(definition, source.place(&definition.name)),
            Some(Meaning::Bound(range, Some(Expr::Name(other)))) if other.id.as_str() != name && hops < MAX_HOPS => {
                // `alias = function`: what counts is the function, seen from here.
                match self.follow(module_name, other.id.as_str(), hops + 1) {
                    Export::Missing => Export::Assigned(None, source.place(&range)),
                    found => found,
                }
            }
            Some(Meaning::Bound(range, value)) => {
                let place = source.place(&range);
                let imported = value.is_none().then(|| imported_name(module, name)).flatten();
                match imported {
                    Some(origin) => self.follow_import(&origin, place, hops),
                    None => Export::Assigned(value, place),
                }
            }
            None => self.follow_stars(module, name, hops),
        }
    }

    fn follow_import(&self, origin: &str, place: Place, hops: u32) -> Export<'s> {
        if let Some((module, name)) = origin.rsplit_once('.')
            && self.has(module)
            && hops < MAX_HOPS
        {
            return self.follow(module, name, hops + 1);
        }
        Export::Foreign(origin.to_owned(), place)
    }

    fn follow_stars(&self, module: &Module<'s>, name: &str, hops: u32) -> Export<'s> {
        let mut unknown = Export::Missing;
        // The last import wins.
        for star in module.stars.iter().rev() {
            let origin = imported_module(star, &module.package);
            if let Some(names) = self.rendered.get(&origin) {
                if names.iter().any(|known| known == name) {
                    return Export::Foreign(format!("{origin}.{name}"), module.source.place(*star));
                }
            } else if !self.has(&origin) {
                unknown = Export::Unknown(module.source.place(*star), origin);
            } else if hops < MAX_HOPS {
                match self.follow(&origin, name, hops + 1) {
                    Export::Missing => {}
                    found => return found,
                }
            }
        }
        unknown
    }
}

fn imported_name(module: &Module<'_>, name: &str) -> Option<String> {
    Bindings::of(module.source.body(), &module.package).imported(name).map(str::to_owned)
}

/// Finds `from m import *`, which Python allows at the top level only.
struct Stars<'s> {
    found: Vec<&'s StmtImportFrom>,
}

impl<'s> Visitor<'s> for Stars<'s> {
    fn visit_stmt(&mut self, statement: &'s Stmt) {
        match statement {
            Stmt::ImportFrom(import) if import.names.iter().any(|alias| alias.name.as_str() == "*") => {
                self.found.push(import);
            }
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, _: &'s Expr) {}
}
