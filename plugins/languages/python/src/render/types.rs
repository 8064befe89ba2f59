//! The module of a contract's types: classes whose validators hold for every value that is made.

use std::fmt::Write as _;

use super::python::{annotated, class, comment, docstring, quoted, sentence, standard_modules, uses_any};
use crate::interface::constraint::{Bound, Bounds, Constraint, Rule};
use crate::interface::{Alias, Enumeration, ErrorClass, Field, Interface, Struct, TypeDefinition};
use crate::layout::types_module;
use crate::type_ref::{Spelling, TypeRef};

/// In what classes structs become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeStyle {
    /// Models of pydantic 2: types and validators are enforced, when made and when changed.
    Pydantic,
    /// Dataclasses of the standard library: validators are enforced when made; types are documentation.
    Dataclasses,
}

impl TypeStyle {
    /// All styles, the default first.
    pub const ALL: [Self; 2] = [Self::Pydantic, Self::Dataclasses];

    /// Returns the name under which it is chosen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pydantic => "pydantic",
            Self::Dataclasses => "dataclasses",
        }
    }

    /// Finds a style by its name; the default without one.
    pub fn named(name: Option<&str>) -> Option<Self> {
        match name {
            None => Self::ALL.first().copied(),
            Some(name) => Self::ALL.into_iter().find(|style| style.name() == name),
        }
    }
}

/// Renders the module.
pub fn types(interface: &Interface, style: TypeStyle) -> String {
    let writer = Writer { interface, style };
    let body = writer.body();
    format!("{}{}{body}{}", writer.head(), writer.imports(&body), writer.tail())
}

struct Writer<'i> {
    interface: &'i Interface,
    style: TypeStyle,
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
        let references = || self.interface.type_refs();
        let mut modules = standard_modules(references());
        // A bound may be decimal where the reference is only the name of an alias.
        if body.contains("_decimal.Decimal(") && !modules.contains(&"decimal") {
            modules.push("decimal");
        }
        let mut lines: Vec<String> =
            modules.into_iter().map(|module| format!("import {module} as _{module}")).collect();
        for (module, marker) in MARKERS {
            if body.contains(marker) || (module == "typing" && uses_any(references())) {
                lines.push(format!("import {module}"));
            }
        }
        lines.sort_unstable();
        let mut blocks = vec![lines];
        if self.style == TypeStyle::Pydantic && self.structs().next().is_some() {
            blocks.push(vec!["import pydantic".to_owned()]);
        }
        let foreign = self.interface.imported.iter();
        blocks.push(
            foreign.map(|(owner, names)| format!("from {} import {}", types_module(owner), names.join(", "))).collect(),
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
                    TypeStyle::Pydantic => model(definition),
                    TypeStyle::Dataclasses => dataclass(definition),
                }),
                TypeDefinition::Alias(definition) => text.push_str(&alias(definition)),
            }
        }
        for error in &self.interface.errors {
            text.push_str(&error_class(error));
        }
        match self.style {
            TypeStyle::Pydantic if text.contains("_checked(lambda ") => format!("{PYDANTIC_HELPER}{text}"),
            TypeStyle::Dataclasses if text.contains("        _check(") => format!("{DATACLASSES_HELPER}{text}"),
            _ => text,
        }
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

const PYDANTIC_HELPER: &str = r#"

def _checked(holds, message):
    """Makes a validator with a message of the contract."""

    def check(value):
        if not holds(value):
            raise ValueError(message)
        return value

    return pydantic.AfterValidator(check)
"#;

const DATACLASSES_HELPER: &str = r#"

def _check(holds, message):
    """Raises when a validator of the contract does not hold."""
    if not holds:
        raise ValueError(message)
"#;

fn model(definition: &Struct) -> String {
    // A misspelt field is an error, and a validator holds after a change as well. Python's own regular expressions, because
    // pydantic's default engine has no look-around.
    let config = "    model_config = pydantic.ConfigDict(extra=\"forbid\", validate_assignment=True, regex_engine=\"python-re\")\n";
    let mut fields = String::new();
    for field in &definition.fields {
        let _ = write!(fields, "    {}: {}", field.name, constrained(&field.type_ref, &field.constraints));
        match &field.default {
            Some(default) if default.is_mutable => {
                let _ = write!(fields, " = pydantic.Field(default_factory=lambda: {})", default.expression);
            }
            Some(default) => {
                let _ = write!(fields, " = {}", default.expression);
            }
            None => {}
        }
        fields.push('\n');
        fields.push_str(&field_docstring(field));
    }
    let first_line = format!("class {}(pydantic.BaseModel):", definition.name);
    class(&first_line, &definition.description, vec![config.to_owned(), fields])
}

/// Puts constraints on the part of a type that they are about.
fn constrained(type_ref: &TypeRef, constraints: &[Constraint]) -> String {
    if constraints.is_empty() {
        return type_ref.spell(Spelling::Private);
    }
    if let TypeRef::Optional(item) = type_ref {
        return format!("{} | None", constrained(item, constraints));
    }
    let metadata = constraints.iter().map(|constraint| {
        // pydantic cannot say the contract's message, nor let `None` pass where an alias hides it.
        if constraint.message.is_some() || constraint.may_be_none {
            let condition = condition(constraint, "value");
            return format!("_checked(lambda value: {condition}, {})", quoted(&message(constraint)));
        }
        format!("pydantic.Field({})", field_arguments(constraint))
    });
    format!("typing.Annotated[{}, {}]", type_ref.spell(Spelling::Private), metadata.collect::<Vec<_>>().join(", "))
}

