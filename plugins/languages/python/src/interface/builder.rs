//! Builds the interface from the document and collects every fault on the way, so that an author repairs all of them at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::aliases::Aliases;
use super::constraint::{Constraint, Rule};
use super::default::{DefaultValue, Named};
use super::fault::{Fault, FaultKind};
use super::naming;
use super::{Alias, Enumeration, ErrorClass, Field, Function, Interface, Struct, TypeDefinition};
use crate::contract::{Contract, FieldSpec, FunctionContract, TypeKind, TypeSpec, ValidatorKind};
use crate::identifier;
use crate::layout::Layout;
use crate::type_ref::{Basic, TypeRef};

/// Builds one interface.
pub(super) struct Builder<'c> {
    contract: &'c Contract,
    faults: Vec<Fault>,
    /// Enumerations and aliases by name; what is in none of both is a struct.
    enumerations: HashMap<&'c str, Vec<(String, String)>>,
    aliases: Aliases<'c>,
    type_names: BTreeSet<&'c str>,
}

impl<'c> Builder<'c> {
    pub(super) fn new(contract: &'c Contract) -> Self {
        Self {
            contract,
            faults: Vec::new(),
            enumerations: HashMap::new(),
            aliases: Aliases::default(),
            type_names: BTreeSet::new(),
        }
    }

    pub(super) fn build(mut self) -> Result<Interface, Vec<Fault>> {
        let contract = self.contract;
        if let Err(reason) = Layout::of(&contract.component_id) {
            self.fault(FaultKind::InvalidName, "component_id", reason);
        }
        self.read_type_names();
        self.read_enumerations_and_aliases();
        let functions = self.functions();
        let errors = self.error_classes();
        let (types, imported) = self.types();
        self.check_exports(&errors);
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        Ok(Interface {
            component: contract.component_id.clone(),
            title: contract.name.clone(),
            description: contract.description.clone(),
            invariants: contract.invariants.clone(),
            imported,
            types,
            errors,
            functions,
        })
    }

    fn read_type_names(&mut self) {
        let contract = self.contract;
        for (index, spec) in contract.types.iter().enumerate() {
            let at = format!("types[{index}].name");
            if naming::is_basic(spec) {
                continue;
            }
            self.check_identifier(&spec.name, &at);
            if Basic::of(&spec.name).is_some() || naming::is_taken(&spec.name) {
                self.fault(
                    FaultKind::InvalidName,
                    &at,
                    format!("`{}` is a type of the language; choose another name", spec.name),
                );
            }
            if !self.type_names.insert(&spec.name) {
                self.fault(FaultKind::DuplicateName, &at, format!("a second type `{}`", spec.name));
            }
        }
    }

    fn read_enumerations_and_aliases(&mut self) {
        let contract = self.contract;
        for (index, spec) in contract.types.iter().enumerate().filter(|(_, spec)| !naming::is_basic(spec)) {
            let at = format!("types[{index}]");
            match spec.kind {
                TypeKind::Struct => {}
                TypeKind::Enum => {
                    let members = self.members(spec, &at);
                    self.enumerations.insert(&spec.name, members);
                }
                TypeKind::List => {
                    if let Some(item) = self.type_ref(&spec.item_type, &format!("{at}.item_type")) {
                        self.aliases.insert(&spec.name, TypeRef::List(Box::new(item)));
                    }
                }
                TypeKind::Optional | TypeKind::Union | TypeKind::Primitive => {
                    if let Some(target) = self.combined(spec, &at) {
                        self.aliases.insert(&spec.name, target);
                    }
                }
            }
        }
    }

    /// Reads an optional, a union, or a primitive with a name of its own: all combine their inner types.
    fn combined(&mut self, spec: &TypeSpec, at: &str) -> Option<TypeRef> {
        if spec.inner_types.is_empty() {
            let kind = match spec.kind {
                TypeKind::Primitive => "a primitive with a name of its own",
                TypeKind::Optional => "an optional",
                _ => "a union",
            };
            let message = format!("{kind} needs what it is made of in `inner_types`");
            self.fault(FaultKind::MalformedType, format!("{at}.inner_types"), message);
            return None;
        }
        let texts = spec.inner_types.iter().enumerate();
        let items: Vec<_> =
            texts.filter_map(|(index, text)| self.type_ref(text, &format!("{at}.inner_types[{index}]"))).collect();
        if items.len() != spec.inner_types.len() {
            return None;
        }
        let union = TypeRef::union(items);
        Some(if spec.kind == TypeKind::Optional { union.or_none() } else { union })
    }

