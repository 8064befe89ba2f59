use super::*;

const CONTRACT: &str = r#"{"component_id": "bank", "dependencies": ["mint"],
    "types": [{"name": "Account", "kind": "struct", "fields": []}, {"name": "Accounts", "kind": "list", "item_type": "Account"},
        {"name": "Coin", "kind": "struct", "owner_component": "mint"},
        {"name": "Book", "kind": "class", "init": [{"name": "owner", "type_ref": "str"}], "methods": [
            {"name": "add", "inputs": [{"name": "amount", "type_ref": "int"}], "output_type": "int"}]}],
    "functions": [
        {"name": "deposit", "inputs": [{"name": "account", "type_ref": "Account"}, {"name": "amount", "type_ref": "int"},
            {"name": "memo", "type_ref": "str", "required": false}], "output_type": "Account"},
        {"name": "load", "output_type": "int", "is_async": true}]}"#;

const GOOD: &str = "export * from \"bank_types\";\n\
    export class Book {\n  constructor(owner: string) {}\n  add(amount: number) { return 1; }\n}\n\
    export function deposit(account: Account, amount: number, memo?: string) { return account; }\n\
    export async function load() { return 1; }\n";

fn found_in(files: &[(&str, &str)]) -> Vec<(&'static str, String, u32)> {
    let interface = crate::interface::read(CONTRACT, Dialect::TypeScript).expect("a good contract");
    let files: Vec<_> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let findings = check(&interface, Dialect::TypeScript, &files);
    findings.into_iter().map(|finding| (finding.code, finding.message, finding.place.line)).collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    found_in(&[("src/bank/bank.ts", text)]).into_iter().map(|(code, ..)| code).collect()
}

/// The codes for the good file with something replaced.
fn with(before: &str, after: &str) -> Vec<&'static str> {
    assert!(GOOD.contains(before), "{before}");
    codes(&GOOD.replace(before, after))
}

#[test]
fn a_complete_implementation_has_no_finding() {
    assert_eq!(found_in(&[("src/bank/bank.ts", GOOD)]), []);
    assert_eq!(with("export * from \"bank_types\"", "export { Account } from \"bank_types\""), [""; 0]);
    assert_eq!(
        with("export * from \"bank_types\"", "import { Account } from \"bank_types\"; export { Account }"),
        [""; 0]
    );
}

#[test]
fn what_is_missing_is_named_with_what_looks_like_it() {
    let found = found_in(&[("src/bank/bank.ts", &GOOD.replace("function load", "function Load"))]);
    assert_eq!(found.len(), 1);
    let message =
        "the module `bank` does not export `load` (`Load` looks like it); define `export async function load()`";
    assert_eq!(found[0], ("missing-export", message.to_owned(), 1));
    assert_eq!(with("export * from \"bank_types\"", ""), ["missing-export"]);
    assert_eq!(with("export async function load", "async function load"), ["missing-export"]);
    assert_eq!(with("export class Book", "class Book"), ["missing-export"]);
    assert_eq!(found_in(&[("src/bank/other.ts", "")])[0].0, "missing-file");
    assert_eq!(codes("export function (").first(), Some(&"syntax-error"));
}

#[test]
fn exports_are_followed_through_the_files_of_the_component() {
    let main = "export * from \"bank_types\";\nexport * from \"./books.js\";\nexport { deposit, late as load } from \"./money\";\n";
    let books = "class Base { add(amount) { return 1; } }\nexport class Book extends Base { constructor(owner) { super(); } }\n";
    let money = "export const deposit = (account, amount, memo) => account;\nexport const late = async () => 1;\n";
    let files = [("src/bank/bank.ts", main), ("src/bank/books.ts", books), ("src/bank/money.ts", money)];
    assert_eq!(found_in(&files), []);
    let shorter = money.replace(", memo", "");
    let files = [("src/bank/bank.ts", main), ("src/bank/books.ts", books), ("src/bank/money.ts", &shorter)];
    let found = found_in(&files);
    assert_eq!(found, [("missing-parameter", "`deposit`: it does not take `memo`".to_owned(), 1)]);
    assert_eq!(
        with("export async function load() { return 1; }", "export * from \"elsewhere\";"),
        ["unknown-star-export"]
    );
}