fn field_arguments(constraint: &Constraint) -> String {
    let number = |bound: &Bound| if constraint.is_decimal { decimal(bound).number } else { bound.number.clone() };
    let arguments: Vec<String> = match &constraint.rule {
        Rule::Range(bounds) => {
            let lower = bounds
                .lower
                .iter()
                .map(|bound| format!("{}={}", if bound.is_inclusive { "ge" } else { "gt" }, number(bound)));
            let upper = bounds
                .upper
                .iter()
                .map(|bound| format!("{}={}", if bound.is_inclusive { "le" } else { "lt" }, number(bound)));
            lower.chain(upper).collect()
        }
        Rule::Length(bounds) => {
            let lower = bounds.lower.iter().map(|bound| format!("min_length={}", length(bound, Direction::Up)));
            let upper = bounds.upper.iter().map(|bound| format!("max_length={}", length(bound, Direction::Down)));
            lower.chain(upper).collect()
        }
        Rule::Pattern(pattern) => vec![format!("pattern={}", quoted(pattern))],
    };
    arguments.join(", ")
}

#[derive(Clone, Copy)]
enum Direction {
    Up,
    Down,
}

/// Returns the nearest allowed length; what does not fit is far beyond any memory.
fn length(bound: &Bound, direction: Direction) -> String {
    let number = bound.number.parse::<i64>().unwrap_or(i64::MAX);
    let allowed = match direction {
        _ if bound.is_inclusive => number,
        Direction::Up => number.saturating_add(1),
        Direction::Down => number - 1,
    };
    allowed.to_string()
}

/// Writes a constraint on a subject as a Python expression.
fn condition(constraint: &Constraint, subject: &str) -> String {
    let condition = match &constraint.rule {
        Rule::Range(bounds) if constraint.is_decimal => {
            let bounds =
                Bounds { lower: bounds.lower.as_ref().map(decimal), upper: bounds.upper.as_ref().map(decimal) };
            bounds.condition(subject)
        }
        Rule::Range(bounds) => bounds.condition(subject),
        Rule::Length(bounds) => bounds.condition(&format!("len({subject})")),
        Rule::Pattern(pattern) => format!("re.search({}, {subject}) is not None", quoted(pattern)),
    };
    if constraint.may_be_none { format!("{subject} is None or {condition}") } else { condition }
}

fn decimal(bound: &Bound) -> Bound {
    Bound { number: format!("_decimal.Decimal({})", quoted(&bound.number)), ..bound.clone() }
}

fn message(constraint: &Constraint) -> String {
    constraint.message.clone().unwrap_or_else(|| format!("it must hold: {}", constraint.describe()))
}

fn dataclass(definition: &Struct) -> String {
    let mut fields = String::new();
    for field in &definition.fields {
        match &field.default {
            Some(default) if default.is_mutable => {
                let _ = write!(fields, "    {}: {}", field.name, field.type_ref.spell(Spelling::Private));
                let _ = write!(fields, " = dataclasses.field(default_factory=lambda: {})", default.expression);
            }
            _ => {
                let _ = write!(fields, "    {}", annotated(field, Spelling::Private));
            }
        }
        fields.push('\n');
        fields.push_str(&field_docstring(field));
    }
    let fields_and_constraints =
        definition.fields.iter().flat_map(|field| field.constraints.iter().map(move |constraint| (field, constraint)));
    let mut checks: String = fields_and_constraints.map(|(field, constraint)| check(field, constraint)).collect();
    if !checks.is_empty() {
        checks.insert_str(0, "    def __post_init__(self) -> None:\n");
    }
    // By keyword, as with models: the two styles then take the same calls, and defaults may stand anywhere.
    let first_line = format!("@dataclasses.dataclass(kw_only=True)\nclass {}:", definition.name);
    class(&first_line, &definition.description, vec![fields, checks])
}

fn check(field: &Field, constraint: &Constraint) -> String {
    let constraint = Constraint {
        may_be_none: constraint.may_be_none || matches!(field.type_ref, TypeRef::Optional(_)),
        ..constraint.clone()
    };
    let condition = condition(&constraint, &format!("self.{}", field.name));
    let message = format!("{}: {}", field.name, message(&constraint));
    format!("        _check({condition}, {})\n", quoted(&message))
}

fn enumeration(definition: &Enumeration) -> String {
    let members = definition.members.iter().map(|(name, value)| format!("    {name} = {}\n", quoted(value))).collect();
    // A text as well, so that it compares with and serialises as the value in the contract.
    class(&format!("class {}(str, enum.Enum):", definition.name), &definition.description, vec![members])
}

fn alias(definition: &Alias) -> String {
    let remark = comment("", &sentence(&definition.description));
    format!("\n\n{remark}{} = {}\n", definition.name, definition.target.spell(Spelling::Private))
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
