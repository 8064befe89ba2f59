//! Components in TypeScript and JavaScript whose tests and code run in two instances. The projects are in `tests/split`.

use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use super::without_time;
use crate::support::{folder, pact, read, repository, tree, write};

/// A copy of a project, to be changed in one place by each test.
struct Bank {
    folder: TempDir,
    ending: &'static str,
}

impl Bank {
    fn of(language: &str) -> Self {
        let folder = folder(&[]);
        let from = repository().join("tests/split").join(language);
        for (path, content) in tree(&from) {
            let relative = path.strip_prefix(&from).unwrap_or(&path).to_owned();
            write(&folder.path().join(relative), &String::from_utf8(content).unwrap());
        }
        Self { folder, ending: if language == "typescript" { "ts" } else { "js" } }
    }

    fn code(&self) -> PathBuf {
        self.folder.path().join(format!("src/bank/bank.{}", self.ending))
    }

    /// Replaces a piece of the component's code.
    #[track_caller]
    fn with_code(self, from: &str, to: &str) -> Self {
        let code = read(&self.code());
        assert_eq!(code.matches(from).count(), 1, "{from}");
        write(&self.code(), &code.replace(from, to));
        self
    }

    /// Replaces the tests.
    fn with_tests(self, body: &str) -> Self {
        let head = "import { afterAll, expect, test, vi } from \"vitest\";\nimport * as bank from \"bank\";\nimport rates from \"rates\";\n";
        // The names of the contract are used by name: a module as a value would be another one.
        let head = head.replace(
            "import * as bank from \"bank\";",
            "import { Account, arrange, Book, convert, convert_later, deposit, each, echo, open_book, running, seen, settle } from \"bank\";",
        );
        write(
            &self.folder.path().join(format!("tests/bank/contract_test.test.{}", self.ending)),
            &format!("{head}{body}"),
        );
        self
    }

    /// Lets the contract say something else.
    fn saying(self, change: impl FnOnce(&mut Value)) -> Self {
        let path = self.folder.path().join("contracts/bank/interface.json");
        let mut contract: Value = serde_json::from_str(&read(&path)).unwrap();
        change(&mut contract);
        write(&path, &contract.to_string());
        self
    }

