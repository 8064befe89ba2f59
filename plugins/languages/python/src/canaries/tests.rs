//! What is changed, what is not, and what a planted source keeps.

use std::collections::BTreeSet;

use super::*;

mod promises;

use promises::check;

fn planted(text: &str, key: &[u8]) -> PlantedSource {
    plant("a.py", text, key, 1000).expect("it parses")
}

/// A file with one test of these statements.
fn test_of(statements: &str) -> String {
    let body: String = statements.lines().map(|line| format!("    {line}\n")).collect();
    format!("import pytest\nfrom bank import *\n\n\ndef test_one_thing(account):\n{body}\n\ndef other():\n    pass\n")
}

/// Returns the statement that must fail, as it stands in the planted source.
fn changed_line(text: &str, key: &[u8]) -> Option<String> {
    let planted = planted(text, key);
    let canary = planted.canaries.first()?;
    let lines: Vec<&str> = planted.text.lines().collect();
    Some(lines[canary.first_line as usize - 1..canary.last_line as usize].join("\n").trim().to_owned())
}

#[test]
fn a_literal_becomes_another_value() {
    for (statement, expected) in [
        ("assert total(1) == 3.5", "assert total(1) == 8.0"),
        ("assert total(1) == -3.5", "assert total(1) == -8.0"),
        ("assert account.is_open() == True", "assert account.is_open() == False"),
        ("assert account.owner == None, 'why'", "assert account.owner == 0, 'why'"),
        ("assert False == account.is_open()", "assert True == account.is_open()"),
        ("assert total(1) == pytest.approx(3)", "assert total(1) == pytest.approx(7)"),
        ("assert total(1) == pytest.approx(-1.0)", "assert total(1) == pytest.approx(-3.0)"),
        (
            "assert total(1) == Money(minor=5, currency=\"EUR\", open=True)",
            "assert total(1) == Money(minor=6, currency=\"EUR\", open=True)",
        ),
        ("assert pay(1) == Money(-1_999)", "assert pay(1) == Money(-1_998)"),
        ("assert pay(1) == Money(999_999)", "assert pay(1) == Money(1_000_000)"),
        ("assert pay(1) == [Money(0.5, None)]", "assert pay(1) == [Money(1.5, None)]"),
        ("assert names(1) == {True: None}", "assert names(1) == {True: None}"),
    ] {
        let line = changed_line(&test_of(statement), b"key");
        if statement == expected {
            assert_eq!(line, None, "{statement}");
        } else {
            assert_eq!(line.as_deref(), Some(expected), "{statement}");
        }
    }
}

#[test]
fn a_text_grows_by_a_letter_and_a_number_moves() {
    for (before, after) in [
        ("assert name(1) == 'ab'", "'"),
        ("assert name(1) == \"\\0\"", "\""),
        ("assert name(1) == r'''a\\b'''", "'''"),
        ("assert name(1) == b'ab'", "'"),
        ("assert name(1) == ''", "'"),
    ] {
        let line = changed_line(&test_of(before), b"k").expect(before);
        let content = line.strip_suffix(after).expect("the same quotation marks");
        let original = before.strip_suffix(after).expect("marks at the end");
        assert!(content.strip_prefix(original).is_some_and(|letter| letter.len() == 1), "{line}");
    }
    for key in 0..20_u8 {
        let line = changed_line(&test_of("assert total(1) == 10_0"), &[key]).expect("a number");
        let value: i64 =
            line.rsplit(' ').next().and_then(|text| text.replace('_', "").parse().ok()).expect("a whole number");
        assert!(value != 100 && (97..=110).contains(&value), "{line}");
    }
}

#[test]
fn one_literal_of_a_collection_changes() {
    for statement in [
        "assert parts(1) == [1, (2, 3), {4, 5}, {'a': 6}]",
        "assert parts(1) == {'a': [1, None], 'b': 'x'}",
        "assert {1, 2} == parts(1)",
        "assert parts(account) == [pytest.approx(1.5), -2]",
    ] {
        for key in 0..20_u8 {
            let line = changed_line(&test_of(statement), &[key]).expect(statement);
            assert_ne!(line, statement);
            assert!(line.contains("parts("), "{line}");
            for kept in ["'a'", "'b'"] {
                assert_eq!(line.contains(kept), statement.contains(kept), "a key stays: {line}");
            }
        }
    }
}

