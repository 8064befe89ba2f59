//! Checks of validators, and of defaults by them.

use serde_json::Value;

use super::Checker;
use crate::contract::FieldSpec;
use crate::type_reference::TypeRef;
use crate::validator::{Fields, Kind, Place, Refusal, Rule, Validator};

impl Checker<'_> {
    pub(super) fn validators(&mut self, field: &FieldSpec, siblings: &[FieldSpec], pointer: &str) {
        // What is no reference has its finding already, and says nothing about its values.
        let Ok(type_ref) = TypeRef::parse(&field.type_ref) else { return };
        let types = std::mem::take(&mut self.types);
        let place = Place { type_ref: &type_ref, siblings, types: &types };
        let mut read: Vec<(usize, Validator)> = Vec::new();
        for (index, spec) in field.validators.iter().enumerate() {
            let at = format!("{pointer}/validators/{index}/expression");
            match Validator::read(spec, &place) {
                Err(refusal @ Refusal::Malformed(_)) => self.error("malformed-validator", &at, refusal.to_string()),
                Err(refusal @ Refusal::Impossible(_)) => self.error("impossible-validator", &at, refusal.to_string()),
                Err(refusal @ Refusal::Unsuited(_)) => self.error("unsuited-validator", &at, refusal.to_string()),
                Ok(validator) => {
                    if let Rule::Words(why) = &validator.rule {
                        let message = format!("nobody can enforce `{}`: {why}", shown(&spec.expression));
                        self.warning("unenforced-rule", &at, message);
                    }
                    if let Some((earlier, _)) = read.iter().find(|(_, other)| validator.contradicts(other)) {
                        let message = format!("no value meets this and the validator at {earlier}");
                        self.error("impossible-validator", &at, message);
                    }
                    read.push((index, validator));
                }
            }
        }
        let default = default(&field.default, &place.subject().kind);
        self.types = types;
        let Some(default) = default else { return };
        if let Some((index, _)) = read.iter().find(|(_, validator)| refuses(validator, &default)) {
            let message = format!("the default {} does not meet the validator at {index}", shown(&default.to_string()));
            self.error("default-refused", &format!("{pointer}/default"), message);
        }
    }
}

// A rule about other fields too says nothing about a default alone.
fn refuses(validator: &Validator, default: &Value) -> bool {
    match &validator.rule {
        Rule::Expression(expression) => expression.holds(default, &Fields::new()) == Ok(false),
        _ => !validator.accepts(default),
    }
}

// Defaults are texts. Only what can be nothing else is judged; the language says the rest.
fn default(written: &str, kind: &Kind) -> Option<Value> {
    let text = written.trim();
    if text.is_empty() || matches!(text, "None" | "null") {
        return None;
    }
    let unquoted = || {
        let inner = text.strip_prefix(['"', '\'']).and_then(|rest| rest.strip_suffix(['"', '\'']));
        inner.unwrap_or(text).to_owned()
    };
    match kind {
        Kind::Int | Kind::Float => serde_json::from_str(text).ok().filter(Value::is_number),
        Kind::Decimal | Kind::Text => Some(Value::String(unquoted())),
        _ => None,
    }
}

fn shown(text: &str) -> String {
    text.chars().take(80).collect::<String>().escape_debug().to_string()
}
