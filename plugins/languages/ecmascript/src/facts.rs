//! What assessors ask for: symbols, imports, and where imported or top-level names are used. Facts only, no judgement.

use oxc_allocator::Allocator;

use crate::source::{Place, Source, SyntaxError};

mod finder;

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
    /// The module exports it, or the class that it is in, and no part of its name begins with `_` or `#`.
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
    /// From which module; a relative one is followed.
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
        let allocator = Allocator::default();
        match Source::parse(&allocator, path, text) {
            Ok(source) => facts.files.push(finder::of_file(&source, is_test, import_paths)),
            Err(errors) => facts.unparsed.extend(errors),
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extracted(source: &str, test: &str) -> Facts {
        let file = |path: &str, text: &str| [(path.to_owned(), text.to_owned())];
        let tests = file("tests/bank/contract_test.test.ts", test);
        extract(&file("src/bank/bank.ts", source), &tests, &["src/bank".to_owned()])
    }

    #[test]
    fn names_symbols_with_their_module_and_visibility() {
        let text = "export const LIMIT = 3;\nexport function deposit() {\n  function inner() {}\n}\nexport class Account {\n  \
                    close() {}\n  #x() {}\n  constructor() {}\n}\nfunction helper() {}\nexport const add = (a) => a;\n";
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
                ("bank.deposit", SymbolKind::Function, true, 2, 4),
                ("bank.Account", SymbolKind::Class, true, 5, 9),
                ("bank.Account.close", SymbolKind::Method, true, 6, 6),
                ("bank.Account.#x", SymbolKind::Method, false, 7, 7),
                ("bank.Account.constructor", SymbolKind::Method, true, 8, 8),
                ("bank.helper", SymbolKind::Function, false, 10, 10),
                ("bank.add", SymbolKind::Function, true, 11, 11),
            ]
        );
    }

    #[test]
    fn what_is_exported_under_another_name_is_public() {
        let facts = extracted("function a() {}\nfunction b() {}\nexport { a as c };\nexport default class D {}\n", "");
        let public: Vec<_> =
            facts.files[0].symbols.iter().map(|symbol| (symbol.qualified_name.as_str(), symbol.is_public)).collect();
        assert_eq!(public, [("bank.a", true), ("bank.b", false), ("bank.D", true)]);
    }

    #[test]
    fn follows_references_of_a_test_through_its_imports() {
        let test = "import * as b from \"bank\";\nimport { deposit as d } from \"bank\";\nfunction helper() {\n  d(1);\n  \
                    return b.LIMIT;\n}\nconst open = () => new b.Account().close();\n";
        let facts = extracted("", test);
        let references: Vec<_> = facts.files[1]
            .references
            .iter()
            .map(|found| (found.target.as_str(), found.kind, found.place.line, found.within.as_deref()))
            .collect();
        let module = "tests/bank/contract_test.test";
        assert_eq!(
            references,
            [
                ("bank.deposit", ReferenceKind::Call, 4, Some(format!("{module}.helper").as_str())),
                ("bank.LIMIT", ReferenceKind::Read, 5, Some(format!("{module}.helper").as_str())),
                ("bank.Account", ReferenceKind::Call, 7, Some(format!("{module}.open").as_str())),
            ]
        );
        assert!(facts.files[1].is_test);
    }

    #[test]
    fn sees_calls_inside_the_file_and_writes_are_no_references() {
        let facts = extracted("function a() { return b(); }\nfunction b() { return 1; }\nlet c = a;\nc = 2;\n", "");
        let references: Vec<_> =
            facts.files[0].references.iter().map(|found| (found.target.as_str(), found.place.line)).collect();
        assert_eq!(references, [("bank.b", 1), ("bank.a", 3)]);
    }

    #[test]
    fn names_what_is_imported_and_from_where() {
        let text = "import fs, { read as r } from \"node:fs\";\nimport * as m from \"./money.js\";\nimport \"side\";\n\
                    export * from \"bank_types\";\nexport { x as y } from \"./x\";\nconst n = require(\"net\");\n\
                    async function f() { await import(\"late\"); }\n";
        let facts = extracted(text, "");
        let imports: Vec<_> = facts.files[0]
            .imports
            .iter()
            .map(|import| (import.module.as_str(), import.name.as_deref(), import.alias.as_deref(), import.is_nested))
            .collect();
        assert_eq!(
            imports,
            [
                ("node:fs", Some("default"), Some("fs"), false),
                ("node:fs", Some("read"), Some("r"), false),
                ("money", None, Some("m"), false),
                ("side", None, None, false),
                ("bank_types", Some("*"), None, false),
                ("x", Some("x"), Some("y"), false),
                ("net", None, None, false),
                ("late", None, None, true),
            ]
        );
    }

    #[test]
    fn a_file_that_does_not_parse_is_listed() {
        let facts = extracted("function (", "test('a', () => {});\n");
        assert_eq!(facts.files.len(), 1);
        assert_eq!(facts.unparsed[0].place.path, "src/bank/bank.ts");
    }
}
