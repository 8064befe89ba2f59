//! The first lines of functions, and the comments over them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::spelling::Spelling;
use super::text::{documentation, sentence};
use super::value::value;
use crate::dialect::Dialect;
use crate::interface::default::DefaultValue;
use crate::interface::{Field, Function, Interface};
use crate::layout::types_module;
use crate::type_ref::{Basic, TypeRef};

/// Whether a body follows. Only there a parameter can have a default in TypeScript.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Implemented,
    Declared,
}

/// Writes `(a: number, b?: string): Promise<void>`.
pub(super) fn signature(function: &Function, spelling: Spelling<'_>) -> String {
    formed(function, spelling, Form::Implemented)
}

/// Writes the same for something without a body.
pub(super) fn declaration(function: &Function, spelling: Spelling<'_>) -> String {
    formed(function, spelling, Form::Declared)
}

fn formed(function: &Function, spelling: Spelling<'_>, form: Form) -> String {
    let parameters = parameters(function, spelling, form);
    match spelling.dialect {
        Dialect::TypeScript => {
            format!("({parameters}): {}", spelling.output(&function.output, function.is_async))
        }
        Dialect::JavaScript => format!("({parameters})"),
    }
}

/// Writes the parameters alone.
pub(super) fn parameters(function: &Function, spelling: Spelling<'_>, form: Form) -> String {
    let last_required = function.parameters.iter().rposition(|parameter| parameter.default.is_none());
    let parameters = function.parameters.iter().enumerate().map(|(index, parameter)| {
        let may_end = last_required.is_none_or(|last| index > last);
        written(parameter, may_end, spelling, form)
    });
    parameters.collect::<Vec<_>>().join(", ")
}

/// TypeScript wants what may be left out last; a contract may order otherwise, and then `undefined` stands for it.
fn written(parameter: &Field, may_end: bool, spelling: Spelling<'_>, form: Form) -> String {
    let name = &parameter.name;
    let default = parameter.default.as_ref().filter(|default| **default != DefaultValue::None);
    let default = default.map(|default| value(default, &parameter.type_ref, spelling));
    if spelling.dialect == Dialect::JavaScript {
        return default.map_or_else(|| name.clone(), |default| format!("{name} = {default}"));
    }
    let default = match (default, form) {
        (Some(_), Form::Declared) if !may_end => {
            return format!("{name}: {} | undefined", spelling.of(&parameter.type_ref));
        }
        (_, Form::Declared) => None,
        (default, Form::Implemented) => default,
    };
    match (default, &parameter.type_ref, parameter.default.is_some() && may_end) {
        (Some(default), type_ref, _) => format!("{name}: {} = {default}", spelling.of(type_ref)),
        (None, TypeRef::Optional(item), true) => format!("{name}?: {}", spelling.of(item)),
        (None, type_ref, true) => format!("{name}?: {}", spelling.of(type_ref)),
        (None, type_ref, false) => format!("{name}: {}", spelling.of(type_ref)),
    }
}

/// Writes the names of the parameters, as a call passes them on.
pub(super) fn arguments(function: &Function) -> String {
    let names: Vec<&str> = function.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
    names.join(", ")
}

/// Writes the comment over a function that is rendered for running: what it does, and in JavaScript its types.
pub(super) fn short_documentation(indent: &str, function: &Function, spelling: Spelling<'_>) -> String {
    let mut paragraphs = vec![function.description.clone()];
    if spelling.dialect == Dialect::JavaScript {
        paragraphs.push(tags(function, spelling, |_| String::new()).join("\n"));
    }
    documentation(indent, &paragraphs)
}

