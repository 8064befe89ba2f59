//! The lists of words in `docs/schemas` are those that the types have. What a run prints shows only some of them.

use std::collections::BTreeSet;

use pact_grants::{Capability, World};
use pact_model::assessment::FindingSeverity;
use pact_model::certificate::CertificateVerdict;
use pact_model::contract::diff::Weight;
use pact_model::contract::{SideEffectKind, TypeKind, ValidatorKind};
use pact_model::decomposition::ImplementationStatus;
use pact_model::finding::Severity;
use pact_model::performance::{BoundKind, Held};
use pact_model::phase::Phase;
use pact_model::receipt::{Limit, SessionOutcome};
use pact_model::rendered_suite::RenderedSuite;
use pact_model::run_state::{RunStatus, TaskStatus};
use pact_model::suite::Outcome;
use pact_model::test_suite::CaseCategory;
use pact_model::verdict::{CheckName, Isolation, Judgement};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The words that a type has, in the one spelling in which it is written. An error of its reader lists them.
fn words<T: Serialize + DeserializeOwned>(wrap: impl Fn(&str) -> Value, unwrap: impl Fn(Value) -> Value) -> Words {
    let Err(error) = serde_json::from_value::<T>(wrap("?")) else { panic!("`?` is no word") };
    let text = error.to_string();
    let (_, expected) = text.split_once("expected ").unwrap_or_else(|| panic!("{text}"));
    let spellings = expected.split('`').skip(1).step_by(2);
    // A word with fields of its own is not complete like this, and has one spelling.
    let written = |word: &str| match serde_json::from_value::<T>(wrap(word)) {
        Ok(value) => unwrap(serde_json::to_value(value).unwrap()),
        Err(_) => json!(word),
    };
    spellings.map(|word| written(word).as_str().unwrap().to_owned()).collect()
}

fn plain<T: Serialize + DeserializeOwned>() -> Words {
    words::<T>(|word| json!(word), |value| value)
}

type Words = BTreeSet<String>;

/// The words at a place of a schema, without null and without those that are beside the type.
fn listed(schema: &str, place: &str, beside: &[&str]) -> Words {
    let path = super::root().join(format!("docs/schemas/{schema}.schema.json"));
    let json: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let list = json.pointer(place).and_then(Value::as_array).unwrap_or_else(|| panic!("{schema}#{place}"));
    let words = list.iter().filter_map(Value::as_str).filter(|word| !beside.contains(word));
    words.map(str::to_owned).collect()
}

#[track_caller]
fn same<T: Serialize + DeserializeOwned>(schema: &str, place: &str) {
    assert_eq!(listed(schema, &format!("{place}/enum"), &[]), plain::<T>(), "{schema}#{place}");
}

#[test]
fn every_list_of_words_is_that_of_its_type() {
    same::<Judgement>("test", "/$defs/judgement");
    same::<CheckName>("test", "/$defs/check/properties/name");
    same::<Outcome>("test", "/$defs/outcome");
    same::<Isolation>("test", "/$defs/isolation");
    same::<Limit>("test", "/$defs/limit");
    same::<BoundKind>("test", "/$defs/performance/properties/bound");
    same::<Held>("test", "/$defs/performance/properties/held");
    same::<RenderedSuite>("test", "/$defs/renderedVerdict/properties/suite");
    same::<Severity>("validate", "/properties/findings/items/properties/severity");
    same::<Severity>("render", "/$defs/finding/properties/severity");
    same::<FindingSeverity>("assess", "/properties/findings/items/properties/severity");
    same::<CertificateVerdict>("certificate", "/$defs/certificateVerdict");
    same::<Weight>("contract-diff", "/$defs/weight");
    same::<Phase>("state", "/$defs/phase");
    same::<RunStatus>("state", "/properties/status");
    same::<RunStatus>("status", "/properties/run/properties/status");
    same::<TaskStatus>("state", "/properties/component_tasks/items/properties/status");
    same::<ImplementationStatus>(
        "decomposition-tree",
        "/properties/nodes/additionalProperties/properties/implementation_status",
    );
    same::<CaseCategory>("test-suite", "/properties/test_cases/items/properties/category");
    same::<TypeKind>("contract", "/$defs/type/properties/kind");
    same::<ValidatorKind>("contract", "/$defs/field/properties/validators/items/properties/kind");
    same::<SideEffectKind>("contract", "/$defs/function/properties/structured_side_effects/items/properties/kind");
    same::<World>("plugin-list", "/$defs/world");
    same::<Capability>("plugin-inspect", "/$defs/capability");
}

#[test]
fn a_phase_of_a_run_may_also_be_the_word_for_none_left() {
    for (schema, place) in [("state", "/properties/phase"), ("status", "/properties/run/properties/phase")] {
        assert_eq!(listed(schema, &format!("{place}/enum"), &["complete"]), plain::<Phase>(), "{schema}");
    }
}

#[test]
fn a_test_that_varies_may_also_be_the_word_for_not_there() {
    let place = "/$defs/varying/properties/outcomes/items/properties/outcome/enum";
    assert_eq!(listed("test", place, &["not_collected"]), plain::<Outcome>());
}

#[test]
fn a_session_ends_in_one_of_the_ways_that_its_type_has() {
    let known = words::<SessionOutcome>(|kind| json!({"kind": kind}), |mut value| value["kind"].take());
    let path = super::root().join("docs/schemas/receipt.schema.json");
    let json: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    let ways = json["$defs"]["sessionOutcome"]["oneOf"].as_array().unwrap();
    let listed: Words =
        ways.iter().map(|way| way["properties"]["kind"]["const"].as_str().unwrap().to_owned()).collect();
    assert_eq!(listed, known);
}
