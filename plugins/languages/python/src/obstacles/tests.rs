use super::*;

const CONTRACT: &str = r#"{"component_id": "bank", "dependencies": ["money"],
  "types": [
    {"name": "Account", "kind": "struct", "fields": []},
    {"name": "Money", "kind": "struct", "owner_component": "money"},
    {"name": "Book", "kind": "class", "methods": [{"name": "add", "output_type": "int"}]}],
  "functions": [
    {"name": "deposit", "output_type": "Account", "error_cases": [{"name": "p", "condition": "c", "error_type": "Poor"}]}]}"#;

fn of(contract: &str, tests: &[(&str, &str)]) -> Vec<Obstacle> {
    let interface = crate::interface::read(contract).expect("a good contract");
    let tests: Vec<_> = tests.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    find(&interface, &tests)
}

fn lines(text: &str) -> Vec<u32> {
    let found = of(CONTRACT, &[("tests/bank/contract_test.py", text), ("tests/bank/helpers.py", "")]);
    found.into_iter().map(|obstacle| obstacle.place.expect("it is in the test").line).collect()
}

fn reasons(text: &str) -> Vec<String> {
    of(CONTRACT, &[("tests/bank/contract_test.py", text)]).into_iter().map(|obstacle| obstacle.reason).collect()
}

/// Each line stands in a test of its own file, behind the imports.
fn each_is_one(bodies: &[&str]) {
    for body in bodies {
        let text = format!("{IMPORTS}def test_a(monkeypatch, mocker, request):\n    {body}\n");
        let found = reasons(&text);
        assert_eq!(found.len(), 1, "{body}: {found:?}");
        assert!(found[0].starts_with('`'), "{body}: {found:?}");
    }
}

const IMPORTS: &str = "import os, sys, time, random, inspect, importlib, tempfile\nimport bank, money, helpers\n\
                       from unittest import mock\nfrom unittest.mock import patch\nimport pytest\n\
                       from pathlib import Path\nfrom bank import Account, Book, deposit\nNAME = 'bank.deposit'\n";

#[test]
fn a_suite_that_keeps_to_the_contract_can_be_split() {
    let text = r#"
import json
import random
import pytest
import bank
import money
import helpers
from bank import *
from bank import Account, Book, Poor, Money, deposit as put
from bank_types import Account as Same
from money import Money
from unittest import mock

FAKES = {"add": (money, lambda left, right: left)}

@pytest.fixture(autouse=True)
def fakes(monkeypatch):
    for name, (module, fake) in FAKES.items():
        monkeypatch.setattr(module, name, fake)
    monkeypatch.setattr(money, "add", helpers.fake)
    monkeypatch.setattr("money.add", helpers.fake)
    monkeypatch.setattr(helpers, "LIMIT", 3)
    monkeypatch.setitem(helpers.TABLE, "a", 1)
    money.add = helpers.fake

@mock.patch("money.add")
@mock.patch.object(money, "percentage")
def test_a(percentage, add, capsys, caplog):
    assert bank.deposit() == Account()
    assert bank.deposit.__name__ == "deposit" and bank.__name__ == "bank"
    assert hasattr(bank, "deposit") and callable(getattr(bank, "deposit"))
    book = Book()
    assert bank.Book.add(book) == book.add()
    random.choice([1, 2])
    with open("tests/bank/data.json") as file:
        json.load(file)
    with pytest.raises(bank.Poor):
        put()
    account = Account()
    account.balance = 3
    helpers.table["a"] = 1
"#;
    let found = of(CONTRACT, &[("tests/bank/contract_test.py", text), ("tests/bank/helpers.py", "")]);
    assert_eq!(found, []);
}

#[test]
fn names_that_the_contract_does_not_have() {
    let text = "import bank.helper\nfrom bank import deposit, _helper\nfrom bank.helper import x\nimport bank as b\n\
                def test_a():\n    assert b.CACHE == {}\n    assert b.deposit.cache_info()\n    b.Book._entries\n";
    assert_eq!(lines(text), [1, 2, 3, 6, 7, 8]);
    assert_eq!(
        reasons("from bank import deposit, _helper\n"),
        ["`from bank import _helper`: the contract of `bank` does not have `_helper`; use only what it promises"]
    );
    each_is_one(&[
        "bank.CACHE.clear()",
        "hasattr(bank, '_cache')",
        "vars(bank)",
        "inspect.getmembers(bank)",
        "x = bank",
    ]);
}