    #[track_caller]
    fn document(&self, options: &[&str], code: i32) -> Value {
        let ended = pact(self.folder.path(), [&["test", "bank", "--json"], options].concat()).with_code(code);
        serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {ended:#?}"))
    }

    #[track_caller]
    fn component(&self, options: &[&str], code: i32) -> Value {
        let component = self.document(options, code)["components"][0].take();
        assert_eq!(component["isolation"], "split", "{component:#}");
        component
    }

    /// What the verdict says of the test at this place.
    #[track_caller]
    fn message(&self, at: usize) -> String {
        self.component(&[], 1)["tests"][at]["message"].as_str().unwrap().to_owned()
    }
}

#[test]
fn a_component_in_typescript_runs_split_and_passes() {
    let component = Bank::of("typescript").component(&[], 0);
    assert_eq!((&component["verdict"], &component["passed"]), (&"passed".into(), &32.into()), "{component:#}");
}

#[test]
fn a_component_in_javascript_runs_split_and_passes() {
    let component = Bank::of("javascript").component(&[], 0);
    assert_eq!((&component["verdict"], &component["passed"]), (&"passed".into(), &32.into()), "{component:#}");
}

#[test]
fn each_test_meets_an_instance_of_its_own_where_that_is_wanted() {
    assert_eq!(Bank::of("typescript").component(&["--isolate"], 0)["passed"], 32);
}

#[test]
fn equal_inputs_give_equal_documents_to_the_last_unit_of_fuel() {
    let bank = Bank::of("typescript");
    let run = || {
        let mut document = bank.document(&["--no-cache"], 0);
        without_time(&mut document);
        document
    };
    let first = run();
    assert!(first["components"][0]["receipt"][1]["fuel"].as_u64().unwrap() > 0, "{first:#}");
    for round in 1..4 {
        assert_eq!(run(), first, "round {round}");
    }
}

const STATE: &str =
    "test(\"one\", () => { expect(seen()).toBe(1); });\ntest(\"two\", () => { expect(seen()).toBe(1); });\n";

#[test]
fn nothing_that_a_module_remembers_lasts_from_test_to_test_unless_the_contract_says_so() {
    Bank::of("typescript").with_tests(STATE).component(&[], 0);
    let lasting = Bank::of("typescript").with_tests(STATE).saying(|contract| contract["keeps_state"] = true.into());
    assert_eq!(lasting.component(&[], 1)["failed"], 1);
}

#[test]
fn what_the_code_does_to_the_language_itself_does_not_last_either() {
    let spoilt = "export function seen(): number {\n  if ((Array.prototype as any).spoilt) return 2;\n  (Array.prototype as any).spoilt = true;\n  Math.max = () => 7;\n";
    Bank::of("typescript").with_tests(STATE).with_code("export function seen(): number {\n", spoilt).component(&[], 0);
}

#[test]
fn code_that_exits_fails_its_test_and_no_other() {
    let bank = Bank::of("typescript")
        .with_tests("test(\"one\", () => { try { seen(); } catch {} });\ntest(\"two\", () => { expect(convert).toBeTypeOf(\"function\"); expect(echo(3)).toBe(3); });\n")
        .with_code("return ++calls;", "process.exit(0);");
    let component = bank.component(&[], 1);
    assert_eq!((&component["passed"], &component["errors"]), (&1.into(), &1.into()), "{component:#}");
    assert!(component.to_string().contains("exited with code 0"), "{component:#}");
}

#[test]
fn what_cannot_cross_is_an_error_that_names_type_and_place() {
    let test = "test(\"one\", () => { expect(echo(1)).toBe(1); });\n";
    for (value, words) in [
        ("{ a: [new (class Point {})()] }", "what bank.echo returned.a[0]: a value of type `Point` cannot cross"),
        ("/x/", "a value of type `RegExp` cannot cross"),
        ("Symbol(\"x\")", "a value of type `symbol` cannot cross"),
        ("{ f: () => 1 }", "a function in an object (`f`) cannot cross to the tests"),
        ("((a: any) => (a.push(a), a))([])", "a value that contains itself cannot cross"),
    ] {
        let bank = Bank::of("typescript").with_tests(test).with_code("return value;", &format!("return {value};"));
        let message = bank.message(0);
        assert!(message.contains(words), "{value}: {message}");
    }
}

#[test]
fn a_value_of_the_contracts_types_that_is_none_reaches_no_test() {
    let forged = "return Object.assign(Object.create(Account.prototype), { id: account.id, balance: \"15\", tags: [] });\n}\nfunction unused(account: Account, amount: number): Account {\n  return new Account({ id";
    let bank = Bank::of("typescript")
        .with_tests(
            "test(\"one\", () => { expect(deposit(new Account({ id: \"a\", balance: 1 }), 1).id).toBe(\"a\"); });\n",
        )
        .with_code("return new Account({ id", forged);
    let message = bank.message(0);
    assert!(message.contains("it is not a `Account`: balance"), "{message}");
}

#[test]
fn an_error_of_the_schema_arrives_with_its_issues() {
    let test = "test(\"one\", () => {\n  try {\n    seen();\n    expect.unreachable();\n  } catch (error: any) {\n    expect(error.issues[0].path).toEqual([\"balance\"]);\n    expect(error).toBeInstanceOf(Error);\n  }\n});\n";
    Bank::of("typescript")
        .with_tests(test)
        .with_code("return ++calls;", "return new Account({ id: \"a\", balance: \"x\" as any }).balance;")
        .component(&[], 0);
}

#[test]
fn two_objects_of_the_component_are_not_equal_because_nothing_is_seen_of_them() {
    Bank::of("typescript")
        .with_tests("test(\"one\", () => { expect(new Book(\"a\")).not.toEqual(open_book(\"b\")); });\n")
        .component(&[], 0);
}

#[test]
fn what_a_function_does_although_its_contract_does_not_say_so_fails() {
    let test = "test(\"one\", () => { expect(seen()).toBe(1); });\n";
    for (code, effect) in [("Date.now();", "reads the clock"), ("Math.random();", "draws random numbers")] {
        let bank =
            Bank::of("typescript").with_tests(test).with_code("return ++calls;", &format!("{code}\n  return ++calls;"));
        let component = bank.component(&[], 1);
        let checks = component["checks"].as_array().unwrap();
        let conduct = checks.iter().find(|check| check["name"] == "side-effects").unwrap();
        assert_eq!(conduct["held"], false, "{conduct:#}");
        assert!(conduct["detail"].as_str().unwrap().contains(effect), "{conduct:#}");
    }
}

#[test]
fn an_endless_recursion_is_a_range_error_of_the_code_and_the_next_test_runs() {
    let bank = Bank::of("typescript")
        .with_tests("test(\"one\", () => { seen(); });\ntest(\"two\", () => { expect(echo(3)).toBe(3); });\n")
        .with_code("return ++calls;", "return seen() + 1;");
    let component = bank.component(&[], 1);
    assert_eq!((&component["passed"], &component["failed"]), (&1.into(), &1.into()), "{component:#}");
    assert!(component["tests"][0]["message"].as_str().unwrap().contains("RangeError"), "{component:#}");
}

#[test]
fn a_failure_of_the_code_shows_its_own_lines() {
    let bank = Bank::of("typescript")
        .with_tests("test(\"one\", () => { seen(); });\n")
        .with_code("return ++calls;", "return (undefined as any).x;");
    let ended = pact(bank.folder.path(), ["test", "bank"]).with_code(1);
    assert!(
        ended.stdout.contains("in the component") && ended.stdout.contains("src/bank/bank.ts:"),
        "{}",
        ended.stdout
    );
}

#[test]
fn code_that_cannot_be_imported_fails_each_test_that_calls_it() {
    let bank = Bank::of("typescript").with_code("let calls = 0;", "import \"no_such_module\";\nlet calls = 0;");
    let component = bank.component(&[], 1);
    assert_eq!(component["passed"], 0, "{component:#}");
    assert!(component["tests"][0]["message"].as_str().unwrap().contains("no_such_module"), "{component:#}");
}

#[test]
fn a_promise_that_is_rejected_and_nobody_looks_at_fails_the_test() {
    let bank = Bank::of("typescript")
        .with_tests("test(\"one\", async () => { expect(await settle([1])).toEqual({ sum: 1 }); });\n")
        .with_code("return { sum:", "void Promise.reject(new Error(\"lost\"));\n  await null;\n  return { sum:");
    assert!(bank.message(0).contains("nobody looked: lost"));
}
