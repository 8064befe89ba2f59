//! A parsed file with its places. Not for meaning: what the tree says is read by the modules beside this one.

use ruff_python_ast::{ModModule, Stmt};
use ruff_python_parser::{ParseError, Parsed, parse_unchecked_source};
use ruff_source_file::LineIndex;
use ruff_text_size::{Ranged, TextSize};

pub mod bindings;
pub(crate) mod namespace;

/// A file that parses.
pub struct Source<'a> {
    path: &'a str,
    text: &'a str,
    index: LineIndex,
    parsed: Parsed<ModModule>,
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
    /// Parses a file. The error is never empty.
    pub fn parse(path: &'a str, text: &'a str) -> Result<Self, Vec<SyntaxError>> {
        let index = LineIndex::from_source_text(text);
        let parsed = parse_unchecked_source(text, ruff_python_ast::PySourceType::Python);
        let source = Self { path, text, index, parsed };
        if source.parsed.has_valid_syntax() {
            return Ok(source);
        }
        let describe =
            |error: &ParseError| SyntaxError { place: source.place(error), message: error.error.to_string() };
        Err(source.parsed.errors().iter().take(MAX_SYNTAX_ERRORS).map(describe).collect())
    }

    /// Returns the path that the caller gave.
    pub fn path(&self) -> &'a str {
        self.path
    }

    /// Returns the whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Returns the statements of the module.
    pub fn body(&self) -> &[Stmt] {
        &self.parsed.syntax().body
    }

    /// Returns the comments with their places.
    pub fn comments(&self) -> impl Iterator<Item = (&'a str, Place)> {
        let comments = self.parsed.tokens().iter().filter(|token| token.kind().is_comment());
        comments.map(|token| (&self.text[token.range()], self.place(token)))
    }

    /// Returns where something begins.
    pub fn place(&self, node: &impl Ranged) -> Place {
        let found = self.index.line_column(node.start(), self.text);
        Place { path: self.path.to_owned(), line: one_based(found.line.get()), column: one_based(found.column.get()) }
    }

    /// Returns the line in which something begins.
    pub fn first_line(&self, node: &impl Ranged) -> u32 {
        self.line_of(node.start())
    }

    /// Returns the line in which something ends.
    pub fn last_line(&self, node: &impl Ranged) -> u32 {
        self.line_of(node.end())
    }

    /// Returns something as it is written.
    pub fn written(&self, node: &impl Ranged) -> &'a str {
        &self.text[node.range()]
    }

    /// Returns the first place of the file, for what is missing from it.
    pub fn start(&self) -> Place {
        Place { path: self.path.to_owned(), line: 1, column: 1 }
    }

    fn line_of(&self, offset: TextSize) -> u32 {
        one_based(self.index.line_index(offset).get())
    }
}

/// The parser cannot read more than 4 GiB, so no line number is larger.
fn one_based(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Returns the name under which one of the import paths finds a file. Of several that hold it the longest counts; without one
/// the name starts at the root.
pub fn module_name(path: &str, import_paths: &[String]) -> String {
    let below = import_paths.iter().filter_map(|folder| {
        let folder = folder.trim_end_matches('/');
        path.strip_prefix(folder)?.strip_prefix('/').map(|rest| (folder.len(), rest))
    });
    let rest = below.max_by_key(|(length, _)| *length).map_or(path, |(_, rest)| rest);
    let rest = rest.strip_suffix(".py").unwrap_or(rest);
    let rest = rest.strip_suffix("/__init__").unwrap_or(rest);
    rest.replace('/', ".")
}

/// Returns the package from which the relative imports of a file start.
pub fn package_of(path: &str, module: &str) -> String {
    if path.ends_with("/__init__.py") {
        return module.to_owned();
    }
    module.rsplit_once('.').map_or_else(String::new, |(package, _)| package.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syntax_error_has_its_line_and_column_in_characters() {
        let errors = Source::parse("a.py", "x = 1\näöü = (1,\n").err().expect("it does not parse");
        assert_eq!(errors[0].place.line, 3);
        let errors = Source::parse("a.py", "äöü = = 1\n").err().expect("it does not parse");
        assert_eq!((errors[0].place.line, errors[0].place.column), (1, 7));
        assert_eq!(errors[0].message, "Expected an expression");
    }

    #[test]
    fn a_module_is_named_from_the_longest_import_path() {
        let paths = ["src".to_owned(), "src/bank/".to_owned()];
        assert_eq!(module_name("src/bank/bank.py", &paths), "bank");
        assert_eq!(module_name("src/bank/money/__init__.py", &paths), "money");
        assert_eq!(module_name("src/banking/a.py", &paths), "banking.a");
        assert_eq!(module_name("tests/bank/a.py", &paths), "tests.bank.a");
        assert_eq!(package_of("src/bank/money/__init__.py", "money"), "money");
        assert_eq!(package_of("src/bank/money/coin.py", "money.coin"), "money");
    }

    #[test]
    fn current_syntax_parses() {
        let text = "type A[T] = list[T]\ndef f[T](x: T) -> T:\n    match x:\n        case {'a': [*_]}: return x\n\
                    try: pass\nexcept ValueError, KeyError: pass\nt = t'{f(1)}'\n";
        assert!(Source::parse("a.py", text).is_ok());
    }
}
