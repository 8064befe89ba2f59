//! A struct as a model of pydantic 2.

use std::fmt::Write as _;

use super::condition::{Direction, condition, decimal, length, message};
use super::field_docstring;
use crate::interface::constraint::{Bound, Constraint, Rule};
use crate::interface::{Field, Struct};
use crate::pattern::translated;
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
pub(super) fn helper(classes: &str) -> String {
    let all = [("_checked(lambda ", CHECKING), (", _lenient]", ACCEPTING), ("_Int", WHOLE)];
    all.into_iter().filter(|(call, _)| classes.contains(call)).map(|(_, helper)| helper).collect()
}

const WHOLE: &str = r#"

def _whole(value: object, validate: typing.Callable[[object], int]) -> int:
    """Takes a number for a number, and no text or truth that could be read as one."""
    whole = validate(value)
    if isinstance(value, (bool, bytes, str)):
        raise ValueError("it must be a whole number")
    return whole


_Int = typing.Annotated[int, pydantic.WrapValidator(_whole)]
"#;

const CHECKING: &str = r#"

def _checked(
    holds: typing.Callable[[typing.Any], bool], message: str
) -> pydantic.AfterValidator:
    """Makes a validator with a message of the contract."""

    def check(value: typing.Any) -> typing.Any:
        if not holds(value):
            raise ValueError(message)
        return value

    return pydantic.AfterValidator(check)
"#;

const ACCEPTING: &str = r#"

def _kept(value: object, validate: typing.Callable[[object], object]) -> object:
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
    let rules = if validators == Validators::Enforced { rules(definition) } else { Vec::new() };
    class(&first_line, &definition.description, [vec![config.to_owned(), fields], rules].concat())
}

/// Rules about several fields hold for the whole model. pydantic judges them after a change has been made, so it is unmade.
fn rules(definition: &Struct) -> Vec<String> {
    let all = definition.fields.iter().flat_map(|field| field.constraints.iter().map(move |rule| (field, rule)));
    let mut text = String::new();
    for (field, constraint) in all.filter(|(_, constraint)| constraint.names_others()) {
        let constraint = Constraint {
            may_be_none: constraint.may_be_none || matches!(field.type_ref, TypeRef::Optional(_)),
            ..constraint.clone()
        };
        let condition = condition(&constraint, &format!("self.{}", field.name));
        let condition = if constraint.may_be_none { format!("({condition})") } else { condition };
        let message = quoted(&format!("{}: {}", field.name, message(&constraint)));
        let _ = write!(text, "        if not {condition}:\n            raise ValueError({message})\n");
    }
    if text.is_empty() {
        return Vec::new();
    }
    let check = format!(
        "    @pydantic.model_validator(mode=\"after\")\n    def _check_rules(self: typing.Any) -> typing.Any:\n{text}        return self\n"
    );
    vec![check, UNMAKING.to_owned()]
}

const UNMAKING: &str = r"    def __setattr__(self, name: str, value: object) -> None:
        before = dict(vars(self))
        try:
            super().__setattr__(name, value)
        except pydantic.ValidationError:
            vars(self).update(before)
            raise
";

/// Spells a type whose numbers and truths are taken from nothing else: pydantic would read the text `"1"` as a number.
pub(super) fn spelt(type_ref: &TypeRef) -> String {
    let spelt = type_ref.spell(Spelling::Private);
    let mut text = String::with_capacity(spelt.len());
    for part in spelt.split_inclusive(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '.'))) {
        let end =
            part.trim_end_matches(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '.'))).len();
        let (word, rest) = part.split_at(end);
        text.push_str(match word {
            "int" => "_Int",
            "float" => "pydantic.StrictFloat",
            "bool" => "pydantic.StrictBool",
            word => word,
        });
        text.push_str(rest);
    }
    text
}

fn annotation(field: &Field, validators: Validators) -> String {
    match validators {
        Validators::Enforced => {
            let own: Vec<_> = field.constraints.iter().filter(|constraint| !constraint.names_others()).collect();
            constrained(&field.type_ref, &own)
        }
        Validators::Accepting => format!("typing.Annotated[{}, _lenient]", field.type_ref.spell(Spelling::Private)),
    }
}

/// Puts constraints on the part of a type that they are about.
fn constrained(type_ref: &TypeRef, constraints: &[&Constraint]) -> String {
    if constraints.is_empty() {
        return spelt(type_ref);
    }
    if let TypeRef::Optional(item) = type_ref {
        return format!("{} | None", constrained(item, constraints));
    }
    let metadata = constraints.iter().map(|constraint| {
        // pydantic cannot say the contract's message, let `None` pass where an alias hides it, nor express the other rules.
        let is_field = matches!(constraint.rule, Rule::Range(_) | Rule::Length(_) | Rule::Pattern(_));
        if constraint.message.is_some() || constraint.may_be_none || !is_field {
            let condition = condition(constraint, "value");
            return format!("_checked(lambda value: {condition}, {})", quoted(&message(constraint)));
        }
        format!("pydantic.Field({})", field_arguments(constraint))
    });
    format!("typing.Annotated[{}, {}]", spelt(type_ref), metadata.collect::<Vec<_>>().join(", "))
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
        Rule::Pattern(pattern) => vec![format!("pattern={}", quoted(&translated(pattern)))],
        Rule::OneOf(_) | Rule::MultipleOf(_) | Rule::Unique | Rule::Custom(_) => Vec::new(),
    };
    arguments.join(", ")
}
