//! A contract that has been checked against a language: every name can be written, every type is known, every validator and
//! default is understood. What renders or compares works from this, never from the document.

use std::collections::BTreeMap;

use crate::Language;
use crate::contract::Contract;
use crate::type_ref::TypeRef;

mod aliases;
mod builder;
pub mod constraint;
pub mod default;
pub mod fault;
pub mod rule;

use constraint::Constraint;
use default::DefaultValue;
use fault::Fault;

/// The interface of one component in terms of one language.
#[derive(Debug)]
pub struct Interface {
    /// The component, which is its module's name.
    pub component: String,
    /// For people.
    pub title: String,
    /// For people.
    pub description: String,
    /// What always holds.
    pub invariants: Vec<String>,
    /// The components whose modules it may import.
    pub dependencies: Vec<String>,
    /// Types that a dependency owns: its id to the names that come from its types module.
    pub imported: BTreeMap<String, Vec<String>>,
    /// What the contract says of those types. One that it does not describe well is left out: its owner's contract decides.
    pub foreign: Vec<TypeDefinition>,
    /// The types of this component, in an order in which they can be executed.
    pub types: Vec<TypeDefinition>,
    /// The classes that the implementation defines. They are in no types module.
    pub classes: Vec<Class>,
    /// Classes that a dependency's implementation defines: its id to their names.
    pub imported_classes: BTreeMap<String, Vec<String>>,
    /// The exceptions of this component that no type of the contract describes, by name.
    pub errors: Vec<ErrorClass>,
    /// In the order of the contract.
    pub functions: Vec<Function>,
    /// Which data it reads and writes.
    pub access: Access,
}

/// Which data a component reads and writes, by classification.
#[derive(Debug, Default)]
pub struct Access {
    /// What it reads.
    pub reads: Vec<String>,
    /// What it writes.
    pub writes: Vec<String>,
    /// The kinds of its effects on data, each once.
    pub side_effects: Vec<String>,
}

impl Access {
    /// Reads what the contract says. What has another form says nothing.
    pub(crate) fn read(document: &serde_json::Value) -> Self {
        let list = |name: &str| document[name].as_array().into_iter().flatten();
        let texts = |name: &str| list(name).filter_map(|text| text.as_str().map(str::to_owned)).collect();
        let mut side_effects: Vec<String> = Vec::new();
        for kind in list("side_effects").filter_map(|effect| effect["type"].as_str()) {
            if !side_effects.iter().any(|known| known == kind) {
                side_effects.push(kind.to_owned());
            }
        }
        Self { reads: texts("reads"), writes: texts("writes"), side_effects }
    }
}

/// A type of the contract.
#[derive(Debug)]
pub enum TypeDefinition {
    /// A class with fields.
    Struct(Struct),
    /// A class with named values.
    Enumeration(Enumeration),
    /// Another name for a type.
    Alias(Alias),
}

/// A struct.
#[derive(Debug)]
pub struct Struct {
    /// Its name.
    pub name: String,
    /// For people.
    pub description: String,
    /// In the order of the contract.
    pub fields: Vec<Field>,
    /// A function raises it, so it is an exception.
    pub is_error: bool,
}

/// An enumeration.
#[derive(Debug)]
pub struct Enumeration {
    /// Its name.
    pub name: String,
    /// For people.
    pub description: String,
    /// Name in the language, value in the contract.
    pub members: Vec<(String, String)>,
}

/// A name for another type.
#[derive(Debug)]
pub struct Alias {
    /// Its name.
    pub name: String,
    /// For people.
    pub description: String,
    /// What it stands for.
    pub target: TypeRef,
}

/// A class whose objects stay in the component: others hold handles and call its methods.
#[derive(Debug)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// For people.
    pub description: String,
    /// Its constructor, called as the language calls it.
    pub init: Function,
    /// In the order of the contract.
    pub methods: Vec<Function>,
}

/// An exception that carries at most some attributes.
#[derive(Debug)]
pub struct ErrorClass {
    /// Its name.
    pub name: String,
    /// When it is raised, of all functions that raise it.
    pub conditions: Vec<String>,
    /// Attribute to description.
    pub attributes: BTreeMap<String, String>,
}

