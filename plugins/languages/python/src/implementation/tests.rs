use super::*;

const CONTRACT: &str = r#"{"component_id": "bank", "types": [{"name": "Account", "kind": "struct", "fields": []}],
  "functions": [
    {"name": "deposit", "output_type": "Account", "error_cases": [{"name": "p", "condition": "c", "error_type": "Poor"}],
     "inputs": [{"name": "account", "type_ref": "Account"}, {"name": "amount", "type_ref": "int", "default": 1}]},
    {"name": "load", "output_type": "None", "inputs": [], "is_async": true}]}"#;

const GOOD: &str = "from bank_types import Account, Poor
def deposit(account: Account, amount: int = 1) -> Account:
    return account
async def load() -> None:
    print()
";

fn findings(files: &[(&str, &str)]) -> Vec<String> {
    let interface = crate::interface::read(CONTRACT).expect("a good contract");
    let files: Vec<_> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let findings = check(&interface, &files);
    findings
        .into_iter()
        .map(|found| format!("{} {}:{} {}", found.code, found.place.line, found.place.column, found.message))
        .collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    let interface = crate::interface::read(CONTRACT).expect("a good contract");
    let files = [("src/bank/bank.py".to_owned(), text.to_owned())];
    check(&interface, &files).into_iter().map(|found| found.code).collect()
}

#[test]
fn finds_nothing_in_a_good_implementation() {
    assert_eq!(findings(&[("src/bank/bank.py", GOOD)]), [] as [&str; 0]);
}

#[test]
fn follows_exports_through_the_files_of_the_component() {
    let main = "from bank_types import *\nfrom actions import deposit\nfrom rest import *\n";
    let actions = "def put(account, amount=1): return account\ndeposit = put\n";
    let rest = "async def load(): print()\n";
    let files = [("src/bank/bank.py", main), ("src/bank/actions.py", actions), ("src/bank/rest.py", rest)];
    assert_eq!(findings(&files), [] as [&str; 0]);
}

#[test]
fn names_missing_exports_and_what_looks_like_them() {
    let text =
        "from bank_types import Account\ndef Deposit(account, amount=1): return account\nasync def load(): print()\n";
    assert_eq!(
        findings(&[("src/bank/bank.py", text)]),
        [
            "missing-export 1:1 the module `bank` does not export `Poor`; add `from bank_types import Poor`",
            "missing-export 1:1 the module `bank` does not export `deposit` (`Deposit` looks like it); define \
             `def deposit(account: Account, amount: int = 1) -> Account:`",
        ]
    );
}

#[test]
fn refuses_types_that_are_defined_again() {
    let text = GOOD.replace("from bank_types import Account, Poor", "class Account: x = 1\nfrom elsewhere import Poor");
    assert_eq!(
        findings(&[("src/bank/bank.py", &text)]),
        [
            "redefined-type 1:7 `Account` is defined here again; tests use the one of the contract: `from bank_types import Account`",
            "redefined-type 2:23 `Poor` comes from `elsewhere.Poor`; tests use the one of the contract: `from bank_types import Poor`",
        ]
    );
}

#[test]
fn compares_signatures() {
    for (written, expected) in [
        ("(account, amount=1)", vec![]),
        ("(account, amount=2, extra=None, *rest)", vec![]),
        ("(*args, **kwargs)", vec![]),
        ("(acct, amount=1)", vec!["renamed-parameter"]),
        ("(account)", vec!["missing-parameter"]),
        ("(account, amount=1, *, key)", vec!["extra-parameter"]),
        ("(account, amount)", vec!["parameter-not-optional"]),
        ("(amount=1, account=None)", vec!["parameter-order"]),
        ("(account, *, amount=1)", vec!["parameter-kind"]),
        ("(account, /, amount=1)", vec!["parameter-kind"]),
        ("(account, *rest)", vec!["missing-parameter"]),
    ] {
        let text = GOOD.replace("(account: Account, amount: int = 1)", written);
        assert_eq!(codes(&text), expected, "{written}");
    }
}

#[test]
fn finds_wrong_kinds_of_functions() {
    let text = GOOD
        .replace("async def", "def")
        .replace("def deposit(account: Account, amount: int = 1) -> Account:", "class deposit:");
    assert_eq!(codes(&text.replace("    return account", "    x = 1")), ["not-a-function", "async-mismatch"]);
    assert_eq!(
        codes(&GOOD.replace("async def load() -> None:\n    print()", "load = make()")),
        ["unchecked-signature"]
    );
}

#[test]
fn finds_placeholders() {
    for body in [
        "pass",
        "...",
        "\"\"\"Doc.\"\"\"",
        "raise NotImplementedError",
        "\"\"\"Doc.\"\"\"\n    raise NotImplementedError('x')",
    ] {
        let text = GOOD.replace("return account", body);
        assert_eq!(codes(&text), ["placeholder"], "{body}");
    }
    let text = format!(
        "{GOOD}# TODO: the rest\n# todos are fine\nclass P(Protocol):\n    def f(self): ...\ndef helper(): pass\n"
    );
    assert_eq!(codes(&text), ["unfinished-comment", "placeholder"]);
}

