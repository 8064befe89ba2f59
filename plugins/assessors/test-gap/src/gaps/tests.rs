//! Facts as a language backend would extract them, in short form.

use pact_sdk::assessor::{ModuleImport, Reference, ReferenceKind, SyntaxError};

use super::*;

fn place(path: &str, line: u32) -> Place {
    Place { path: path.to_owned(), line, column: 1 }
}

/// A source that defines functions (`f`), classes (`F`) and methods (`F.f`), a line each.
fn source(module: &str, names: &[&str]) -> FileFacts {
    let path = format!("{}.py", module.replace('.', "/"));
    let symbol = |(index, name): (usize, &&str)| {
        let last = name.rsplit('.').next().unwrap();
        let kind = match () {
            () if name.contains('.') => SymbolKind::Method,
            () if last.starts_with(char::is_uppercase) => SymbolKind::Class,
            () => SymbolKind::Function,
        };
        let line = u32::try_from(index).unwrap() + 1;
        Symbol {
            qualified_name: format!("{module}.{name}"),
            kind,
            is_public: !last.starts_with('_') || last.starts_with("__"),
            place: place(&path, line),
            last_line: line,
        }
    };
    let symbols = names.iter().enumerate().map(symbol).collect();
    FileFacts {
        path: path.clone(),
        module: module.to_owned(),
        is_test: false,
        symbols,
        imports: Vec::new(),
        references: Vec::new(),
    }
}

fn test(references: &[&str]) -> FileFacts {
    references
        .iter()
        .fold(FileFacts { is_test: true, ..source("test_it", &[]) }, |file, target| uses(file, None, target))
}

fn uses(mut file: FileFacts, within: Option<&str>, target: &str) -> FileFacts {
    let within = within.map(|name| format!("{}.{name}", file.module));
    let reference =
        Reference { target: target.to_owned(), kind: ReferenceKind::Call, place: place(&file.path, 1), within };
    file.references.push(reference);
    file
}

/// `from MODULE import NAME`, or `import MODULE` for an empty name.
fn imports(mut file: FileFacts, module: &str, name: &str) -> FileFacts {
    let taken = Some(name.to_owned()).filter(|name| !name.is_empty());
    let alias = match name {
        "*" => None,
        "" => Some(module.to_owned()),
        name => Some(name.to_owned()),
    };
    let place = place(&file.path, 1);
    file.imports.push(ModuleImport { place, module: module.to_owned(), name: taken, alias, is_nested: false });
    file
}

fn found(files: Vec<FileFacts>) -> Vec<String> {
    let findings = gaps(&Facts { files, unparsed: Vec::new() });
    findings.iter().map(|found| format!("{}:{} {}", found.place.path, found.place.line, found.code)).collect()
}

#[test]
fn a_public_function_or_class_that_no_test_references_is_a_gap() {
    let bank = source("bank", &["deposit", "withdraw", "Account", "Closed"]);
    let found = found(vec![bank, test(&["bank.deposit", "bank.Account"])]);
    assert_eq!(found, ["bank.py:2 untested-function", "bank.py:4 untested-class"]);
}

#[test]
fn a_module_that_no_test_touches_is_one_gap() {
    let files = vec![source("bank", &["deposit"]), source("audit", &["a", "b"]), test(&["bank.deposit"])];
    assert_eq!(found(files), ["audit.py:1 untested-module"]);
}

#[test]
fn a_module_that_is_only_imported_has_a_gap_for_each_function() {
    let files = vec![source("bank", &["a", "b"]), imports(test(&[]), "bank", "")];
    assert_eq!(found(files), ["bank.py:1 untested-function", "bank.py:2 untested-function"]);
}

