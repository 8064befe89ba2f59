//! What assessors ask for: symbols, imports, and where imported or top-level names are used. Facts only, no judgement.

use std::collections::HashSet;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use crate::source::bindings::{Bindings, imported_module};
use crate::source::{Place, Source, SyntaxError, module_name, package_of};

/// The facts of several files.
#[derive(Debug, Default)]
pub struct Facts {
    /// The files that parse, in the order in which they came.
    pub files: Vec<FileFacts>,
    /// The others.
    pub unparsed: Vec<SyntaxError>,
}

/// The facts of one file.
#[derive(Debug)]
pub struct FileFacts {
    /// As the caller named it.
    pub path: String,
    /// The name under which the import path finds it.
    pub module: String,
    /// Does it hold tests?
    pub is_test: bool,
    /// What it defines.
    pub symbols: Vec<Symbol>,
    /// What it imports.
    pub imports: Vec<Import>,
    /// What it uses.
    pub references: Vec<Reference>,
}

/// What a symbol is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum SymbolKind {
    Function,
    Class,
    Method,
    Constant,
}

/// Something that is defined.
#[derive(Debug, PartialEq, Eq)]
pub struct Symbol {
    /// With module and classes.
    pub qualified_name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// No part of its name after the module begins with `_`; special methods are public.
    pub is_public: bool,
    /// Where its name stands.
    pub place: Place,
    /// Where it ends.
    pub last_line: u32,
}

/// An import.
#[derive(Debug, PartialEq, Eq)]
pub struct Import {
    /// Where.
    pub place: Place,
    /// From which module, absolute.
    pub module: String,
    /// What of it; absent for the module itself.
    pub name: Option<String>,
    /// What it is called here.
    pub alias: Option<String>,
    /// Not at the top level.
    pub is_nested: bool,
}

/// How something is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ReferenceKind {
    Call,
    Read,
}

/// A use.
#[derive(Debug, PartialEq, Eq)]
pub struct Reference {
    /// The dotted name, followed through the imports.
    pub target: String,
    /// How.
    pub kind: ReferenceKind,
    /// Where.
    pub place: Place,
    /// In which function.
    pub within: Option<String>,
}

/// Extracts the facts of sources and tests: path and text each.
pub fn extract(sources: &[(String, String)], tests: &[(String, String)], import_paths: &[String]) -> Facts {
    let mut facts = Facts::default();
    let sources = sources.iter().map(|file| (file, false));
    for ((path, text), is_test) in sources.chain(tests.iter().map(|file| (file, true))) {
        match Source::parse(path, text) {
            Ok(source) => facts.files.push(of_file(&source, is_test, import_paths)),
            Err(errors) => facts.unparsed.extend(errors),
        }
    }
    facts
}

fn of_file(source: &Source<'_>, is_test: bool, import_paths: &[String]) -> FileFacts {
    let module = module_name(source.path(), import_paths);
    let package = package_of(source.path(), &module);
    let bindings = Bindings::of(source.body(), &package);
    let mut finder = Finder {
        source,
        package: &package,
        bindings: &bindings,
        module: &module,
        own: own_names(source.body()),
        scopes: Vec::new(),
        blocks: 0,
        symbols: Vec::new(),
        imports: Vec::new(),
        references: Vec::new(),
    };
    finder.visit_body(source.body());
    let Finder { symbols, imports, references, .. } = finder;
    FileFacts { path: source.path().to_owned(), module, is_test, symbols, imports, references }
}

/// The functions, classes and constants of the top level.
fn own_names(body: &[Stmt]) -> HashSet<&str> {
    let names = body.iter().filter_map(|statement| match statement {
        Stmt::FunctionDef(function) => Some(function.name.as_str()),
        Stmt::ClassDef(class) => Some(class.name.as_str()),
        _ => assigned_name(statement).map(|(name, _)| name),
    });
    names.collect()
}

fn assigned_name(statement: &Stmt) -> Option<(&str, &Expr)> {
    let target = match statement {
        Stmt::Assign(assign) => match assign.targets.as_slice() {
            [target] => target,
            _ => return None,
        },
        Stmt::AnnAssign(assign) if assign.value.is_some() => &assign.target,
        _ => return None,
    };
    match target {
        Expr::Name(name) => Some((name.id.as_str(), target)),
        _ => None,
    }
}

