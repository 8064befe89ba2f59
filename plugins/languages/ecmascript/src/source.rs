//! A parsed file with its places. Not for meaning: what the tree says is read by the modules beside this one.

use oxc_allocator::Allocator;
use oxc_ast::ast::{Program, Statement};
use oxc_parser::{ParseOptions, Parser};
use oxc_span::{GetSpan, SourceType, Span};

pub mod bindings;
pub mod exports;
pub mod names;

/// A file that parses.
pub struct Source<'a> {
    path: &'a str,
    text: &'a str,
    /// Where each line begins.
    lines: Vec<u32>,
    program: &'a Program<'a>,
}

/// A place in a file, one-based, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As the caller named the file.
    pub path: String,
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// Why a file does not parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where the parser noticed it.
    pub place: Place,
    /// What the parser says.
    pub message: String,
}

/// After an error the parser guesses how to go on; what it reports later is mostly an echo of the first.
const MAX_SYNTAX_ERRORS: usize = 10;

impl<'a> Source<'a> {
    /// Parses a file. Its ending says which grammar: `.ts`, `.mts`, `.cts` and `.tsx` have types, anything else has none. The
    /// error is never empty.
    pub fn parse(allocator: &'a Allocator, path: &'a str, text: &'a str) -> Result<Self, Vec<SyntaxError>> {
        let grammar = SourceType::from_path(path).unwrap_or_else(|_| SourceType::mjs());
        // Parentheses say nothing that the tree does not.
        let options = ParseOptions { preserve_parens: false, ..ParseOptions::default() };
        let parsed = Parser::new(allocator, text, grammar).with_options(options).parse();
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(index, _)| offset(index + 1))).collect();
        let is_valid = !parsed.panicked && !parsed.diagnostics.has_errors();
        let errors: Vec<_> = parsed.diagnostics.errors().take(MAX_SYNTAX_ERRORS).cloned().collect();
        let source = Self { path, text, lines, program: allocator.alloc(parsed.program) };
        if is_valid {
            return Ok(source);
        }
        let errors = errors.into_iter().map(|error| {
            let start = error.labels.first().map_or(0, oxc_span::LabeledSpan::offset);
            SyntaxError { place: source.place_at(offset(start as usize)), message: error.message.to_string() }
        });
        let errors: Vec<SyntaxError> = errors.collect();
        if errors.is_empty() {
            return Err(vec![SyntaxError { place: source.start(), message: "the file does not parse".to_owned() }]);
        }
        Err(errors)
    }

    /// Returns the path that the caller gave.
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// Returns the whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Returns the tree.
    pub fn program(&self) -> &'a Program<'a> {
        self.program
    }

    /// Returns the statements of the module.
    pub fn body(&self) -> &'a [Statement<'a>] {
        &self.program.body
    }

    /// Returns the comments without their marks, with their places.
    pub fn comments(&self) -> impl Iterator<Item = (&'a str, Place)> {
        let comments = self.program.comments.iter();
        comments.map(|comment| (self.written(&comment.content_span()), self.place(&comment.span)))
    }

    /// Returns where something begins.
    pub fn place(&self, node: &impl GetSpan) -> Place {
        self.place_at(node.span().start)
    }

    /// Returns the line in which something begins.
    pub fn first_line(&self, node: &impl GetSpan) -> u32 {
        self.line_of(node.span().start)
    }

    /// Returns the line in which something ends.
    pub fn last_line(&self, node: &impl GetSpan) -> u32 {
        self.line_of(node.span().end)
    }

    /// Returns something as it is written.
    pub fn written(&self, node: &impl GetSpan) -> &'a str {
        let Span { start, end, .. } = node.span();
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    /// Returns the first place of the file, for what is missing from it.
    pub fn start(&self) -> Place {
        Place { path: self.path.to_owned(), line: 1, column: 1 }
    }

    fn place_at(&self, offset: u32) -> Place {
        let line = self.line_of(offset);
        let start = self.lines.get(line as usize - 1).copied().unwrap_or_default();
        let before = self.text.get(start as usize..offset as usize).unwrap_or_default();
        let column = u32::try_from(before.chars().count()).unwrap_or(u32::MAX).saturating_add(1);
        Place { path: self.path.to_owned(), line, column }
    }

    fn line_of(&self, offset: u32) -> u32 {
        u32::try_from(self.lines.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX).max(1)
    }
}

