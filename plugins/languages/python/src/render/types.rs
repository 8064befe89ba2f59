//! The module of a contract's types: classes whose validators hold for every value that is made.

use std::fmt::Write as _;

use super::python::{annotated, class, comment, docstring, quoted, sentence, standard_modules, uses_any};
use crate::interface::{Alias, Enumeration, ErrorClass, Field, Interface, Struct, TypeDefinition};
use crate::layout::types_module;
use crate::type_ref::{Spelling, private_name};

pub(super) mod condition;
mod dataclass;
mod model;
pub(super) mod rule;

use model::Validators;

/// In what classes structs become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeStyle {
    /// Models of pydantic 2: types and validators are enforced, when made and when changed.
    Pydantic,
    /// Dataclasses of the standard library: validators are enforced when made; types are documentation.
    Dataclasses,
}

impl TypeStyle {
    const ALL: [Self; 2] = [Self::Pydantic, Self::Dataclasses];

    /// Returns all styles, this one first.
    pub fn all_from(first: Self) -> impl Iterator<Item = Self> {
        std::iter::once(first).chain(Self::ALL.into_iter().filter(move |style| *style != first))
    }

    /// Returns the name under which it is chosen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pydantic => "pydantic",
            Self::Dataclasses => "dataclasses",
        }
    }

    /// Finds a style by its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|style| style.name() == name)
    }
}

/// Renders the module.
pub fn types(interface: &Interface, style: TypeStyle) -> String {
    module(interface, style, Validators::Enforced)
}

/// Renders the module with models whose validators accept everything: it takes the calls that the other takes and
/// refuses no value.
pub fn lenient_types(interface: &Interface) -> String {
    module(interface, TypeStyle::Pydantic, Validators::Accepting)
}

fn module(interface: &Interface, style: TypeStyle, validators: Validators) -> String {
    let writer = Writer { interface, style, validators };
    let body = writer.body();
    format!("{}{}{body}{}", writer.head(), writer.imports(&body), writer.tail())
}

struct Writer<'i> {
    interface: &'i Interface,
    style: TypeStyle,
    /// Of models alone.
    validators: Validators,
}

impl Writer<'_> {
    fn head(&self) -> String {
        let first = format!("Types of the component `{}`.", self.interface.component);
        let rest = "Rendered by pact from the contract: change the contract, not this file.".to_owned();
        format!("{}\nfrom __future__ import annotations\n", docstring("", &[first, rest]))
    }

    /// Imports what the body uses: an unused import would make every module look as if it needed everything.
    fn imports(&self, body: &str) -> String {
        const MARKERS: [(&str, &str); 4] = [
            ("dataclasses", "@dataclasses.dataclass("),
            ("enum", "enum.Enum)"),
            ("re", "re.search("),
            ("typing", "typing.Annotated["),
        ];
        let references = || self.interface.definition_type_refs();
        let mut modules = standard_modules(references());
        // A bound may be decimal where the reference is only the name of an alias.
        if body.contains("_decimal.") && !modules.contains(&"decimal") {
            modules.push("decimal");
        }
        let mut lines: Vec<String> =
            modules.into_iter().map(|module| format!("import {module} as {}", private_name(module))).collect();
        for (module, marker) in MARKERS {
            // The functions at the head of the module have annotations of their own.
            let in_helpers =
                ["typing.Any", "typing.Callable[", "typing.Sequence["].iter().any(|name| body.contains(name));
            let is_any = module == "typing" && (in_helpers || uses_any(references()));
            if body.contains(marker) || is_any {
                lines.push(format!("import {module}"));
            }
        }
        lines.sort_unstable();
        let mut blocks = vec![lines];
        // Another name for a basic type is checked where a model of another module uses it.
        if self.style == TypeStyle::Pydantic && body.contains("pydantic.") {
            blocks.push(vec!["import pydantic".to_owned()]);
        }
        let foreign = self.interface.imported.iter();
        blocks.push(
            // Under their own names once more: this is how a module says that it passes them on.
            foreign
                .map(|(owner, names)| {
                    let names: Vec<_> = names.iter().map(|name| format!("{name} as {name}")).collect();
                    format!("from {} import {}", types_module(owner), names.join(", "))
                })
                .collect(),
        );
        let blocks: Vec<_> =
            blocks.into_iter().filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n")).collect();
        if blocks.is_empty() { String::new() } else { format!("\n{}\n", blocks.join("\n\n")) }
    }

    fn body(&self) -> String {
        let mut text = String::new();
        for definition in &self.interface.types {
            match definition {
                TypeDefinition::Enumeration(definition) => text.push_str(&enumeration(definition)),
                TypeDefinition::Struct(definition) if definition.is_error => text.push_str(&raised_struct(definition)),
                TypeDefinition::Struct(definition) => text.push_str(&match self.style {
                    TypeStyle::Pydantic => model::model(definition, self.validators),
                    TypeStyle::Dataclasses => dataclass::dataclass(definition),
                }),
                TypeDefinition::Alias(definition) => {
                    let target = match (self.style, self.validators) {
                        (TypeStyle::Pydantic, Validators::Enforced) => model::spelt(&definition.target),
                        _ => definition.target.spell(Spelling::Private),
                    };
                    text.push_str(&alias(definition, &target));
                }
            }
        }
        for error in &self.interface.errors {
            text.push_str(&error_class(error));
        }
        let helper = match self.style {
            TypeStyle::Pydantic => model::helper(&text),
            TypeStyle::Dataclasses => dataclass::helper(&text).to_owned(),
        };
        let helper = rule::helpers(&text) + &helper;
        format!("{helper}{text}")
    }

    /// Models name types that are defined further down; pydantic resolves them when all are there.
    fn tail(&self) -> String {
        if self.style != TypeStyle::Pydantic {
            return String::new();
        }
        let rebuilt: Vec<_> =
            self.structs().map(|definition| format!("{}.model_rebuild()\n", definition.name)).collect();
        if rebuilt.is_empty() { String::new() } else { format!("\n\n{}", rebuilt.concat()) }
    }

    fn structs(&self) -> impl Iterator<Item = &Struct> {
        self.interface.types.iter().filter_map(|definition| match definition {
            TypeDefinition::Struct(definition) if !definition.is_error => Some(definition),
            _ => None,
        })
    }
}

