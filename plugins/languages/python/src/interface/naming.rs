//! Which names Python's rendered code uses, and what becomes of values that cannot stand as names.

use crate::identifier;

/// Names that rendered annotations use: a type or a field of that name would change what they mean.
const TAKEN: [&str; 12] =
    ["str", "int", "float", "bool", "bytes", "complex", "list", "dict", "set", "tuple", "typing", "pydantic"];

/// Returns whether annotations use the name.
pub(super) fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name)
}

/// Writes a value that is no name as one: letters and digits stay, everything else becomes `_`.
pub(super) fn member_name(value: &str) -> String {
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
