//! A contract whose faults are taken out one after the other, each by the smallest change that its place allows.

use pact_model::contract::ComponentContract;
use pact_model::finding::Finding;
use pact_model::type_reference::TypeRef;
use serde_json::{Map, Value, json};

use super::names::{other, rename_references, undefined, without_modules};
use crate::ports::ContractFault;

/// The object itself, which authors name among the inputs of methods.
const OBJECTS: [&str; 3] = ["self", "cls", "this"];

/// A contract as it is rendered.
pub(super) struct Amended {
    document: Value,
    file: String,
    findings: Vec<Finding>,
    /// Functions that are left out, with those before them counted as in the contract.
    gone: Vec<(String, usize)>,
}

impl Amended {
    /// Takes a contract over. Types that nobody defines are made opaque at once, and validators that `known` refuses words.
    pub(super) fn new(contract: &ComponentContract, file: &str, known: &[Finding]) -> Self {
        let document = serde_json::to_value(contract).expect("a contract is plain data");
        let mut amended = Self { document, file: file.to_owned(), findings: Vec::new(), gone: Vec::new() };
        amended.drop_objects();
        amended.define_the_undefined();
        for finding in known.iter().filter(|finding| finding.is_error()) {
            let pointer = finding.pointer.trim_end_matches("/expression");
            let is_validator = pointer.rsplit('/').nth(1) == Some("validators");
            if is_validator && let Some(how) = amended.say_otherwise(pointer, &finding.code) {
                amended.found(&finding.pointer, how);
            }
        }
        amended
    }

    // Contracts of the reference say `Class.method` with the object as the first input. No language writes it so in a call.
    fn drop_objects(&mut self) {
        let types = self.document["types"].as_array_mut().into_iter().flatten();
        let mut places = Vec::new();
        for (index, spec) in types.enumerate().filter(|(_, spec)| spec["kind"] == "class") {
            let Some(class) = spec.as_object_mut() else { continue };
            if class.get_mut("init").and_then(Value::as_array_mut).is_some_and(drop_first_object) {
                places.push(format!("/types/{index}/init/0"));
            }
            let methods = class.get_mut("methods").and_then(Value::as_array_mut).into_iter().flatten();
            for (method, inputs) in methods.map(|method| method["inputs"].as_array_mut()).enumerate() {
                if inputs.is_some_and(drop_first_object) {
                    places.push(format!("/types/{index}/methods/{method}/inputs/0"));
                }
            }
        }
        for place in places {
            self.found(&place, "the object itself is no input; it is left out".to_owned());
        }
    }

    fn define_the_undefined(&mut self) {
        for name in undefined(&self.document) {
            self.found("/types", format!("the contract does not define `{name}`; it is rendered as an opaque value"));
            if let Some(types) = self.document["types"].as_array_mut() {
                types.push(opaque(&name));
            }
        }
    }

    /// Returns the contract as it is now.
    pub(super) fn contract(&self) -> ComponentContract {
        serde_json::from_value(self.document.clone()).expect("only texts were changed and items of lists left out")
    }

    /// Returns what is said otherwise.
    pub(super) fn findings(self) -> Vec<Finding> {
        self.findings
    }

