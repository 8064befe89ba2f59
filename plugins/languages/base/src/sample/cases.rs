//! What the validators of a contract's structs accept and refuse.

use super::{Sample, Samples, candidates, is_rule, may_be_none, satisfies};
use crate::interface::constraint::Rule;
use crate::interface::{Field, Interface, Struct, TypeDefinition};

/// So many accepted values of a field are tested, and so many refused ones of a validator.
const MAX_VALUES: usize = 6;

/// One struct.
#[derive(Debug)]
pub struct StructCases {
    /// Its name.
    pub name: String,
    /// Values for the fields that must be given. They satisfy everything.
    pub base: Vec<(String, Sample)>,
    /// The fields that can be given wrongly, in the order of the contract.
    pub fields: Vec<FieldCases>,
}

/// One field.
#[derive(Debug)]
pub struct FieldCases {
    /// Its name.
    pub name: String,
    /// Values that every validator accepts.
    pub accepted: Vec<Sample>,
    /// What is refused, by validator.
    pub refused: Vec<Refusal>,
    /// A struct without it is refused.
    pub is_required: bool,
}

/// What one validator refuses.
#[derive(Debug)]
pub struct Refusal {
    /// The kind of the validator, and a number behind the second of a kind.
    pub name: String,
    /// What must hold, for people.
    pub condition: String,
    /// At least one. Where possible no other validator refuses them.
    pub values: Vec<Sample>,
}

/// Returns what can be tested of a contract's own structs, and of what is left out the reason.
pub fn struct_cases(interface: &Interface) -> (Vec<StructCases>, Vec<String>) {
    let samples = Samples::new(interface);
    let (mut cases, mut left_out) = (Vec::new(), Vec::new());
    for definition in &interface.types {
        let TypeDefinition::Struct(definition) = definition else { continue };
        let is_checked = |field: &Field| !field.constraints.is_empty() || field.default.is_none();
        if definition.is_error || !definition.fields.iter().any(is_checked) {
            continue;
        }
        if definition.fields.iter().flat_map(|field| &field.constraints).any(is_rule) {
            left_out.push(format!("`{}`: its rules are for tests that somebody writes.", definition.name));
            continue;
        }
        match samples.guarded(&definition.name, || samples.fields(definition)) {
            Some(base) => cases.push(of_struct(&samples, definition, base, &mut left_out)),
            None => left_out.push(format!("`{}`: no value is known that it accepts.", definition.name)),
        }
    }
    cases.retain(|found| !found.fields.is_empty());
    (cases, left_out)
}

fn of_struct(
    samples: &Samples<'_>,
    definition: &Struct,
    base: Vec<(String, Sample)>,
    left_out: &mut Vec<String>,
) -> StructCases {
    let mut fields = Vec::new();
    for field in &definition.fields {
        let candidates = if field.constraints.is_empty() { Vec::new() } else { samples.candidates(field) };
        let mut accepted: Vec<Sample> =
            candidates.iter().filter(|value| satisfies(field, value)).take(MAX_VALUES).cloned().collect();
        if !field.constraints.is_empty() && may_be_none(field) {
            accepted.push(Sample::None);
        }
        let refused = refusals(field, &candidates);
        let place = format!("{}.{}", definition.name, field.name);
        if refused.len() < field.constraints.len() {
            left_out.push(format!("`{place}`: of a validator no value is known that it refuses."));
        }
        let is_required = field.default.is_none();
        if is_required || !accepted.is_empty() || !refused.is_empty() {
            fields.push(FieldCases { name: field.name.clone(), accepted, refused, is_required });
        }
    }
    StructCases { name: definition.name.clone(), base, fields }
}

fn refusals(field: &Field, candidates: &[Sample]) -> Vec<Refusal> {
    let mut found: Vec<Refusal> = Vec::new();
    for (index, constraint) in field.constraints.iter().enumerate() {
        let is_refused = |value: &&Sample| candidates::holds(constraint, value) == Some(false);
        let is_refused_alone = |value: &&Sample| {
            let mut others = field.constraints.iter().enumerate().filter(|(other, _)| *other != index);
            is_refused(value) && others.all(|(_, other)| candidates::holds(other, value) == Some(true))
        };
        let mut values: Vec<Sample> = candidates.iter().filter(is_refused_alone).cloned().collect();
        if values.is_empty() {
            values = candidates.iter().filter(is_refused).cloned().collect();
        }
        values.truncate(MAX_VALUES);
        if values.is_empty() {
            continue;
        }
        let kind = match constraint.rule {
            Rule::Range(_) => "range",
            Rule::Length(_) => "length",
            Rule::Pattern(_) => "regex",
            Rule::OneOf(_) => "one_of",
            Rule::MultipleOf(_) => "multiple_of",
            Rule::Unique => "unique",
            Rule::Custom(_) => "custom",
        };
        let earlier = found.iter().filter(|refusal| refusal.name.starts_with(kind)).count();
        let name = if earlier == 0 { kind.to_owned() } else { format!("{kind}_{}", earlier + 1) };
        found.push(Refusal { name, condition: constraint.describe(), values });
    }
    found
}
