//! Checks of a suite against the contract that it tests. Whether its code parses is for the language backend.

use std::collections::BTreeSet;

use crate::contract::{ComponentContract, ErrorCase};
use crate::finding::Finding;
use crate::test_suite::{CaseCategory, ContractTestSuite, PlannedCase};

/// Checks a suite. `file` is what findings name.
#[must_use]
pub fn check_test_suite(suite: &ContractTestSuite, contract: &ComponentContract, file: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if suite.component_id != contract.component_id {
        let message =
            format!("it says that it tests `{}`, and it belongs to `{}`", suite.component_id, contract.component_id);
        findings.push(Finding::error("component-id-mismatch", file, "/component_id", message));
    }
    if suite.test_cases.is_empty() {
        findings.push(Finding::error("no-test-cases", file, "/test_cases", "the list is empty; one case is the least"));
    }
    if suite.generated_code.trim().is_empty() {
        findings.push(Finding::error("no-test-code", file, "/generated_code", "the test file is empty"));
    }
    let functions = promised(contract);
    let mut ids = BTreeSet::new();
    for (index, case) in suite.test_cases.iter().enumerate() {
        if !ids.insert(&case.id) {
            let message = format!("the case `{}` stands here for the second time", case.id.escape_debug());
            findings.push(Finding::error("duplicate-name", file, format!("/test_cases/{index}/id"), message));
        }
        if !functions.contains(case.function.as_str()) {
            let message = format!("`{}` is no function of the contract", case.function.escape_debug());
            findings.push(Finding::error("unknown-function", file, format!("/test_cases/{index}/function"), message));
        }
    }
    for function in functions {
        if !suite.test_cases.iter().any(|case| case.function == function) {
            let message = format!("no case is about the function `{function}`");
            findings.push(Finding::error("untested-function", file, "/test_cases", message));
        }
    }
    findings.extend(untested_errors(suite, contract, file));
    findings
}

// Cases are in words. One that names an error is about it; of the others, any case of an error may be about any error that none
// names. What is left over has no case for sure.
fn untested_errors(suite: &ContractTestSuite, contract: &ComponentContract, file: &str) -> Vec<Finding> {
    let methods = contract.own_classes().flat_map(|spec| {
        spec.methods.iter().map(|method| (format!("{}.{}", spec.name, method.name), method.error_cases.as_slice()))
    });
    let functions = contract.functions.iter().map(|function| (function.name.clone(), function.error_cases.as_slice()));
    let mut findings = Vec::new();
    for (function, errors) in functions.chain(methods) {
        let cases = suite.test_cases.iter().filter(|case| case.function == function);
        let mut about: Vec<&PlannedCase> = cases.filter(|case| case.category == CaseCategory::ErrorCase).collect();
        let mut unnamed = Vec::new();
        for error in errors {
            match about.iter().position(|case| names(case, error)) {
                Some(index) => drop(about.remove(index)),
                None => unnamed.push(error),
            }
        }
        for error in unnamed.iter().skip(about.len()) {
            let message =
                format!("no case of `{}` is about its error `{}`", function.escape_debug(), error.name.escape_debug());
            findings.push(Finding::warning("untested-error", file, "/test_cases", message));
        }
    }
    findings
}

fn names(case: &PlannedCase, error: &ErrorCase) -> bool {
    let texts = [&case.id, &case.description, &case.expected_error];
    texts.into_iter().chain(&case.assertions).any(|text| {
        let lower = text.to_lowercase();
        let holds = |name: &str| !name.is_empty() && lower.contains(&name.to_lowercase());
        holds(&error.error_type) || holds(&error.name) || holds(&error.name.replace('_', " "))
    })
}

