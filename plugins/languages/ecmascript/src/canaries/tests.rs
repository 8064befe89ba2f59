//! What is changed, what is not, and what a planted source keeps.

use std::collections::BTreeSet;

use super::*;

fn planted(text: &str, key: &[u8]) -> PlantedSource {
    plant("a.test.ts", text, key, 1000).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"))
}

/// A file with one test of these statements.
fn test_of(statements: &str) -> String {
    let body: String = statements.lines().map(|line| format!("    {line}\n")).collect();
    let imports = "import assert from \"node:assert/strict\";\nimport { expect, test } from \"vitest\";\nimport { total } from \"bank\";\n";
    format!("{imports}\ntest(\"one thing\", async () => {{\n{body}}});\n")
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
        ("expect(total(1)).toBe(3.25);", "expect(total(1)).toBe(7.5);"),
        ("expect(total(1)).toBe(-3.5);", "expect(total(1)).toBe(-8);"),
        ("expect(isOpen()).toBe(true);", "expect(isOpen()).toBe(false);"),
        ("expect(owner()).toEqual(null);", "expect(owner()).toEqual(0);"),
        ("expect(total(1)).toBeCloseTo(3);", "expect(total(1)).toBeCloseTo(7);"),
        ("expect(parts(1)).toHaveLength(3);", "expect(parts(1)).toHaveLength(4);"),
        ("await expect(load()).resolves.toBe(false);", "await expect(load()).resolves.toBe(true);"),
        ("assert.equal(isOpen(), true, 'why');", "assert.equal(isOpen(), false, 'why');"),
        ("assert.deepStrictEqual(total(1), 1.5);", "assert.deepStrictEqual(total(1), 4);"),
        ("expect(pay()).toEqual(new Money(5, \"EUR\"));", "expect(pay()).toEqual(new Money(6, \"EUR\"));"),
        (
            "expect(pay()).toEqual(new Money({ minor: 999_999 }));",
            "expect(pay()).toEqual(new Money({ minor: 1_000_000 }));",
        ),
        ("expect(true).toBe(isOpen());", "expect(false).toBe(isOpen());"),
    ] {
        assert_eq!(changed_line(&test_of(statement), b"key").as_deref(), Some(expected), "{statement}");
    }
}

#[test]
fn a_text_grows_by_a_letter_and_a_number_moves() {
    for (before, after) in [("'ab'", "');"), ("\"\\0\"", "\");"), ("``", "`);")] {
        let line = changed_line(&test_of(&format!("expect(name(1)).toBe({before});")), b"k").expect(before);
        let content = line.strip_suffix(after).expect("the same quotation marks");
        let original = format!("expect(name(1)).toBe({before}");
        assert!(
            content.strip_prefix(&original[..original.len() - 1]).is_some_and(|letter| letter.len() == 1),
            "{line}"
        );
    }
    for key in 0..20_u8 {
        let line = changed_line(&test_of("expect(total(1)).toBe(10_0n);"), &[key]).expect("a number");
        let value = line.trim_start_matches("expect(total(1)).toBe(").trim_end_matches("n);").replace('_', "");
        let value: i64 = value.parse().expect("a whole number");
        assert!(value != 100 && (97..=110).contains(&value), "{line}");
    }
}

#[test]
fn one_literal_of_a_collection_changes_and_keys_stay() {
    for statement in [
        "expect(parts(1)).toEqual([1, [2, 3], { a: 6 }]);",
        "expect(parts(1)).toStrictEqual({ a: [1, null], 'b-c': 'x' });",
        "assert.deepEqual(parts(1), { a: undefined, b: -2 });",
    ] {
        for key in 0..20_u8 {
            let line = changed_line(&test_of(statement), &[key]).expect(statement);
            assert_ne!(line, statement);
            for kept in ["a:", "'b-c':", "undefined"] {
                assert_eq!(line.contains(kept), statement.contains(kept), "{line}");
            }
        }
    }
}