/// The parser cannot read more than 4 GiB.
fn offset(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Returns whether a path is that of a file in which JavaScript or TypeScript stands. A declaration file holds no code.
pub fn is_code(path: &str) -> bool {
    const ENDINGS: [&str; 8] = [".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"];
    ENDINGS.iter().any(|ending| path.ends_with(ending)) && !path.ends_with(".d.ts")
}

/// Returns the name under which one of the import paths finds a file. Of several that hold it the longest counts; without one
/// the name starts at the root.
pub fn module_name(path: &str, import_paths: &[String]) -> String {
    let below = import_paths.iter().filter_map(|folder| {
        let folder = folder.trim_end_matches('/');
        path.strip_prefix(folder)?.strip_prefix('/').map(|rest| (folder.len(), rest))
    });
    let rest = below.max_by_key(|(length, _)| *length).map_or(path, |(_, rest)| rest);
    let rest = if is_code(rest) { rest.rsplit_once('.').map_or(rest, |(stem, _)| stem) } else { rest };
    rest.strip_suffix("/index").unwrap_or(rest).to_owned()
}

/// Returns the name of the module that an import means: a relative one is followed from the importing file.
pub fn imported_module(specifier: &str, path: &str, import_paths: &[String]) -> String {
    if !specifier.starts_with("./") && !specifier.starts_with("../") {
        return specifier.to_owned();
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in specifier.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    module_name(&parts.join("/"), import_paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(path: &str, text: &str) -> SyntaxError {
        let allocator = Allocator::default();
        let errors = Source::parse(&allocator, path, text).err().expect("it does not parse");
        errors.into_iter().next().expect("never empty")
    }

    #[test]
    fn a_syntax_error_has_its_line_and_column_in_characters() {
        let found = error("a.js", "let äöü = = 1;\n");
        assert_eq!((found.place.line, found.place.column), (1, 11));
        assert_eq!(error("a.js", "let a = 1;\nlet b = (;\n").place.line, 2);
    }

    #[test]
    fn types_are_an_error_where_the_ending_has_none() {
        assert_eq!(error("a.js", "let a: number = 1;").place.line, 1);
        let allocator = Allocator::default();
        for path in ["a.ts", "a.mts", "a.tsx", "b/c.test.ts"] {
            assert!(Source::parse(&allocator, path, "let a: number = 1;").is_ok(), "{path}");
        }
    }

    #[test]
    fn a_module_is_named_from_the_longest_import_path() {
        let paths = ["src".to_owned(), "src/bank/".to_owned()];
        assert_eq!(module_name("src/bank/bank.ts", &paths), "bank");
        assert_eq!(module_name("src/bank/money/index.js", &paths), "money");
        assert_eq!(module_name("tests/bank/a.test.ts", &paths), "tests/bank/a.test");
        assert_eq!(imported_module("./money.js", "src/bank/bank.ts", &paths), "money");
        assert_eq!(imported_module("../shop/shop", "src/bank/bank.ts", &paths), "shop/shop");
        assert_eq!(imported_module("node:fs", "src/bank/bank.ts", &paths), "node:fs");
    }

    #[test]
    fn current_syntax_parses() {
        let text = "export const a = async () => { for await (const x of y) { using z = x?.#b ?? 1n; } };\n\
                    enum E { A }\nclass C<T> { #p = 1; static { } accessor q: T | undefined = undefined; }\n\
                    const s = { a } satisfies object;\n";
        let allocator = Allocator::default();
        assert!(Source::parse(&allocator, "a.ts", text).map_err(|errors| panic!("{errors:?}")).is_ok());
    }
}
