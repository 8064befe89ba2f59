//! Allowed values and steps, in the one spelling in which they cross: `value in ["a","b"]` and `5`.

use serde_json::Value;

use crate::interface::rule::{Expression, Number, Relation};

/// Reads the values of a `one_of`.
pub(super) fn list(written: &str) -> Result<Vec<Expression>, String> {
    let text = written.trim();
    let json = text.strip_prefix("value in ").unwrap_or(text);
    // Texts of JSON have escapes that rules have not.
    let values = match serde_json::from_str(json) {
        Ok(Value::Array(values)) => values.iter().map(literal).collect(),
        _ => Expression::parse(text).ok().and_then(of_rule),
    };
    let values: Vec<Expression> =
        values.ok_or_else(|| format!("`{written}`: expected for example `value in [\"a\", \"b\"]`"))?;
    if values.is_empty() {
        return Err("the list is empty, so no value is allowed".to_owned());
    }
    Ok(values)
}

/// Reads the step of a `multiple_of`.
pub(super) fn step(written: &str) -> Result<Number, String> {
    let step = Number::parse(written.trim()).filter(|step| !step.is_zero() && !step.is_negative());
    step.ok_or_else(|| format!("`{written}`: expected a number above zero, for example `5`"))
}

fn literal(value: &Value) -> Option<Expression> {
    Some(match value {
        Value::Null => Expression::None,
        Value::Bool(truth) => Expression::Truth(*truth),
        Value::Number(number) => Expression::Number(Number::parse(&number.to_string())?),
        Value::String(text) => Expression::Text(text.clone()),
        Value::Array(_) | Value::Object(_) => return None,
    })
}

fn of_rule(expression: Expression) -> Option<Vec<Expression>> {
    let values = match expression {
        Expression::List(values) => values,
        Expression::Comparison(subject, others) if matches!(*subject, Expression::Name(..)) => {
            match <[_; 1]>::try_from(others).ok()? {
                [(Relation::In, Expression::List(values))] => values,
                _ => return None,
            }
        }
        _ => return None,
    };
    let is_literal = |value: &Expression| {
        matches!(value, Expression::Number(_) | Expression::Text(_) | Expression::Truth(_) | Expression::None)
    };
    values.iter().all(is_literal).then_some(values)
}
