//! `--profile` of JavaScript and TypeScript, whose engine cannot see calls: the text of each file says them itself.

use serde_json::Value;

use super::profile::{function, parsed, ways};
use crate::support::{folder, pact, read, repository, tree, write};

const SHOP: &str = "\
export const cheap = (): number => 1;

export function hot(rounds: number): number {
  let total = 0;
  for (let number = 0; number < rounds; number++) total += number * cheap();
  return total;
}

export function fails(): never {
  throw new Error(`no ${cheap()}`);
}

export function* numbers() {
  for (let number = 0; number < 5; number++) {
    cheap();
    yield number;
  }
}

export class Till {
  #cents = 0;
  constructor(private readonly step: number) {}
  async add(): Promise<number> {
    await new Promise((done) => setTimeout(done, 5));
    this.#cents += this.step * cheap();
    return this.#cents;
  }
  async *each() {
    for (let at = 0; at < 3; at++) yield this.add();
  }
}

export class Empty extends Till {
  constructor() {
    super(0);
  }
}

export async function sum(till: Till): Promise<number> {
  let total = 0;
  for await (const cents of till.each()) total += cents;
  try {
    await Promise.reject(new Error('no'));
  } catch {
    total += cheap();
  }
  return total;
}
";

const TESTS: &str = "\
import { expect, it } from 'vitest';
import { cheap, Empty, fails, hot, numbers, sum, Till } from './shop';

it('is hot', () => { expect(hot(3000)).toBe(4498500); });
it('fails', () => { expect(() => fails()).toThrow('no 1'); });
it('counts', () => { expect([...numbers()]).toEqual([0, 1, 2, 3, 4]); });
it('waits', async () => { expect(await sum(new Till(2))).toBe(13); });
it('waits for two', async () => {
  const [one, two] = await Promise.all([sum(new Till(1)), new Empty().add()]);
  expect([one, two, cheap()]).toEqual([7, 0, 1]);
});
";

#[test]
fn calls_are_counted_where_they_were_made_and_two_runs_are_equal_to_the_byte() {
    let (place, out) = (folder(&[("shop.ts", SHOP), ("shop.test.ts", TESTS)]), folder(&[]));
    let plain: Value = serde_json::from_str(&pact(place.path(), ["test", "--json"]).with_code(0).stdout).unwrap();
    let run = |name: &str| {
        let to = out.path().join(name);
        let ended = pact(place.path(), ["test", "--json", "--profile", to.to_str().unwrap()]).with_code(0);
        (to, serde_json::from_str::<Value>(&ended.stdout).unwrap())
    };
    let ((one, judged), (two, _)) = (run("one"), run("two"));
    for file in ["tests.svg", "tests.json"] {
        assert_eq!(read(&one.join(file)), read(&two.join(file)));
    }
    let document = parsed(&one.join("tests.json"));
    let calls = |name: &str| function(&document, name)["calls"].as_u64().unwrap();
    let names = ["hot", "fails", "numbers", "sum", "Till.add", "Till.each", "Till.constructor"];
    assert_eq!(names.map(calls), [1, 1, 1, 2, 7, 2, 3]);
    assert_eq!(calls("cheap"), 3000 + 1 + 5 + 7 + 2 + 1);
    assert_eq!(document["unmatched"], 0, "what waits begins and ends as often as it should");
    let first = &document["functions"].as_array().unwrap()[0];
    assert_eq!((&first["name"], &first["path"], &first["line"]), (&"hot".into(), &"shop.ts".into(), &3.into()));
    assert_eq!(ways(&document, "hot"), ["shop.test.ts::is hot > <anonymous> > hot"]);
    let cheap = ways(&document, "cheap");
    for way in [
        "shop.test.ts::is hot > <anonymous> > hot > cheap",
        "shop.test.ts::counts > <anonymous> > numbers > cheap",
        "shop.test.ts::waits > sum > cheap",
        "shop.test.ts::waits for two > <anonymous> > cheap",
    ] {
        assert!(cheap.contains(&way.to_owned()), "{way} in {cheap:#?}");
    }
    assert!(read(&one.join("tests.svg")).contains("hot (shop.ts:3)"));

    let fuel = |list: &Value, id: &str| {
        let tests = list["tests"].as_array().unwrap();
        tests.iter().find(|test| test["id"] == id).and_then(|test| test["fuel"].as_f64()).unwrap()
    };
    let (before, after) = (fuel(&plain, "shop.test.ts::is hot"), fuel(&document, "shop.test.ts::is hot"));
    assert!((0.7..1.3).contains(&(after / before)), "{after} of {before}");
    for (one, other) in judged["tests"].as_array().unwrap().iter().zip(plain["tests"].as_array().unwrap()) {
        assert_eq!(one["fuel"], other["fuel"], "the judged run is the one without a profile");
    }
}

#[test]
fn the_functions_of_a_component_stand_below_the_tests_that_call_them() {
    for (language, ending) in [("typescript", "ts"), ("javascript", "js")] {
        let (project, out) = (folder(&[]), folder(&[]));
        let from = repository().join("tests/split").join(language);
        for (path, content) in tree(&from) {
            let relative = path.strip_prefix(&from).unwrap_or(&path).to_owned();
            write(&project.path().join(relative), &String::from_utf8(content).unwrap());
        }
        pact(project.path(), ["test", "bank", "--profile", out.path().to_str().unwrap()]).with_code(0);
        let document = parsed(&out.path().join("bank.json"));
        let own: Vec<&Value> = document["functions"].as_array().unwrap().iter().collect();
        let path = format!("src/bank/bank.{ending}");
        assert!(own.iter().any(|function| function["path"] == path.as_str()), "{own:#?}");
        let ways = ways(&document, "deposit");
        assert!(ways.iter().all(|way| way.contains("::") && way.contains("> <crossing> >")), "{ways:#?}");
        assert!(!ways.is_empty() && document["unmatched"] == 0, "{}", document["unmatched"]);
    }
}
