use super::*;
use crate::dialect::Dialect;

const CONTRACT: &str = r#"{"component_id": "shop", "dependencies": ["bank"],
    "types": [{"name": "Order", "kind": "struct", "fields": []},
        {"name": "Basket", "kind": "class", "init": [{"name": "x", "type_ref": "Iterator[int]"}], "methods": []}],
    "functions": [{"name": "buy", "inputs": [{"name": "order", "type_ref": "Order"}], "output_type": "None"}]}"#;

const SPLITTABLE: &str = r#"{"component_id": "shop", "dependencies": ["bank"],
    "types": [{"name": "Order", "kind": "struct", "fields": []}],
    "functions": [{"name": "buy", "inputs": [{"name": "order", "type_ref": "Order"}], "output_type": "None"}]}"#;

fn found(text: &str) -> Vec<(String, u32)> {
    let interface = crate::interface::read(SPLITTABLE, Dialect::TypeScript).expect("a good contract");
    let tests = [("tests/shop/contract_test.test.ts".to_owned(), text.to_owned())];
    let obstacles = find(&interface, &tests);
    obstacles.into_iter().map(|obstacle| (obstacle.reason, obstacle.place.map_or(0, |place| place.line))).collect()
}

#[test]
fn a_suite_that_uses_what_is_promised_has_none() {
    let text = r#"
import { describe, expect, test, vi } from "vitest";
import bank, { deposit } from "bank";
import * as shop from "shop";
import { buy, Order } from "shop";
import { helper } from "./helper";
import { readFileSync } from "node:fs";
vi.mock("bank");
const local = { count: 0 };
test("a", () => {
    vi.spyOn(bank, "deposit").mockReturnValue(1);
    vi.spyOn(local, "count");
    local.count = 3;
    shop.buy(new shop.Order({}));
    expect(vi.fn()).not.toBe(readFileSync("x"));
    vi.restoreAllMocks();
});
"#;
    assert_eq!(found(text), []);
}

#[test]
fn what_the_contract_does_not_have_is_an_obstacle() {
    for (text, begin) in [
        ("import { secret } from \"shop\";", "`secret`: the contract of `shop` does not have `secret`"),
        ("import shop from \"shop\";", "`shop`: the contract of `shop` does not have `default`"),
        ("import * as shop from \"shop\";\nshop.secret();", "`shop.secret`: the contract of `shop` does not have"),
        ("import * as shop from \"shop\";\ncheck(shop);", "`shop`: the module of `shop` is used as a value"),
        ("import { x } from \"shop/inner\";", "`import { x } from \"shop/inner\";`: `shop/inner` is a file"),
        ("import { x } from \"../../src/shop/shop\";", "`import { x } from \"../../src/shop/shop\";`: "),
        ("const x = await import(\"../../src/shop/inner.ts\");", "`import(\"../../src/shop/inner.ts\")`: "),
    ] {
        let obstacles = found(text);
        assert_eq!(obstacles.len(), 1, "{text}: {obstacles:?}");
        assert!(obstacles[0].0.starts_with(begin), "{text}: {obstacles:?}");
    }
}

#[test]
fn what_is_changed_for_one_interpreter_is_an_obstacle() {
    let head = "import { vi } from \"vitest\";\nimport * as shop from \"shop\";\nimport { Order } from \"shop\";\nimport fs from \"node:fs\";\n";
    for (statement, word) in [
        ("vi.useFakeTimers();", "clock"),
        ("vi.setSystemTime(0);", "clock"),
        ("vi.spyOn(Date, \"now\").mockReturnValue(1);", "clock"),
        ("Date.now = () => 1;", "clock"),
        ("vi.spyOn(Math, \"random\");", "random numbers"),
        ("Math.random = () => 0;", "random numbers"),
        ("vi.stubEnv(\"A\", \"b\");", "environment"),
        ("process.env.A = \"b\";", "environment"),
        ("delete process.env.A;", "environment"),
        ("vi.stubGlobal(\"fetch\", f);", "globals"),
        ("globalThis.fetch = f;", "globals"),
        ("vi.spyOn(console, \"log\");", "globals"),
        ("vi.resetModules();", "loaded here"),
        ("fs.writeFileSync(\"a\", \"b\");", "files"),
        ("vi.mock(\"shop\");", "cannot replace what it tests"),
        ("vi.mock(\"node:fs\");", "replacement of `node:fs` does nothing"),
        ("vi.spyOn(shop, \"buy\");", "a change of `shop` does nothing"),
        ("vi.spyOn(Order.prototype, \"total\");", "a change of `shop` does nothing"),
    ] {
        let obstacles = found(&format!("{head}{statement}\n"));
        assert_eq!(obstacles.len(), 1, "{statement}: {obstacles:?}");
        assert!(obstacles[0].0.contains(word) && obstacles[0].1 == 5, "{statement}: {obstacles:?}");
    }
}

#[test]
fn a_stream_as_an_input_is_an_obstacle_of_the_contract() {
    let interface = crate::interface::read(CONTRACT, Dialect::TypeScript).expect("a good contract");
    let obstacles = find(&interface, &[]);
    assert_eq!(obstacles.len(), 1);
    assert!(obstacles[0].reason.starts_with("the input `x: collections.abc.Iterator[int]` of `Basket.constructor`"));
    assert_eq!(obstacles[0].place, None);
}

#[test]
fn a_file_that_is_no_code_or_does_not_parse_has_none() {
    let interface = crate::interface::read(SPLITTABLE, Dialect::TypeScript).expect("a good contract");
    let tests =
        [("tests/a.test.ts", "import {"), ("tests/data.json", "{}"), ("tests/a.d.ts", "import { x } from 'shop';")];
    assert_eq!(find(&interface, &tests.map(|(path, text)| (path.to_owned(), text.to_owned()))), []);
}
