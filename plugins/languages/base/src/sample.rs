//! Values of a contract's types, in terms of no language: what tests that follow from the contract call with.

mod amount;
mod candidates;
mod cases;
mod text;

use std::cell::RefCell;

use crate::interface::constraint::{Constraint, Rule};
use crate::interface::{Class, Enumeration, Field, Function, Interface, Struct, TypeDefinition};
use crate::type_ref::{Basic, Protocol, TypeRef};

pub use amount::Amount;
pub use cases::{FieldCases, Refusal, StructCases, struct_cases};

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sample {
    /// No value.
    None,
    /// A truth.
    Truth(bool),
    /// A number of this type (`int`, `float` or `Decimal`), in decimal digits without an exponent.
    Number(Basic, String),
    /// A text.
    Text(String),
    /// So many zero bytes.
    Bytes(usize),
    /// The least value of another basic type.
    Least(Basic),
    /// Items of a list, a tuple or a set.
    Items(Collection, Vec<Sample>),
    /// The same item so many times.
    Repeated(Collection, Box<Sample>, usize),
    /// Keys and values. The first says of what type the keys are.
    Map(TypeRef, Vec<(Sample, Sample)>),
    /// An enumeration, its member in the language, and the member's value.
    Member(String, String, String),
    /// A struct and its fields by name.
    Struct(String, Vec<(String, Sample)>),
    /// A class of this component and what its constructor takes.
    Object(String, Vec<Sample>),
    /// A function that returns this.
    Function(Box<Sample>),
    /// Something to iterate over that ends at once.
    Nothing(Protocol),
}

impl Sample {
    /// Returns it with the types of the contract as members of a module or namespace.
    #[must_use]
    pub fn qualified(&self, by: &str) -> Self {
        let name_of = |name: &String| format!("{by}.{name}");
        let all = |values: &[Self]| values.iter().map(|value| value.qualified(by)).collect();
        match self {
            Self::Member(name, member, value) => Self::Member(name_of(name), member.clone(), value.clone()),
            Self::Struct(name, fields) => {
                let fields = fields.iter().map(|(field, value)| (field.clone(), value.qualified(by)));
                Self::Struct(name_of(name), fields.collect())
            }
            Self::Object(name, values) => Self::Object(name_of(name), all(values)),
            Self::Items(collection, items) => Self::Items(*collection, all(items)),
            Self::Repeated(collection, item, count) => {
                Self::Repeated(*collection, Box::new(item.qualified(by)), *count)
            }
            Self::Function(output) => Self::Function(Box::new(output.qualified(by))),
            Self::Map(key, entries) => {
                let entries = entries.iter().map(|(key, value)| (key.qualified(by), value.qualified(by)));
                Self::Map(key.clone(), entries.collect())
            }
            _ => self.clone(),
        }
    }

    /// Calls `visit` with every type of the contract that it is made of.
    pub fn each_name<'s>(&'s self, visit: &mut impl FnMut(&'s str)) {
        match self {
            Self::Member(name, ..) => visit(name),
            Self::Struct(name, fields) => {
                visit(name);
                for (_, value) in fields {
                    value.each_name(visit);
                }
            }
            Self::Object(name, values) => {
                visit(name);
                for value in values {
                    value.each_name(visit);
                }
            }
            Self::Items(_, items) => {
                for item in items {
                    item.each_name(visit);
                }
            }
            Self::Repeated(_, item, _) | Self::Function(item) => item.each_name(visit),
            Self::Map(_, entries) => {
                for (key, value) in entries {
                    key.each_name(visit);
                    value.each_name(visit);
                }
            }
            _ => {}
        }
    }
}

/// What holds items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Collection {
    List,
    Tuple,
    Set,
    FrozenSet,
}

/// Makes values of one contract's types.
pub struct Samples<'i> {
    interface: &'i Interface,
    /// What is being made: a type that needs itself has no value.
    within: RefCell<Vec<&'i str>>,
}

impl<'i> Samples<'i> {
    /// Makes values for a contract.
    pub fn new(interface: &'i Interface) -> Self {
        Self { interface, within: RefCell::default() }
    }

    /// Returns a small value of a type; none where the contract does not say enough to make one.
    pub fn of(&self, type_ref: &TypeRef) -> Option<Sample> {
        Some(match type_ref {
            TypeRef::Basic(basic) => of_basic(*basic),
            TypeRef::Named(name) => return self.named(name),
            TypeRef::List(_) => Sample::Items(Collection::List, Vec::new()),
            TypeRef::Set(_) => Sample::Items(Collection::Set, Vec::new()),
            TypeRef::FrozenSet(_) => Sample::Items(Collection::FrozenSet, Vec::new()),
            TypeRef::Map(key, _) => Sample::Map((**key).clone(), Vec::new()),
            TypeRef::Protocol(Protocol::Mapping, items) => Sample::Map(items.first()?.clone(), Vec::new()),
            TypeRef::Sequence(_) | TypeRef::Protocol(Protocol::Sequence, _) => {
                Sample::Items(Collection::Tuple, Vec::new())
            }
            TypeRef::Tuple(items) => {
                Sample::Items(Collection::Tuple, items.iter().map(|item| self.of(item)).collect::<Option<_>>()?)
            }
            TypeRef::Optional(_) => Sample::None,
            TypeRef::Union(items) => return items.iter().find_map(|item| self.of(item)),
            TypeRef::Protocol(protocol, _) => Sample::Nothing(*protocol),
            TypeRef::Callable(_, output) => Sample::Function(Box::new(self.of(output)?)),
        })
    }