#[test]
fn says_when_the_main_file_is_missing_or_does_not_parse() {
    assert_eq!(
        findings(&[("src/bank/other.py", GOOD)]),
        ["missing-file 1:1 the component's main file `src/bank/bank.py` is missing"]
    );
    let broken = findings(&[("src/bank/bank.py", "def deposit(:\n")]);
    assert!(broken.iter().all(|found| found.starts_with("syntax-error ")), "{broken:?}");
    assert!(!broken.is_empty());
}

#[test]
fn a_star_of_an_unknown_module_is_a_warning() {
    let text = "from bank_types import *\nfrom unknown import *\ndef deposit(account, amount=1): return 1\n";
    assert_eq!(codes(text), ["unknown-star-import"]);
}

#[test]
fn a_type_of_a_dependency_need_not_be_exported_again() {
    let contract = r#"{"component_id": "shop", "dependencies": ["bank"],
      "types": [{"name": "Account", "kind": "struct", "fields": [], "owner_component": "bank"},
                {"name": "Basket", "kind": "struct", "fields": []}],
      "functions": [{"name": "pay", "output_type": "None", "inputs": []}]}"#;
    let interface = crate::interface::read(contract).expect("a good contract");
    let codes = |text: &str| -> Vec<String> {
        let files = [("src/shop/shop.py".to_owned(), text.to_owned())];
        check(&interface, &files).into_iter().map(|found| found.message).collect()
    };
    assert_eq!(codes("from shop_types import Basket\ndef pay() -> None: print()\n"), [] as [&str; 0]);
    let own = codes("def pay() -> None: print()\n");
    assert_eq!(own.len(), 1, "its own type is still required: {own:?}");
    assert!(own[0].contains("`Basket`"), "{own:?}");
}

const BOOKS: &str = r#"{"component_id": "books", "types": [{"name": "Book", "kind": "class",
  "init": [{"name": "owner", "type_ref": "str"}],
  "methods": [{"name": "add", "output_type": "int", "inputs": [{"name": "amount", "type_ref": "int"}]},
              {"name": "sync", "output_type": "None", "is_async": true},
              {"name": "rows", "output_type": "AsyncIterator[int]"}]}]}"#;

fn of_books(text: &str) -> Vec<String> {
    let interface = crate::interface::read(BOOKS).expect("a good contract");
    let files = [("src/books/books.py".to_owned(), text.to_owned())];
    check(&interface, &files).into_iter().map(|found| format!("{} {}", found.code, found.message)).collect()
}

#[test]
fn a_class_has_the_constructor_and_the_methods_of_the_contract() {
    let good = "class Base:\n    async def sync(self): print()\n    def rows(self): return self.all\n\
                class Book(Base):\n    def __init__(self, owner): self.all = []\n    def add(self, amount): return 1\n";
    assert_eq!(of_books(good), [] as [&str; 0]);
    let generator = good.replace("def rows(self): return self.all", "async def rows(self):\n        yield 1");
    assert_eq!(of_books(&generator), [] as [&str; 0]);
    let made_by_a_decorator = "@dataclass\nclass Book(Unknown):\n    owner: str\n    def add(self, amount): return 1\n";
    assert_eq!(
        of_books(made_by_a_decorator),
        [
            "unchecked-signature the parameters of `Book.sync` cannot be read here; define it with `def` in the class",
            "unchecked-signature the parameters of `Book.rows` cannot be read here; define it with `def` in the class",
        ]
    );
}

#[test]
fn finds_what_a_class_does_not_keep() {
    let text =
        "class Book:\n    def add(self, sum): return 1\n    def sync(self): pass\n    async def rows(self): return 1\n";
    assert_eq!(
        of_books(text),
        [
            "missing-parameter `Book`: it does not take `owner`",
            "renamed-parameter `Book.add`: `amount` of the contract is called `sum`",
            "async-mismatch `Book.sync` is written with `def`; the contract asks for `async def`",
            "async-mismatch `Book.rows` is written with `async def` without `yield`; the contract asks for `async def` with `yield`",
            "placeholder the body of `sync` is a placeholder",
        ]
    );
    assert_eq!(
        of_books("class Book:\n    def __init__(self, owner): print()\n    def add(amount): return 1\n")[..3],
        [
            "missing-parameter `Book.add`: it does not take `amount`",
            "missing-method `Book.sync` is missing; define `async def sync(self) -> None`",
            "missing-method `Book.rows` is missing; define `def rows(self) -> collections.abc.AsyncIterator[int]`",
        ]
    );
    assert_eq!(
        of_books("def Book(owner): return 1\n"),
        ["not-a-class `Book` is a function; the contract asks for a class"]
    );
    let missing = of_books("class book: x = 1\n");
    assert_eq!(
        missing,
        ["missing-export the module `books` does not export `Book` (`book` looks like it); define `class Book`"]
    );
}