// The functions, and the methods of the component's own classes as `Class.method`.
fn promised(contract: &ComponentContract) -> BTreeSet<String> {
    let classes = contract.own_classes();
    let methods = classes.flat_map(|spec| spec.methods.iter().map(|method| format!("{}.{}", spec.name, method.name)));
    contract.functions.iter().map(|function| function.name.clone()).chain(methods).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn contract() -> ComponentContract {
        serde_json::from_value(json!({
            "component_id": "bank", "name": "Bank", "description": "d",
            "functions": [{"name": "pay", "description": "d", "output_type": "int"}, {"name": "ask", "description": "d", "output_type": "int"}],
        }))
        .expect("a contract")
    }

    fn codes(cases: serde_json::Value, code: &str) -> Vec<String> {
        let suite = serde_json::from_value(json!({
            "component_id": "bank", "contract_version": 1, "test_cases": cases, "generated_code": code,
        }))
        .expect("a suite");
        check_test_suite(&suite, &contract(), "suite.json").into_iter().map(|finding| finding.code).collect()
    }

    fn case(id: &str, function: &str) -> serde_json::Value {
        json!({"id": id, "description": "d", "function": function, "category": "happy_path"})
    }

    #[test]
    fn accepts_a_case_for_each_function() {
        assert_eq!(codes(json!([case("1", "pay"), case("2", "ask")]), "def test(): ..."), Vec::<String>::new());
    }

    #[test]
    fn finds_what_is_missing_and_what_is_about_nothing() {
        assert_eq!(codes(json!([]), ""), ["no-test-cases", "no-test-code", "untested-function", "untested-function"]);
        assert_eq!(
            codes(json!([case("1", "pay"), case("1", "ghost")]), "x"),
            ["duplicate-name", "unknown-function", "untested-function"]
        );
    }

    #[test]
    fn an_error_that_no_case_can_be_about_is_named() {
        let contract: ComponentContract = serde_json::from_value(json!({
            "component_id": "bank", "name": "Bank", "description": "d",
            "functions": [{"name": "pay", "description": "d", "output_type": "int", "error_cases": [
                {"name": "no_money", "condition": "c", "error_type": "ValueError"},
                {"name": "closed", "condition": "c", "error_type": "Closed"}]}],
        }))
        .expect("a contract");
        let messages = |cases: &[serde_json::Value]| -> Vec<String> {
            let mut all = vec![case("good", "pay")];
            all.extend_from_slice(cases);
            let suite = serde_json::from_value(json!({
                "component_id": "bank", "contract_version": 1, "test_cases": all, "generated_code": "x"}))
            .expect("a suite");
            check_test_suite(&suite, &contract, "f").into_iter().map(|finding| finding.message).collect()
        };
        let error = |id: &str| json!({"id": id, "description": "d", "function": "pay", "category": "error_case"});
        let left = |name: &str| vec![format!("no case of `pay` is about its error `{name}`")];
        assert_eq!(messages(&[error("no money is there"), error("it is late")]), [] as [&str; 0]);
        assert_eq!(messages(&[error("no_money")]), left("closed"));
        assert_eq!(messages(&[error("raises Closed")]), left("no_money"));
        assert_eq!(messages(&[]).len(), 2);
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test reads the demo, in whatever languages it is written")]
    fn the_suites_of_the_demo_are_sound_in_every_language() {
        let demo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../cli/demo");
        let object = |path: &std::path::Path| -> serde_json::Value {
            let reply = std::fs::read_to_string(path).expect("a reply");
            let (_, rest) = reply.split_once("```json").expect("a fence");
            serde_json::from_str(rest.split_once("```").expect("its end").0).expect("JSON")
        };
        let languages: Vec<_> = std::fs::read_dir(demo.join("languages")).expect("languages").collect();
        assert!(languages.len() > 1, "{languages:?}");
        for language in languages {
            let replies = language.expect("a language").path().join("transcript/author_tests");
            for component in ["money", "tariff", "invoice"] {
                let contract = object(&demo.join("shared/transcript/contract").join(component).join("1.md"));
                let contract: ComponentContract = serde_json::from_value(contract).expect("a contract");
                let mut suite = object(&replies.join(component).join("1.md"));
                suite["component_id"] = json!(contract.component_id);
                suite["contract_version"] = json!(1);
                suite["generated_code"] = json!("x");
                let suite = serde_json::from_value(suite).expect("a suite");
                assert_eq!(check_test_suite(&suite, &contract, "f"), vec![], "{}", replies.display());
            }
        }
    }

    #[test]
    fn the_methods_of_its_own_classes_are_tested_too() {
        let mut contract = contract();
        contract.functions.truncate(1);
        let book = |owner: &str| {
            json!({"name": "Book", "kind": "class", "owner_component": owner,
                   "methods": [{"name": "add", "description": "d", "output_type": "int"}]})
        };
        let suite = serde_json::from_value(json!({
            "component_id": "bank", "contract_version": 1, "generated_code": "x", "test_cases": [
                {"id": "a", "description": "d", "function": "pay", "category": "happy_path"},
                {"id": "b", "description": "d", "function": "Book.add", "category": "happy_path"}],
        }))
        .expect("a suite");
        let codes = |contract: &ComponentContract| -> Vec<String> {
            check_test_suite(&suite, contract, "f").into_iter().map(|finding| finding.code).collect()
        };
        contract.types = vec![serde_json::from_value(book("")).expect("a type")];
        assert_eq!(codes(&contract), [] as [&str; 0]);
        contract.types = vec![serde_json::from_value(book("other")).expect("a type")];
        assert_eq!(codes(&contract), ["unknown-function"]);
    }
}
