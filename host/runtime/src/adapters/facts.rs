//! Facts on their way out of a language backend and into an assessor. No logic: each function converts.

use pact_model::facts::{
    Facts, FileFacts, ModuleImport, Place, Reference, ReferenceKind, Symbol, SymbolKind, SyntaxError,
};

use crate::bindings::language_backend::pact::plugin::facts as wit;

pub(super) fn from_wit(facts: wit::Facts) -> Facts {
    let error = |error: wit::SyntaxError| SyntaxError { place: place_from_wit(error.place), message: error.message };
    Facts {
        files: facts.files.into_iter().map(file_from_wit).collect(),
        unparsed: facts.unparsed.into_iter().map(error).collect(),
    }
}

pub(super) fn place_from_wit(place: wit::Place) -> Place {
    Place { path: place.path, line: place.line, column: place.column }
}

fn file_from_wit(file: wit::FileFacts) -> FileFacts {
    FileFacts {
        path: file.path,
        module: file.module,
        is_test: file.is_test,
        symbols: file.symbols.into_iter().map(symbol_from_wit).collect(),
        imports: file.imports.into_iter().map(import_from_wit).collect(),
        references: file.references.into_iter().map(reference_from_wit).collect(),
    }
}

fn symbol_from_wit(symbol: wit::Symbol) -> Symbol {
    Symbol {
        qualified_name: symbol.qualified_name,
        kind: match symbol.kind {
            wit::SymbolKind::Function => SymbolKind::Function,
            wit::SymbolKind::Class => SymbolKind::Class,
            wit::SymbolKind::Method => SymbolKind::Method,
            wit::SymbolKind::Constant => SymbolKind::Constant,
        },
        is_public: symbol.is_public,
        place: place_from_wit(symbol.place),
        last_line: symbol.last_line,
    }
}

fn import_from_wit(import: wit::ModuleImport) -> ModuleImport {
    let wit::ModuleImport { place, module, name, alias, is_nested } = import;
    ModuleImport { place: place_from_wit(place), module, name, alias, is_nested }
}

fn reference_from_wit(reference: wit::Reference) -> Reference {
    let kind = match reference.kind {
        wit::ReferenceKind::Call => ReferenceKind::Call,
        wit::ReferenceKind::Read => ReferenceKind::Read,
    };
    let wit::Reference { target, place, within, .. } = reference;
    Reference { target, kind, place: place_from_wit(place), within }
}

pub(super) fn to_wit(facts: &Facts) -> wit::Facts {
    let error =
        |error: &SyntaxError| wit::SyntaxError { place: place_to_wit(&error.place), message: error.message.clone() };
    wit::Facts {
        files: facts.files.iter().map(file_to_wit).collect(),
        unparsed: facts.unparsed.iter().map(error).collect(),
    }
}

fn place_to_wit(place: &Place) -> wit::Place {
    wit::Place { path: place.path.clone(), line: place.line, column: place.column }
}

fn file_to_wit(file: &FileFacts) -> wit::FileFacts {
    wit::FileFacts {
        path: file.path.clone(),
        module: file.module.clone(),
        is_test: file.is_test,
        symbols: file.symbols.iter().map(symbol_to_wit).collect(),
        imports: file.imports.iter().map(import_to_wit).collect(),
        references: file.references.iter().map(reference_to_wit).collect(),
    }
}

fn symbol_to_wit(symbol: &Symbol) -> wit::Symbol {
    wit::Symbol {
        qualified_name: symbol.qualified_name.clone(),
        kind: match symbol.kind {
            SymbolKind::Function => wit::SymbolKind::Function,
            SymbolKind::Class => wit::SymbolKind::Class,
            SymbolKind::Method => wit::SymbolKind::Method,
            SymbolKind::Constant => wit::SymbolKind::Constant,
        },
        is_public: symbol.is_public,
        place: place_to_wit(&symbol.place),
        last_line: symbol.last_line,
    }
}

fn import_to_wit(import: &ModuleImport) -> wit::ModuleImport {
    wit::ModuleImport {
        place: place_to_wit(&import.place),
        module: import.module.clone(),
        name: import.name.clone(),
        alias: import.alias.clone(),
        is_nested: import.is_nested,
    }
}

fn reference_to_wit(reference: &Reference) -> wit::Reference {
    wit::Reference {
        target: reference.target.clone(),
        kind: match reference.kind {
            ReferenceKind::Call => wit::ReferenceKind::Call,
            ReferenceKind::Read => wit::ReferenceKind::Read,
        },
        place: place_to_wit(&reference.place),
        within: reference.within.clone(),
    }
}
