//! The stub that people and models read. It is never executed.

use std::fmt::Write as _;

use super::signature::{Form, declaration, described, parameters, signature, tags, type_imports};
use super::spelling::Spelling;
use super::text::{comment, documentation, quoted, sentence};
use super::value::value;
use crate::dialect::Dialect;
use crate::interface::default::DefaultValue;
use crate::interface::{Class, Field, Function, Interface, Struct, TypeDefinition};
use crate::layout::types_module;
use crate::type_ref::TypeRef;

/// Renders the stub.
pub fn stub(interface: &Interface, dialect: Dialect) -> String {
    let spelling = Spelling { interface, dialect };
    let mut text = head(interface);
    let _ = write!(text, "\n{}", exports(interface, dialect));
    let foreign = foreign_imports(interface, dialect);
    if !foreign.is_empty() {
        let _ = write!(text, "\n{foreign}");
    }
    for definition in &interface.types {
        text.push_str(&shape(definition, spelling));
    }
    for error in &interface.errors {
        let conditions: Vec<String> =
            error.conditions.iter().map(|condition| format!("Raised when: {}", sentence(condition))).collect();
        let attributes: Vec<_> = error.attributes.iter().filter(|(name, _)| *name != "message").collect();
        let mut fields = String::new();
        for (name, meaning) in &attributes {
            let spelt =
                if dialect == Dialect::TypeScript { format!("readonly {name}: unknown;") } else { format!("{name};") };
            let _ = writeln!(fields, "{}  {spelt}", documentation("  ", &[sentence(meaning)]));
        }
        let names: Vec<&str> = attributes.iter().map(|(name, _)| name.as_str()).collect();
        fields.push_str(&error_constructor(&names, dialect));
        let conditions = documentation("", &[conditions.join("\n")]);
        let _ = write!(text, "\n{conditions}{} extends Error {{\n{fields}}}\n", class_head(&error.name, dialect));
    }
    for definition in &interface.classes {
        text.push_str(&defined_class(definition, spelling));
    }
    for function in &interface.functions {
        let documentation = documentation("", &paragraphs(function, spelling));
        let line = match dialect {
            Dialect::TypeScript => {
                format!("export declare function {}{};", function.name, declaration(function, spelling))
            }
            Dialect::JavaScript => {
                let prefix = if function.is_async { "async function" } else { "function" };
                format!("export {prefix} {}{} {{}}", function.name, signature(function, spelling))
            }
        };
        let _ = write!(text, "\n{documentation}{line}\n");
    }
    text
}

fn head(interface: &Interface) -> String {
    let mut paragraphs =
        vec![format!("Interface of the component `{}`: {}", interface.component, sentence(&interface.title))];
    paragraphs.push(interface.description.clone());
    if !interface.invariants.is_empty() {
        let lines: String =
            interface.invariants.iter().map(|invariant| format!("\n- {}", sentence(invariant))).collect();
        paragraphs.push(format!("Always true:{lines}"));
    }
    paragraphs.push("Rendered by pact from the contract: change the contract, not this file.".to_owned());
    documentation("", &paragraphs)
}

/// Says what the module must offer, and where the types come from.
fn exports(interface: &Interface, dialect: Dialect) -> String {
    let component = &interface.component;
    let is_alias = |name: &&str| matches!(interface.definition(name), Some(TypeDefinition::Alias(_)));
    let types = match dialect {
        Dialect::TypeScript => interface.type_names(),
        // Another name for a type is a comment there.
        Dialect::JavaScript => interface.type_names().into_iter().filter(|name| !is_alias(name)).collect(),
    };
    let functions = interface.functions.iter().map(|function| function.name.as_str());
    let classes: Vec<&str> = interface.classes.iter().map(|class| class.name.as_str()).collect();
    let names: Vec<&str> = types.iter().chain(&classes).copied().chain(functions).collect();
    let mut text = comment(&format!("Required exports of `{component}`: {}.", names.join(", ")));
    if !classes.is_empty() {
        let message = format!("To be defined with their methods, like the functions: {}.", classes.join(", "));
        text.push_str(&comment(&message));
    }
    if !types.is_empty() {
        let which = if classes.is_empty() { "The types below" } else { "The other types below" };
        let module = types_module(component);
        text.push_str(&comment(&format!("{which} are defined elsewhere already. Pass them on, never define them:")));
        text.push_str(&comment(&format!("    export * from \"{module}\";")));
        let typed = |name: &&str| if is_alias(name) { format!("type {name}") } else { (*name).to_owned() };
        let imported: Vec<String> = types.iter().map(typed).collect();
        text.push_str(&comment(&format!("    import {{ {} }} from \"{module}\";", imported.join(", "))));
        text.push_str(&comment(
            "A value of a struct is made with `new`, from an object of its fields, and does not change.",
        ));
    }
    for (owner, names) in &interface.imported_classes {
        let message =
            format!("`{owner}` defines {}, to be imported from it; its contract describes them.", names.join(", "));
        text.push_str(&comment(&message));
    }
    for (owner, names) in &interface.imported {
        text.push_str(&comment(&format!("`{owner}` owns {}; its contract describes them.", names.join(", "))));
    }
    text
}