#[test]
fn a_type_of_the_contract_is_not_defined_again() {
    for before in ["export class Account {}", "export interface Account {}", "export const Account = 1;"] {
        assert_eq!(with("export * from \"bank_types\";", before), ["redefined-type"], "{before}");
    }
    let foreign = with("export * from \"bank_types\";", "export { Account } from \"elsewhere\";");
    assert_eq!(foreign, ["redefined-type"]);
}

#[test]
fn a_signature_takes_the_calls_of_the_contract() {
    let signature = "deposit(account: Account, amount: number, memo?: string)";
    for (changed, expected) in [
        ("deposit(a, b, c)", vec![]),
        ("deposit(...all)", vec![]),
        ("deposit(account, amount, memo = '', more = 1)", vec![]),
        ("deposit(account, { amount }, memo)", vec![]),
        ("deposit(account)", vec!["missing-parameter", "missing-parameter"]),
        ("deposit(account, amount, memo, key)", vec!["extra-parameter"]),
        ("deposit(amount, account, memo)", vec!["parameter-order"]),
    ] {
        assert_eq!(with(signature, changed), expected, "{changed}");
    }
    assert_eq!(with("constructor(owner: string) {}", ""), ["missing-parameter"]);
    assert_eq!(with("add(amount: number) { return 1; }", ""), ["missing-method"]);
    assert_eq!(with("add(amount: number) { return 1; }", "add = (amount) => 1;"), [""; 0]);
    assert_eq!(with("add(amount: number) { return 1; }", "add = make();"), ["unchecked-signature"]);
}

#[test]
fn a_promise_is_where_the_contract_has_one() {
    assert_eq!(with("export function deposit", "export async function deposit"), ["async-mismatch"]);
    assert_eq!(with("async function load()", "function load(): number"), ["async-mismatch"]);
    assert_eq!(with("async function load()", "function load(): Promise<number>"), [""; 0]);
    assert_eq!(with("async function load()", "function load()"), [""; 0]);
}

#[test]
fn something_else_of_the_name_is_said() {
    assert_eq!(with("export async function load() { return 1; }", "export class load {}"), ["not-a-function"]);
    assert_eq!(with("export async function load() { return 1; }", "export const load = 3;"), ["not-a-function"]);
    assert_eq!(
        with("export async function load() { return 1; }", "export const load = make();"),
        ["unchecked-signature"]
    );
    let function = GOOD.replace(
        "export class Book {\n  constructor(owner: string) {}\n  add(amount: number) { return 1; }\n}",
        "export function Book(owner) { return owner; }",
    );
    assert_eq!(codes(&function), ["not-a-class"]);
}

#[test]
fn placeholders_and_unfinished_comments_are_found() {
    for body in ["{}", "{ throw new Error(\"Not implemented\"); }", "{ throw new Error('TODO: write it'); }", "{ ; }"] {
        let found = with("load() { return 1; }", &format!("load() {body}"));
        assert_eq!(found, ["placeholder"], "{body}");
    }
    assert_eq!(with("load() { return 1; }", "load() { throw new Error('no account'); }"), [""; 0]);
    let text = format!("{GOOD}// TODO: more\n/* fixme later */\n/** STUB */\nfunction helper() {{}}\n");
    let found = found_in(&[("src/bank/bank.ts", &text)]);
    let found: Vec<_> = found.into_iter().map(|(code, _, line)| (code, line)).collect();
    assert_eq!(found, [("unfinished-comment", 8), ("unfinished-comment", 10), ("placeholder", 11)]);
}
