//! The findings: which definitions and modules are gaps, and which are nobody's business.

use std::collections::BTreeMap;

use pact_sdk::assessor::{Facts, FileFacts, Finding, Place, Severity, Symbol, SymbolKind};

use crate::names::{Id, Names};
use crate::reach::Reach;

/// What kind of gap it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// A whole module.
    Module,
    /// A function.
    Function,
    /// A class.
    Class,
    /// A function or a class that only other code uses.
    Indirect,
}

impl Code {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Module, Self::Function, Self::Class, Self::Indirect];

    /// Returns the code as findings have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Module => "untested-module",
            Self::Function => "untested-function",
            Self::Class => "untested-class",
            Self::Indirect => "indirectly-tested",
        }
    }

    /// Returns what it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Module => "No test imports the module, and nothing that tests reference uses what it defines.",
            Self::Function => "No test references the public function, nor does anything that tests reference use it.",
            Self::Class => "No test references the public class, nor does anything that tests reference use it.",
            Self::Indirect => "No test references it; it is used by something that a test references.",
        }
    }
}

/// Returns the gaps, sorted by place.
pub fn gaps(facts: &Facts) -> Vec<Finding> {
    let names = Names::of(facts);
    let reach = Reach::of(facts, &names);
    let mut findings = Vec::new();
    // A test that cannot be read may reference everything: then a gap is a guess and weighs no
    // more than a note. Which files those are says the host.
    let severity = if facts.unparsed.is_empty() { Severity::Warning } else { Severity::Note };
    let mut modules: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
    for (id, definition) in names.definitions.iter().enumerate() {
        if is_expected_to_be_tested(definition.symbol, definition.file) {
            modules.entry(&definition.file.path).or_default().push(id);
        }
    }
    for ids in modules.values() {
        let file = names.definitions[ids[0]].file;
        let is_touched = |id: &Id| reach.direct.contains(id) || reach.indirect.contains(id);
        if !reach.imported.contains(file.module.as_str()) && !ids.iter().any(is_touched) {
            findings.push(untested_module(file, ids.len(), severity));
            continue;
        }
        for id in ids.iter().filter(|id| !reach.direct.contains(id)) {
            findings.push(gap(names.definitions[*id].symbol, reach.indirect.contains(id), severity));
        }
    }
    findings.sort_by(|a, b| key(a).cmp(&key(b)));
    findings
}

fn key(finding: &Finding) -> (&str, u32, u32, &str) {
    (&finding.place.path, finding.place.line, finding.place.column, &finding.code)
}

/// Public functions and classes. Methods are reached through their objects, which facts do not follow; constants are reached
/// through what uses them; special functions are called by the language; scripts are for people.
fn is_expected_to_be_tested(symbol: &Symbol, file: &FileFacts) -> bool {
    let name = symbol.qualified_name.rsplit('.').next().unwrap_or_default();
    let is_special = name.starts_with("__") && name.ends_with("__");
    // A module whose name begins with `_`, `__main__` among them, is private, whatever it defines.
    let is_private_module = file.module.split('.').any(|part| part.starts_with('_'));
    let is_script = file.module == "setup";
    matches!(symbol.kind, SymbolKind::Function | SymbolKind::Class)
        && symbol.is_public
        && !is_special
        && !is_private_module
        && !is_script
}

fn untested_module(file: &FileFacts, count: usize, severity: Severity) -> Finding {
    let things = if count == 1 { "1 public definition".to_owned() } else { format!("{count} public definitions") };
    let message = format!("no test references `{}`, which has {things}", file.module);
    finding(Code::Module, severity, message, Place { path: file.path.clone(), line: 1, column: 1 })
}

fn gap(symbol: &Symbol, is_indirect: bool, severity: Severity) -> Finding {
    let name = &symbol.qualified_name;
    if is_indirect {
        let message = format!("no test references `{name}`, only code that tests reference");
        return finding(Code::Indirect, Severity::Note, message, symbol.place.clone());
    }
    let code = if symbol.kind == SymbolKind::Class { Code::Class } else { Code::Function };
    finding(code, severity, format!("no test references `{name}`"), symbol.place.clone())
}

fn finding(code: Code, severity: Severity, message: String, place: Place) -> Finding {
    Finding { code: code.name().to_owned(), severity, message, place }
}

#[cfg(test)]
mod tests;