/// A field or a parameter.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type; with `None` when it may be left out and has no default.
    pub type_ref: TypeRef,
    /// The value when it is left out; absent when it may not be.
    pub default: Option<DefaultValue>,
    /// For people.
    pub description: String,
    /// What is enforced.
    pub constraints: Vec<Constraint>,
    /// Validators in words, which are documented and not enforced.
    pub remarks: Vec<String>,
}

/// A function.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// For people.
    pub description: String,
    /// In order.
    pub parameters: Vec<Field>,
    /// What it returns.
    pub output: TypeRef,
    /// Exception and condition.
    pub raises: Vec<(String, String)>,
    /// What the caller must see to.
    pub preconditions: Vec<String>,
    /// What it sees to.
    pub postconditions: Vec<String>,
    /// What it may touch, for people.
    pub side_effects: Vec<String>,
    /// Calling it twice is as good as once.
    pub is_idempotent: bool,
    /// Declared with `async`.
    pub is_async: bool,
}

/// Why there is no interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InterfaceError {
    /// The document cannot be read.
    Unreadable(String),
    /// It was read and has these faults, at least one.
    Invalid(Vec<Fault>),
}

impl Interface {
    /// Reads a contract and checks it against a language.
    pub fn read(json: &str, language: &dyn Language) -> Result<Self, InterfaceError> {
        let contract = Contract::read(json).map_err(InterfaceError::Unreadable)?;
        builder::Builder::new(&contract, language).build().map_err(InterfaceError::Invalid)
    }

    /// Returns the names that `from x_types import ...` provides, sorted: types and exceptions, but not classes.
    pub fn type_names(&self) -> Vec<&str> {
        let own = self.types.iter().map(TypeDefinition::name);
        let errors = self.errors.iter().map(|error| error.name.as_str());
        let imported = self.imported.values().flatten().map(String::as_str);
        let mut names: Vec<&str> = own.chain(errors).chain(imported).collect();
        names.sort_unstable();
        names
    }

    /// Returns the key under which calls of a function are reported.
    pub fn event_key(&self, function: &Function) -> String {
        format!("PACT:{}:{}", self.component, function.name)
    }

    /// Returns everything that can be called: functions, then constructors and methods.
    pub fn callables(&self) -> impl Iterator<Item = &Function> {
        let of_classes = self.classes.iter().flat_map(|class| std::iter::once(&class.init).chain(&class.methods));
        self.functions.iter().chain(of_classes)
    }

    /// Returns what the contract says of a type, whoever owns it.
    pub fn definition(&self, name: &str) -> Option<&TypeDefinition> {
        self.types.iter().chain(&self.foreign).find(|definition| definition.name() == name)
    }

    /// Returns every type reference of the interface.
    pub fn type_refs(&self) -> impl Iterator<Item = &TypeRef> {
        self.definition_type_refs().chain(self.function_type_refs())
    }

    /// Returns the type references of the types module alone.
    pub fn definition_type_refs(&self) -> impl Iterator<Item = &TypeRef> {
        self.types.iter().flat_map(|definition| match definition {
            TypeDefinition::Struct(definition) => definition.fields.iter().map(|field| &field.type_ref).collect(),
            TypeDefinition::Alias(definition) => vec![&definition.target],
            TypeDefinition::Enumeration(_) => Vec::new(),
        })
    }

    /// Returns the type references of functions, constructors and methods alone.
    pub fn function_type_refs(&self) -> impl Iterator<Item = &TypeRef> {
        self.callables().flat_map(|function| {
            function.parameters.iter().map(|parameter| &parameter.type_ref).chain(std::iter::once(&function.output))
        })
    }
}

impl TypeDefinition {
    /// Returns its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Struct(definition) => &definition.name,
            Self::Enumeration(definition) => &definition.name,
            Self::Alias(definition) => &definition.name,
        }
    }
}

impl Field {
    /// Returns what a value must satisfy, for people.
    pub fn conditions(&self) -> Vec<String> {
        let enforced = self.constraints.iter().map(|constraint| match &constraint.message {
            Some(message) => format!("{} (else: {message})", constraint.describe()),
            None => constraint.describe(),
        });
        enforced.chain(self.remarks.iter().cloned()).collect()
    }
}
