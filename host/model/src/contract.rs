//! The contract of a component: its types, functions, errors, data access and authority.
//!
//! Field names are those of `contracts/<id>/interface.json`. Reading is lenient, writing is strict, and fields that this
//! version does not know are kept and written back. Whether a contract makes sense is in [`crate::validation`].

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::component_id::ComponentId;
use crate::lenient;

pub mod diff;
mod function;
mod methods;
mod registry;
mod spelling;
mod types;

pub use function::{ErrorCase, FunctionContract, PerformanceBound, SideEffect, SideEffectKind};
pub use registry::TypeRegistry;
pub use types::{FieldSpec, TypeKind, TypeSpec, ValidatorKind, ValidatorSpec};

/// The typed interface of one component.
// `remote` makes the derived reader an associated function, so that the real one can do something afterwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(remote = "Self")]
pub struct ComponentContract {
    /// The component that it is about.
    pub component_id: ComponentId,
    /// For people.
    #[serde(deserialize_with = "lenient::text")]
    pub name: String,
    /// What the component does.
    #[serde(deserialize_with = "lenient::text")]
    pub description: String,
    /// Counts from one.
    #[serde(default = "first_version", deserialize_with = "lenient::version")]
    pub version: u32,
    /// The types that it defines, and those that it takes over from components that it depends on (`owner_component`).
    #[serde(default, deserialize_with = "lenient::list")]
    pub types: Vec<TypeSpec>,
    /// What can be called.
    #[serde(default, deserialize_with = "lenient::list")]
    pub functions: Vec<FunctionContract>,
    /// Ids of the components that it calls. Texts, because files of the reference also name things outside the project.
    #[serde(default, deserialize_with = "lenient::texts_in_list")]
    pub dependencies: Vec<String>,
    /// Functions per dependency; kept for the reference's sake.
    #[serde(default, deserialize_with = "lenient::lists_of_texts")]
    pub dependency_contracts: BTreeMap<String, Vec<String>>,
    /// What always holds, in words.
    #[serde(default, deserialize_with = "lenient::texts_in_list")]
    pub invariants: Vec<String>,
    /// Modules outside the project.
    #[serde(default, deserialize_with = "lenient::texts_in_list")]
    pub requires: Vec<String>,
    /// Whether what its module remembers lasts from one test to the next. Without it each test finds the component as it is
    /// after an import. A field of ours.
    #[serde(default, deserialize_with = "lenient::flag", skip_serializing_if = "is_false")]
    pub keeps_state: bool,
    /// The mode of thought that the author was asked for.
    #[serde(default, deserialize_with = "lenient::text")]
    pub processing_register: String,
    /// Which data it reads and writes.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub data_access: DataAccess,
    /// Which domains it decides about.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub authority: Authority,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

impl<'de> Deserialize<'de> for ComponentContract {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut contract = Self::deserialize(deserializer)?;
        contract.gather_methods();
        Ok(contract)
    }
}

impl Serialize for ComponentContract {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl ComponentContract {
    /// Returns the names that can be called from outside, in the order of the contract: functions, then classes of its own.
    #[must_use]
    pub fn exports(&self) -> Vec<String> {
        let functions = self.functions.iter().map(|function| &function.name);
        functions.chain(self.own_classes().map(|class| &class.name)).cloned().collect()
    }

    /// Returns the classes that this component's implementation defines.
    pub fn own_classes(&self) -> impl Iterator<Item = &TypeSpec> {
        let is_own = |owner: &str| owner.is_empty() || owner == self.component_id.as_str();
        self.types.iter().filter(move |spec| spec.kind == TypeKind::Class && is_own(&spec.owner_component))
    }