#[test]
fn private_special_and_unreachable_names_are_nobodys_business() {
    let bank = source("bank", &["used", "_private", "__getattr__", "Account.close"]);
    let files = vec![
        bank,
        source("shop.__main__", &["run"]),
        source("shop._detail", &["helper"]),
        source("setup", &["build"]),
        source("tests.conftest", &["fixture"]),
        test(&["bank.used"]),
    ];
    assert_eq!(found(files), Vec::<String>::new());
}

#[test]
fn a_name_is_followed_to_where_it_is_defined() {
    let money = source("shop.money", &["add", "subtract"]);
    let prices = source("shop.prices", &["net", "gross"]);
    let package = imports(imports(source("shop", &[]), "shop.money", "add"), "shop.prices", "*");
    let found = found(vec![money, prices, package, test(&["shop.add", "shop.net"])]);
    assert_eq!(found, ["shop/money.py:2 untested-function", "shop/prices.py:2 untested-function"]);
}

#[test]
fn modules_that_hand_names_on_in_a_circle_come_to_an_end() {
    let one = imports(imports(source("one", &["f"]), "two", "lost"), "two", "*");
    let two = imports(imports(source("two", &[]), "one", "lost"), "one", "*");
    assert_eq!(found(vec![one, two, test(&["one.lost", "two.f"])]), Vec::<String>::new());
}

#[test]
fn a_method_counts_for_its_class() {
    let bank = source("bank", &["Account", "Account.open"]);
    assert_eq!(found(vec![bank, test(&["bank.Account.open"])]), Vec::<String>::new());
}

#[test]
fn what_only_tested_code_uses_is_a_note() {
    let bank = source("bank", &["deposit", "check", "look_up", "unused"]);
    let bank = uses(uses(bank, Some("deposit"), "bank.check"), Some("check"), "bank.look_up");
    let facts = Facts { files: vec![bank, test(&["bank.deposit"])], unparsed: Vec::new() };
    let severities: Vec<_> = gaps(&facts).into_iter().map(|found| (found.place.line, found.severity)).collect();
    assert_eq!(severities, [(2, Severity::Note), (3, Severity::Note), (4, Severity::Warning)]);
}

#[test]
fn what_unused_code_uses_is_still_a_gap() {
    let bank = source("bank", &["tested", "unused", "deeper"]);
    let bank = uses(bank, Some("unused"), "bank.deeper");
    let found = found(vec![bank, test(&["bank.tested"])]);
    assert_eq!(found, ["bank.py:2 untested-function", "bank.py:3 untested-function"]);
}

#[test]
fn a_table_at_the_top_level_is_used_as_soon_as_its_module_is() {
    let bank = uses(source("bank", &["tested", "handler"]), None, "bank.handler");
    assert_eq!(found(vec![bank, test(&["bank.tested"])]), ["bank.py:2 indirectly-tested"]);
}

#[test]
fn a_test_that_imports_everything_leaves_no_gap_that_could_be_proved() {
    let bank = source("bank", &["a", "b"]);
    assert_eq!(found(vec![bank, imports(test(&[]), "bank", "*")]), Vec::<String>::new());
}

#[test]
fn with_a_file_that_does_not_parse_every_gap_is_a_guess() {
    let error = SyntaxError { place: place("test_broken.py", 3), message: "expected `:`".to_owned() };
    let mut facts = Facts { files: vec![source("bank", &["a"]), test(&[])], unparsed: vec![error] };
    assert_eq!(gaps(&facts)[0].severity, Severity::Note);
    facts.unparsed.clear();
    assert_eq!(gaps(&facts)[0].severity, Severity::Warning);
}

#[test]
fn the_order_of_the_files_does_not_change_the_answer() {
    let files = vec![source("b", &["x"]), source("a", &["y", "z"]), test(&["a.y"])];
    let mut reversed = files.clone();
    reversed.reverse();
    assert_eq!(found(files), found(reversed));
}

#[test]
fn codes_are_distinct() {
    let names = std::collections::BTreeSet::from(Code::ALL.map(Code::name));
    assert_eq!(names.len(), Code::ALL.len());
}