fn enumeration(definition: &Enumeration) -> String {
    let members = definition.members.iter().map(|(name, value)| format!("    {name} = {}\n", quoted(value))).collect();
    // A text as well, so that it compares with and serialises as the value in the contract.
    class(&format!("class {}(str, enum.Enum):", definition.name), &definition.description, vec![members])
}

fn alias(definition: &Alias, target: &str) -> String {
    let remark = comment("", &sentence(&definition.description));
    format!("\n\n{remark}{} = {target}\n", definition.name)
}

fn error_class(error: &ErrorClass) -> String {
    let conditions: Vec<_> =
        error.conditions.iter().map(|condition| format!("Raised when: {}", sentence(condition))).collect();
    let attributes = error.attributes.keys().map(|name| (name.as_str(), format!("{name}: object = None")));
    exception(&error.name, &conditions.join("\n"), attributes.collect())
}

/// A struct that a function raises: an exception with the struct's fields as attributes.
fn raised_struct(definition: &Struct) -> String {
    let attributes = definition.fields.iter().map(|field| (field.name.as_str(), annotated(field, Spelling::Private)));
    exception(&definition.name, &definition.description, attributes.collect())
}

/// Renders an exception. The attribute `message` is the text that every exception has, and comes first.
fn exception(name: &str, documentation: &str, attributes: Vec<(&str, String)>) -> String {
    let mut constructor = String::new();
    if !attributes.is_empty() {
        let (messages, others): (Vec<_>, Vec<_>) = attributes.into_iter().partition(|(name, _)| *name == "message");
        let parameters: String = others.iter().map(|(_, parameter)| format!(", {parameter}")).collect();
        let separator = if parameters.is_empty() { "" } else { ", *" };
        let _ = writeln!(constructor, "    def __init__(self, message: str = \"\"{separator}{parameters}) -> None:");
        constructor.push_str("        super().__init__(message)\n");
        for (name, _) in messages.iter().chain(&others) {
            let _ = writeln!(constructor, "        self.{name} = {name}");
        }
    }
    class(&format!("class {name}(Exception):"), documentation, vec![constructor])
}

fn field_docstring(field: &Field) -> String {
    let description = Some(sentence(&field.description)).filter(|text| !text.is_empty());
    let remarks = field.remarks.iter().map(|remark| format!("Not enforced here: {}", sentence(remark)));
    let parts: Vec<_> = description.into_iter().chain(remarks).collect();
    if parts.is_empty() { String::new() } else { docstring("    ", &[parts.join(" ")]) }
}