#[test]
fn patches_of_the_component() {
    each_is_one(&[
        "monkeypatch.setattr(bank, 'deposit', 1)",
        "monkeypatch.setattr(bank, 'anything', 1, raising=False)",
        "monkeypatch.setattr('bank.deposit', 1)",
        "monkeypatch.setattr(f'bank.{1}', 1)",
        "monkeypatch.setattr(NAME, 1)",
        "monkeypatch.setattr(target=bank, name='deposit', value=1)",
        "monkeypatch.delattr(bank, 'deposit')",
        "monkeypatch.setitem(bank.CACHE, 'a', 1)",
        "monkeypatch.setattr(Account, 'balance', 1)",
        "mock.patch('bank.deposit')",
        "patch('bank.deposit')",
        "patch.object(bank, 'deposit')",
        "patch.dict('bank.CACHE', {})",
        "mocker.patch('bank.deposit')",
        "mocker.patch.object(bank, 'deposit')",
        "bank.deposit = 1",
        "del bank.deposit",
        "bank.CACHE['a'] = 1",
        "importlib.reload(bank)",
    ]);
    let decorated = "from unittest.mock import patch\n@patch('bank.deposit')\ndef test_a(fake): ...\n";
    assert_eq!(lines(decorated), [2]);
    // The demo's first way: patch the component where it has imported the name itself.
    let guarded = "import bank\ndef test_a(monkeypatch):\n    if hasattr(bank, name):\n        monkeypatch.setattr(bank, name, fake)\n";
    assert_eq!(lines(guarded), [3, 4]);
    assert_eq!(
        reasons("import bank\nmonkeypatch.setattr(\n    bank, 'x', 1)\n"),
        [
            "`monkeypatch.setattr( bank, 'x', 1)`: the component runs in another interpreter, where a change of `bank` does nothing; \
          replace what `bank` calls on the dependency's module, for example `monkeypatch.setattr(dependency, \"name\", fake)`"
        ]
    );
}

#[test]
fn what_only_one_interpreter_shares() {
    each_is_one(&[
        "monkeypatch.setattr(time, 'time', 1)",
        "monkeypatch.setattr('time.time', 1)",
        "monkeypatch.setattr('builtins.input', 1)",
        "mock.patch('random.random')",
        "time.time = 1",
        "random.seed(1)",
        "monkeypatch.setenv('A', '1')",
        "monkeypatch.delenv('A')",
        "monkeypatch.chdir('/')",
        "monkeypatch.syspath_prepend('/')",
        "monkeypatch.setitem(os.environ, 'A', '1')",
        "os.environ['A'] = '1'",
        "del os.environ['A']",
        "os.environ.update(A='1')",
        "os.chdir('/')",
        "sys.modules['x'] = 1",
        "open('a', 'w')",
        "open('a', mode='ab')",
        "Path('a').write_text('x')",
        "Path('a').open('w')",
        "tempfile.mkdtemp()",
        "inspect.getsource(deposit)",
        "request.getfixturevalue('tmp_path')",
    ]);
    assert_eq!(lines("import freezegun\nfrom time_machine import travel\nimport freezegun.api\n"), [1, 2, 3]);
}

#[test]
fn fixtures_of_files_and_clocks() {
    let text = "import pytest\ndef test_a(tmp_path): ...\nclass TestB:\n    def test_c(self, *, tmpdir): ...\n\
                @pytest.fixture\ndef book(tmp_path_factory): ...\n@pytest.mark.usefixtures('tmp_path')\ndef test_d(): ...\n\
                def helper(tmp_path): ...\ndef test_e(freezer): ...\n";
    assert_eq!(lines(text), [2, 4, 6, 7, 10]);
}

#[test]
fn inputs_that_are_made_while_they_are_used() {
    let contract = r#"{"component_id": "bank",
      "types": [{"name": "Book", "kind": "class", "init": [{"name": "x", "type_ref": "Iterator[int]"}],
                 "methods": [{"name": "m", "output_type": "int", "inputs": [{"name": "y", "type_ref": "AsyncIterator[int]"}]}]}],
      "functions": [{"name": "f", "output_type": "Generator[int]",
        "inputs": [{"name": "a", "type_ref": "Iterable[int]"}, {"name": "b", "type_ref": "list[Generator[int]]"},
                   {"name": "c", "type_ref": "Callable[[int], Any]"}]}]}"#;
    let found = of(contract, &[]);
    let reasons: Vec<_> =
        found.iter().map(|obstacle| obstacle.reason.split(" cannot cross").next().unwrap_or("")).collect();
    assert_eq!(
        reasons,
        [
            "the input `b: list[collections.abc.Generator[int, None, None]]` of `f`",
            "the input `x: collections.abc.Iterator[int]` of `Book.__init__`",
            "the input `y: collections.abc.AsyncIterator[int]` of `Book.m`",
        ]
    );
    assert!(found.iter().all(|obstacle| obstacle.place.is_none()));
}

#[test]
fn a_file_that_does_not_parse_has_none() {
    assert_eq!(lines("from bank import _x\ndef (:\n"), [] as [u32; 0]);
}
