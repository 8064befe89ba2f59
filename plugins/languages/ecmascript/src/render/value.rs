//! Default values as expressions.

use super::spelling::Spelling;
use super::text::{object, quoted};
use crate::interface::default::DefaultValue;
use crate::type_ref::TypeRef;

/// Writes a default value of a type.
pub(super) fn value(default: &DefaultValue, type_ref: &TypeRef, spelling: Spelling<'_>) -> String {
    let all = |items: &[DefaultValue]| {
        let items: Vec<String> = items.iter().map(|item| value(item, type_ref, spelling)).collect();
        format!("[{}]", items.join(", "))
    };
    match default {
        DefaultValue::None => "undefined".to_owned(),
        DefaultValue::Bool(is_true) => is_true.to_string(),
        DefaultValue::Number(number) => number_literal(number),
        DefaultValue::Decimal(number) => quoted(&plain_number(number)),
        DefaultValue::Text(text) | DefaultValue::Path(text) => quoted(text),
        DefaultValue::List(items) | DefaultValue::Tuple(items) => all(items),
        DefaultValue::Set(items) | DefaultValue::FrozenSet(items) => format!("new Set({})", all(items)),
        DefaultValue::Map(entries) => {
            let is_object = entries.iter().all(|(key, _)| {
                matches!(
                    key,
                    DefaultValue::Text(_) | DefaultValue::Decimal(_) | DefaultValue::Path(_) | DefaultValue::Member(..)
                )
            });
            let pairs =
                entries.iter().map(|(key, item)| (value(key, type_ref, spelling), value(item, type_ref, spelling)));
            if is_object && !has_map(type_ref, spelling) {
                let pairs = pairs.map(|(key, item)| {
                    let key = if key.starts_with('"') && key != "\"__proto__\"" { key } else { format!("[{key}]") };
                    format!("{key}: {item}")
                });
                return object(&pairs.collect::<Vec<_>>());
            }
            let pairs: Vec<String> = pairs.map(|(key, item)| format!("[{key}, {item}]")).collect();
            format!("new Map([{}])", pairs.join(", "))
        }
        DefaultValue::Member(enumeration, name) => format!("{enumeration}.{name}"),
    }
}

/// Returns whether a type has a map whose keys are no texts.
fn has_map(type_ref: &TypeRef, spelling: Spelling<'_>) -> bool {
    let mut found = false;
    type_ref.each(&mut |part| found |= matches!(part, TypeRef::Map(key, _) if !spelling.is_text(key)));
    found
}

/// Writes a number of the contract: `1.0` is `1`, for there is one kind of number.
pub(super) fn number_literal(number: &str) -> String {
    match number.parse::<f64>() {
        Ok(value) if number.contains(['.', 'e', 'E']) => format!("{value}"),
        _ => number.to_owned(),
    }
}

/// Writes a number without an exponent.
pub(super) fn plain_number(number: &str) -> String {
    match number.parse::<f64>() {
        Ok(value) if number.contains(['e', 'E']) => format!("{value}"),
        _ => number.to_owned(),
    }
}
