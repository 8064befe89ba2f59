//! Native tests: facts are plain data.

use pact_sdk::assessor::{FileFacts, Place, Symbol};

use super::*;

fn function_of(lines: u32) -> Facts {
    let place = Place { path: "a.py".to_owned(), line: 1, column: 5 };
    let symbol = Symbol {
        qualified_name: "a.f".to_owned(),
        kind: SymbolKind::Function,
        is_public: true,
        place,
        last_line: lines,
    };
    let file = FileFacts {
        path: "a.py".to_owned(),
        module: "a".to_owned(),
        is_test: false,
        symbols: vec![symbol],
        imports: vec![],
        references: vec![],
    };
    Facts { files: vec![file], unparsed: vec![] }
}

#[test]
fn a_page_is_not_too_long_and_a_line_more_is() {
    assert!(LongFunction::assess(function_of(PAGE), "{}".to_owned()).unwrap().is_empty());
    assert_eq!(LongFunction::assess(function_of(PAGE + 1), "{}".to_owned()).unwrap().len(), 1);
}