enum Scope<'s> {
    Class(&'s str),
    Function(&'s str),
}

struct Finder<'s> {
    source: &'s Source<'s>,
    package: &'s str,
    bindings: &'s Bindings<'s>,
    module: &'s str,
    own: HashSet<&'s str>,
    scopes: Vec<Scope<'s>>,
    /// How many conditions, loops and the like are round the place.
    blocks: u32,
    symbols: Vec<Symbol>,
    imports: Vec<Import>,
    references: Vec<Reference>,
}

impl<'s> Visitor<'s> for Finder<'s> {
    fn visit_stmt(&mut self, statement: &'s Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                let kind = if matches!(self.scopes.last(), Some(Scope::Class(_))) {
                    SymbolKind::Method
                } else {
                    SymbolKind::Function
                };
                // A function inside a function is nobody else's business.
                if !self.is_in_function() {
                    self.add_symbol(function.name.as_str(), kind, &function.name, statement);
                }
                // Decorators, defaults and annotations are evaluated outside the function.
                function.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
                self.visit_parameters(&function.parameters);
                if let Some(returns) = &function.returns {
                    self.visit_annotation(returns);
                }
                self.scopes.push(Scope::Function(function.name.as_str()));
                self.visit_body(&function.body);
                self.scopes.pop();
            }
            Stmt::ClassDef(class) => {
                if !self.is_in_function() {
                    self.add_symbol(class.name.as_str(), SymbolKind::Class, &class.name, statement);
                }
                class.decorator_list.iter().for_each(|decorator| self.visit_decorator(decorator));
                if let Some(arguments) = &class.arguments {
                    self.visit_arguments(arguments);
                }
                self.scopes.push(Scope::Class(class.name.as_str()));
                self.visit_body(&class.body);
                self.scopes.pop();
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
                    self.add_import(alias, alias.name.to_string(), None, Some(name));
                }
            }
            Stmt::ImportFrom(import) => {
                let module = imported_module(import, self.package);
                for alias in &import.names {
                    let called = alias.asname.as_ref().unwrap_or(&alias.name).to_string();
                    let called = Some(called).filter(|name| name != "*");
                    self.add_import(alias, module.clone(), Some(alias.name.to_string()), called);
                }
            }
            Stmt::If(_) | Stmt::For(_) | Stmt::While(_) | Stmt::Try(_) | Stmt::With(_) | Stmt::Match(_) => {
                self.blocks += 1;
                walk_stmt(self, statement);
                self.blocks -= 1;
            }
            _ => {
                if self.scopes.is_empty()
                    && let Some((name, target)) = assigned_name(statement)
                {
                    self.add_symbol(name, SymbolKind::Constant, target, statement);
                }
                walk_stmt(self, statement);
            }
        }
    }

    fn visit_expr(&mut self, expression: &'s Expr) {
        match expression {
            // What the call's function is made of has been told with it.
            Expr::Call(call) if self.add_reference(&call.func, ReferenceKind::Call) => {
                self.visit_arguments(&call.arguments);
            }
            Expr::Name(_) | Expr::Attribute(_) if self.add_reference(expression, ReferenceKind::Read) => {}
            _ => walk_expr(self, expression),
        }
    }
}

impl Finder<'_> {
    fn add_symbol(&mut self, name: &str, kind: SymbolKind, named: &impl Ranged, whole: &impl Ranged) {
        let scopes = self.scopes.iter().map(|scope| match scope {
            Scope::Class(name) | Scope::Function(name) => *name,
        });
        let path: Vec<&str> = scopes.chain(std::iter::once(name)).collect();
        self.symbols.push(Symbol {
            qualified_name: format!("{}.{}", self.module, path.join(".")),
            kind,
            is_public: path.iter().all(|part| is_public(part)),
            place: self.source.place(named),
            last_line: self.source.last_line(whole),
        });
    }

    fn add_import(&mut self, at: &impl Ranged, module: String, name: Option<String>, alias: Option<String>) {
        let is_nested = self.blocks > 0 || !self.scopes.is_empty();
        self.imports.push(Import { place: self.source.place(at), module, name, alias, is_nested });
    }

    /// Returns whether the expression means something that was imported or is defined at the top level.
    fn add_reference(&mut self, expression: &Expr, kind: ReferenceKind) -> bool {
        if is_stored(expression) {
            return false;
        }
        let Some(target) = self.bindings.resolve(expression).or_else(|| self.own_target(expression)) else {
            return false;
        };
        let place = self.source.place(expression);
        let within = self.within();
        self.references.push(Reference { target, kind, place, within });
        true
    }

    fn own_target(&self, expression: &Expr) -> Option<String> {
        match expression {
            Expr::Name(name) if self.own.contains(name.id.as_str()) => Some(format!("{}.{}", self.module, name.id)),
            Expr::Attribute(attribute) => Some(format!("{}.{}", self.own_target(&attribute.value)?, attribute.attr)),
            _ => None,
        }
    }

    /// The innermost function, with what is round it.
    fn within(&self) -> Option<String> {
        let end = self.scopes.iter().rposition(|scope| matches!(scope, Scope::Function(_)))?;
        let names = self.scopes.iter().take(end + 1).map(|scope| match scope {
            Scope::Class(name) | Scope::Function(name) => *name,
        });
        Some(format!("{}.{}", self.module, names.collect::<Vec<_>>().join(".")))
    }

    fn is_in_function(&self) -> bool {
        self.scopes.iter().any(|scope| matches!(scope, Scope::Function(_)))
    }
}

