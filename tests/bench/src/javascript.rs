//! What is timed of JavaScript and TypeScript: against vitest, as whole processes.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::scenario::{Peers, Prepared, Scenario, pact_test, write, write_components};

/// The 55-test example of the repository.
const LEDGER: [(&str, &str); 4] = [
    ("src/ledger.ts", include_str!("../../projects/ts-ledger/src/ledger.ts")),
    ("src/money.ts", include_str!("../../projects/ts-ledger/src/money.ts")),
    ("tests/ledger.test.ts", include_str!("../../projects/ts-ledger/tests/ledger.test.ts")),
    ("tests/money.test.ts", include_str!("../../projects/ts-ledger/tests/money.test.ts")),
];

const ADD: &str = "export function add(a: number, b: number): number {\n  return a + b;\n}\n";

/// The same work as that of the Python scenario.
const BUSY: &str = "\
export function primes(limit: number): number[] {
  const sieve = new Array<boolean>(limit + 1).fill(true);
  for (let number = 2; number * number <= limit; number++) {
    if (sieve[number]) {
      for (let multiple = number * number; multiple <= limit; multiple += number) {
        sieve[multiple] = false;
      }
    }
  }
  const found: number[] = [];
  for (let number = 2; number <= limit; number++) {
    if (sieve[number]) found.push(number);
  }
  return found;
}

export function words(count: number): Map<string, number> {
  const seen = new Map<string, number>();
  for (let number = 0; number < count; number++) {
    const word = String((number * 7919) % 1000).padStart(3, \"0\");
    seen.set(word, (seen.get(word) ?? 0) + word.length);
  }
  return seen;
}

export function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}
";

const BUSY_TESTS: &str = "\
import { expect, test } from \"vitest\";
import { fib, primes, words } from \"../src/busy\";

test(\"primes\", () => {
  expect(primes(1_000_000).length).toBe(78498);
});

test(\"words\", () => {
  expect(words(600_000).size).toBe(1000);
});

test(\"fib\", () => {
  expect(fib(26)).toBe(121393);
});
";

/// Everything that can be timed.
pub(crate) fn all() -> Vec<Scenario> {
    let scenario = |name, about, prepare| Scenario { name, about, prepare };
    vec![
        scenario("js-one", "one test, against vitest", |folder, pact, peers| {
            let test = "import { expect, test } from \"vitest\";\nimport { add } from \"../src/add\";\n\n\
                        test(\"adds\", () => {\n  expect(add(1, 2)).toBe(3);\n});\n";
            suite(folder, pact, peers, &[("src/add.ts", ADD), ("tests/add.test.ts", test)])
        }),
        scenario("js-small", "the 55 tests of ts-ledger, against vitest", |folder, pact, peers| {
            suite(folder, pact, peers, &LEDGER)
        }),
        scenario("js-thousand", "1,000 tests in ten files, against vitest", thousand),
        scenario("js-cpu", "three tests that compute, against vitest", |folder, pact, peers| {
            suite(folder, pact, peers, &[("src/busy.ts", BUSY), ("tests/busy.test.ts", BUSY_TESTS)])
        }),
        scenario("js-fifty", "50 components with a suite each, against one vitest over all of them", fifty),
    ]
}

/// The same files twice: the other side has its packages beside them.
fn suite(folder: &Path, pact: &Path, peers: &Peers, files: &[(&str, &str)]) -> anyhow::Result<Prepared> {
    let (own, other) = (folder.join("pact"), folder.join("vitest"));
    write(&own, files)?;
    write(&other, files)?;
    Ok(Prepared { ours: pact_test(pact, &own, &["--no-cache"]), theirs: vitest(peers, &other)?, per: None })
}

fn thousand(folder: &Path, pact: &Path, peers: &Peers) -> anyhow::Result<Prepared> {
    let mut files = vec![("src/add.ts".to_owned(), ADD.to_owned())];
    for file in 0..10 {
        files.push((format!("tests/add{file}.test.ts"), add_tests("../src/add", file, 100)));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    suite(folder, pact, peers, &files)
}

fn add_tests(module: &str, file: usize, count: usize) -> String {
    let mut text = format!("import {{ expect, test }} from \"vitest\";\nimport {{ add }} from \"{module}\";\n");
    for test in 0..count {
        let sum = file + test;
        let _ = write!(text, "\ntest(\"{file} {test}\", () => {{\n  expect(add({file}, {test})).toBe({sum});\n}});\n");
    }
    text
}

fn fifty(folder: &Path, pact: &Path, peers: &Peers) -> anyhow::Result<Prepared> {
    let (own, other) = (folder.join("pact"), folder.join("vitest"));
    let input = |name: &str| json!({"name": name, "type_ref": "int"});
    let add: Value =
        json!({"name": "add", "description": "Adds.", "inputs": [input("a"), input("b")], "output_type": "int"});
    let files = |id: &str| {
        [
            (format!("src/{id}/{id}.ts"), ADD.to_owned()),
            (format!("tests/{id}/contract_test.test.ts"), add_tests(id, 1, 10)),
        ]
    };
    write_components(&own, "typescript", 50, &add, files)?;
    for at in 0..50 {
        let id = format!("part_{at}");
        let test = add_tests(&format!("../../src/{id}/{id}"), 1, 10);
        let (code, tests) = (format!("src/{id}/{id}.ts"), format!("tests/{id}/contract_test.test.ts"));
        write(&other, &[(&code, ADD), (&tests, &test)])?;
    }
    Ok(Prepared { ours: pact_test(pact, &own, &["--no-cache"]), theirs: vitest(peers, &other)?, per: None })
}

/// Returns `vitest run` in a folder.
#[expect(clippy::disallowed_methods, reason = "whole processes are what is timed")]
fn vitest(peers: &Peers, folder: &Path) -> anyhow::Result<Command> {
    let packages = peers.vitest.join("node_modules");
    let program = packages.join("vitest/vitest.mjs");
    if !program.is_file() {
        bail!("no `{}`; run: npm ci --prefix {}", program.display(), peers.vitest.display());
    }
    let (packages, link) = (packages.canonicalize()?, folder.join("node_modules"));
    std::os::unix::fs::symlink(&packages, &link).with_context(|| format!("make `{}`", link.display()))?;
    let mut command = Command::new("node");
    // Without its cache vitest leaves nothing behind, as pact does.
    command
        .arg(packages.join("vitest/vitest.mjs"))
        .args(["run", "--no-cache", "--root"])
        .arg(folder)
        .current_dir(folder);
    Ok(command)
}
