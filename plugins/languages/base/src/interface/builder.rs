//! Builds the interface from the document and collects every fault on the way, so that an author repairs all of them at once.

use std::collections::{BTreeSet, HashMap};

use super::aliases::Aliases;
use super::fault::{Fault, FaultKind};
use super::{Access, ErrorClass, Interface};
use crate::Language;
use crate::contract::{Contract, TypeKind, TypeSpec};
use crate::type_ref::{Basic, Protocol, Spelling, TypeRef};

mod callables;
mod fields;
mod scope;
mod types;

/// Builds one interface.
pub(super) struct Builder<'c> {
    contract: &'c Contract,
    language: &'c dyn Language,
    faults: Vec<Fault>,
    /// Enumerations and aliases by name; what is in none of both is a struct.
    enumerations: HashMap<&'c str, Vec<(String, String)>>,
    aliases: Aliases<'c>,
    type_names: BTreeSet<&'c str>,
    /// Those of the types that an implementation defines.
    class_names: BTreeSet<&'c str>,
}

impl<'c> Builder<'c> {
    pub(super) fn new(contract: &'c Contract, language: &'c dyn Language) -> Self {
        Self {
            contract,
            language,
            faults: Vec::new(),
            enumerations: HashMap::new(),
            aliases: Aliases::default(),
            type_names: BTreeSet::new(),
            class_names: BTreeSet::new(),
        }
    }

    pub(super) fn build(mut self) -> Result<Interface, Vec<Fault>> {
        let contract = self.contract;
        if let Err(reason) = self.language.check_component(&contract.component_id) {
            self.fault(FaultKind::InvalidName, "component_id", reason);
        }
        self.read_type_names();
        self.read_enumerations_and_aliases();
        let functions = self.functions(&contract.functions, "functions", &self.type_names.clone());
        let classes = self.classes();
        let errors = self.error_classes();
        let (types, imported) = self.types();
        let foreign = self.foreign_types();
        self.check_exports(&errors);
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        Ok(Interface {
            component: contract.component_id.clone(),
            title: contract.name.clone(),
            description: contract.description.clone(),
            invariants: contract.invariants.clone(),
            dependencies: contract.dependencies.clone(),
            imported,
            foreign,
            types,
            imported_classes: self.imported_classes(),
            classes,
            errors,
            functions,
            access: Access::read(&contract.data_access),
        })
    }

    fn read_type_names(&mut self) {
        let contract = self.contract;
        for (index, spec) in contract.types.iter().enumerate() {
            let at = format!("types[{index}].name");
            if is_basic(spec) {
                continue;
            }
            self.check_identifier(&spec.name, &at);
            if self.is_taken_type(&spec.name) {
                self.fault(
                    FaultKind::InvalidName,
                    &at,
                    format!("`{}` is a type of the language; choose another name", spec.name),
                );
            }
            if spec.kind == TypeKind::Class {
                self.class_names.insert(&spec.name);
            }
            if !self.type_names.insert(&spec.name) {
                self.fault(FaultKind::DuplicateName, &at, format!("a second type `{}`", spec.name));
            }
        }
    }

    fn read_enumerations_and_aliases(&mut self) {
        let contract = self.contract;
        for (index, spec) in contract.types.iter().enumerate().filter(|(_, spec)| !is_basic(spec)) {
            let at = format!("types[{index}]");
            match spec.kind {
                TypeKind::Struct | TypeKind::Class => {}
                TypeKind::Enum => {
                    let members = self.members(spec, &at);
                    self.enumerations.insert(&spec.name, members);
                }
                TypeKind::List => {
                    if let Some(item) = self.plain_type_ref(&spec.item_type, &format!("{at}.item_type")) {
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
        let items: Vec<_> = texts
            .filter_map(|(index, text)| self.plain_type_ref(text, &format!("{at}.inner_types[{index}]")))
            .collect();
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
            let name = self.member_name(value);
            if self.language.check_name(&name).is_err() || self.language.is_taken_member(&name) || name.starts_with('_')
            {
                self.fault(
                    FaultKind::InvalidName,
                    at,
                    format!(
                        "`{value}` cannot be a member of a {} enumeration; choose another value",
                        self.language.name()
                    ),
                );
            } else if members.iter().any(|(known, _)| *known == name) {
                let message = format!("a second value that is called `{name}` in {}", self.language.name());
                self.fault(FaultKind::DuplicateName, at, message);
            } else {
                members.push((name, value.clone()));
            }
        }
        members
    }

    /// A type that a dependency owns comes from that dependency, so that both mean the same class.
    fn is_foreign(&self, spec: &TypeSpec) -> bool {
        spec.owner_component != self.contract.component_id && self.contract.dependencies.contains(&spec.owner_component)
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
        let mut refused = None;
        type_ref.each(&mut |part| refused = refused.or_else(|| Some((part, self.language.refuses(part)?))));
        if let Some((part, reason)) = refused {
            let message = format!("`{}`: {reason}", part.spell(Spelling::Plain));
            self.fault(FaultKind::Unsupported, at, message);
            return None;
        }
        unknown.is_empty().then_some(type_ref)
    }

    fn is_taken_type(&self, name: &str) -> bool {
        let is_of_the_grammar = name == "Callable" || Basic::of(name).is_some() || Protocol::of(name).is_some();
        is_of_the_grammar || self.language.is_taken_type(name)
    }

    fn member_name(&self, value: &str) -> String {
        if self.language.check_name(value).is_ok() { value.to_owned() } else { self.language.member_name(value) }
    }

    /// An exception of the language is there, and a dotted one belongs to somebody else.
    fn needs_class(&self, error_type: &str) -> bool {
        !error_type.contains('.') && !self.language.has_error(error_type)
    }

    /// Reads a reference of a type definition: something that can be kept in a value, and that the types module can name.
    fn plain_type_ref(&mut self, text: &str, at: &str) -> Option<TypeRef> {
        let type_ref = self.type_ref(text, at)?;
        let mut class = None;
        type_ref.each_name(&mut |name| class = class.or(self.class_names.get(name).copied()));
        let message = if let Some(class) = class {
            format!(
                "`{class}` is a class, whose objects stay in their component; only functions and methods take and return them"
            )
        } else if type_ref.has_stream() {
            format!(
                "`{}` is used up by iterating, so a value cannot keep it; use `list[T]` or `Sequence[T]`",
                type_ref.spell(Spelling::Plain)
            )
        } else {
            return Some(type_ref);
        };
        self.fault(FaultKind::Unsupported, at, message);
        None
    }

    fn check_identifier(&mut self, name: &str, at: &str) {
        let language = self.language.name();
        if let Err(reason) = self.language.check_name(name) {
            self.fault(FaultKind::InvalidName, at, format!("`{name}` cannot be a name in {language}: {reason}"));
        } else if name.starts_with('_') {
            let message = format!("`{name}` would be private in {language}: it begins with `_`");
            self.fault(FaultKind::InvalidName, at, message);
        }
    }

    fn fault(&mut self, kind: FaultKind, at: impl Into<String>, message: impl Into<String>) {
        self.faults.push(Fault::new(kind, at, message));
    }
}

/// A list of types may name basic ones, which need no definition.
fn is_basic(spec: &TypeSpec) -> bool {
    spec.kind == TypeKind::Primitive && Basic::of(&spec.name).is_some()
}
