//! A struct as a model of pydantic 2.

use std::fmt::Write as _;

use super::condition::{Direction, condition, decimal, length, message};
use super::field_docstring;
use crate::interface::constraint::{Bound, Constraint, Rule};
use crate::interface::{Field, Struct};
use crate::render::python::{class, quoted, value};
use crate::type_ref::{Spelling, TypeRef};

/// What a model does with a value that does not suit its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Validators {
    /// It refuses it.
    Enforced,
    /// It keeps it as it is. What suits is converted as ever, and a field that is not given or not known is still refused:
    /// that is the signature, not a validator.
    Accepting,
}

/// Returns what the rendered classes call.
pub(super) fn helper(classes: &str) -> &'static str {
    if classes.contains("_checked(lambda ") {
        CHECKING
    } else if classes.contains(", _lenient]") {
        ACCEPTING
    } else {
        ""
    }
}

const CHECKING: &str = r#"

def _checked(holds, message):
    """Makes a validator with a message of the contract."""

    def check(value):
        if not holds(value):
            raise ValueError(message)
        return value

    return pydantic.AfterValidator(check)
"#;

const ACCEPTING: &str = r#"

def _kept(value, validate):
    """Reads a value as its type says, and keeps it as it is where that cannot be."""
    try:
        return validate(value)
    except ValueError:
        return value


_lenient = pydantic.WrapValidator(_kept)
"#;

pub(super) fn model(definition: &Struct, validators: Validators) -> String {
    // A misspelt field is an error, and a validator holds after a change as well. Python's own regular expressions, because
    // pydantic's default engine has no look-around.
    let config = "    model_config = pydantic.ConfigDict(extra=\"forbid\", validate_assignment=True, regex_engine=\"python-re\")\n";
    let mut fields = String::new();
    for field in &definition.fields {
        let _ = write!(fields, "    {}: {}", field.name, annotation(field, validators));
        match &field.default {
            Some(default) if default.is_mutable() => {
                let _ =
                    write!(fields, " = pydantic.Field(default_factory=lambda: {})", value(default, Spelling::Private));
            }
            Some(default) => {
                let _ = write!(fields, " = {}", value(default, Spelling::Private));
            }
            None => {}
        }
        fields.push('\n');
        fields.push_str(&field_docstring(field));
    }
    let first_line = format!("class {}(pydantic.BaseModel):", definition.name);
    class(&first_line, &definition.description, vec![config.to_owned(), fields])
}

fn annotation(field: &Field, validators: Validators) -> String {
    match validators {
        Validators::Enforced => constrained(&field.type_ref, &field.constraints),
        Validators::Accepting => format!("typing.Annotated[{}, _lenient]", field.type_ref.spell(Spelling::Private)),
    }
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
