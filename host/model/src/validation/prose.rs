//! Checks of words: phrases that say nothing, and preconditions about inputs that are not there. Warnings only, because words can
//! be right in ways that no list knows.

use std::collections::{BTreeMap, BTreeSet};

use crate::component_id::ComponentId;
use crate::contract::{ComponentContract, FunctionContract};
use crate::finding::Finding;
use crate::type_reference::Basic;
use crate::validator::Expression;

mod vague;

/// The names that the contracts of a project have, gathered once for all of them.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary<'a>(BTreeSet<&'a str>);

impl<'a> Vocabulary<'a> {
    /// Gathers the names of contracts.
    #[must_use]
    pub fn of(contracts: &'a BTreeMap<ComponentId, ComponentContract>) -> Self {
        let mut names: BTreeSet<&str> = contracts.keys().map(ComponentId::as_str).collect();
        contracts.values().for_each(|contract| add_names(contract, &mut names));
        Self(names)
    }
}

/// Checks the words of a contract. `others` are names that it may mention. `file` is what findings name.
#[must_use]
pub fn check_prose(contract: &ComponentContract, others: &Vocabulary<'_>, file: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (pointer, text) in texts(contract) {
        for (phrase, advice) in vague::find(text) {
            let message = format!("`{phrase}` can mean anything: {advice}");
            findings.push(Finding::warning("vague-words", file, pointer.clone(), message));
        }
    }
    let own = own_names(contract);
    let is_known = |name: &str| own.contains(name) || others.0.contains(name);
    for (at, function) in functions(contract) {
        let inputs: BTreeSet<&str> = function.inputs.iter().map(|input| input.name.as_str()).collect();
        for (index, text) in function.preconditions.iter().enumerate() {
            for name in mentioned(text) {
                if !inputs.contains(name.as_str()) && !is_known(&name) {
                    let message = format!(
                        "`{}` is no input of `{}`, and no other name of the contract",
                        name.escape_debug(),
                        function.name.escape_debug()
                    );
                    let pointer = format!("{at}/preconditions/{index}");
                    findings.push(Finding::warning("unknown-input", file, pointer, message));
                }
            }
        }
    }
    findings
}

// Functions and methods, with their places.
fn functions(contract: &ComponentContract) -> Vec<(String, &FunctionContract)> {
    let functions = contract.functions.iter().enumerate().map(|(index, it)| (format!("/functions/{index}"), it));
    let methods = contract.types.iter().enumerate().flat_map(|(index, spec)| {
        let methods = spec.methods.iter().enumerate();
        methods.map(move |(method, it)| (format!("/types/{index}/methods/{method}"), it))
    });
    functions.chain(methods).collect()
}

fn texts(contract: &ComponentContract) -> Vec<(String, &str)> {
    let mut texts = vec![("/description".to_owned(), contract.description.as_str())];
    let mut add = |pointer: String, text| texts.push((pointer, text));
    for (index, text) in contract.invariants.iter().enumerate() {
        add(format!("/invariants/{index}"), text);
    }
    for (index, spec) in contract.types.iter().enumerate() {
        // What another component owns is found there.
        if spec.owner_component.is_empty() || spec.owner_component == contract.component_id.as_str() {
            add(format!("/types/{index}/description"), &spec.description);
        }
    }
    for (at, function) in functions(contract) {
        add(format!("{at}/description"), &function.description);
        for (index, text) in function.preconditions.iter().enumerate() {
            add(format!("{at}/preconditions/{index}"), text);
        }
        for (index, text) in function.postconditions.iter().enumerate() {
            add(format!("{at}/postconditions/{index}"), text);
        }
        for (index, case) in function.error_cases.iter().enumerate() {
            add(format!("{at}/error_cases/{index}/condition"), &case.condition);
        }
    }
    add("/data_access/rationale".to_owned(), &contract.data_access.rationale);
    add("/authority/rationale".to_owned(), contract.authority.rationale.as_deref().unwrap_or_default());
    texts
}

fn own_names(contract: &ComponentContract) -> BTreeSet<&str> {
    let mut known: BTreeSet<&str> = BTreeSet::from(["self", "value", "result", "true", "false", "null", "len"]);
    known.extend(contract.dependencies.iter().chain(&contract.requires).map(String::as_str));
    known.extend(contract.authority.domains.iter().map(String::as_str));
    add_names(contract, &mut known);
    known
}

fn add_names<'contract>(contract: &'contract ComponentContract, known: &mut BTreeSet<&'contract str>) {
    known.insert(contract.component_id.as_str());
    for spec in &contract.types {
        known.insert(&spec.name);
        known.extend(spec.variants.iter().map(String::as_str));
        known.extend(spec.fields.iter().chain(&spec.init).map(|field| field.name.as_str()));
    }
    for (_, function) in functions(contract) {
        known.insert(&function.name);
        for case in &function.error_cases {
            known.extend([case.name.as_str(), case.error_type.as_str()]);
            known.extend(case.error_data.keys().map(String::as_str));
        }
    }
}

// The names that a condition is about: all of an expression, else what stands in backticks.
fn mentioned(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut add = |expression: &Expression| {
        expression.each_name(&mut |name| {
            if Basic::of(name).is_none() && !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        });
    };
    match Expression::parse(text) {
        // A word alone is a sentence.
        Ok(Expression::Name(_)) => {}
        Ok(expression) => add(&expression),
        Err(_) => {
            for quoted in text.split('`').skip(1).step_by(2) {
                if let Ok(expression) = Expression::parse(quoted) {
                    add(&expression);
                }
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(preconditions: &[&str], description: &str) -> Vec<(String, String)> {
        let contract: ComponentContract = serde_json::from_value(json!({
            "component_id": "bank", "name": "Bank", "description": description, "dependencies": ["ledger"],
            "types": [{"name": "Money", "kind": "struct", "fields": [{"name": "cents", "type_ref": "int"}]}],
            "functions": [{"name": "pay", "description": "d", "inputs": [{"name": "amount", "type_ref": "Money"}],
                           "output_type": "None", "preconditions": preconditions}],
        }))
        .expect("a contract");
        let ledger: ComponentContract = serde_json::from_value(json!({
            "component_id": "ledger", "name": "L", "description": "d",
            "functions": [{"name": "post", "description": "d", "output_type": "None"}]}))
        .expect("a contract");
        let others = BTreeMap::from([(ledger.component_id.clone(), ledger)]);
        check_prose(&contract, &Vocabulary::of(&others), "f").into_iter().map(|it| (it.pointer, it.message)).collect()
    }

    #[test]
    fn a_precondition_is_about_what_is_there() {
        let fine = ["amount.cents > 0", "`amount` is what `post` takes", "The user is logged in.", "idle", "`str`"];
        assert_eq!(found(&fine, "d"), vec![]);
        let message = |name: &str| format!("`{name}` is no input of `pay`, and no other name of the contract");
        assert_eq!(
            found(&["sum > 0 and sum < limit", "`total` is known"], "d"),
            [("0", "sum"), ("0", "limit"), ("1", "total")]
                .map(|(index, name)| (format!("/functions/0/preconditions/{index}"), message(name)))
        );
    }

    #[test]
    fn vague_words_are_named_with_their_place_and_what_to_say_instead() {
        let findings = found(&["Errors are handled appropriately."], "Follows best practices, logging etc.");
        let pointers: Vec<&str> = findings.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(pointers, ["/description", "/description", "/functions/0/preconditions/0"]);
        assert!(findings[0].1.starts_with("`best practices` can mean anything: "), "{findings:?}");
    }
}
