//! The suites that follow from a contract: each passes with a right implementation and fails where it must, in every language.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{folder, pact, write};

const CONTRACT: &str = include_str!("../../../../plugins/languages/base/contracts/measure.json");

/// What is different between the languages.
struct Language {
    name: &'static str,
    extension: &'static str,
    /// The name of the test file without its ending.
    test: &'static str,
    /// The implementation; `<types>` stands for the module that it takes its types from.
    code: &'static str,
    /// What the contract's author has written.
    tests: &'static str,
    /// The types module that refuses nothing, as the backend renders it.
    lenient: &'static str,
    /// What in the implementation exports a function, and what does not.
    export: [&'static str; 2],
    /// What in the implementation reports calls of a function, and what does not.
    report: [&'static str; 2],
}

const PYTHON: Language = Language {
    name: "python",
    extension: "py",
    test: "contract_test",
    code: include_str!("rendered/measure.py"),
    tests: "from measure import Gauge, Unit, attach\n\n\ndef test_attach():\n    told = []\n    \
            attach(Gauge(Unit.gram), told.append)\n    assert told == [4]\n",
    lenient: include_str!(
        "../../../../plugins/languages/python/src/render/snapshots/pact_language_python__render__tests__measure-types-lenient.snap"
    ),
    export: ["@emits\ndef attach(", "def _attach("],
    report: ["@emits\ndef attach(", "def attach("],
};

const TYPESCRIPT: Language = Language {
    name: "typescript",
    extension: "ts",
    test: "contract_test.test",
    code: include_str!("rendered/measure.ts"),
    tests: JAVASCRIPT.tests,
    lenient: include_str!(
        "../../../../plugins/languages/ecmascript/src/render/snapshots/pact_language_ecmascript__render__tests__measure-types-lenient.ts.snap"
    ),
    export: ["export function attach(", "function attach("],
    report: ["emits(\"attach\", () => told(gauge.read()))", "told(gauge.read())"],
};

const JAVASCRIPT: Language = Language {
    name: "javascript",
    extension: "js",
    test: "contract_test.test",
    code: include_str!("rendered/measure.js"),
    tests: "import { expect, test } from \"vitest\";\nimport { Gauge, Unit, attach } from \"measure\";\n\n\
            test(\"attach\", () => {\n  const told = [];\n  attach(new Gauge(Unit.gram), (count) => told.push(count));\n  \
            expect(told).toEqual([4]);\n});\n",
    lenient: include_str!(
        "../../../../plugins/languages/ecmascript/src/render/snapshots/pact_language_ecmascript__render__tests__measure-types-lenient.js.snap"
    ),
    export: ["export function attach(", "function attach("],
    report: ["emits(\"attach\", () => told(gauge.read()))", "told(gauge.read())"],
};

const ALL: [Language; 3] = [PYTHON, TYPESCRIPT, JAVASCRIPT];

impl Language {
    fn project(&self, code: &str, suites: &str) -> TempDir {
        let node = |id: &str, parent: &str, children: &[&str]| {
            json!({"component_id": id, "name": id, "description": "A part.", "depth": u8::from(!parent.is_empty()),
                   "parent_id": parent, "children": children, "dependencies": [], "implementation_status": "tested"})
        };
        let nodes = json!({"root": node("root", "", &["measure"]), "measure": node("measure", "root", &[])});
        let tree = json!({"root_id": "root", "nodes": nodes}).to_string();
        let Self { name, extension, test, .. } = self;
        // The snapshot's head is not the module's.
        let lenient = self.lenient.splitn(3, "---\n").nth(2).unwrap();
        folder(&[
            ("task.md", "# Measure\n\nMeasures samples.\n"),
            ("pact.yaml", &format!("language: {name}\nsuites: {suites}\n")),
            ("decomposition/tree.json", &tree),
            ("contracts/measure/interface.json", CONTRACT),
            (&format!("src/measure/measure.{extension}"), code),
            (&format!("src/measure/lenient.{extension}"), lenient),
            (&format!("tests/measure/{test}.{extension}"), self.tests),
        ])
    }

    /// The implementation with types from this module.
    fn code(&self, types: &str) -> String {
        self.code.replace("<types>", types)
    }
}

fn tested(project: &TempDir) -> Value {
    let ended = pact(project.path(), ["test", "--json"]);
    let document: Value = serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {ended:#?}"));
    document["components"][0].clone()
}

fn suite<'d>(component: &'d Value, name: &str) -> &'d Value {
    let suites = component["suites"].as_array().unwrap_or_else(|| panic!("{component:#}"));
    &suites.iter().find(|found| found["suite"] == name).unwrap_or_else(|| panic!("{component:#}"))["verdict"]
}

/// The names of the tests that did not pass.
fn failed(verdict: &Value) -> Vec<String> {
    let tests = verdict["tests"].as_array().unwrap().iter().filter(|test| test["outcome"] != "passed");
    tests.map(|test| test["id"].as_str().unwrap().rsplit("::").next().unwrap().to_owned()).collect()
}

#[test]
fn a_right_implementation_passes_what_follows_from_its_contract_in_every_language() {
    for language in ALL {
        let project = language.project(&language.code("measure_types"), "[smoke, validators, emission]");
        let component = tested(&project);
        assert_eq!(component["verdict"], "passed", "{}: {component:#}", language.name);
        for (name, least, isolation) in [("smoke", 9, "shared"), ("validators", 40, "shared"), ("emission", 4, "split")]
        {
            let verdict = suite(&component, name);
            assert_eq!(failed(verdict), [""; 0], "{}: {verdict:#}", language.name);
            assert!(verdict["passed"].as_u64().unwrap() >= least, "{}: {verdict:#}", language.name);
            // A proxy would have every export, and the types of the contract whatever the component exports. Events cross.
            assert_eq!(verdict["isolation"], isolation, "{}: {verdict:#}", language.name);
            let check = component["checks"].as_array().unwrap().iter().find(|check| check["name"] == name);
            assert_eq!(check.unwrap()["held"], true, "{component:#}");
        }
    }
}

#[test]
fn types_that_refuse_nothing_fail_the_suite_of_validators_in_every_language() {
    for language in ALL {
        let module = if language.name == "python" { "lenient" } else { "./lenient" };
        let component = tested(&language.project(&language.code(module), "[smoke, validators]"));
        assert_eq!(component["verdict"], "failed", "{}: {component:#}", language.name);
        let failed = failed(suite(&component, "validators"));
        let refuses = failed.iter().filter(|test| test.contains("refuses")).count();
        assert!(!failed.iter().any(|test| test.contains("accepts")), "{}: {failed:?}", language.name);
        assert!(refuses >= 17, "{}: {failed:?}", language.name);
        assert_eq!(suite(&component, "smoke")["verdict"], "passed", "{component:#}");
    }
}

#[test]
fn an_export_that_is_missing_fails_the_smoke_tests_in_every_language() {
    for language in ALL {
        let code = language.code("measure_types").replace(language.export[0], language.export[1]);
        let component = tested(&language.project(&code, "[smoke]"));
        assert_eq!(component["verdict"], "failed", "{}: {component:#}", language.name);
        let failed = failed(suite(&component, "smoke"));
        assert!(matches!(failed.as_slice(), [one] if one.contains("attach")), "{}: {failed:?}", language.name);
    }
}

#[test]
fn a_function_that_does_not_report_its_calls_fails_the_suite_of_events_in_every_language() {
    for language in ALL {
        let code = language.code("measure_types").replace(language.report[0], language.report[1]);
        let component = tested(&language.project(&code, "[emission]"));
        assert_eq!(component["verdict"], "failed", "{}: {component:#}", language.name);
        let failed = failed(suite(&component, "emission"));
        assert!(matches!(failed.as_slice(), [one] if one.contains("attach")), "{}: {failed:?}", language.name);
        let check = component["checks"].as_array().unwrap().iter().find(|check| check["name"] == "emission").unwrap();
        assert!(check["detail"].as_str().unwrap().contains("nothing was reported as PACT:measure:attach"), "{check}");
    }
}

#[test]
fn a_suite_that_nobody_asks_for_is_not_judged_and_one_that_is_asked_for_is_not_taken_from_the_cache_of_another() {
    let silent = PYTHON.code("measure_types").replace(PYTHON.report[0], PYTHON.report[1]);
    let project = PYTHON.project(&silent, "[]");
    assert_eq!((tested(&project)["verdict"].clone(), tested(&project).get("suites").cloned()), (json!("passed"), None));
    write(&project.path().join("pact.yaml"), "language: python\nsuites: [emission]\n");
    assert_eq!(tested(&project)["verdict"], "failed");
}
