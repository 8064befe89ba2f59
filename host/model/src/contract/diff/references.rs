//! How two references to types relate, as far as their texts can tell.

use crate::type_reference::{Basic, TypeRef};

/// What the new one is to the old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    /// The same type, perhaps in another spelling.
    Same,
    /// It has all values of the old one, and more.
    Wider,
    /// The old one has all its values, and more.
    Narrower,
    /// Neither.
    Other,
}

pub(super) fn relation(old: &str, new: &str) -> Relation {
    let (Ok(old_type), Ok(new_type)) = (TypeRef::parse(old), TypeRef::parse(new)) else {
        return if old == new { Relation::Same } else { Relation::Other };
    };
    match (contains(&new_type, &old_type), contains(&old_type, &new_type)) {
        (true, true) => Relation::Same,
        (true, false) => Relation::Wider,
        (false, true) => Relation::Narrower,
        (false, false) => Relation::Other,
    }
}

// Whether each value of the smaller is one of the larger. What can be changed in place (a list, a map) has items of one type
// exactly, as far as a caller can rely on it; yet values cross by copy, so a list of more is a larger type here.
fn contains(larger: &TypeRef, smaller: &TypeRef) -> bool {
    if larger == smaller || *larger == TypeRef::Basic(Basic::Any) {
        return true;
    }
    match (larger, smaller) {
        (_, TypeRef::Union(members)) => members.iter().all(|member| contains(larger, member)),
        (TypeRef::Optional(larger), TypeRef::Optional(smaller)) => contains(larger, smaller),
        (TypeRef::Optional(inner), _) => *smaller == TypeRef::Basic(Basic::None) || contains(inner, smaller),
        (TypeRef::Union(members), _) => members.iter().any(|member| contains(member, smaller)),
        (TypeRef::Basic(Basic::Float), TypeRef::Basic(Basic::Int)) => true,
        (TypeRef::Basic(Basic::Str), TypeRef::Literal(values)) => values.iter().all(serde_json::Value::is_string),
        (TypeRef::Literal(larger), TypeRef::Literal(smaller)) => smaller.iter().all(|value| larger.contains(value)),
        (TypeRef::List(larger), TypeRef::List(smaller)) | (TypeRef::Sequence(larger), TypeRef::Sequence(smaller)) => {
            contains(larger, smaller)
        }
        (TypeRef::Set(larger, frozen), TypeRef::Set(smaller, other)) => frozen == other && contains(larger, smaller),
        (TypeRef::Map(key, value), TypeRef::Map(other_key, other_value)) => {
            contains(key, other_key) && contains(value, other_value)
        }
        (TypeRef::Tuple(larger), TypeRef::Tuple(smaller)) => {
            larger.len() == smaller.len()
                && larger.iter().zip(smaller).all(|(larger, smaller)| contains(larger, smaller))
        }
        (TypeRef::Protocol(protocol, larger), TypeRef::Protocol(other, smaller)) => {
            protocol == other
                && larger.len() == smaller.len()
                && larger.iter().zip(smaller).all(|(larger, smaller)| contains(larger, smaller))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_which_type_has_more_values() {
        for (old, new, expected) in [
            ("Optional[int]", "int | None", Relation::Same),
            ("int", "int | None", Relation::Wider),
            ("int | str", "int", Relation::Narrower),
            ("list[int]", "list[float]", Relation::Wider),
            ("dict[str, int | None]", "dict[str, int]", Relation::Narrower),
            ("int", "str", Relation::Other),
            ("Literal['a', 'b']", "Literal['a']", Relation::Narrower),
            ("Foo", "Any", Relation::Wider),
            ("broken[", "broken[", Relation::Same),
            ("A | B", "B | A", Relation::Same),
        ] {
            assert_eq!(relation(old, new), expected, "{old} -> {new}");
        }
    }
}
