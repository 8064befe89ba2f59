//! What a language backend finds in sources: nouns for assessors. Facts only, no judgement.
//!
//! Lines and columns count from one; a column counts characters. Paths are relative, with `/`. Every text may quote a source:
//! untrusted.

/// The facts of several files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The files that parse.
    pub files: Vec<FileFacts>,
    /// Why the others do not. Nothing is known of them, so nobody may take an absent fact for a fact.
    pub unparsed: Vec<SyntaxError>,
}

impl Facts {
    /// Tells whether a path is that of a file that was looked at.
    #[must_use]
    pub fn knows(&self, path: &str) -> bool {
        self.files.iter().any(|file| file.path == path) || self.unparsed.iter().any(|error| error.place.path == path)
    }
}

/// The facts of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// Relative to the root.
    pub path: String,
    /// The name under which the import path finds it.
    pub module: String,
    /// Whether it holds tests.
    pub is_test: bool,
    /// What it defines.
    pub symbols: Vec<Symbol>,
    /// What it imports.
    pub imports: Vec<ModuleImport>,
    /// What it uses.
    pub references: Vec<Reference>,
}

/// A place in a source file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub path: String,
    /// The line.
    pub line: u32,
    /// The column.
    pub column: u32,
}

/// Why a file does not parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where.
    pub place: Place,
    /// Why.
    pub message: String,
}

/// Something that is defined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// With its module and classes.
    pub qualified_name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// False when the language's convention marks it, or a scope round it, as private.
    pub is_public: bool,
    /// Where its name stands.
    pub place: Place,
    /// Where it ends.
    pub last_line: u32,
}

/// What a symbol is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymbolKind {
    /// A function outside classes.
    Function,
    /// A class.
    Class,
    /// A function of a class.
    Method,
    /// A value at the top level.
    Constant,
}

/// An import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModuleImport {
    /// Where.
    pub place: Place,
    /// The module that is named, absolute.
    pub module: String,
    /// What is taken from it; absent when the module itself is imported.
    pub name: Option<String>,
    /// What it is called in the file; absent for `*`.
    pub alias: Option<String>,
    /// Whether it stands below the top level.
    pub is_nested: bool,
}

/// A use of something that was imported into the file or defined at its top level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The dotted name, followed through the file's imports.
    pub target: String,
    /// How it is used.
    pub kind: ReferenceKind,
    /// Where.
    pub place: Place,
    /// The innermost function or method round it; absent at the top level.
    pub within: Option<String>,
}

/// How something is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceKind {
    /// It is called.
    Call,
    /// Its value is read.
    Read,
}
