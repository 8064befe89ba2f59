//! The classes that a contract asks for: their constructor and methods.

use oxc_ast::ast::{Class as ClassNode, ClassElement, Expression, Function as FunctionNode, MethodDefinitionKind};

use super::callable::{Callable, Signature};
use super::{Checker, Export, Severity, signature};
use crate::interface::{Class, Function};
use crate::source::Place;
use crate::source::exports::Value;
use crate::source::names::key_name;

/// Classes may inherit in circles that the engine would refuse.
const MAX_BASES: u32 = 16;

/// What a class has under a name.
enum Found<'s> {
    Method(&'s FunctionNode<'s>),
    /// A field, perhaps with a function in it.
    Field(Option<&'s Expression<'s>>),
    /// Perhaps in a base that is not among the files.
    Unknown,
    Missing,
}

impl<'s> Checker<'s> {
    pub(super) fn check_class(&mut self, class: &Class) {
        let name = class.name.as_str();
        match self.modules.export(&self.interface.component, name) {
            Export::Missing => self.missing(name, &format!("define `export class {name}`")),
            Export::Unknown(place, module) => self.unknown_star(name, &module, place),
            Export::Class(definition, place) => {
                self.check_constructor(class, definition, &place);
                for method in &class.methods {
                    self.check_method(class, method, definition, &place);
                }
            }
            Export::Value(Some(value), place) if !matches!(Callable::of(value), Callable::Unreadable) => {
                let message = format!("`{name}` is no class; the contract asks for one");
                self.add(Severity::Error, "not-a-class", message, place);
            }
            Export::Value(_, place) | Export::Foreign(_, _, place) => {
                let message = format!(
                    "the methods of `{name}` cannot be read here; define it with `class` in the component's files"
                );
                self.add(Severity::Warning, "unchecked-signature", message, place);
            }
        }
    }

    fn check_constructor(&mut self, class: &Class, definition: &'s ClassNode<'s>, place: &Place) {
        match self.find(definition, place, "constructor", 0) {
            Found::Method(constructor) => {
                let findings = signature::compare(&class.init, &class.name, &Signature::of(constructor), place);
                self.findings.extend(findings);
            }
            Found::Unknown | Found::Field(_) => {}
            Found::Missing => {
                for parameter in &class.init.parameters {
                    let message = format!("`{}`: its constructor does not take `{}`", class.name, parameter.name);
                    self.add(Severity::Error, "missing-parameter", message, place.clone());
                }
            }
        }
    }

    fn check_method(&mut self, class: &Class, method: &Function, definition: &'s ClassNode<'s>, place: &Place) {
        let name = format!("{}.{}", class.name, method.name);
        match self.find(definition, place, &method.name, 0) {
            Found::Method(found) => {
                self.findings.extend(signature::compare(method, &name, &Signature::of(found), place));
            }
            Found::Field(Some(value)) if let Callable::Readable(found) = Callable::of(Value::Expression(value)) => {
                self.findings.extend(signature::compare(method, &name, &found, place));
            }
            Found::Field(_) | Found::Unknown => {
                let message =
                    format!("the parameters of `{name}` cannot be read here; define it as a method of the class");
                self.add(Severity::Warning, "unchecked-signature", message, place.clone());
            }
            Found::Missing => {
                let parameters: Vec<&str> = method.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
                let prefix = if method.is_async { "async " } else { "" };
                let message =
                    format!("`{name}` is missing; define `{prefix}{}({})`", method.name, parameters.join(", "));
                self.add(Severity::Error, "missing-method", message, place.clone());
            }
        }
    }

    fn find(&self, definition: &'s ClassNode<'s>, place: &Place, name: &str, depth: u32) -> Found<'s> {
        for element in &definition.body.body {
            match element {
                ClassElement::MethodDefinition(method) if !method.r#static && key_name(&method.key) == Some(name) => {
                    // The overloads of a method have no body.
                    if method.value.body.is_none() {
                        continue;
                    }
                    return match method.kind {
                        MethodDefinitionKind::Method | MethodDefinitionKind::Constructor => {
                            Found::Method(&method.value)
                        }
                        MethodDefinitionKind::Get | MethodDefinitionKind::Set => Found::Field(None),
                    };
                }
                ClassElement::PropertyDefinition(field) if !field.r#static && key_name(&field.key) == Some(name) => {
                    return Found::Field(field.value.as_ref());
                }
                _ => {}
            }
        }
        let Some(heritage) = &definition.heritage else { return Found::Missing };
        let Expression::Identifier(base) = &heritage.expression else { return Found::Unknown };
        let Some(source) = self.modules.source(place).filter(|_| depth < MAX_BASES) else { return Found::Unknown };
        match self.modules.local(source, base.name.as_str()) {
            Export::Class(base, place) => self.find(base, &place, name, depth + 1),
            _ => Found::Unknown,
        }
    }
}
