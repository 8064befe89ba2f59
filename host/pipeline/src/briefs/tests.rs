use serde_json::json;

use super::*;

fn subject() -> Subject {
    Subject {
        task: Task {
            text: "# Shop\n\nA shop with {{ braces }}.\n".to_owned(),
            standards: "Plain functions.\n".to_owned(),
        },
        language: "python".to_owned(),
        engine: "CPython 3, pytest 9".to_owned(),
    }
}

fn contract_of(id: &str) -> ComponentContract {
    serde_json::from_value(json!({
        "component_id": id, "name": "Basket", "description": "Holds items.", "dependencies": [],
        "functions": [{"name": "total", "description": "Adds up.", "inputs": [], "output_type": "int"}],
    }))
    .expect("a contract")
}

fn shown(brief: &Brief) -> String {
    format!("{}--------- user ---------\n{}", brief.system, brief.user)
}

fn dependency() -> Dependency {
    Dependency { contract: contract_of("catalogue"), interface: "def find(): ...".to_owned() }
}

#[test]
fn decompose_asks_for_components() {
    insta::assert_snapshot!("decompose", shown(&decompose(&subject(), &[])));
}

#[test]
fn contract_shows_the_component_its_decisions_and_its_dependencies() {
    let id = ComponentId::new("basket").expect("an id");
    let about = About { id: &id, name: "Basket", description: "Holds items." };
    let decisions = [EngineeringDecision {
        ambiguity: "Which currency?".to_owned(),
        decision: "Cents.".to_owned(),
        rationale: "Exact.".to_owned(),
    }];
    let reasons = ["line 1: broken".to_owned(), "line 2: broken, too".to_owned()];
    insta::assert_snapshot!("contract", shown(&contract(&subject(), about, &decisions, &[dependency()], &reasons)));
}

#[test]
fn author_tests_shows_the_contract_in_json_and_in_the_language() {
    let (contract, dependencies) = (contract_of("basket"), [dependency()]);
    let interface = Interface {
        contract: &contract,
        stub: "def total(): ...",
        types_module: "basket_types.py",
        dependencies: &dependencies,
    };
    insta::assert_snapshot!("author_tests", shown(&author_tests(&subject(), interface, "contract_test.py", &[])));
}

#[test]
fn implement_shows_tests_the_last_attempt_and_its_faults() {
    let contract = contract_of("basket");
    let interface =
        Interface { contract: &contract, stub: "def total(): ...", types_module: "basket_types.py", dependencies: &[] };
    let files = [("basket.py".to_owned(), "def total(): return 1".to_owned())];
    let reasons = ["assert 1 == 2".to_owned()];
    let previous = Previous { files: &files };
    let brief = implement(&subject(), interface, "def test_total(): ...", "basket.py", None, previous, &reasons);
    insta::assert_snapshot!("implement", shown(&brief));
}

#[test]
fn what_a_provider_caches_is_the_same_for_every_component_and_attempt() {
    let (one, other) = (contract_of("one"), contract_of("other"));
    let interface = |contract| Interface { contract, stub: "s", types_module: "t", dependencies: &[] };
    let first = author_tests(&subject(), interface(&one), "contract_test.py", &[]);
    let second = author_tests(&subject(), interface(&other), "contract_test.py", &["a reason".to_owned()]);
    assert_eq!(first.system, second.system);
    assert_ne!(first.user, second.user);
}

#[test]
fn braces_of_a_task_stay_text() {
    assert!(decompose(&subject(), &[]).user.contains("A shop with {{ braces }}."));
}
