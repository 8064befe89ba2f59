//! The module of a contract's types: classes whose validators hold for every value that is made.
//!
//! Whatever the style, a value is made with `new` from an object of its fields, is checked then, and does not change later. A
//! field that holds another struct takes a value of it, or an object from which one is made.

use std::fmt::Write as _;

use super::spelling::Spelling;
use super::text::{documentation, quoted, sentence};
use super::value::value;
use crate::dialect::Dialect;
use crate::interface::default::DefaultValue;
use crate::interface::{Enumeration, ErrorClass, Field, Interface, Struct, TypeDefinition};
use crate::layout::types_module;
use crate::type_ref::TypeRef;

pub(super) mod condition;
mod helpers;
pub(super) mod rule;
mod schema;

use condition::{refinements, rules};
use schema::{Schema, Vocabulary};

/// What checks the fields of structs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeStyle {
    /// Schemas of Zod.
    Zod,
    /// Functions in the module itself, which needs no package.
    Classes,
}

impl TypeStyle {
    /// Returns all styles of a dialect, the default first.
    pub fn all(dialect: Dialect) -> [Self; 2] {
        match dialect {
            Dialect::TypeScript => [Self::Zod, Self::Classes],
            Dialect::JavaScript => [Self::Classes, Self::Zod],
        }
    }

    /// Returns the name under which it is chosen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zod => "zod",
            Self::Classes => "classes",
        }
    }

    /// Finds a style by its name; the default without one.
    pub fn named(name: Option<&str>, dialect: Dialect) -> Option<Self> {
        let mut all = Self::all(dialect).into_iter();
        match name {
            None => all.next(),
            Some(name) => all.find(|style| style.name() == name),
        }
    }
}

/// Renders the module.
pub fn types(interface: &Interface, dialect: Dialect, style: TypeStyle) -> String {
    let vocabulary = match style {
        TypeStyle::Zod => Vocabulary::Zod,
        TypeStyle::Classes => Vocabulary::Checks,
    };
    module(interface, dialect, vocabulary)
}

/// Renders the module with validators that accept everything: it takes the calls that the other takes and refuses no value.
pub fn lenient_types(interface: &Interface, dialect: Dialect) -> String {
    module(interface, dialect, Vocabulary::Lenient)
}

fn module(interface: &Interface, dialect: Dialect, vocabulary: Vocabulary) -> String {
    let spelling = Spelling { interface, dialect };
    let writer = Writer { interface, spelling, schema: Schema { spelling, vocabulary } };
    let body = writer.body();
    let helpers = helpers::used(&body, vocabulary, dialect);
    format!("{}{}{helpers}{body}", writer.head(), writer.imports(&body, &helpers))
}

struct Writer<'i> {
    interface: &'i Interface,
    spelling: Spelling<'i>,
    schema: Schema<'i>,
}