fn foreign_imports(interface: &Interface, dialect: Dialect) -> String {
    if dialect == Dialect::JavaScript {
        return String::new();
    }
    let mut text = String::new();
    for (owner, names) in &interface.imported {
        let _ = writeln!(text, "import type {{ {} }} from \"{}\";", names.join(", "), types_module(owner));
    }
    let of_classes = type_imports(interface);
    let of_classes = of_classes.lines().filter(|line| !line.contains(&quoted(&types_module(&interface.component))));
    text.extend(of_classes.map(|line| format!("{line}\n")));
    text
}

fn class_head(name: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::TypeScript => format!("export declare class {name}"),
        Dialect::JavaScript => format!("export class {name}"),
    }
}

fn shape(definition: &TypeDefinition, spelling: Spelling<'_>) -> String {
    match definition {
        TypeDefinition::Enumeration(found) => {
            let comments = documentation("", std::slice::from_ref(&found.description));
            let members = found.members.iter();
            let (name, end) = match spelling.dialect {
                Dialect::TypeScript => {
                    let members = members.map(|(member, value)| format!("  readonly {member}: {};\n", quoted(value)));
                    let members: String = members.collect();
                    (
                        format!("export declare const {}: {{\n{members}}};\n", found.name),
                        format!("export type {0} = (typeof {0})[keyof typeof {0}];\n", found.name),
                    )
                }
                Dialect::JavaScript => {
                    let members = members.map(|(member, value)| format!("  {member}: {},\n", quoted(value)));
                    let members: String = members.collect();
                    (format!("export const {} = Object.freeze({{\n{members}}});\n", found.name), String::new())
                }
            };
            format!("\n{comments}{name}{end}")
        }
        TypeDefinition::Struct(found) => structure(found, spelling),
        TypeDefinition::Alias(found) => match spelling.dialect {
            Dialect::TypeScript => {
                let comments = documentation("", std::slice::from_ref(&found.description));
                format!("\n{comments}export type {} = {};\n", found.name, spelling.of(&found.target))
            }
            Dialect::JavaScript => {
                let tag = format!("@typedef {{{}}} {}", spelling.of(&found.target), found.name);
                format!("\n{}", documentation("", &[found.description.clone(), tag]))
            }
        },
    }
}

fn structure(found: &Struct, spelling: Spelling<'_>) -> String {
    let base = if found.is_error { " extends Error" } else { "" };
    let comments = documentation("", std::slice::from_ref(&found.description));
    let fields: String = found.fields.iter().map(|field| member(field, spelling)).collect();
    let head = class_head(&found.name, spelling.dialect);
    let constructor = constructor(found, spelling);
    format!("\n{comments}{head}{base} {{\n{fields}{constructor}}}\n")
}

fn error_constructor(names: &[&str], dialect: Dialect) -> String {
    match (dialect, names) {
        (Dialect::TypeScript, []) => "  constructor(message?: string);\n".to_owned(),
        (Dialect::JavaScript, []) => "  constructor(message = \"\") {}\n".to_owned(),
        (Dialect::TypeScript, names) => {
            let types: Vec<String> = names.iter().map(|name| format!("{name}?: unknown")).collect();
            format!("  constructor(message?: string, attributes?: {{ {} }});\n", types.join("; "))
        }
        (Dialect::JavaScript, names) => {
            format!("  constructor(message = \"\", {{ {} }} = {{}}) {{}}\n", names.join(", "))
        }
    }
}