#[test]
fn what_a_function_only_hands_on_to_a_class_changes() {
    let test = "\n\ndef test_one_thing():\n    assert total(1) == eur(5, 7)\n";
    for (maker, expected) in [
        ("def eur(a, b):\n    \"\"\"Makes.\"\"\"\n    return Money(a, currency=b % 2)", Some("eur(6, 7)")),
        ("def eur(a, b):\n    return Money(1, currency=b)", Some("eur(5, 8)")),
        ("def eur(a, b):\n    return Money(a + b)", None),
        ("def eur(a, b):\n    return money(a, b)", None),
        ("def eur(a, *b):\n    return Money(a)", None),
        ("def eur(a, b):\n    a = 1\n    return Money(a)", None),
        ("async def eur(a, b):\n    return Money(a)", None),
    ] {
        let line = changed_line(&format!("{maker}{test}"), b"key");
        let expected = expected.map(|call| format!("assert total(1) == {call}"));
        assert_eq!(line, expected, "{maker}");
    }
}

#[test]
fn what_need_not_fail_is_not_changed() {
    for statements in [
        "assert total(1) != 3",
        "assert total(1) >= 3",
        "assert 1 == 1",
        "assert total(1) == total(2)",
        "assert total(1) == f'{1}'",
        "assert total(1) == 1 == x",
        "assert total(1) == 1 or account",
        "assert not total(1) == 1",
        "assert total(1) == pytest.approx(1.0, abs=100)",
        "assert pytest.approx(1, abs=9) == 1",
        "near = pytest.approx(1, abs=9)\nassert near == 1",
        "assert total(1) == Money(minor=account)",
        "assert total(1) == Money(*[1])",
        "assert total(1) == Money(currency='EUR')",
        "assert total(1) == money(1)",
        "assert parts(1) == {1, 1}",
        "assert parts(1) == {'a': 1, 'a': 2}",
        "assert parts(1) == {**account}",
        "assert parts(1) == [account, 1]",
        "assert total(1) == (\n    'a'\n    'b'\n)",
        "assert total(1) == 1e999",
        "if account:\n    assert total(1) == 1",
        "for x in account:\n    assert total(1) == 1",
        "with account:\n    assert total(1) == 1",
        "try:\n    assert total(1) == 1\nfinally:\n    pass",
        "def inner():\n    assert total(1) == 1",
        "if account:\n    return\nassert total(1) == 1",
        "assert total(1) == 1\nyield",
        "pytest.skip('no')\nassert total(1) == 1",
        "if account:\n    pytest.xfail('no')\nassert total(1) == 1",
        "self.assertEqual(total(1), 3)",
        "assert total(1) == 1\naccount.close()",
        "assert total(1) == 1\nfor x in account:\n    assert x",
    ] {
        assert_eq!(planted(&test_of(statements), b"key").canaries, [], "{statements}");
    }
}

#[test]
fn a_test_that_is_marked_or_bound_to_others_is_not_changed() {
    let body = "assert total(1) == 1\n";
    for text in [
        format!("import pytest\n\n@pytest.mark.skip\ndef test_a(x):\n    {body}"),
        format!("import pytest\n\n@pytest.mark.xfail(reason='a')\ndef test_a(x):\n    {body}"),
        format!("import pytest\n\n@pytest.mark.flaky(reruns=3)\ndef test_a(x):\n    {body}"),
        format!("import pytest\npytestmark = pytest.mark.skipif(True, reason='')\ndef test_a(x):\n    {body}"),
        format!("from hypothesis import given\n\n@given(1)\ndef test_a(x):\n    {body}"),
        format!("import pytest\n\n@pytest.fixture\ndef x():\n    pytest.skip('no')\n\ndef test_a(x):\n    {body}"),
        format!("\"\"\"See test_a.\"\"\"\ndef test_a(x):\n    {body}"),
        format!("def test_a(x):\n    {body}\ntest_b = test_a\n"),
        format!("def test_a(request):\n    {body}"),
        format!("def test_a(data_regression):\n    {body}"),
        format!("def helper(x):\n    {body}"),
        format!("if x:\n    def test_a(x):\n        {body}"),
        format!(
            "class Base:\n    def test_a(self):\n        {body}\nclass TestOne(Base): pass\nclass TestTwo(Base): pass\n"
        ),
        format!("@strange\nclass TestA:\n    def test_a(self):\n        {body}"),
        format!("import dirty_equals\ndef test_a(x):\n    {body}"),
        "from unittest.mock import ANY\ndef test_a(x):\n    y = ANY\n    assert y == 1\n".to_owned(),
    ] {
        assert_eq!(planted(&text, b"key").canaries, [], "{text}");
    }
}