impl Writer<'_> {
    fn is_typed(&self) -> bool {
        self.spelling.dialect == Dialect::TypeScript
    }

    fn head(&self) -> String {
        let first = format!("Types of the component `{}`.", self.interface.component);
        let rest = "Rendered by pact from the contract: change the contract, not this file.".to_owned();
        documentation("", &[first, rest])
    }

    fn imports(&self, body: &str, helpers: &str) -> String {
        let mut text = String::new();
        if body.contains("z.") || helpers.contains("z.") {
            text.push_str("import { z } from \"zod\";\n");
        }
        for (owner, names) in &self.interface.imported {
            let is_type = |name: &&String| matches!(self.interface.definition(name), Some(TypeDefinition::Alias(_)));
            let values = names.iter().filter(|name| !is_type(name)).cloned();
            let types = names.iter().filter(|name| is_type(name) && self.is_typed()).map(|name| format!("type {name}"));
            let names: Vec<String> = values.chain(types).collect();
            if !names.is_empty() {
                let (names, module) = (names.join(", "), types_module(owner));
                let _ = write!(text, "import {{ {names} }} from \"{module}\";\nexport {{ {names} }};\n");
            }
        }
        if text.is_empty() { text } else { format!("\n{text}") }
    }

    fn body(&self) -> String {
        let (mut constants, mut classes) = (String::new(), String::new());
        for definition in &self.interface.types {
            match definition {
                TypeDefinition::Enumeration(found) => constants.push_str(&self.enumeration(found)),
                TypeDefinition::Struct(found) if found.is_error => classes.push_str(&self.raised_struct(found)),
                TypeDefinition::Struct(found) => classes.push_str(&self.structure(found)),
                TypeDefinition::Alias(found) => {
                    constants.push_str(&self.alias(&found.name, &found.description, &found.target));
                }
            }
        }
        for error in &self.interface.errors {
            classes.push_str(&self.error_class(error));
        }
        constants + &classes
    }

    fn enumeration(&self, found: &Enumeration) -> String {
        let name = &found.name;
        let members: String =
            found.members.iter().map(|(member, value)| format!("  {member}: {},\n", quoted(value))).collect();
        let tag = if self.is_typed() { String::new() } else { "@enum {string}".to_owned() };
        let (constant, end) = if self.is_typed() {
            (" as const", format!("export type {name} = (typeof {name})[keyof typeof {name}];\n"))
        } else {
            ("", String::new())
        };
        let comments = documentation("", &[found.description.clone(), tag]);
        let mut text = format!("\n{comments}export const {name} = Object.freeze({{\n{members}}}{constant});\n{end}");
        if self.is_named(name) {
            let _ = writeln!(text, "const _{name} = {};", self.schema.enumeration(found));
        }
        text
    }

    fn alias(&self, name: &str, description: &str, target: &TypeRef) -> String {
        let spelt = self.spelling.of(target);
        let mut text = if self.is_typed() {
            let comments = documentation("", &[description.to_owned()]);
            format!("\n{comments}export type {name} = {spelt};\n")
        } else {
            format!("\n{}", documentation("", &[description.to_owned(), format!("@typedef {{{spelt}}} {name}")]))
        };
        if self.is_named(name) {
            let _ = writeln!(text, "const _{name} = {};", self.schema.of(target));
        }
        text
    }

    /// Returns whether a field or an alias needs the schema of a name.
    fn is_named(&self, wanted: &str) -> bool {
        let mut found = false;
        for type_ref in self.interface.definition_type_refs() {
            type_ref.each_name(&mut |name| found |= name == wanted);
        }
        found
    }

    fn structure(&self, found: &Struct) -> String {
        let name = &found.name;
        let mut text =
            format!("\n{}export class {name} {{\n", documentation("", std::slice::from_ref(&found.description)));
        if self.schema.vocabulary == Vocabulary::Zod {
            let fields: String = found
                .fields
                .iter()
                .map(|field| format!("    {}: {},\n", field.name, self.schema.field(field)))
                .collect();
            let fields = if fields.is_empty() { String::new() } else { format!("\n{fields}  ") };
            let _ = write!(
                text,
                "  static {}schema = z.strictObject({{{fields}}}){};\n\n",
                self.typed("readonly "),
                refinements(found)
            );
        }
        for field in &found.fields {
            text.push_str(&self.declared(field));
        }
        if !found.fields.is_empty() {
            text.push('\n');
        }
        let fields = self.typed(&format!(": {}", self.fields_type(&found.fields)));
        let comments = self.constructor_documentation(&found.fields);
        let default = if found.fields.iter().all(|field| field.default.is_some()) { " = {}" } else { "" };
        let _ = writeln!(text, "{comments}  constructor(fields{fields}{default}) {{");
        let known = if found.fields.is_empty() { "" } else { "const known = " };
        match self.schema.vocabulary {
            Vocabulary::Zod => {
                let _ = writeln!(text, "    {known}{name}.schema.parse(fields);");
                for field in &found.fields {
                    let _ = writeln!(text, "    this.{0} = known.{0};", field.name);
                }
            }
            Vocabulary::Checks | Vocabulary::Lenient => {
                let names: Vec<String> = found.fields.iter().map(|field| quoted(&field.name)).collect();
                let _ = writeln!(text, "    {known}_fields({}, fields, [{}]);", quoted(name), names.join(", "));
                for field in &found.fields {
                    let at = quoted(&format!("{name}.{}", field.name));
                    let check = self.schema.field(field);
                    let _ = writeln!(text, "    this.{0} = {check}(known.{0}, {at});", field.name);
                }
                if self.schema.vocabulary == Vocabulary::Checks {
                    for (field, predicate, message) in rules(found) {
                        let (at, message) = (quoted(&format!("{name}.{}", field.name)), quoted(&message));
                        let _ = writeln!(text, "    if (!{predicate}(this)) _fail({at}, {message});");
                    }
                }
            }
        }
        text + "    Object.freeze(this);\n  }\n}\n"
    }

    fn typed(&self, text: &str) -> String {
        if self.is_typed() { text.to_owned() } else { String::new() }
    }

    fn declared(&self, field: &Field) -> String {
        let mut lines: Vec<String> = vec![sentence(&field.description)];
        lines.extend(field.remarks.iter().map(|remark| format!("Not enforced here: {}", sentence(remark))));
        lines.retain(|line| !line.is_empty());
        if self.is_typed() {
            let spelt = self.spelling.of(&field.type_ref);
            let spelt = match &field.type_ref {
                TypeRef::Optional(item) if field.default == Some(DefaultValue::None) => {
                    return format!(
                        "{}  readonly {}?: {};\n",
                        documentation("  ", &[lines.join(" ")]),
                        field.name,
                        self.spelling.of(item)
                    );
                }
                _ => spelt,
            };
            return format!("{}  readonly {}: {spelt};\n", documentation("  ", &[lines.join(" ")]), field.name);
        }
        lines.push(format!("@type {{{}}}", self.spelling.of(&field.type_ref)));
        format!("{}  {};\n", documentation("  ", &[lines.join("\n")]), field.name)
    }

    fn fields_type(&self, fields: &[Field]) -> String {
        if fields.is_empty() {
            return "object".to_owned();
        }
        let fields = fields.iter().map(|field| {
            let mark = if field.default.is_some() { "?" } else { "" };
            let spelt = match &field.type_ref {
                TypeRef::Optional(item) if field.default.is_some() => self.spelling.of(item),
                type_ref => self.spelling.of(type_ref),
            };
            format!("{}{mark}: {spelt}", field.name)
        });
        format!("{{ {} }}", fields.collect::<Vec<_>>().join("; "))
    }

    fn constructor_documentation(&self, fields: &[Field]) -> String {
        if self.is_typed() {
            return String::new();
        }
        documentation("  ", &[format!("@param {{{}}} fields", self.fields_type(fields))])
    }

    fn error_class(&self, error: &ErrorClass) -> String {
        let conditions: Vec<String> =
            error.conditions.iter().map(|condition| format!("Raised when: {}", sentence(condition))).collect();
        let unknown = if self.is_typed() { "unknown" } else { "*" };
        let attributes = error.attributes.keys().filter(|name| *name != "message");
        let attributes: Vec<Attribute> = attributes
            .map(|name| Attribute { name: name.clone(), spelt: unknown.to_owned(), is_required: false, default: None })
            .collect();
        self.exception(&error.name, &conditions.join("\n"), &attributes)
    }

    /// A struct that a function raises: an error with the struct's fields.
    fn raised_struct(&self, found: &Struct) -> String {
        let fields = found.fields.iter().filter(|field| field.name != "message");
        let attributes: Vec<Attribute> = fields
            .map(|field| Attribute {
                name: field.name.clone(),
                spelt: self.spelling.of(&field.type_ref),
                is_required: field.default.is_none(),
                default: (field.default.as_ref())
                    .filter(|default| **default != DefaultValue::None)
                    .map(|default| value(default, &field.type_ref, self.spelling)),
            })
            .collect();
        self.exception(&found.name, &found.description, &attributes)
    }

    fn exception(&self, name: &str, comments: &str, attributes: &[Attribute]) -> String {
        let mut text = format!("\n{}export class {name} extends Error {{\n", documentation("", &[comments.to_owned()]));
        for attribute in attributes {
            let Attribute { name, spelt, .. } = attribute;
            if self.is_typed() {
                let _ = writeln!(text, "  readonly {name}: {spelt};");
            } else {
                let _ = write!(text, "  /** @type {{{spelt}}} */\n  {name};\n");
            }
        }
        if !attributes.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(
            text,
            "  constructor(message{} = \"\"{}) {{\n    super(message);",
            self.typed(": string"),
            self.attributes(attributes)
        );
        let _ = writeln!(text, "    this.name = {};", quoted(name));
        for Attribute { name, .. } in attributes {
            let _ = writeln!(text, "    this.{name} = {name};");
        }
        text + "  }\n}\n"
    }

    /// Writes the second parameter of an error: its attributes in one object.
    fn attributes(&self, attributes: &[Attribute]) -> String {
        if attributes.is_empty() {
            return String::new();
        }
        let names: Vec<String> = attributes
            .iter()
            .map(|attribute| match &attribute.default {
                Some(default) => format!("{} = {default}", attribute.name),
                None => attribute.name.clone(),
            })
            .collect();
        let types: Vec<String> = attributes
            .iter()
            .map(|Attribute { name, spelt, is_required, .. }| {
                let mark = if *is_required { "" } else { "?" };
                format!("{name}{mark}: {spelt}")
            })
            .collect();
        let default = if attributes.iter().any(|attribute| attribute.is_required) { "" } else { " = {}" };
        format!(", {{ {} }}{}{default}", names.join(", "), self.typed(&format!(": {{ {} }}", types.join("; "))))
    }
}

/// What an error carries beside its text.
struct Attribute {
    name: String,
    spelt: String,
    is_required: bool,
    default: Option<String>,
}