/// Writes the tags that say types in JavaScript; `describe` adds what a parameter is for.
pub(super) fn tags(function: &Function, spelling: Spelling<'_>, describe: impl Fn(&Field) -> String) -> Vec<String> {
    let mut tags: Vec<String> = function
        .parameters
        .iter()
        .map(|parameter| {
            let spelt = match (&parameter.type_ref, &parameter.default) {
                (TypeRef::Optional(item), Some(DefaultValue::None)) => spelling.of(item),
                (type_ref, _) => spelling.of(type_ref),
            };
            let name = match &parameter.default {
                None => parameter.name.clone(),
                Some(DefaultValue::None) => format!("[{}]", parameter.name),
                Some(default) => {
                    format!("[{}={}]", parameter.name, value(default, &parameter.type_ref, spelling))
                }
            };
            format!("@param {{{spelt}}} {name} {}", describe(parameter)).trim_end().to_owned()
        })
        .collect();
    if function.output != TypeRef::Basic(Basic::None) || function.is_async {
        tags.push(format!("@returns {{{}}}", spelling.output(&function.output, function.is_async)));
    }
    tags
}

/// Says what a field or parameter is and what its value must satisfy.
pub(super) fn described(field: &Field) -> String {
    let description = Some(sentence(&field.description)).filter(|text| !text.is_empty());
    let conditions = field.conditions().into_iter().map(|condition| format!("Must hold: {}", sentence(&condition)));
    description.into_iter().chain(conditions).collect::<Vec<_>>().join(" ")
}

/// Writes the imports that annotations need, and passes the types on to who imports the module.
pub(super) fn imports(interface: &Interface, spelling: Spelling<'_>) -> String {
    let mut text = String::new();
    let types = interface.type_names();
    if !types.is_empty() {
        let _ = writeln!(text, "export * from \"{}\";", types_module(&interface.component));
    }
    // A default that is a member of an enumeration needs the value, not only the type.
    let values = enumerations_of_defaults(interface);
    if !values.is_empty() {
        let _ = writeln!(text, "import {{ {} }} from \"{}\";", names(&values), types_module(&interface.component));
    }
    if spelling.dialect == Dialect::TypeScript {
        text.push_str(&type_imports_but(interface, &values));
    }
    text
}

fn names(names: &BTreeSet<&str>) -> String {
    names.iter().copied().collect::<Vec<_>>().join(", ")
}

fn enumerations_of_defaults(interface: &Interface) -> BTreeSet<&str> {
    fn collect<'i>(default: &'i DefaultValue, found: &mut BTreeSet<&'i str>) {
        match default {
            DefaultValue::Member(enumeration, _) => {
                found.insert(enumeration);
            }
            DefaultValue::List(items)
            | DefaultValue::Tuple(items)
            | DefaultValue::Set(items)
            | DefaultValue::FrozenSet(items) => items.iter().for_each(|item| collect(item, found)),
            DefaultValue::Map(entries) => entries.iter().for_each(|(key, item)| {
                collect(key, found);
                collect(item, found);
            }),
            _ => {}
        }
    }
    let of_classes = interface.classes.iter().flat_map(|class| std::iter::once(&class.init).chain(&class.methods));
    let parameters = interface.functions.iter().chain(of_classes).flat_map(|function| &function.parameters);
    let mut found = BTreeSet::new();
    parameters.filter_map(|parameter| parameter.default.as_ref()).for_each(|default| collect(default, &mut found));
    found
}

/// Writes the imports of the types that annotations name.
pub(super) fn type_imports(interface: &Interface) -> String {
    type_imports_but(interface, &BTreeSet::new())
}

fn type_imports_but(interface: &Interface, imported: &BTreeSet<&str>) -> String {
    let mut named = BTreeSet::new();
    interface.function_type_refs().for_each(|type_ref| {
        type_ref.each_name(&mut |name| {
            named.insert(name);
        });
    });
    let own: Vec<&str> =
        interface.type_names().into_iter().filter(|name| named.contains(name) && !imported.contains(name)).collect();
    let mut text = String::new();
    if !own.is_empty() {
        let module = types_module(&interface.component);
        let _ = writeln!(text, "import type {{ {} }} from \"{module}\";", own.join(", "));
    }
    for (owner, names) in &interface.imported_classes {
        let names: Vec<&str> = names.iter().map(String::as_str).filter(|name| named.contains(name)).collect();
        if !names.is_empty() {
            let _ = writeln!(text, "import type {{ {} }} from \"{owner}\";", names.join(", "));
        }
    }
    text
}
