//! The classes that a contract asks for: their constructor and methods.

use ruff_python_ast::{Expr, StmtClassDef, StmtFunctionDef};

use super::{Checker, Export, Severity, signature};
use crate::interface::{Class, Function};
use crate::render::python::method_signature;
use crate::source::Place;
use crate::source::namespace::{Meaning, Namespace};
use crate::type_ref::Spelling;

/// Classes may inherit in circles that Python would refuse.
const MAX_BASES: u32 = 16;

/// What a class has under a name.
enum Found<'s> {
    Method(&'s StmtFunctionDef),
    /// Assigned or a class.
    Other,
    /// Perhaps in a base that is not among the files.
    Unknown,
    Missing,
}

impl<'s> Checker<'s> {
    pub(super) fn check_class(&mut self, class: &Class) {
        let name = class.name.as_str();
        match self.modules.export(&self.interface.component, name) {
            Export::Missing => self.missing(name, &format!("define `class {name}`")),
            Export::Unknown(place, module) => self.unknown_star(name, &module, place),
            Export::Class(definition, place) => {
                self.check_constructor(class, definition, &place);
                for method in &class.methods {
                    self.check_method(class, method, definition, &place);
                }
            }
            Export::Function(_, place) => {
                let message = format!("`{name}` is a function; the contract asks for a class");
                self.add(Severity::Error, "not-a-class", message, place);
            }
            Export::Assigned(_, place) | Export::Foreign(_, place) => {
                let message = format!(
                    "the methods of `{name}` cannot be read here; define it with `class` in the component's files"
                );
                self.add(Severity::Warning, "unchecked-signature", message, place);
            }
        }
    }

    fn check_constructor(&mut self, class: &Class, definition: &'s StmtClassDef, place: &Place) {
        match self.find(definition, "__init__", 0) {
            Found::Method(constructor) => {
                let findings = signature::compare_method(&class.init, &class.name, &constructor.parameters, place);
                self.findings.extend(findings);
            }
            // A decorator such as `dataclass`, or a base, may write one.
            Found::Unknown | Found::Other => {}
            Found::Missing if !definition.decorator_list.is_empty() => {}
            Found::Missing => {
                let findings = signature::compare(&class.init, None, place).into_iter();
                let named = |message: String| message.replacen("`__init__`", &format!("`{}`", class.name), 1);
                self.findings
                    .extend(findings.map(|finding| super::Finding { message: named(finding.message), ..finding }));
            }
        }
    }

    fn check_method(&mut self, class: &Class, method: &Function, definition: &'s StmtClassDef, place: &Place) {
        let name = format!("{}.{}", class.name, method.name);
        match self.find(definition, &method.name, 0) {
            Found::Method(found) => {
                self.check_async(method, &name, found, place);
                let decorators = found.decorator_list.iter().map(|decorator| &decorator.expression);
                let is_static = decorators
                    .into_iter()
                    .any(|decorator| matches!(decorator, Expr::Name(name) if name.id.as_str() == "staticmethod"));
                let mut findings = if is_static {
                    signature::compare(method, Some(&found.parameters), place)
                } else {
                    signature::compare_method(method, &name, &found.parameters, place)
                };
                self.findings.append(&mut findings);
            }
            Found::Other | Found::Unknown => {
                let message =
                    format!("the parameters of `{name}` cannot be read here; define it with `def` in the class");
                self.add(Severity::Warning, "unchecked-signature", message, place.clone());
            }
            Found::Missing => {
                let expected = method_signature(method, Spelling::Plain);
                let message = format!("`{name}` is missing; define `{}`", expected.trim_end_matches(':'));
                self.add(Severity::Error, "missing-method", message, place.clone());
            }
        }
    }

    fn find(&self, definition: &'s StmtClassDef, name: &str, depth: u32) -> Found<'s> {
        if let Some(member) = Namespace::of(&definition.body).get(name) {
            return match member.meaning {
                Meaning::Function(function) => Found::Method(function),
                Meaning::Class(_) | Meaning::Bound(..) => Found::Other,
            };
        }
        for base in definition.bases() {
            let found = match base {
                Expr::Name(base) if base.id.as_str() == "object" => Found::Missing,
                Expr::Name(base) if depth < MAX_BASES => {
                    match self.modules.export(&self.interface.component, base.id.as_str()) {
                        Export::Class(base, _) => self.find(base, name, depth + 1),
                        _ => Found::Unknown,
                    }
                }
                _ => Found::Unknown,
            };
            if !matches!(found, Found::Missing) {
                return found;
            }
        }
        Found::Missing
    }
}
