//! Tests that the component has what its contract says. Not of what it does: nothing of it is called.

use std::fmt::Write as _;

use super::head;
use crate::interface::{Function, TypeDefinition};
use crate::pretty::{ECMASCRIPT, Pretty};
use crate::render::spelling::Spelling;
use crate::render::text::quoted;

/// Renders the tests; none for a contract without functions, types and classes.
pub(super) fn smoke(spelling: Spelling<'_>) -> Option<String> {
    let interface = spelling.interface;
    let component = &interface.component;
    let mut tests = String::new();
    for name in interface.type_names() {
        // Another name for a type is nothing that a program could look at.
        let kind = match interface.definition(name) {
            Some(TypeDefinition::Alias(_)) => continue,
            Some(TypeDefinition::Enumeration(_)) => "object",
            _ => "function",
        };
        let looked = format!("  expect(_component.{name}).toBeTypeOf({});\n", quoted(kind));
        tests.push_str(&test(&format!("type {name}"), &looked));
    }
    for class in &interface.classes {
        let place = format!("_component.{}", class.name);
        let mut looked = takes(&class.init, &place);
        for method in &class.methods {
            let place = format!("{place}.prototype.{}", method.name);
            looked.push_str(&takes(method, &place));
            looked.push_str(&awaits(method, &place));
        }
        tests.push_str(&test(&format!("class {}", class.name), &looked));
    }
    for function in &interface.functions {
        let place = format!("_component.{}", function.name);
        let looked = takes(function, &place) + &awaits(function, &place);
        tests.push_str(&test(&format!("function {}", function.name), &looked));
    }
    if tests.is_empty() {
        return None;
    }
    let first = format!("Looks whether the component `{component}` has what its contract says.");
    let more = "Nothing of it is called.".to_owned();
    let mut text = head(first, vec![more], spelling.dialect);
    let _ = write!(
        text,
        "\nimport {{ expect, test }} from \"vitest\";\n\nimport * as _component from {};\n",
        quoted(component)
    );
    for (call, helper) in [("_takes(", TAKES), ("_isAsync(", AWAITED)] {
        if tests.contains(call) {
            text.push_str(helper);
        }
    }
    Some(text + &tests)
}

fn test(name: &str, statements: &str) -> String {
    format!("\ntest({}, () => {{\n{statements}}});\n", quoted(name))
}

/// Writes the statement that looks at the parameters of something.
fn takes(function: &Function, place: &str) -> String {
    let parts = vec![Pretty::Text(place.to_owned()), Pretty::Text(function.parameters.len().to_string())];
    format!("  {};\n", Pretty::group("_takes(", parts, ")", "").write(2, 2, 1, &ECMASCRIPT))
}

/// Writes the statement that looks whether a call gives a promise. A function that is awaited may be written without `async`.
fn awaits(function: &Function, place: &str) -> String {
    if function.is_async || function.output.is_async_stream() {
        return String::new();
    }
    let flat = format!("  expect(_isAsync({place})).toBe(false);\n");
    if flat.len() <= ECMASCRIPT.width + 1 {
        return flat;
    }
    format!("  expect(\n    _isAsync({place}),\n  ).toBe(false);\n")
}

const TAKES: &str = r#"
/** Fails where a call needs more than the contract gives. */
function _takes(found, count) {
  expect(found).toBeTypeOf("function");
  expect(found.length).toBeLessThanOrEqual(count);
}
"#;

const AWAITED: &str = r#"
/** Answers whether a function is written with `async`. */
function _isAsync(found) {
  return found.constructor.name === "AsyncFunction";
}
"#;
