//! Which names of a contract can be used in Python, and what becomes of those that cannot stand as they are.

use crate::contract::{TypeKind, TypeSpec};
use crate::type_ref::{Basic, Protocol};
use crate::{exceptions, identifier};

/// Names that rendered annotations use: a type or a field of that name would change what they mean.
const TAKEN: [&str; 12] =
    ["str", "int", "float", "bool", "bytes", "complex", "list", "dict", "set", "tuple", "typing", "pydantic"];

/// Returns whether a type cannot have this name.
pub(super) fn is_type_of_the_language(name: &str) -> bool {
    TAKEN.contains(&name) || name == "Callable" || Basic::of(name).is_some() || Protocol::of(name).is_some()
}

/// A list of types may name basic ones, which need no definition.
pub(super) fn is_basic(spec: &TypeSpec) -> bool {
    spec.kind == TypeKind::Primitive && Basic::of(&spec.name).is_some()
}

/// A builtin exception is there, and a dotted one belongs to somebody else.
pub(super) fn needs_class(error_type: &str) -> bool {
    !error_type.contains('.') && !exceptions::is_builtin(error_type)
}

/// Writes a value as a name: letters and digits stay, everything else becomes `_`.
pub(super) fn member_name(value: &str) -> String {
    if identifier::check(value).is_ok() {
        return value.to_owned();
    }
    let name: String =
        value.trim().chars().map(|character| if character.is_ascii_alphanumeric() { character } else { '_' }).collect();
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        return format!("VALUE_{name}");
    }
    // A keyword, for example `None`.
    if identifier::check(&name).is_err() { format!("{name}_") } else { name }
}

/// What every model has already, or what the annotations beside it use.
pub(super) fn is_taken_field(name: &str) -> bool {
    const OF_MODELS: [&str; 14] = [
        "model_config",
        "model_construct",
        "model_copy",
        "model_dump",
        "model_dump_json",
        "model_extra",
        "model_fields",
        "model_fields_set",
        "model_json_schema",
        "model_post_init",
        "model_rebuild",
        "model_validate",
        "model_validate_json",
        "model_validate_strings",
    ];
    TAKEN.contains(&name) || OF_MODELS.contains(&name)
}
