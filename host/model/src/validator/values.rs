//! Lists of allowed values, and steps, as authors write them.

use serde_json::Value;

use super::expression::{Expression, Relation};
use super::{Number, Refusal};

/// More values are data, not a rule; each is compared with each value.
const MAX_VALUES: usize = 1000;

/// Reads the values of a `one_of`: `["a", "b"]`, `value in ["a", "b"]`, `a | b`, `a, b`.
pub(super) fn parse(written: &str) -> Result<Vec<Value>, Refusal> {
    let refuse = |why: &str| Refusal::Malformed(format!("`{}`: {why}", written.escape_debug()));
    let text = written.trim();
    let values = if let Ok(Value::Array(values)) = serde_json::from_str(text) {
        values
    } else if let Some(values) = Expression::parse(text).ok().and_then(listed) {
        values
    } else if text.is_empty() {
        Vec::new()
    } else if text.contains(['[', ']', '(', ')', '<', '>', '=']) {
        return Err(refuse("expected a list such as `[\"a\", \"b\"]`"));
    } else {
        let separator = if text.contains('|') { '|' } else { ',' };
        text.split(separator).map(|part| word(part.trim())).collect()
    };
    if values.is_empty() {
        return Err(Refusal::Impossible("the list is empty, so no value is allowed".to_owned()));
    }
    if values.len() > MAX_VALUES {
        return Err(refuse("more than 1000 values"));
    }
    if values.iter().any(|value| value.is_array() || value.is_object()) {
        return Err(refuse("expected texts, numbers, `true` and `false`"));
    }
    Ok(values)
}

/// Reads the step of a `multiple_of`: `5`, `value % 5 == 0`.
pub(super) fn step(written: &str) -> Result<Number, Refusal> {
    let text = written.trim();
    let text = text.strip_prefix("value").map_or(text, str::trim_start);
    let text = text.strip_prefix('%').map_or(text, str::trim_start);
    let text =
        text.strip_suffix('0').map(str::trim_end).and_then(|rest| rest.strip_suffix("==")).unwrap_or(text).trim();
    let step = Number::parse(text).ok_or_else(|| {
        Refusal::Malformed(format!("`{}`: expected a number, for example `5`", written.escape_debug()))
    })?;
    if step.is_zero() || step.is_negative() {
        return Err(Refusal::Impossible(format!("`{step}` has no multiples to choose from; a step is above zero")));
    }
    Ok(step)
}

fn listed(expression: Expression) -> Option<Vec<Value>> {
    match expression {
        Expression::List(items) => items.into_iter().map(value).collect(),
        Expression::Comparison(subject, mut others) if matches!(*subject, Expression::Name(_)) => {
            match (others.len(), others.pop()) {
                (1, Some((Relation::In, list @ Expression::List(_)))) => listed(list),
                _ => None,
            }
        }
        _ => None,
    }
}

fn value(item: Expression) -> Option<Value> {
    Some(match item {
        Expression::Text(text) => Value::String(text),
        Expression::Truth(truth) => Value::Bool(truth),
        Expression::None => Value::Null,
        Expression::Number(number) => serde_json::from_str(&number.to_string()).ok()?,
        // `[red, green]`
        Expression::Name(name) => Value::String(name),
        _ => return None,
    })
}

fn word(part: &str) -> Value {
    serde_json::from_str(part).unwrap_or_else(|_| Value::String(part.trim_matches(['"', '\'']).to_owned()))
}