    /// Returns a small value of a field or parameter that satisfies its validators; none where that is not known.
    pub fn of_field(&self, field: &Field) -> Option<Sample> {
        if field.constraints.is_empty() {
            return self.of(&field.type_ref);
        }
        if may_be_none(field) {
            return Some(Sample::None);
        }
        self.candidates(field).into_iter().find(|value| satisfies(field, value))
    }

    /// Returns the arguments of a call by position, without what may be left out; none where one cannot be made.
    pub fn arguments(&self, function: &Function) -> Option<Vec<(String, Sample)>> {
        let needed = function.parameters.iter().filter(|parameter| parameter.default.is_none());
        needed.map(|parameter| Some((parameter.name.clone(), self.of_field(parameter)?))).collect()
    }

    fn candidates(&self, field: &Field) -> Vec<Sample> {
        candidates::of(self, field)
    }

    fn named(&self, name: &str) -> Option<Sample> {
        if let Some(class) = self.interface.classes.iter().find(|class| class.name == name) {
            return self.guarded(&class.name, || self.object(class));
        }
        match self.interface.definition(name)? {
            TypeDefinition::Enumeration(definition) => {
                definition.members.first().map(|member| member_of(definition, member))
            }
            TypeDefinition::Alias(definition) => self.guarded(&definition.name, || self.of(&definition.target)),
            TypeDefinition::Struct(definition) if definition.is_error => None,
            TypeDefinition::Struct(definition) => {
                let fields = self.guarded(&definition.name, || self.fields(definition))?;
                Some(Sample::Struct(definition.name.clone(), fields))
            }
        }
    }

    fn object(&self, class: &'i Class) -> Option<Sample> {
        let arguments = self.arguments(&class.init)?;
        Some(Sample::Object(class.name.clone(), arguments.into_iter().map(|(_, value)| value).collect()))
    }

    /// Returns values of the fields that must be given.
    fn fields(&self, definition: &'i Struct) -> Option<Vec<(String, Sample)>> {
        // What is given may break a rule that somebody wrote in the rule language, and nobody judges those here.
        if definition.fields.iter().flat_map(|field| &field.constraints).any(is_rule) {
            return None;
        }
        let needed = definition.fields.iter().filter(|field| field.default.is_none());
        needed.map(|field| Some((field.name.clone(), self.of_field(field)?))).collect()
    }

    fn guarded<T>(&self, name: &'i str, make: impl FnOnce() -> Option<T>) -> Option<T> {
        if self.within.borrow().contains(&name) {
            return None;
        }
        self.within.borrow_mut().push(name);
        let made = make();
        self.within.borrow_mut().pop();
        made
    }

    /// Follows aliases, and leaves out that it may be `None`.
    fn bare<'t>(&'t self, type_ref: &'t TypeRef) -> &'t TypeRef {
        let mut bare = type_ref;
        // A circle of aliases is refused before anything is rendered.
        for _ in 0..self.interface.types.len() + self.interface.foreign.len() + 2 {
            bare = match bare {
                TypeRef::Optional(item) => item,
                TypeRef::Named(name) => match self.interface.definition(name) {
                    Some(TypeDefinition::Alias(alias)) => &alias.target,
                    _ => return bare,
                },
                _ => return bare,
            };
        }
        bare
    }
}

/// Answers whether a validator is a rule of the rule language.
fn is_rule(constraint: &Constraint) -> bool {
    matches!(constraint.rule, Rule::Custom(_))
}

fn member_of(definition: &Enumeration, (member, value): &(String, String)) -> Sample {
    Sample::Member(definition.name.clone(), member.clone(), value.clone())
}

fn satisfies(field: &Field, value: &Sample) -> bool {
    field.constraints.iter().all(|constraint| candidates::holds(constraint, value) == Some(true))
}

fn may_be_none(field: &Field) -> bool {
    matches!(field.type_ref, TypeRef::Optional(_)) || field.constraints.iter().any(|found| found.may_be_none)
}

fn of_basic(basic: Basic) -> Sample {
    match basic {
        Basic::Str => Sample::Text(String::new()),
        Basic::Int | Basic::Float | Basic::Decimal => Sample::Number(basic, "0".to_owned()),
        Basic::Bool => Sample::Truth(false),
        Basic::Bytes => Sample::Bytes(0),
        Basic::None | Basic::Any => Sample::None,
        Basic::Complex | Basic::Datetime | Basic::Date | Basic::Time | Basic::Timedelta | Basic::Uuid | Basic::Path => {
            Sample::Least(basic)
        }
    }
}