#[test]
fn a_test_that_shares_what_tests_change_is_not_changed() {
    let test = "def test_a(x):\n    assert total(x) == 1\n";
    for text in [
        format!("SEEN = []\ndef helper():\n    SEEN.append(1)\n{test}"),
        format!("seen = {{}}\ndef helper():\n    seen['a'] = 1\n{test}"),
        format!("count = 0\ndef helper():\n    global count\n    count += 1\n{test}"),
        format!("import itertools\nnumbers = itertools.count()\ndef helper():\n    return next(numbers)\n{test}"),
        format!("def setup_module():\n    pass\n{test}"),
        format!("import pytest\n@pytest.fixture(scope='module')\ndef x():\n    return 1\n{test}"),
        format!("import pytest\n@pytest.fixture(scope='class')\ndef y():\n    return 1\n@pytest.fixture\ndef x(y):\n    return y\n{test}"),
        "class TestA:\n    seen = []\n    def test_a(self):\n        self.seen.append(1)\n        assert len(self.seen) == 1\n".to_owned(),
        "class TestA:\n    count = 0\n    def test_a(self):\n        TestA.count += 1\n        assert total(1) == 1\n".to_owned(),
        "class TestA:\n    def setup_class(self): pass\n    def test_a(self):\n        assert total(1) == 1\n".to_owned(),
    ] {
        assert_eq!(planted(&text, b"key").canaries, [], "{text}");
    }
    for text in [
        format!("RATES = [1]\nimport bank\ndef helper():\n    seen = []\n    seen.append(1)\n    bank.reset()\n{test}"),
        format!("import pytest\n@pytest.fixture(scope='function')\ndef x():\n    return 1\n{test}"),
        "class TestA:\n    rate = 3\n    def setup_method(self):\n        self.seen = []\n    def test_a(self):\n        self.seen.append(1)\n        assert len(self.seen) == 1\n".to_owned(),
    ] {
        assert_eq!(planted(&text, b"key").canaries.len(), 1, "{text}");
    }
}

#[test]
fn tests_in_classes_with_parameters_and_async_ones_are_changed() {
    let text = "import unittest\nfrom unittest import mock\nimport pytest\n\n\
                class TestA:\n\n    # First.\n    @pytest.mark.parametrize('x', [1, 2])\n    @mock.patch('a.b')\n    def test_one(self, b, x):\n        \
                assert sign(x) == 1\n        # The end.\n\n    class TestInner:\n        async def test_two(self):\n            \
                assert await f() == 'a'\n\n\n\
                class Cases(unittest.TestCase):\n    def test_three(self):\n        self.assertEqual(f(), [1], 'why')\n";
    let found = planted(text, b"key");
    let functions: Vec<&str> = found.canaries.iter().map(|canary| canary.function.as_str()).collect();
    assert_eq!(functions, ["a.py::TestA::test_one", "a.py::TestA::TestInner::test_two", "a.py::Cases::test_three"]);
    assert!(found.canaries.iter().all(|canary| canary.every_case));
    check(text, &found, "a.py");
}

/// A file with one test of these tables, which compares as it is written here.
fn table_of(decorators: &str, assertion: &str) -> String {
    format!("import pytest\nfrom bank import sign\n\n\n{decorators}\ndef test_sign(n, expected):\n    {assertion}\n")
}