fn is_stored(expression: &Expr) -> bool {
    match expression {
        Expr::Name(name) => !name.ctx.is_load(),
        Expr::Attribute(attribute) => !attribute.ctx.is_load(),
        _ => false,
    }
}

fn is_public(name: &str) -> bool {
    !name.starts_with('_') || (name.starts_with("__") && name.ends_with("__"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extracted(source: &str, test: &str) -> Facts {
        let file = |path: &str, text: &str| [(path.to_owned(), text.to_owned())];
        extract(&file("src/bank/bank.py", source), &file("tests/bank/contract_test.py", test), &["src/bank".to_owned()])
    }

    #[test]
    fn names_symbols_with_their_module_and_visibility() {
        let text = "LIMIT = 3\ndef deposit():\n    def inner(): pass\nclass Account:\n    def close(self): pass\n    def _x(self): pass\n";
        let facts = extracted(text, "");
        let symbols: Vec<_> = facts.files[0]
            .symbols
            .iter()
            .map(|symbol| {
                (symbol.qualified_name.as_str(), symbol.kind, symbol.is_public, symbol.place.line, symbol.last_line)
            })
            .collect();
        assert_eq!(
            symbols,
            [
                ("bank.LIMIT", SymbolKind::Constant, true, 1, 1),
                ("bank.deposit", SymbolKind::Function, true, 2, 3),
                ("bank.Account", SymbolKind::Class, true, 4, 6),
                ("bank.Account.close", SymbolKind::Method, true, 5, 5),
                ("bank.Account._x", SymbolKind::Method, false, 6, 6),
            ]
        );
    }

    #[test]
    fn follows_references_of_a_test_through_its_imports() {
        let test = "import bank as b\nfrom bank import deposit as d\nclass TestA:\n    def test_x(self):\n        d(1)\n        \
                    assert b.LIMIT\n        b.Account().close()\n";
        let facts = extracted("", test);
        let references: Vec<_> = facts.files[1]
            .references
            .iter()
            .map(|found| (found.target.as_str(), found.kind, found.place.line, found.within.as_deref()))
            .collect();
        let within = Some("tests.bank.contract_test.TestA.test_x");
        assert_eq!(
            references,
            [
                ("bank.deposit", ReferenceKind::Call, 5, within),
                ("bank.LIMIT", ReferenceKind::Read, 6, within),
                ("bank.Account", ReferenceKind::Call, 7, within),
            ]
        );
        assert!(facts.files[1].is_test);
    }

    #[test]
    fn sees_calls_inside_the_file_and_writes_are_no_references() {
        let facts = extracted("def a(): return b()\ndef b(): return 1\nc = a\nc = 2\n", "");
        let references: Vec<_> =
            facts.files[0].references.iter().map(|found| (found.target.as_str(), found.place.line)).collect();
        assert_eq!(references, [("bank.b", 1), ("bank.a", 3)]);
    }

    #[test]
    fn names_what_is_imported_and_from_where() {
        let facts = extracted(
            "import os.path\nfrom json import dumps as d\ntry:\n    from x import *\nexcept ImportError: pass\n",
            "",
        );
        let imports: Vec<_> = facts.files[0]
            .imports
            .iter()
            .map(|import| (import.module.as_str(), import.name.as_deref(), import.alias.as_deref(), import.is_nested))
            .collect();
        assert_eq!(
            imports,
            [
                ("os.path", None, Some("os.path"), false),
                ("json", Some("dumps"), Some("d"), false),
                ("x", Some("*"), None, true)
            ]
        );
    }

    #[test]
    fn a_file_that_does_not_parse_is_listed() {
        let facts = extracted("def (", "def test_a(): pass\n");
        assert_eq!(facts.files.len(), 1);
        assert_eq!(facts.unparsed[0].place.path, "src/bank/bank.py");
    }
}