fn constructor(found: &Struct, spelling: Spelling<'_>) -> String {
    if spelling.dialect == Dialect::JavaScript {
        return String::new();
    }
    let all_optional = found.fields.iter().all(|field| field.default.is_some());
    let fields = found.fields.iter().filter(|field| !found.is_error || field.name != "message");
    let fields: Vec<String> = fields
        .map(|field| {
            let mark = if field.default.is_some() { "?" } else { "" };
            format!("{}{mark}: {}", field.name, spelling.of(&field.type_ref))
        })
        .collect();
    let fields = if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join("; ")) };
    let first = if found.is_error { "message: string, " } else { "" };
    let mark = if all_optional { "?" } else { "" };
    format!("  constructor({first}fields{mark}: {fields});\n")
}

fn member(field: &Field, spelling: Spelling<'_>) -> String {
    let mut lines = vec![described(field)];
    if let Some(default) = field.default.as_ref().filter(|default| **default != DefaultValue::None) {
        lines.push(format!("Default: {}", value(default, &field.type_ref, spelling)));
    }
    let optional = match (&field.type_ref, &field.default) {
        (TypeRef::Optional(item), Some(DefaultValue::None)) => Some(spelling.of(item)),
        _ => None,
    };
    match spelling.dialect {
        Dialect::TypeScript => {
            let declared = match optional {
                Some(spelt) => format!("{}?: {spelt}", field.name),
                None => format!("{}: {}", field.name, spelling.of(&field.type_ref)),
            };
            format!("{}  readonly {declared};\n", documentation("  ", &lines))
        }
        Dialect::JavaScript => {
            lines.push(format!("@type {{{}}}", spelling.of(&field.type_ref)));
            format!("{}  {};\n", documentation("  ", &[lines.join("\n")]), field.name)
        }
    }
}

fn defined_class(definition: &Class, spelling: Spelling<'_>) -> String {
    let mut text = format!("\n{}", documentation("", std::slice::from_ref(&definition.description)));
    let (form, end) = match spelling.dialect {
        Dialect::TypeScript => (Form::Declared, ";"),
        Dialect::JavaScript => (Form::Implemented, " {}"),
    };
    let _ = writeln!(text, "{} {{", class_head(&definition.name, spelling.dialect));
    let comments = documentation("  ", &paragraphs(&definition.init, spelling));
    let _ = writeln!(text, "{comments}  constructor({}){end}", parameters(&definition.init, spelling, form));
    for method in &definition.methods {
        let prefix = if method.is_async && spelling.dialect == Dialect::JavaScript { "async " } else { "" };
        let comments = documentation("  ", &paragraphs(method, spelling));
        let line = match form {
            Form::Declared => declaration(method, spelling),
            Form::Implemented => signature(method, spelling),
        };
        let _ = write!(text, "\n{comments}  {prefix}{}{line}{end}\n", method.name);
    }
    text + "}\n"
}

fn paragraphs(function: &Function, spelling: Spelling<'_>) -> Vec<String> {
    let mut lines: Vec<String> = match spelling.dialect {
        Dialect::JavaScript => {
            let is_constructor = function.name == "constructor";
            tags(function, spelling, described)
                .into_iter()
                .filter(|tag| !(is_constructor && tag.starts_with("@returns")))
                .collect()
        }
        Dialect::TypeScript => {
            let described = function.parameters.iter().map(|parameter| (parameter, described(parameter)));
            let described = described.filter(|(_, text)| !text.is_empty());
            described.map(|(parameter, text)| format!("@param {} - {text}", parameter.name)).collect()
        }
    };
    let mut tag = |name: &str, texts: &[String]| {
        lines.extend(texts.iter().map(|text| format!("@{name} {}", sentence(text))));
    };
    tag("precondition", &function.preconditions);
    tag("postcondition", &function.postconditions);
    let errors: Vec<String> =
        function.raises.iter().map(|(error, condition)| format!("{{{error}}} {condition}")).collect();
    tag("throws", &errors);
    tag("sideEffects", &function.side_effects);
    if function.is_idempotent {
        lines.push("@idempotent Calling it twice is as good as once.".to_owned());
    }
    vec![function.description.clone(), lines.join("\n")]
}