    fn members(&mut self, spec: &TypeSpec, at: &str) -> Vec<(String, String)> {
        let mut members: Vec<(String, String)> = Vec::new();
        if spec.variants.is_empty() {
            self.fault(
                FaultKind::Unsupported,
                format!("{at}.variants"),
                format!("the enumeration `{}` has no values", spec.name),
            );
        }
        for (index, value) in spec.variants.iter().enumerate() {
            let at = format!("{at}.variants[{index}]");
            let name = naming::member_name(value);
            if identifier::check(&name).is_err()
                || matches!(name.as_str(), "mro" | "name" | "value")
                || name.starts_with('_')
            {
                self.fault(
                    FaultKind::InvalidName,
                    at,
                    format!("`{value}` cannot be a member of a Python enumeration; choose another value"),
                );
            } else if members.iter().any(|(known, _)| *known == name) {
                self.fault(FaultKind::DuplicateName, at, format!("a second value that is called `{name}` in Python"));
            } else {
                members.push((name, value.clone()));
            }
        }
        members
    }

    fn functions(&mut self) -> Vec<Function> {
        let contract = self.contract;
        let mut seen = BTreeSet::new();
        let mut functions = Vec::new();
        for (index, spec) in contract.functions.iter().enumerate() {
            let at = format!("functions[{index}]");
            self.check_identifier(&spec.name, &format!("{at}.name"));
            if !seen.insert(&spec.name) || self.type_names.contains(spec.name.as_str()) {
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

    fn function(&mut self, spec: &FunctionContract, at: &str) -> Option<Function> {
        let parameters = self.fields(&spec.inputs, &format!("{at}.inputs"), Owner::Function);
        let output = self.type_ref(&spec.output_type, &format!("{at}.output_type"))?;
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
            is_async: spec.is_async,
        })
    }

    fn fields(&mut self, specs: &[FieldSpec], at: &str, owner: Owner) -> Vec<Field> {
        let mut seen = BTreeSet::new();
        let mut fields = Vec::new();
        for (index, spec) in specs.iter().enumerate() {
            let at = format!("{at}[{index}]");
            self.check_identifier(&spec.name, &format!("{at}.name"));
            if owner == Owner::Struct && naming::is_taken_field(&spec.name) {
                let message = format!(
                    "a field cannot be called `{}` in Python: the class has it already, or its annotations use it",
                    spec.name
                );
                self.fault(FaultKind::InvalidName, format!("{at}.name"), message);
            }
            if !seen.insert(&spec.name) {
                self.fault(FaultKind::DuplicateName, format!("{at}.name"), format!("a second `{}`", spec.name));
            }
            fields.extend(self.field(spec, &at));
        }
        fields
    }

    fn field(&mut self, spec: &FieldSpec, at: &str) -> Option<Field> {
        let mut type_ref = self.type_ref(&spec.type_ref, &format!("{at}.type_ref"))?;
        let mut constraints = Vec::new();
        let mut remarks = Vec::new();
        for (index, validator) in spec.validators.iter().enumerate() {
            let at = format!("{at}.validators[{index}].expression");
            if validator.kind == ValidatorKind::Custom {
                remarks.push(validator.expression.clone());
                continue;
            }
            match Constraint::read(validator).and_then(|found| self.suited(found, &type_ref)) {
                Ok(constraint) => constraints.push(constraint),
                Err(reason) => self.fault(FaultKind::MalformedValidator, at, reason),
            }
        }
        let default = self.default(spec, &mut type_ref, at);
        let (name, description) = (spec.name.clone(), spec.description.clone());
        Some(Field { name, type_ref, default, description, constraints, remarks })
    }

    fn default(&mut self, spec: &FieldSpec, type_ref: &mut TypeRef, at: &str) -> Option<DefaultValue> {
        if spec.default.trim().is_empty() {
            if spec.required {
                return None;
            }
            *type_ref = type_ref.clone().or_none();
            return Some(DefaultValue::none());
        }
        // `null` for something that may be left out says that `None` is a value of it, whatever its type says.
        if !spec.required && matches!(spec.default.trim(), "None" | "null") {
            *type_ref = type_ref.clone().or_none();
        }
        let named = |name: &str| self.named(name);
        match DefaultValue::read(&spec.default, type_ref, &named) {
            Ok(default) => Some(default),
            Err(reason) => {
                self.fault(FaultKind::InvalidDefault, format!("{at}.default"), reason);
                None
            }
        }
    }

    /// Checks that a constraint means something for a type, and completes it.
    fn suited(&self, mut constraint: Constraint, type_ref: &TypeRef) -> Result<Constraint, String> {
        let base = self.aliases.base(type_ref);
        let suits = match &constraint.rule {
            Rule::Range(bounds) => match base {
                TypeRef::Basic(Basic::Int) if bounds.each().any(|bound| !bound.is_whole) => {
                    return Err("the bounds of an `int` must be whole numbers".to_owned());
                }
                TypeRef::Basic(Basic::Int | Basic::Float | Basic::Decimal) => true,
                _ => false,
            },
            Rule::Length(_) => matches!(
                base,
                TypeRef::Basic(Basic::Str | Basic::Bytes)
                    | TypeRef::List(_)
                    | TypeRef::Set(_)
                    | TypeRef::FrozenSet(_)
                    | TypeRef::Map(..)
                    | TypeRef::Sequence(_)
            ),
            Rule::Pattern(_) => matches!(base, TypeRef::Basic(Basic::Str)),
        };
        if suits {
            constraint.is_decimal = *base == TypeRef::Basic(Basic::Decimal);
            constraint.may_be_none = self.aliases.may_be_none(type_ref);
            return Ok(constraint);
        }
        let (kind, suited) = match &constraint.rule {
            Rule::Range(_) => ("range", "numbers (`int`, `float`, `Decimal`)"),
            Rule::Length(_) => ("length", "texts, bytes and collections"),
            Rule::Pattern(_) => ("regex", "`str`"),
        };
        Err(format!("a `{kind}` validator suits {suited}, not `{}`", type_ref.spell(crate::type_ref::Spelling::Plain)))
    }

    fn named(&self, name: &str) -> Option<Named<'_>> {
        if let Some(members) = self.enumerations.get(name) {
            return Some(Named::Enumeration(members));
        }
        // An alias of an alias is followed by the reader; a circle has been refused before it could be read twice.
        match self.aliases.get(name) {
            Some(target) if !self.aliases.is_circular(name) => Some(Named::Alias(target)),
            _ => self.type_names.contains(name).then_some(Named::Struct),
        }
    }

