use super::*;

fn list(text: &str) -> TestListing {
    list_tests("t.test.ts", text).unwrap_or_else(|errors| panic!("{errors:?}\n{text}"))
}

fn ids(text: &str) -> Vec<String> {
    list(text).functions.into_iter().map(|test| format!("{} {:?}", test.id, test.certainty)).collect()
}

fn marks(text: &str) -> Vec<(MarkKind, String, u32, u32)> {
    let marks = list(text).functions.into_iter().flat_map(|test| test.marks);
    marks.map(|mark| (mark.kind, mark.text, mark.first_line, mark.last_line)).collect()
}

fn calls(text: &str) -> Vec<(MarkKind, String, u32, u32)> {
    let calls = list(text).calls.into_iter();
    calls.map(|mark| (mark.kind, mark.text, mark.first_line, mark.last_line)).collect()
}

#[test]
fn finds_tests_in_nested_suites() {
    let text = r#"
import { describe, expect, it, test } from "vitest";
test("a", () => {});
describe("outer", () => {
    it("b", async () => {});
    describe("inner", function () {
        test.concurrent("c", () => { expect(1).toBe(1); });
    });
    suite("global", () => { it(`d`, () => {}); });
});
bench("no", () => {});
function helper() {}
"#;
    assert_eq!(
        ids(text),
        [
            "t.test.ts::a Defined",
            "t.test.ts::outer > b Defined",
            "t.test.ts::outer > inner > c Defined",
            "t.test.ts::outer > global > d Defined",
        ]
    );
    assert!(list("test('a', options, async () => {});").functions[0].is_async);
    assert!(list("test('a', options, run);").functions[0].marks.is_empty());
    let tests = list(text).functions;
    assert_eq!(tests.iter().map(|test| test.is_async).collect::<Vec<_>>(), [false, true, false, false]);
    assert_eq!(tests.iter().map(|test| test.first_line).collect::<Vec<_>>(), [3, 5, 7, 9]);
}

#[test]
fn follows_renamed_imports_and_names_for_a_definer() {
    let text = r#"
import { test as t, describe as d } from "vitest";
import * as v from "vitest";
const withBank = t.extend({ bank: async ({}, use) => { await use(1); } });
const later = t.skip;
t("a", () => {});
v.it("b", () => {});
d("c", () => { withBank("d", ({ bank }) => {}); });
later("e", () => {});
withBank.for([1, 2])("f", () => {});
"#;
    assert_eq!(
        ids(text),
        [
            "t.test.ts::a Defined",
            "t.test.ts::b Defined",
            "t.test.ts::c > d Defined",
            "t.test.ts::e Defined",
            "t.test.ts::f Defined"
        ]
    );
    assert_eq!(marks(text), [(MarkKind::Skip, "t.skip".to_owned(), 9, 9)]);
}

#[test]
fn reads_suites_of_node() {
    let text = r#"
import test, { describe, it as works, before } from "node:test";
import assert from "node:assert/strict";
before(() => {});
test("a", (t) => { t.test("inner", () => {}); });
describe("b", () => { works("c", () => {}); });
test.skip("d", () => {});
test.it("e", () => {});
"#;
    let expected = ["t.test.ts::a Defined", "t.test.ts::b > c Defined", "t.test.ts::d Defined", "t.test.ts::e Defined"];
    assert_eq!(ids(text), expected);
    let required = "const test = require('node:test'); const { it } = require('node:test');\ntest('a', () => {}); it('b', () => {});";
    assert_eq!(ids(required), ["t.test.ts::a Defined", "t.test.ts::b Defined"]);
}

#[test]
fn a_table_is_one_function_named_by_its_template() {
    let text = r#"
test.each([[1, 2], [3, 4]])("adds %i to %i", (a, b) => {});
test.each`a | b
  ${1} | ${2}`("adds $a", ({ a, b }) => {});
describe.each([1])("with %d", () => { test("a", () => {}); });
test.for([{ a: 1 }])("has $a", ({ a }) => {});
test.each([])("never %i", () => {});
test("plain", () => {});
"#;
    assert_eq!(
        ids(text),
        [
            "t.test.ts::adds %i to %i Defined",
            "t.test.ts::adds $a Defined",
            "t.test.ts::with %d > a Defined",
            "t.test.ts::has $a Defined",
            "t.test.ts::never %i Conditional",
            "t.test.ts::plain Defined",
        ]
    );
    let parametrised: Vec<bool> = list(text).functions.iter().map(|test| test.is_parametrised).collect();
    assert_eq!(parametrised, [true, true, true, true, true, false]);
}

#[test]
fn repeated_ids_are_numbered() {
    let text = r#"
test("a", () => {});
test("a", () => {});
describe("s", () => { test("a", () => {}); });
describe("s", () => { test("a", () => {}); });
if (x) { test("b", () => {}); }
test("b", () => {});
"#;
    assert_eq!(
        ids(text),
        [
            "t.test.ts::a Defined",
            "t.test.ts::a#2 Defined",
            "t.test.ts::s > a Defined",
            "t.test.ts::s > a#2 Defined",
            "t.test.ts::b Conditional",
            "t.test.ts::b#2 Conditional",
        ]
    );
}