    /// Returns the type of that name, if the contract has it.
    #[must_use]
    pub fn type_named(&self, name: &str) -> Option<&TypeSpec> {
        self.types.iter().find(|spec| spec.name == name)
    }
}

/// Which data a component reads and writes.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct DataAccess {
    /// Classifications that it reads, for example `PII`.
    #[serde(default, deserialize_with = "lenient::texts_in_list")]
    pub reads: Vec<String>,
    /// Classifications that it writes.
    #[serde(default, deserialize_with = "lenient::texts_in_list")]
    pub writes: Vec<String>,
    /// Why.
    #[serde(default, deserialize_with = "lenient::text")]
    pub rationale: String,
    /// Effects beyond values.
    #[serde(default, deserialize_with = "lenient::list")]
    pub side_effects: Vec<DataAccessSideEffect>,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// An effect on data outside the component.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DataAccessSideEffect {
    /// For example `database_read`.
    #[serde(rename = "type", deserialize_with = "lenient::text")]
    pub kind: String,
    /// For example `PUBLIC`.
    #[serde(default, deserialize_with = "lenient::text")]
    pub classification: String,
    /// The fields that it touches.
    #[serde(default, deserialize_with = "lenient::texts_in_list")]
    pub fields: Vec<String>,
    /// Why.
    #[serde(default, deserialize_with = "lenient::text")]
    pub rationale: String,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Which domains a component decides about.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Authority {
    /// Names of domains. One component per domain.
    #[serde(default, deserialize_with = "lenient::texts_in_list")]
    pub domains: Vec<String>,
    /// Why; needed where there is a domain.
    #[serde(default, deserialize_with = "lenient::optional_text")]
    pub rationale: Option<String>,
    /// What this version does not know.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

fn first_version() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_what_models_write_and_writes_it_strictly() {
        let contract: ComponentContract = serde_json::from_value(json!({
            "component_id": "bank", "name": "Bank", "description": "Keeps money.", "types": null,
            "functions": [{
                "name": "open", "description": "Opens.", "output_type": "str",
                "inputs": [{"name": "limit", "type_ref": "int", "default": 3}, {"name": "note", "type_ref": "str", "default": null}],
                "error_cases": [{"name": "closed", "condition": "after hours", "error_type": "Closed", "error_data": "{\"at\": 17}"}],
            }],
        }))
        .expect("readable");
        let function = &contract.functions[0];
        assert_eq!(function.inputs[0].default, "3");
        assert_eq!(function.inputs[1].default, "");
        assert_eq!(function.error_cases[0].error_data["at"], "17");
        assert_eq!(contract.version, 1);
        let written = serde_json::to_value(&contract).expect("writable");
        assert_eq!(written["types"], json!([]));
        assert_eq!(written["functions"][0]["inputs"][0]["required"], json!(true));
    }

    #[test]
    fn one_thing_is_read_as_a_list_and_a_text_as_the_number_or_truth_that_it_says() {
        let contract: ComponentContract = serde_json::from_value(json!({
            "component_id": "bank", "name": null, "description": "d", "version": "2", "dependencies": "ledger",
            "types": {"Colour": {"kind": "Enumeration", "variants": [{"name": "RED", "value": 1}, "BLUE"]}},
            "dependency_contracts": {"ledger": "post"}, "invariants": null, "keeps_state": "no",
            "functions": {"name": "pay", "description": null, "output_type": null, "is_async": "true",
                          "inputs": {"sum": {"type_ref": "int", "required": null, "validators": "value > 0"}},
                          "structured_side_effects": {"name": "", "kind": "network"},
                          "performance_budget": {"p95_latency_ms": "20", "max_memory_mb": 64.0}},
            "data_access": {"reads": "PII"}, "authority": {"domains": "payments", "rationale": 3},
        }))
        .expect("readable");
        let written = serde_json::to_value(&contract).expect("writable");
        for (pointer, expected) in [
            ("/name", json!("")),
            ("/version", json!(2)),
            ("/dependencies", json!(["ledger"])),
            ("/types/0/kind", json!("enum")),
            ("/types/0/variants", json!(["RED", "BLUE"])),
            ("/dependency_contracts/ledger", json!(["post"])),
            ("/functions/0/output_type", json!("None")),
            ("/functions/0/is_async", json!(true)),
            ("/functions/0/inputs/0/name", json!("sum")),
            ("/functions/0/inputs/0/required", json!(true)),
            ("/functions/0/inputs/0/validators/0/kind", json!("custom")),
            ("/functions/0/structured_side_effects/0/kind", json!("network_call")),
            ("/functions/0/performance_budget/p95_latency_ms", json!(20)),
            ("/functions/0/performance_budget/max_memory_mb", json!(64)),
            ("/data_access/reads", json!(["PII"])),
            ("/authority/rationale", json!("3")),
        ] {
            assert_eq!(written.pointer(pointer), Some(&expected), "{pointer}");
        }
        assert_eq!(serde_json::from_value::<ComponentContract>(written).expect("readable"), contract);
    }

    #[test]
    fn what_could_mean_anything_is_not_read() {
        for (field, value) in
            [("version", json!("two")), ("version", json!(-1)), ("keeps_state", json!("perhaps")), ("types", json!(7))]
        {
            let mut contract = json!({"component_id": "bank", "name": "Bank", "description": "d"});
            contract[field] = value;
            assert!(serde_json::from_value::<ComponentContract>(contract.clone()).is_err(), "{contract}");
        }
    }

    #[test]
    fn a_contract_without_fields_of_ours_is_written_without_them() {
        let plain = json!({"component_id": "bank", "name": "Bank", "description": "d", "keeps_state": null,
                           "types": [{"name": "T", "kind": "struct", "methods": null}]});
        let contract: ComponentContract = serde_json::from_value(plain).expect("readable");
        assert!(!contract.keeps_state);
        let written = serde_json::to_value(&contract).expect("writable");
        assert_eq!(written.get("keeps_state"), None);
        assert_eq!((written["types"][0].get("methods"), written["types"][0].get("init")), (None, None));
    }

    #[test]
    fn reads_a_class_and_writes_it_back() {
        let original = json!({
            "component_id": "bank", "name": "Bank", "description": "d", "keeps_state": true,
            "types": [{"name": "Book", "kind": "class", "init": [{"name": "owner", "type_ref": "str"}],
                       "methods": [{"name": "add", "description": "d", "output_type": "int", "x_method": 1}]}],
        });
        let contract: ComponentContract = serde_json::from_value(original).expect("readable");
        assert!(contract.keeps_state);
        assert_eq!(contract.types[0].kind, TypeKind::Class);
        assert_eq!(contract.exports(), ["Book"]);
        let written = serde_json::to_value(&contract).expect("writable");
        assert_eq!(written["keeps_state"], json!(true));
        assert_eq!(written["types"][0]["init"][0]["name"], json!("owner"));
        assert_eq!(written["types"][0]["methods"][0]["x_method"], json!(1));
    }

    #[test]
    fn keeps_unknown_fields_at_every_level() {
        let original = json!({
            "component_id": "bank", "name": "Bank", "description": "d", "x_ours": [1],
            "types": [{"name": "T", "kind": "struct", "x_type": 1,
                       "fields": [{"name": "a", "type_ref": "int", "x_field": 2,
                                   "validators": [{"kind": "range", "expression": "value > 0", "x_validator": 3}]}]}],
            "functions": [{"name": "f", "description": "d", "inputs": [], "output_type": "T", "x_function": 4,
                           "error_cases": [{"name": "e", "condition": "c", "error_type": "E", "x_error": 5}],
                           "performance_budget": {"p95_latency_ms": 5, "x_bound": 6}}],
            "authority": {"domains": [], "x_authority": 7}, "data_access": {"x_access": 8},
        });
        let contract: ComponentContract = serde_json::from_value(original).expect("readable");
        let written = serde_json::to_value(&contract).expect("writable");
        assert_eq!(written["x_ours"], json!([1]));
        assert_eq!(written["types"][0]["x_type"], json!(1));
        assert_eq!(written["types"][0]["fields"][0]["x_field"], json!(2));
        assert_eq!(written["types"][0]["fields"][0]["validators"][0]["x_validator"], json!(3));
        assert_eq!(written["functions"][0]["x_function"], json!(4));
        assert_eq!(written["functions"][0]["error_cases"][0]["x_error"], json!(5));
        assert_eq!(written["functions"][0]["performance_budget"]["x_bound"], json!(6));
        assert_eq!(written["authority"]["x_authority"], json!(7));
        assert_eq!(written["data_access"]["x_access"], json!(8));
        let again: ComponentContract = serde_json::from_value(written).expect("readable");
        assert_eq!(again, contract);
    }
}
