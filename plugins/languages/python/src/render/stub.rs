//! The interface stub: what people and models read. Correct Python, and never executed.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::python::{
    annotated, class, comment, docstring, foreign_classes, method_signature, quoted, sentence, signature,
    standard_modules, uses_any,
};
use crate::interface::{Class, Field, Function, Interface, TypeDefinition};
use crate::layout::types_module;
use crate::type_ref::{Spelling, private_name};

/// Renders the stub.
pub fn stub(interface: &Interface) -> String {
    let spelling = spelling(interface);
    let mut text = head(interface, spelling);
    text.push_str(&exports(interface));
    for definition in &interface.types {
        text.push_str(&shape(definition, spelling));
    }
    for error in &interface.errors {
        let conditions = error.conditions.iter().map(|condition| format!("Raised when: {}", sentence(condition)));
        let attributes = error.attributes.iter().map(|(name, text)| format!("Attribute `{name}`: {}", sentence(text)));
        let documentation = conditions.chain(attributes).collect::<Vec<_>>().join("\n");
        text.push_str(&class(&format!("class {}(Exception):", error.name), &documentation, Vec::new()));
    }
    for definition in &interface.classes {
        text.push_str(&defined_class(definition, spelling));
    }
    for function in &interface.functions {
        let documentation = docstring("    ", &paragraphs(function));
        let _ = write!(text, "\n\n{}\n{documentation}    ...\n", signature(function, spelling));
    }
    text
}

fn defined_class(definition: &Class, spelling: Spelling) -> String {
    let callables = std::iter::once(&definition.init).chain(&definition.methods);
    let members = callables.map(|method| {
        let documentation = docstring("        ", &paragraphs(method));
        format!("    {}\n{documentation}        ...\n", method_signature(method, spelling))
    });
    class(&format!("class {}:", definition.name), &definition.description, members.collect())
}

/// A field that is named as a module hides it from what follows in its class.
fn spelling(interface: &Interface) -> Spelling {
    let modules = standard_modules(interface.type_refs());
    let hides = |name: &str| modules.iter().any(|module| module.split('.').next() == Some(name));
    let is_hidden = interface.types.iter().any(|definition| match definition {
        TypeDefinition::Struct(definition) => definition.fields.iter().any(|field| hides(&field.name)),
        _ => false,
    });
    if is_hidden { Spelling::Private } else { Spelling::Plain }
}

fn head(interface: &Interface, spelling: Spelling) -> String {
    let mut paragraphs =
        vec![format!("Interface of the component `{}`: {}", interface.component, sentence(&interface.title))];
    if !interface.description.trim().is_empty() {
        paragraphs.push(interface.description.clone());
    }
    if !interface.invariants.is_empty() {
        let lines: String =
            interface.invariants.iter().map(|invariant| format!("\n- {}", sentence(invariant))).collect();
        paragraphs.push(format!("Always true:{lines}"));
    }
    paragraphs.push("Rendered by pact from the contract: change the contract, not this file.".to_owned());
    let mut text = format!("{}\nfrom __future__ import annotations\n", docstring("", &paragraphs));
    let mut modules = standard_modules(interface.type_refs());
    if uses_any(interface.type_refs()) {
        modules.push("typing");
    }
    if interface.types.iter().any(|definition| matches!(definition, TypeDefinition::Enumeration(_))) {
        modules.push("enum");
    }
    modules.sort_unstable();
    let is_private = |module| spelling == Spelling::Private && !["enum", "typing"].contains(&module);
    let imports = modules.into_iter().map(|module| {
        let name = if is_private(module) { format!(" as {}", private_name(module)) } else { String::new() };
        format!("import {module}{name}\n")
    });
    let owned = interface
        .imported
        .iter()
        .map(|(owner, names)| format!("from {} import {}", types_module(owner), names.join(", ")));
    let foreign: BTreeSet<String> = owned.chain(foreign_classes(interface)).collect();
    let foreign = foreign.into_iter().map(|line| format!("{line}\n")).collect();
    for block in [imports.collect::<String>(), foreign] {
        if !block.is_empty() {
            let _ = write!(text, "\n{block}");
        }
    }
    text
}

