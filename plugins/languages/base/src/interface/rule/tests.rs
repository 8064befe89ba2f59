use serde_json::Value;

use super::*;
use crate::Language;
use crate::interface::{Field, Interface, InterfaceError, TypeDefinition};
use crate::type_ref::TypeRef;

/// The table that the host is tested with, too.
const TABLE: &str = include_str!("../../../../../../tests/validators.json");

/// A language that refuses nothing.
struct Any;

impl Language for Any {
    fn name(&self) -> &'static str {
        "Any"
    }
    fn constructor(&self) -> &'static str {
        "new"
    }
    fn check_component(&self, _: &str) -> Result<(), String> {
        Ok(())
    }
    fn check_name(&self, _: &str) -> Result<(), &'static str> {
        Ok(())
    }
    fn is_taken_type(&self, _: &str) -> bool {
        false
    }
    fn is_taken_field(&self, _: &str) -> bool {
        false
    }
    fn is_taken_member(&self, _: &str) -> bool {
        false
    }
    fn is_taken_attribute(&self, _: &str) -> bool {
        false
    }
    fn is_taken_parameter(&self, _: &str) -> bool {
        false
    }
    fn member_name(&self, value: &str) -> String {
        value.to_owned()
    }
    fn has_error(&self, _: &str) -> bool {
        false
    }
    fn check_pattern(&self, _: &str) -> Result<(), String> {
        Ok(())
    }
    fn refuses(&self, _: &TypeRef) -> Option<&'static str> {
        None
    }
}

/// Reads one validator of the field `x`, beside which there is a field `limit`.
fn read(table: &Value, row: &Value, expression: &str) -> Result<Field, String> {
    let mut types = table["types"].as_array().expect("types").clone();
    types.push(serde_json::json!({"name": "T", "kind": "struct", "fields": [
        {"name": "x", "type_ref": row["type"], "validators": [{"kind": row["kind"], "expression": expression}]},
        {"name": "limit", "type_ref": "int"}]}));
    let contract = serde_json::json!({"component_id": "a", "types": types});
    let interface = Interface::read(&contract.to_string(), &Any).map_err(|error| match error {
        InterfaceError::Unreadable(reason) => reason,
        InterfaceError::Invalid(faults) => faults.into_iter().map(|fault| fault.message).collect(),
    })?;
    let last = interface.types.into_iter().find(|definition| definition.name() == "T").expect("the struct");
    let TypeDefinition::Struct(definition) = last else { panic!("a struct") };
    Ok(definition.fields.into_iter().next().expect("a field"))
}

#[test]
fn every_validator_of_the_table_is_enforced_where_the_host_enforces_it() {
    let table: Value = serde_json::from_str(TABLE).expect("a table");
    for row in table["accepted"].as_array().expect("rows") {
        let expression = row["expression"].as_str().expect("an expression");
        let Some(written) = row["written"].as_str() else {
            let field = read(&table, row, expression).expect(expression);
            assert!(field.constraints.is_empty() && field.remarks == [expression], "{row}: {field:?}");
            continue;
        };
        let field = read(&table, row, written).expect(written);
        assert!(field.constraints.len() == 1 && field.remarks.is_empty(), "{row}: {field:?}");
        if row["kind"] == "custom" {
            assert_eq!(field.constraints[0].describe(), written, "{row}");
            assert_eq!(read(&table, row, expression).expect(expression).constraints, field.constraints, "{row}");
        }
    }
}

#[test]
fn what_the_host_refuses_is_refused_where_it_crosses_as_written() {
    let table: Value = serde_json::from_str(TABLE).expect("a table");
    let rows = table["refused"].as_array().expect("rows").iter();
    for row in rows.filter(|row| !["range", "length", "regex"].contains(&row["kind"].as_str().expect("a kind"))) {
        let expression = row["expression"].as_str().expect("an expression");
        assert!(read(&table, row, expression).is_err(), "{row}");
    }
}

#[test]
fn a_name_knows_its_type_once_the_rule_is_checked() {
    let row = serde_json::json!({"kind": "custom", "type": "Decimal"});
    let types = serde_json::json!({"types": []});
    let field = read(&types, &row, "value > 0.1 and limit > 0").expect("a rule");
    let crate::interface::constraint::Rule::Custom(rule) = &field.constraints[0].rule else { panic!("{field:?}") };
    let mut amounts = Vec::new();
    if let Expression::All(parts) = rule {
        for part in parts {
            let Expression::Comparison(first, _) = part else { panic!("{part}") };
            amounts.push(first.is_of_amounts());
        }
    }
    assert_eq!(amounts, [true, false]);
    assert!(field.constraints[0].names_others());
}
