//! A struct as a dataclass of the standard library.

use std::fmt::Write as _;

use super::condition::{condition, message};
use super::field_docstring;
use crate::interface::constraint::Constraint;
use crate::interface::{Field, Struct};
use crate::render::python::{annotated, class, quoted, value};
use crate::type_ref::{Spelling, TypeRef};

/// Returns what the rendered classes call.
pub(super) fn helper(classes: &str) -> &'static str {
    if classes.contains("        _check(") { CHECKING } else { "" }
}

const CHECKING: &str = r#"

def _check(holds: bool, message: str) -> None:
    """Raises when a validator of the contract does not hold."""
    if not holds:
        raise ValueError(message)
"#;

pub(super) fn dataclass(definition: &Struct) -> String {
    let mut fields = String::new();
    for field in &definition.fields {
        match &field.default {
            Some(default) if default.is_mutable() => {
                let _ = write!(fields, "    {}: {}", field.name, field.type_ref.spell(Spelling::Private));
                let _ = write!(
                    fields,
                    " = dataclasses.field(default_factory=lambda: {})",
                    value(default, Spelling::Private)
                );
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
