//! Names that a language accepts, made from those that it does not, and the references that follow them.

use std::collections::BTreeSet;

use pact_model::type_reference;
use serde_json::Value;

/// The fields of a contract that hold one reference to a type.
const REFERENCES: [&str; 3] = ["type_ref", "output_type", "item_type"];

/// Returns another name: the same in ASCII letters, digits and `_`, else with a `_` at its end.
pub(super) fn other(name: &str) -> String {
    let plain: String = name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    let public = plain.trim_start_matches('_');
    let new = match public.chars().next() {
        None => "unnamed".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("n{public}"),
        Some(_) => public.to_owned(),
    };
    if new == name { format!("{new}_") } else { new }
}

/// Returns the names in references that the contract does not define.
pub(super) fn undefined(document: &Value) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    each_reference(&mut document.clone(), &mut |reference| {
        used.extend(type_reference::names(reference).unwrap_or_default());
    });
    let types = document["types"].as_array().into_iter().flatten();
    for name in types.filter_map(|spec| spec["name"].as_str()) {
        used.remove(name);
    }
    used
}

/// Gives a type another name wherever it is meant.
pub(super) fn rename_references(document: &mut Value, old: &str, new: &str) {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    each_reference(document, &mut |reference| {
        let mut renamed = String::new();
        let mut word = String::new();
        for letter in reference.chars().map(Some).chain([None]) {
            if let Some(letter) = letter.filter(|letter| is_letter(*letter)) {
                word.push(letter);
                continue;
            }
            renamed.push_str(if word == old { new } else { &word });
            word.clear();
            renamed.extend(letter);
        }
        *reference = renamed;
    });
}

/// Returns a reference in which no name has a module before it.
pub(super) fn without_modules(reference: &str) -> String {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
    let mut short = String::new();
    let mut word = String::new();
    for letter in reference.chars().map(Some).chain([None]) {
        if let Some(letter) = letter.filter(|letter| is_part(*letter)) {
            word.push(letter);
            continue;
        }
        // `...` is no name.
        short.push_str(word.rsplit('.').next().filter(|last| !last.is_empty()).unwrap_or(&word));
        word.clear();
        short.extend(letter);
    }
    short
}

fn each_reference(document: &mut Value, visit: &mut impl FnMut(&mut String)) {
    match document {
        Value::Array(items) => items.iter_mut().for_each(|item| each_reference(item, visit)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(reference) if REFERENCES.contains(&name.as_str()) => visit(reference),
                    Value::Array(items) if name == "inner_types" => {
                        for item in items {
                            if let Value::String(reference) = item {
                                visit(reference);
                            }
                        }
                    }
                    value => each_reference(value, visit),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn another_name_is_always_another_one_and_plain() {
        let names = ["class", "_hidden", "Money.add", "2fast", "größe", "__", "pay-now", "x"];
        let others = ["class_", "hidden", "Money_add", "n2fast", "gr__e", "unnamed", "pay_now", "x_"];
        assert_eq!(names.map(other), others);
    }

    #[test]
    fn modules_are_left_out_of_references() {
        assert_eq!(without_modules("list[pd.DataFrame | a.b.C]"), "list[DataFrame | C]");
        assert_eq!(without_modules("tuple[int, ...]"), "tuple[int, ...]");
    }

    #[test]
    fn references_follow_a_type_and_no_word_that_only_holds_its_name() {
        let mut document = json!({"types": [{"name": "A", "inner_types": ["A", "AB"], "description": "A"}],
                                  "functions": [{"output_type": "dict[str, A | BA]", "inputs": [{"type_ref": "A"}]}]});
        assert_eq!(undefined(&document), BTreeSet::from(["AB".to_owned(), "BA".to_owned()]));
        rename_references(&mut document, "A", "A_");
        let renamed = json!({"types": [{"name": "A", "inner_types": ["A_", "AB"], "description": "A"}],
                             "functions": [{"output_type": "dict[str, A_ | BA]", "inputs": [{"type_ref": "A_"}]}]});
        assert_eq!(document, renamed);
    }
}
