//! The definitions of the types module, in an order in which they can be executed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Builder;
use super::fields::Owner;
use crate::contract::TypeKind;
use crate::interface::constraint::{Constraint, Rule};
use crate::interface::fault::FaultKind;
use crate::interface::{Alias, Enumeration, Field, Struct, TypeDefinition};

impl<'c> Builder<'c> {
    pub(super) fn types(&mut self) -> (Vec<TypeDefinition>, BTreeMap<String, Vec<String>>) {
        let contract = self.contract;
        let raised: BTreeSet<&str> = self
            .raising()
            .into_iter()
            .flat_map(|(_, function)| &function.error_cases)
            .map(|case| case.error_type.as_str())
            .collect();
        let mut imported: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let (mut enumerations, mut structs) = (Vec::new(), Vec::new());
        let mut aliases: HashMap<&str, Alias> = HashMap::new();
        for (index, spec) in contract.types.iter().enumerate().filter(|(_, spec)| !super::is_basic(spec)) {
            let at = format!("types[{index}]");
            let (name, description) = (spec.name.clone(), spec.description.clone());
            if spec.kind == TypeKind::Class {
                if raised.contains(spec.name.as_str()) {
                    let message = format!(
                        "`{name}` is raised as an exception, and objects of a class stay where they are; make it a struct"
                    );
                    self.fault(FaultKind::Unsupported, format!("{at}.kind"), message);
                }
            } else if self.is_foreign(spec) {
                imported.entry(spec.owner_component.clone()).or_default().push(name);
            } else if let Some(members) = self.enumerations.get(spec.name.as_str()) {
                enumerations.push(TypeDefinition::Enumeration(Enumeration {
                    name,
                    description,
                    members: members.clone(),
                }));
            } else if let Some(target) = self.aliases.get(spec.name.as_str()) {
                aliases.insert(&spec.name, Alias { name, description, target: target.clone() });
            } else if spec.kind == TypeKind::Struct {
                let mut fields = self.fields(&spec.fields, &format!("{at}.fields"), Owner::Struct);
                let is_error = raised.contains(spec.name.as_str());
                if is_error {
                    fields.iter_mut().for_each(rules_are_remarks);
                }
                if is_error && fields.iter().any(|field| !field.constraints.is_empty()) {
                    let message = format!(
                        "`{}` is raised as an exception, and validators of exceptions are not enforced",
                        spec.name
                    );
                    self.fault(FaultKind::Unsupported, format!("{at}.fields"), message);
                }
                structs.push(TypeDefinition::Struct(Struct { name, description, fields, is_error }));
            }
        }
        for names in imported.values_mut() {
            names.sort_unstable();
        }
        let mut types = enumerations;
        types.append(&mut structs);
        types.extend(self.ordered_aliases(aliases).into_iter().map(TypeDefinition::Alias));
        (types, imported)
    }

    /// Reads the types that dependencies own, as far as the contract describes them. What is wrong with them is no fault of this
    /// contract.
    pub(super) fn foreign_types(&mut self) -> Vec<TypeDefinition> {
        let contract = self.contract;
        let mut types = Vec::new();
        for spec in contract.types.iter().filter(|spec| !super::is_basic(spec)) {
            if !self.is_foreign(spec) {
                continue;
            }
            let (name, description) = (spec.name.clone(), spec.description.clone());
            if let Some(members) = self.enumerations.get(spec.name.as_str()) {
                types.push(TypeDefinition::Enumeration(Enumeration { name, description, members: members.clone() }));
            } else if let Some(target) = self.aliases.get(spec.name.as_str()) {
                if self.aliases.is_circular(&spec.name) {
                    continue;
                }
                types.push(TypeDefinition::Alias(Alias { name, description, target: target.clone() }));
            } else if spec.kind == TypeKind::Struct {
                let known = self.faults.len();
                let fields = self.fields(&spec.fields, "", Owner::Struct);
                if self.faults.len() == known {
                    types.push(TypeDefinition::Struct(Struct { name, description, fields, is_error: false }));
                }
                self.faults.truncate(known);
            }
        }
        types
    }

    /// Orders aliases so that each follows what it stands for; they are executed, not only read.
    fn ordered_aliases(&mut self, mut aliases: HashMap<&'c str, Alias>) -> Vec<Alias> {
        let mut ordered: Vec<Alias> = Vec::new();
        let mut waiting: Vec<(usize, &str)> =
            self.contract.types.iter().enumerate().map(|(index, spec)| (index, spec.name.as_str())).collect();
        waiting.retain(|(_, name)| aliases.contains_key(name));
        while !waiting.is_empty() {
            let before = waiting.len();
            waiting.retain(|(_, name)| {
                let is_ready = aliases.get(name).is_some_and(|alias| {
                    let mut is_ready = true;
                    alias.target.each_name(&mut |used| is_ready &= !aliases.contains_key(used));
                    is_ready
                });
                if is_ready {
                    ordered.extend(aliases.remove(name));
                }
                !is_ready
            });
            if waiting.len() == before {
                for (index, name) in waiting {
                    let message =
                        format!("`{name}` is made of itself through other aliases; put a struct between them");
                    self.fault(FaultKind::Unsupported, format!("types[{index}]"), message);
                }
                return ordered;
            }
        }
        ordered
    }
}

/// Exceptions check nothing when they are made, so a rule of one is for readers.
fn rules_are_remarks(field: &mut Field) {
    let (rules, others): (Vec<_>, Vec<_>) =
        field.constraints.drain(..).partition(|constraint| matches!(constraint.rule, Rule::Custom(_)));
    field.constraints = others;
    field.remarks.extend(rules.iter().map(Constraint::describe));
}