    /// Takes faults out. Returns whether each has led to a change.
    pub(super) fn amend(&mut self, faults: &[ContractFault]) -> bool {
        let mut done: Vec<String> = Vec::new();
        let mut left_out: Vec<(String, usize)> = Vec::new();
        // A type with a name that cannot be said is no fault of what refers to it.
        let renames_types = faults.iter().any(|fault| is_name_of_a_type(&fault.pointer()));
        for fault in faults {
            let pointer = whole(&fault.pointer()).to_owned();
            if done.contains(&pointer) || (renames_types && !is_name_of_a_type(&pointer)) {
                continue;
            }
            let before = self.document.clone();
            let mut how = self.say_otherwise(&pointer, &fault.code);
            if self.document == before {
                let Some((list, index)) = around(&pointer) else { return false };
                if list == "/types" {
                    how = self.make_opaque(&format!("{list}/{index}"));
                } else {
                    how = Some("the function is left out".to_owned());
                    left_out.push((list, index));
                }
            }
            let Some(how) = how else { return false };
            let place = self.as_it_was_read(&pointer);
            self.found(&place, format!("{}; {how}", fault.message));
            done.push(pointer);
        }
        // From behind, so that what is still to be left out keeps its place.
        left_out.sort();
        left_out.dedup();
        for (list, index) in left_out.into_iter().rev() {
            if let Some(items) = self.document.pointer_mut(&list).and_then(Value::as_array_mut)
                && index < items.len()
            {
                items.remove(index);
                self.gone.push((list, index));
            }
        }
        true
    }

    fn found(&mut self, pointer: &str, message: String) {
        self.findings.push(Finding::warning("rendered-otherwise", &self.file, pointer, message));
    }

    // What was left out before has moved what stands behind it.
    fn as_it_was_read(&self, pointer: &str) -> String {
        let mut pointer = pointer.to_owned();
        for (list, gone) in self.gone.iter().rev() {
            let Some(rest) = pointer.strip_prefix(list.as_str()).and_then(|rest| rest.strip_prefix('/')) else {
                continue;
            };
            let (index, below) = rest.split_once('/').map_or((rest, None), |(index, below)| (index, Some(below)));
            let Ok(index) = index.parse::<usize>() else { continue };
            if index >= *gone {
                let below = below.map_or_else(String::new, |below| format!("/{below}"));
                pointer = format!("{list}/{}{below}", index + 1);
            }
        }
        pointer
    }

    // Changes what stands at a place, and says how. Nothing changes where there is no smaller way than to leave it out.
    fn say_otherwise(&mut self, pointer: &str, code: &str) -> Option<String> {
        let parts: Vec<&str> = pointer.split('/').skip(1).collect();
        if let Some(at) = parts.iter().position(|part| *part == "validators") {
            let validator = format!("/{}", parts.get(..at + 2)?.join("/"));
            make_words(self.document.pointer_mut(&validator)?);
            return Some("the validator is rendered as a comment".to_owned());
        }
        let (above, last) = pointer.rsplit_once('/')?;
        match last {
            "type_ref" | "output_type" | "item_type" => self.make_reference_opaque(pointer),
            "inner_types" => {
                *self.document.pointer_mut(pointer)? = json!(["Any"]);
                Some("it is rendered as an opaque value".to_owned())
            }
            _ if above.ends_with("/inner_types") => self.make_reference_opaque(pointer),
            "default" => {
                let field = self.document.pointer_mut(above)?.as_object_mut()?;
                field.insert("default".to_owned(), json!(""));
                field.insert("required".to_owned(), json!(false));
                Some("the default is left out".to_owned())
            }
            "variants" => self.make_text(above),
            "fields" => {
                let fields = self.document.pointer_mut(pointer)?.as_array_mut()?;
                let validators = fields.iter_mut().filter_map(|field| field["validators"].as_array_mut()).flatten();
                validators.for_each(make_words);
                Some("its validators are rendered as comments".to_owned())
            }
            "init" | "methods" if code == "duplicate-name" => self.drop_object(pointer, last),
            "error_data" => {
                *self.document.pointer_mut(pointer)? = json!({});
                Some("the error is rendered without its data".to_owned())
            }
            "name" | "error_type" => self.rename(pointer, above),
            _ => None,
        }
    }

    // What stands in a module has a name without it, too: `list[pd.DataFrame]` is a list of `DataFrame`.
    fn make_reference_opaque(&mut self, pointer: &str) -> Option<String> {
        let reference = self.document.pointer_mut(pointer)?;
        let short = without_modules(reference.as_str()?);
        if reference.as_str() == Some(&short) || TypeRef::parse(&short).is_err() {
            *reference = json!("Any");
            return Some("it is rendered as an opaque value".to_owned());
        }
        *reference = json!(short);
        self.define_the_undefined();
        Some(format!("it is rendered as `{short}`"))
    }