#[test]
fn what_need_not_fail_is_not_changed() {
    for statements in [
        "expect(total(1)).not.toBe(3);",
        "expect(total(1)).toBeGreaterThan(3);",
        "expect.soft(total(1)).toBe(3);",
        "expect(load()).resolves.toBe(3);",
        "await expect(load()).rejects.toBe(3);",
        "expect(1).toBe(1);",
        "expect(total(1)).toBe(total(2));",
        "expect(total(1)).toBeCloseTo(1, -9);",
        "expect(total(1)).toBe(`${1}`);",
        "expect(parts(1)).toEqual([expect.any(Number), 1]);",
        "expect(expect.anything()).toEqual(1);",
        "expect(parts(1)).toEqual({ ...other, a: 1 });",
        "expect(parts(1)).toEqual({ a: 1, a: 2 });",
        "expect(parts(1)).toEqual({ total });",
        "expect(parts(1)).toEqual([, 1]);",
        "expect(parts(1)).toEqual(new Array(3));",
        "expect(parts(1)).toEqual(new Money('EUR'));",
        "expect(total(1)).toBe(0x10);",
        "expect(total(1)).toBe(undefined);",
        "expect(total(1)).toBe(\n    `a\nb`\n);",
        "assert.notEqual(total(1), 3);",
        "assert(total(1) === 3);",
        "if (total) { expect(total(1)).toBe(1); }",
        "for (const x of total()) expect(total(1)).toBe(1);",
        "try { expect(total(1)).toBe(1); } finally { }",
        "const inner = () => { expect(total(1)).toBe(1); };",
        "if (total) return;\nexpect(total(1)).toBe(1);",
        "expect(total(1)).toBe(1);\naccount.close();",
        "expect(total(1)).toMatchSnapshot();\nexpect(total(1)).toBe(1);",
    ] {
        assert_eq!(changed_line(&test_of(statements), b"key"), None, "{statements}");
    }
}

#[test]
fn a_test_that_may_not_run_as_it_is_is_left_alone() {
    let body = "{ expect(total(1)).toBe(1); });\n";
    for (before, definition) in [
        ("", "test.skip('a', () => "),
        ("", "test.fails('a', () => "),
        ("", "test('a', { retry: 2 }, () => "),
        ("", "test(`a ${x}`, () => "),
        ("if (x) ", "test('a', () => "),
        ("test.only('b', () => {});\n", "test('a', () => "),
        ("test('a', () => {});\n", "test('a', () => "),
        ("beforeEach((ctx) => ctx.skip());\n", "test('a', () => "),
        ("expect.addEqualityTesters([same]);\n", "test('a', () => "),
        ("const all = [];\nfunction add() { all.push(1); }\n", "test('a', () => "),
        ("let count = 0;\nfunction next() { return count++; }\n", "test('a', () => "),
        ("", "test.each(table)('a %i', () => "),
    ] {
        let found = planted(&format!("{before}{definition}{body}"), b"key");
        assert_eq!(found.canaries, [], "{before}{definition}");
    }
}

#[test]
fn what_each_test_gets_anew_may_be_changed() {
    let text = "let bank;\nbeforeEach(() => { bank = new Bank(); bank.open(); });\ndescribe('s', () => {\n  \
                test('a', () => {\n    bank.deposit(5);\n    expect(bank.total()).toBe(5);\n  });\n});\n";
    let found = planted(text, b"key");
    assert_eq!(found.canaries.len(), 1);
    let canary = &found.canaries[0];
    assert_eq!((canary.function.as_str(), canary.first_line, canary.every_case), ("a.test.ts::s > a", 6, true));
}

#[test]
fn a_value_of_a_table_changes_in_one_row() {
    for definition in [
        "test.each([\n  [1, 2, 3],\n  [4, 5, 9],\n])('%i', (a, b, expected) => {\n",
        "test.each([\n  { a: 1, expected: 3 },\n  { a: 4, expected: 9 },\n])('$a', ({ a, expected }) => {\n",
        "test.for([\n  [1, 3],\n  [4, 9],\n])('%i', ([a, expected]) => {\n",
        "test.for([\n  { a: 1, expected: 3 }])('$a', ({ a, expected }) => {\n",
    ] {
        let text = format!("{definition}  expect(add(a)).toBe(expected);\n}});\n");
        let found = planted(&text, b"key");
        assert_eq!(found.canaries.len(), 1, "{text}");
        assert!(!found.canaries[0].every_case);
        let differing = text.lines().zip(found.text.lines()).filter(|(before, after)| before != after).count();
        assert_eq!(differing, 1, "{}", found.text);
    }
    let used_twice = "test.each([[1, 3]])('%i', (a, expected) => {\n  expect(add(expected)).toBe(expected);\n});\n";
    assert_eq!(planted(used_twice, b"key").canaries, []);
}

#[test]
fn the_key_decides_and_lines_stay() {
    let tests: String =
        (0..8).map(|n| format!("test('t{n}', () => {{\n  expect(total({n})).toBe({n}00);\n}});\n")).collect();
    let one = plant("a.test.ts", &tests, b"one", 3).expect("it parses");
    assert_eq!(one, plant("a.test.ts", &tests, b"one", 3).expect("it parses"));
    assert_eq!(one.canaries.len(), 3);
    let drawn: BTreeSet<String> = (0..20_u8)
        .flat_map(|key| plant("a.test.ts", &tests, &[key], 1).expect("it parses").canaries)
        .map(|canary| canary.function)
        .collect();
    assert!(drawn.len() > 4, "{drawn:?}");
    let changed = tests.lines().zip(one.text.lines()).filter(|(before, after)| before != after).count();
    assert_eq!((changed, one.text.lines().count()), (3, tests.lines().count()));
}