#[test]
fn one_value_of_a_table_is_changed_where_the_test_compares_with_its_parameter() {
    let compares = "assert sign(n) == expected";
    for (table, assertion, changed) in [
        ("('n, expected', [(1, True)])", compares, "[(1, False)]"),
        ("(['n', 'expected'], ([1, True], [2, n]))", compares, "([1, False], [2, n])"),
        ("(argnames, [(1, True)])", compares, ""),
        ("('n, expected', ROWS)", compares, ""),
        ("('n, expected', [(1, True)], indirect=True)", compares, ""),
        ("('n, expected', [(1, True)], ids=['one'])", compares, "[(1, False)]"),
        ("('n, expected', [pytest.param(1, True, id='a')])", compares, "(1, False, id='a')"),
        ("('n, expected', [pytest.param(1, True, marks=m), (2, 5.0)])", compares, "(1, True, marks=m), (2, 11.0)"),
        ("('n, expected', [*ROWS, (1, 5.0)])", "assert expected == sign(n)", ""),
        ("('n, expected', [(1, 5.0)])", "assert sign(n) == pytest.approx(expected)", "[(1, 11.0)]"),
        ("('n, expected', [(1, 5)])", "assert sign(n) == Money(expected, 'EUR')", "[(1, 6)]"),
        ("('n, expected', [(1, 5)])", "assert sign(n) == sign(expected)", ""),
        ("('n, expected', [(1, 5)])", "assert sign(n, expected) == expected", ""),
        ("('n, expected', [(1, 5)])", "expected += 1\n    assert sign(n) == expected", ""),
        ("('n, expected', [(1, f())])", compares, ""),
    ] {
        let text = table_of(&format!("@pytest.mark.parametrize{table}"), assertion);
        let found = planted(&text, b"key");
        assert_eq!(found.canaries.len(), usize::from(!changed.is_empty()), "{table} {assertion}");
        assert!(found.text.contains(changed), "{}", found.text);
        check(&text, &found, "a.py");
        if let [canary] = found.canaries.as_slice() {
            assert_eq!((canary.every_case, canary.first_line, canary.last_line), (false, 7, 7), "{table}");
        }
    }
    let bare = table_of("@pytest.mark.parametrize('n', [1])\n@pytest.mark.parametrize('expected', [True])", compares);
    assert!(planted(&bare, b"key").text.contains("('n', [1])\n@pytest.mark.parametrize('expected', [False])"));
}

#[test]
fn every_row_of_a_table_may_be_drawn() {
    let text =
        table_of("@pytest.mark.parametrize('n, expected', [(1, 5.0), (2, 6.0), (3, 7.0)])", "assert n == expected");
    let seen: BTreeSet<String> = (0..40_u8).map(|key| planted(&text, &[key]).text).collect();
    assert_eq!(seen.len(), 3);
}

#[test]
fn a_test_of_many_cases_is_not_changed_because_they_would_all_run_twice() {
    let of = |rows: &str| {
        let decorators = format!("@pytest.mark.parametrize('n', {rows})");
        planted(&table_of(&decorators, "assert total(n) == 5"), b"key").canaries.len()
    };
    let list = |count: usize| format!("[{}]", vec!["1"; count].join(", "));
    assert_eq!([of(&list(32)), of(&list(33)), of("range(9)"), of("[*ALL]")], [1, 0, 0, 0]);
}

#[test]
fn everything_is_drawn_from_the_key() {
    let text = test_of("assert total(1) == 1\nassert total(2) == 'a'");
    let seen: BTreeSet<String> = (0..100_u8)
        .map(|key| {
            let found = planted(&text, &[key]);
            assert_eq!(found, planted(&text, &[key]));
            found.text
        })
        .collect();
    assert!(seen.len() > 20, "both statements and many values: {}", seen.len());
}

#[test]
fn at_most_as_many_tests_as_asked_for_are_changed() {
    let text: String =
        (0..9).map(|number| format!("def test_case_{number}():\n    assert f({number}) == {number}\n\n\n")).collect();
    let of = |key: u8, count| plant("a.py", &text, &[key], count).expect("it parses").canaries;
    assert_eq!(of(1, 0), []);
    assert_eq!(of(1, 4).len(), 4);
    assert_eq!(of(1, 100).len(), 9);
    let functions = |key| of(key, 4).into_iter().map(|canary| canary.function).collect::<Vec<_>>();
    assert!((2..20).any(|key| functions(key) != functions(1)));
}

#[test]
fn a_file_without_such_a_test_stays_as_it_is() {
    for text in ["", "x = 1", "\r\n\r\ndef test_a():\r\n    pass\r\n", "\u{feff}x = 'ä'\n"] {
        let found = planted(text, b"key");
        assert_eq!((found.text.as_str(), found.canaries.len()), (text, 0));
    }
    assert!(plant("a.py", "def test_a(:\n", b"key", 1).is_err());
}

#[test]
fn every_ending_of_lines_is_kept() {
    let text = "\u{feff}def test_a():\r\n    assert f() == 1\r\n\r\n\r\ndef test_b():\r\n    assert f() == 'ä', 'ö'";
    let found = planted(text, b"key");
    assert_eq!(found.canaries.len(), 2);
    assert_eq!(found.text.matches('\n').count(), found.text.matches("\r\n").count());
    assert!(!found.text.ends_with('\n'));
    check(text, &found, "a.py");
}