/// Says what the module must offer, and where the types come from.
fn exports(interface: &Interface) -> String {
    let component = &interface.component;
    let types = interface.type_names();
    let functions = interface.functions.iter().map(|function| function.name.as_str());
    let classes: Vec<&str> = interface.classes.iter().map(|class| class.name.as_str()).collect();
    let names: Vec<_> = types.iter().chain(&classes).copied().chain(functions).collect();
    let mut text = format!("\n{}", comment("", &format!("Required exports of `{component}`: {}.", names.join(", "))));
    if !classes.is_empty() {
        let message = format!("To be defined with their methods, like the functions: {}.", classes.join(", "));
        text.push_str(&comment("", &message));
    }
    if !types.is_empty() {
        let which = if classes.is_empty() { "The types below" } else { "The other types below" };
        let message = format!("{which} are defined elsewhere already. Import them, never define them:");
        text.push_str(&comment("", &message));
        text.push_str(&comment("", &format!("    from {} import {}", types_module(component), types.join(", "))));
    }
    for (owner, names) in &interface.imported_classes {
        let message =
            format!("`{owner}` defines {}, to be imported from it; its contract describes them.", names.join(", "));
        text.push_str(&comment("", &message));
    }
    for (owner, names) in &interface.imported {
        text.push_str(&comment("", &format!("`{owner}` owns {}; its contract describes them.", names.join(", "))));
    }
    text
}

fn shape(definition: &TypeDefinition, spelling: Spelling) -> String {
    match definition {
        TypeDefinition::Enumeration(definition) => {
            let members = definition.members.iter().map(|(name, value)| format!("    {name} = {}\n", quoted(value)));
            let first_line = format!("class {}(str, enum.Enum):", definition.name);
            class(&first_line, &definition.description, vec![members.collect()])
        }
        TypeDefinition::Struct(definition) => {
            let base = if definition.is_error { "(Exception)" } else { "" };
            let mut fields = String::new();
            for field in &definition.fields {
                let _ = writeln!(fields, "    {}", annotated(field, spelling));
                let documentation = documented(field);
                if !documentation.is_empty() {
                    fields.push_str(&docstring("    ", &[documentation]));
                }
            }
            class(&format!("class {}{base}:", definition.name), &definition.description, vec![fields])
        }
        TypeDefinition::Alias(definition) => {
            let remark = comment("", &sentence(&definition.description));
            format!("\n\n{remark}{} = {}\n", definition.name, definition.target.spell(spelling))
        }
    }
}

/// Says what a field or parameter is and what its value must satisfy.
fn documented(field: &Field) -> String {
    let description = Some(sentence(&field.description)).filter(|text| !text.is_empty());
    let conditions = field.conditions().into_iter().map(|condition| format!("Must hold: {}", sentence(&condition)));
    description.into_iter().chain(conditions).collect::<Vec<_>>().join(" ")
}

fn paragraphs(function: &Function) -> Vec<String> {
    let mut paragraphs = Vec::new();
    if !function.description.trim().is_empty() {
        paragraphs.push(function.description.clone());
    }
    let mut section = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let lines: String = lines.iter().map(|line| format!("\n    {line}")).collect();
            paragraphs.push(format!("{title}:{lines}"));
        }
    };
    let arguments = function.parameters.iter().map(|parameter| (parameter, documented(parameter)));
    let arguments =
        arguments.filter(|(_, text)| !text.is_empty()).map(|(parameter, text)| format!("{}: {text}", parameter.name));
    section("Args", arguments.collect());
    section(
        "Raises",
        function.raises.iter().map(|(error, condition)| format!("{error}: {}", sentence(condition))).collect(),
    );
    section("Requires", function.preconditions.iter().map(|text| sentence(text)).collect());
    section("Ensures", function.postconditions.iter().map(|text| sentence(text)).collect());
    section("Side effects", function.side_effects.iter().map(|text| sentence(text)).collect());
    if function.is_idempotent {
        paragraphs.push("Idempotent: calling it twice is as good as once.".to_owned());
    }
    paragraphs
}