    fn rename(&mut self, pointer: &str, above: &str) -> Option<String> {
        let name = self.document.pointer_mut(pointer)?;
        let old = name.as_str()?.to_owned();
        let new = other(&old);
        *name = json!(new);
        if let Some(("/types", _)) = above.rsplit_once('/') {
            rename_references(&mut self.document, &old, &new);
        }
        Some(format!("it is rendered as `{new}`"))
    }

    fn drop_object(&mut self, pointer: &str, list: &str) -> Option<String> {
        let items = self.document.pointer_mut(pointer)?.as_array_mut()?;
        let is_object = |input: &Value| input["name"].as_str().is_some_and(|name| OBJECTS.contains(&name));
        if list == "init" {
            items.retain(|input| !is_object(input));
        } else {
            for inputs in items.iter_mut().filter_map(|method| method["inputs"].as_array_mut()) {
                inputs.retain(|input| !is_object(input));
            }
        }
        Some("the object itself is no input".to_owned())
    }

    // Values that cannot be members can still be texts.
    fn make_text(&mut self, pointer: &str) -> Option<String> {
        let spec = self.document.pointer_mut(pointer)?.as_object_mut()?;
        spec.insert("kind".to_owned(), json!("primitive"));
        spec.insert("variants".to_owned(), json!([]));
        spec.insert("inner_types".to_owned(), json!(["str"]));
        Some("the enumeration is rendered as any text".to_owned())
    }

    fn make_opaque(&mut self, pointer: &str) -> Option<String> {
        let spec = self.document.pointer_mut(pointer)?;
        *spec = opaque(spec["name"].as_str()?);
        Some("the type is rendered as an opaque value".to_owned())
    }
}

// A validator in words is documentation. What follows the kind is no expression of any kind, so nobody enforces half of it.
fn make_words(validator: &mut Value) {
    let text = |field: &str| validator[field].as_str().unwrap_or_default().trim().to_owned();
    let (kind, expression) = (text("kind"), text("expression"));
    let words = format!("{kind}: {expression}");
    if let Some(fields) = validator.as_object_mut() {
        fields.insert("kind".to_owned(), json!("custom"));
        fields.insert("expression".to_owned(), json!(words));
    }
}

// One member that cannot be said is a matter of its whole enumeration.
fn whole(pointer: &str) -> &str {
    match pointer.rsplit_once('/') {
        Some((above, _)) if above.ends_with("/variants") => above,
        _ => pointer,
    }
}

fn is_name_of_a_type(pointer: &str) -> bool {
    let parts: Vec<&str> = pointer.split('/').collect();
    matches!(parts.as_slice(), ["", "types", _, "name"])
}

fn drop_first_object(inputs: &mut Vec<Value>) -> bool {
    let is_object = inputs.first().is_some_and(|input| input["name"] == "self" || input["name"] == "cls");
    if is_object {
        inputs.remove(0);
    }
    is_object
}

fn opaque(name: &str) -> Value {
    let mut spec = Map::new();
    spec.insert("name".to_owned(), json!(name));
    spec.insert("kind".to_owned(), json!("primitive"));
    spec.insert("inner_types".to_owned(), json!(["Any"]));
    Value::Object(spec)
}

// Returns the smallest thing around a place that can be left out: a method, a function, a type.
fn around(pointer: &str) -> Option<(String, usize)> {
    let parts: Vec<&str> = pointer.split('/').collect();
    let lists = ["functions", "methods", "types"];
    let at = (0..parts.len().saturating_sub(1)).rev().find(|at| lists.contains(&parts[*at]))?;
    Some((parts[..=at].join("/"), parts.get(at + 1)?.parse().ok()?))
}

#[cfg(test)]
mod tests;