    /// Returns the exceptions that no type of the contract describes.
    fn error_classes(&mut self) -> Vec<ErrorClass> {
        let contract = self.contract;
        let mut errors: BTreeMap<&str, ErrorClass> = BTreeMap::new();
        for (index, function) in contract.functions.iter().enumerate() {
            for (case_index, case) in function.error_cases.iter().enumerate() {
                let at = format!("functions[{index}].error_cases[{case_index}]");
                if !naming::needs_class(&case.error_type) || self.type_names.contains(case.error_type.as_str()) {
                    continue;
                }
                self.check_identifier(&case.error_type, &format!("{at}.error_type"));
                for attribute in case.error_data.keys() {
                    self.check_identifier(attribute, &format!("{at}.error_data"));
                    if matches!(attribute.as_str(), "self" | "args" | "add_note" | "with_traceback") {
                        let message = format!("`{attribute}` is taken in every Python exception; choose another name");
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

    fn types(&mut self) -> (Vec<TypeDefinition>, BTreeMap<String, Vec<String>>) {
        let contract = self.contract;
        let raised: BTreeSet<&str> = contract
            .functions
            .iter()
            .flat_map(|function| &function.error_cases)
            .map(|case| case.error_type.as_str())
            .collect();
        let mut imported: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let (mut enumerations, mut structs) = (Vec::new(), Vec::new());
        let mut aliases: HashMap<&str, Alias> = HashMap::new();
        for (index, spec) in contract.types.iter().enumerate().filter(|(_, spec)| !naming::is_basic(spec)) {
            let at = format!("types[{index}]");
            let (name, description) = (spec.name.clone(), spec.description.clone());
            if self.is_foreign(spec) {
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
                let fields = self.fields(&spec.fields, &format!("{at}.fields"), Owner::Struct);
                let is_error = raised.contains(spec.name.as_str());
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

    /// A type that a dependency owns comes from that dependency, so that both mean the same class.
    fn is_foreign(&self, spec: &TypeSpec) -> bool {
        spec.owner_component != self.contract.component_id && self.contract.dependencies.contains(&spec.owner_component)
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

    /// An exception and a function cannot share a name: the module has one of each name.
    fn check_exports(&mut self, errors: &[ErrorClass]) {
        let contract = self.contract;
        for (index, function) in contract.functions.iter().enumerate() {
            if errors.iter().any(|error| error.name == function.name) {
                let message = format!("`{}` is also the name of an error", function.name);
                self.fault(FaultKind::DuplicateName, format!("functions[{index}].name"), message);
            }
        }
    }

    fn type_ref(&mut self, text: &str, at: &str) -> Option<TypeRef> {
        let type_ref = match TypeRef::parse(text) {
            Ok(type_ref) => type_ref,
            Err(error) => {
                self.faults.push(Fault::of_type_ref(at, error));
                return None;
            }
        };
        let mut unknown = Vec::new();
        type_ref.each_name(&mut |name| {
            if !self.type_names.contains(name) {
                unknown.push(name);
            }
        });
        for name in &unknown {
            let message = format!("`{name}` is neither a basic type nor one of the contract's `types`");
            self.fault(FaultKind::UnknownType, at, message);
        }
        unknown.is_empty().then_some(type_ref)
    }

    fn check_identifier(&mut self, name: &str, at: &str) {
        if let Err(reason) = identifier::check(name) {
            self.fault(FaultKind::InvalidName, at, format!("`{name}` cannot be a name in Python: {reason}"));
        } else if name.starts_with('_') {
            self.fault(FaultKind::InvalidName, at, format!("`{name}` would be private in Python: it begins with `_`"));
        }
    }

    fn fault(&mut self, kind: FaultKind, at: impl Into<String>, message: impl Into<String>) {
        self.faults.push(Fault::new(kind, at, message));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Struct,
    Function,
}