#[test]
fn names_that_are_constants_are_known_and_others_are_not_guessed() {
    let text = r#"
import { Account, title } from "bank";
const PREFIX = "account";
let moving = "x";
test(PREFIX + " opens", () => {});
test(`${PREFIX}: closes ${3}`, () => {});
test(title, () => {});
test(moving, () => {});
describe(Account, () => { test("a", () => {}); });
for (const n of [1, 2]) test(`case ${n}`, () => {});
[1, 2].forEach((n) => { test("each", () => {}); });
function shared() { test("shared", () => {}); }
try { test("tried", () => {}); } catch {}
cond && test("maybe", () => {});
"#;
    assert_eq!(
        ids(text),
        [
            "t.test.ts::account opens Defined",
            "t.test.ts::account: closes 3 Defined",
            "t.test.ts::title Bound",
            "t.test.ts::moving Bound",
            "t.test.ts::Account > a Bound",
            "t.test.ts::`case ${n}` Bound",
            "t.test.ts::each Conditional",
            "t.test.ts::shared Conditional",
            "t.test.ts::tried Conditional",
            "t.test.ts::maybe Conditional",
        ]
    );
}

#[test]
fn something_else_of_the_same_name_is_no_test() {
    for text in [
        "import { test } from './mine';\ntest('a', () => {});",
        "import { it } from 'mocha';\nit('a', () => {});",
        "function test(name, f) {}\ntest('a', () => {});",
        "const test = make();\ntest('a', () => {});",
        "/x/.test('a');\nconsole.test('a', () => {});",
        "import { test } from 'vitest';\ntest.beforeEach(() => {}); test.extend({});\ntest.each([1]);",
    ] {
        assert_eq!(ids(text), [""; 0], "{text}");
    }
}

#[test]
fn declared_marks_have_their_kind_text_and_lines() {
    let text = r#"import { describe, test } from "vitest";
test.skip("a", () => {});
test.todo("b");
test.fails("c", () => {});
test
    .skipIf(process.platform === "win32")
    .each([1])("d", () => {});
test.runIf(x)("e", () => {});
test("f", { skip: true }, () => {});
test("g", { skip: onWindows, retry: 2 }, () => {});
test("h", { skip: false, todo: undefined }, () => {});
describe.skip("s", () => { test("i", () => {}); });
test("j");
(x ? test : test.skip)("k", () => {});
"#;
    let found = marks(text);
    let expected = [
        (MarkKind::Skip, "test.skip", 2, 2),
        (MarkKind::Skip, "test.todo", 3, 3),
        (MarkKind::Xfail, "test.fails", 4, 4),
        (MarkKind::SkipIf, "test.skipIf", 5, 6),
        (MarkKind::SkipIf, "test.runIf", 8, 8),
        (MarkKind::Skip, "skip", 9, 9),
        (MarkKind::SkipIf, "skip", 10, 10),
        (MarkKind::Skip, "describe.skip", 12, 12),
        (MarkKind::Skip, "test", 13, 13),
        (MarkKind::SkipIf, "test.skip", 14, 14),
    ];
    assert_eq!(found, expected.map(|(kind, text, first, last)| (kind, text.to_owned(), first, last)));
}

#[test]
fn what_node_is_to_do_may_skip_and_fail() {
    let text =
        "import test from 'node:test';\ntest.todo('a', () => {});\ntest('b', { todo: 'later' }, () => {});\ntest('c');";
    let found: Vec<_> = marks(text).into_iter().map(|(kind, ..)| kind).collect();
    assert_eq!(found, [MarkKind::Skip, MarkKind::Xfail, MarkKind::Skip, MarkKind::Xfail]);
}

#[test]
fn a_selected_test_lets_the_others_skip() {
    let text = "test('a', () => {});\ntest.only('b', () => {});\ndescribe('s', () => { test('c', () => {}); });\n";
    let listing = list(text);
    let marked: Vec<_> = listing.functions.iter().map(|test| test.marks.len()).collect();
    assert_eq!(marked, [1, 0, 1]);
    assert_eq!(listing.functions[0].marks[0].text, "test.only");
    let suite = list("describe.only('s', () => { test('c', () => {}); });\ntest('a', () => {});\n");
    assert_eq!(suite.functions.iter().map(|test| test.marks.len()).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn marks_that_are_calls_are_found_wherever_they_stand() {
    let text = r#"
test("a", (ctx) => {
    ctx.skip();
});
test("b", async ({ skip, task }) => {
    if (x) skip("why");
});
beforeEach((context) => { context.skip(); });
function unlessOnline(t) { t.skip(); }
query.skip(3);
import node from "node:test";
node("c", (t) => { t.todo(); });
"#;
    let expected = [
        (MarkKind::Skip, "ctx.skip", 3, 3),
        (MarkKind::Skip, "skip", 6, 6),
        (MarkKind::Skip, "context.skip", 8, 8),
        (MarkKind::Skip, "t.skip", 9, 9),
        (MarkKind::Xfail, "t.todo", 12, 12),
    ];
    assert_eq!(calls(text), expected.map(|(kind, text, first, last)| (kind, text.to_owned(), first, last)));
}

/// Nobody can foretell the id of such a test, so its marks are looked up by their place.
#[test]
fn marks_of_a_test_with_a_computed_name_are_calls_too() {
    let found = calls("for (const n of all)\n  test.skip(`n ${n}`, () => {});\n");
    assert_eq!(found, [(MarkKind::Skip, "test.skip".to_owned(), 2, 2)]);
}

#[test]
fn a_file_that_does_not_parse_is_an_error_with_its_place() {
    let errors = list_tests("tests/t.test.js", "test('a', () => {\n").expect_err("it does not parse");
    assert_eq!((errors[0].place.path.as_str(), errors[0].place.line), ("tests/t.test.js", 2));
}
