//! Functions, classes with their methods, and the exceptions that these raise.

use std::collections::{BTreeMap, BTreeSet};

use super::Builder;
use super::fields::Owner;
use crate::contract::{FunctionContract, TypeKind};
use crate::interface::fault::FaultKind;
use crate::interface::{Class, ErrorClass, Function};
use crate::type_ref::{Basic, TypeRef};

impl<'c> Builder<'c> {
    /// Reads functions or methods. None may have one of the names that are `taken`.
    pub(super) fn functions(
        &mut self,
        specs: &'c [FunctionContract],
        at: &str,
        taken: &BTreeSet<&str>,
    ) -> Vec<Function> {
        let mut seen = BTreeSet::new();
        let mut functions = Vec::new();
        for (index, spec) in specs.iter().enumerate() {
            let at = format!("{at}[{index}]");
            self.check_identifier(&spec.name, &format!("{at}.name"));
            if !seen.insert(&spec.name) || taken.contains(spec.name.as_str()) {
                self.fault(
                    FaultKind::DuplicateName,
                    format!("{at}.name"),
                    format!("`{}` is already the name of a function or type", spec.name),
                );
            }
            functions.extend(self.function(spec, &at));
        }
        functions
    }

    /// Reads the classes of this component. Those of a dependency are its own affair.
    pub(super) fn classes(&mut self) -> Vec<Class> {
        let contract = self.contract;
        let mut classes = Vec::new();
        for (index, spec) in contract.types.iter().enumerate().filter(|(_, spec)| spec.kind == TypeKind::Class) {
            if self.is_foreign(spec) {
                continue;
            }
            let at = format!("types[{index}]");
            let init = Function {
                name: self.language.constructor().to_owned(),
                description: String::new(),
                parameters: self.fields(&spec.init, &format!("{at}.init"), Owner::Function),
                output: TypeRef::Basic(Basic::None),
                raises: Vec::new(),
                preconditions: Vec::new(),
                postconditions: Vec::new(),
                side_effects: Vec::new(),
                is_idempotent: false,
                is_async: false,
            };
            let methods = self.functions(&spec.methods, &format!("{at}.methods"), &BTreeSet::new());
            for (part, function) in
                std::iter::once(("init", &init)).chain(methods.iter().map(|method| ("methods", method)))
            {
                let taken =
                    function.parameters.iter().find(|parameter| self.language.is_taken_parameter(&parameter.name));
                if let Some(taken) = taken {
                    let message = format!(
                        "`{}`: `{}` is the object itself in {}; choose another name",
                        function.name,
                        taken.name,
                        self.language.name()
                    );
                    self.fault(FaultKind::DuplicateName, format!("{at}.{part}"), message);
                }
            }
            classes.push(Class { name: spec.name.clone(), description: spec.description.clone(), init, methods });
        }
        classes
    }

    pub(super) fn imported_classes(&self) -> BTreeMap<String, Vec<String>> {
        let mut imported: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for spec in self.contract.types.iter().filter(|spec| spec.kind == TypeKind::Class && self.is_foreign(spec)) {
            imported.entry(spec.owner_component.clone()).or_default().push(spec.name.clone());
        }
        imported
    }

    fn function(&mut self, spec: &FunctionContract, at: &str) -> Option<Function> {
        let parameters = self.fields(&spec.inputs, &format!("{at}.inputs"), Owner::Function);
        let output = self.type_ref(&spec.output_type, &format!("{at}.output_type"))?;
        let is_async_stream = output.is_async_stream();
        let effects = spec.structured_side_effects.iter().filter(|effect| effect.kind != "none");
        Some(Function {
            name: spec.name.clone(),
            description: spec.description.clone(),
            parameters,
            output,
            raises: spec.error_cases.iter().map(|case| (case.error_type.clone(), case.condition.clone())).collect(),
            preconditions: spec.preconditions.clone(),
            postconditions: spec.postconditions.clone(),
            side_effects: effects
                .map(|effect| format!("{} {}", effect.kind, effect.target).trim().to_owned())
                .collect(),
            is_idempotent: spec.idempotent,
            // What is iterated with `async for` is not awaited: `async def` with a `yield` returns it at once.
            is_async: spec.is_async && !is_async_stream,
        })
    }

    /// Returns what can raise, with its place: functions, and the methods of this component's classes.
    pub(super) fn raising(&self) -> Vec<(String, &'c FunctionContract)> {
        let contract = self.contract;
        let functions = contract.functions.iter().enumerate();
        let mut raising: Vec<_> =
            functions.map(|(index, function)| (format!("functions[{index}]"), function)).collect();
        for (index, spec) in contract.types.iter().enumerate() {
            if spec.kind == TypeKind::Class && !self.is_foreign(spec) {
                let methods = spec.methods.iter().enumerate();
                raising.extend(methods.map(|(method, spec)| (format!("types[{index}].methods[{method}]"), spec)));
            }
        }
        raising
    }

    /// Returns the exceptions that no type of the contract describes.
    pub(super) fn error_classes(&mut self) -> Vec<ErrorClass> {
        let mut errors: BTreeMap<&str, ErrorClass> = BTreeMap::new();
        for (at, function) in self.raising() {
            for (case_index, case) in function.error_cases.iter().enumerate() {
                let at = format!("{at}.error_cases[{case_index}]");
                if !self.needs_class(&case.error_type) || self.type_names.contains(case.error_type.as_str()) {
                    continue;
                }
                self.check_identifier(&case.error_type, &format!("{at}.error_type"));
                for attribute in case.error_data.keys() {
                    self.check_identifier(attribute, &format!("{at}.error_data"));
                    if self.language.is_taken_attribute(attribute) {
                        let language = self.language.name();
                        let message =
                            format!("`{attribute}` is taken in every {language} exception; choose another name");
                        self.fault(FaultKind::InvalidName, format!("{at}.error_data"), message);
                    }
                }
                let error = errors.entry(&case.error_type).or_insert_with(|| ErrorClass {
                    name: case.error_type.clone(),
                    conditions: Vec::new(),
                    attributes: BTreeMap::new(),
                });
                if !error.conditions.contains(&case.condition) {
                    error.conditions.push(case.condition.clone());
                }
                error.attributes.extend(case.error_data.iter().map(|(name, text)| (name.clone(), text.clone())));
            }
        }
        errors.into_values().collect()
    }
}
