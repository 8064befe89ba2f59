//! Tests that the component has what its contract says. Not of what it does: nothing of it is called.

use std::fmt::Write as _;

use super::head;
use crate::interface::{Function, Interface, by_position_and_name};
use crate::pretty::{PYTHON, Pretty};
use crate::render::python::quoted;

/// Renders the tests; none for a contract without functions, types and classes.
pub(super) fn smoke(interface: &Interface) -> Option<String> {
    let component = &interface.component;
    let mut tests = String::new();
    for name in interface.type_names() {
        let _ = write!(tests, "\n\ndef test_type_{name}():\n    _export({})\n", quoted(name));
    }
    for class in &interface.classes {
        let _ = write!(tests, "\n\ndef test_class_{}():\n", class.name);
        tests.push_str(&takes(&class.init, &format!("_export({})", quoted(&class.name)), None));
        for method in &class.methods {
            let place = format!("_export({}).{}", quoted(&class.name), method.name);
            tests.push_str(&takes(method, &place, Some("self")));
            tests.push_str(&awaits(method, &place));
        }
    }
    for function in &interface.functions {
        let place = format!("_export({})", quoted(&function.name));
        let _ = write!(tests, "\n\ndef test_function_{}():\n", function.name);
        tests.push_str(&takes(function, &place, None));
        tests.push_str(&awaits(function, &place));
    }
    if tests.is_empty() {
        return None;
    }
    let first = format!("Looks whether the component `{component}` has what its contract says.");
    let more = "Nothing of it is called.".to_owned();
    let mut text = head(first, vec![more]);
    let _ = writeln!(text, "\nimport inspect\n\nimport {component}");
    text.push_str(&HELPERS.replace("<component>", component));
    for (call, helper) in [("_takes(", TAKES), ("_is_awaited(", AWAITED)] {
        if tests.contains(call) {
            text.push_str(helper);
        }
    }
    Some(text + &tests)
}

/// Writes the statement that looks at the parameters of something.
fn takes(function: &Function, place: &str, first: Option<&str>) -> String {
    let (by_position, by_name) = by_position_and_name(function);
    let has_default = |name: &&str| {
        function.parameters.iter().any(|parameter| parameter.name == **name && parameter.default.is_some())
    };
    let (optional, required): (Vec<&str>, Vec<&str>) = by_position.into_iter().partition(has_default);
    let list = |names: Vec<&str>| {
        Pretty::group("[", names.into_iter().map(|name| Pretty::Text(quoted(name))).collect(), "]", "")
    };
    let mut parts = vec![Pretty::Text(place.to_owned()), list(first.into_iter().chain(required).collect())];
    if !optional.is_empty() {
        parts.push(Pretty::Pair("optional=".to_owned(), Box::new(list(optional))));
    }
    if !by_name.is_empty() {
        parts.push(Pretty::Pair("by_name=".to_owned(), Box::new(list(by_name))));
    }
    format!("    {}\n", Pretty::group("_takes(", parts, ")", "").write(4, 4, 0, &PYTHON))
}

/// Writes the statement that looks whether a call is awaited. What is iterated with `async for` may be written in both ways.
fn awaits(function: &Function, place: &str) -> String {
    match (function.is_async, function.output.is_async_stream()) {
        (true, _) => format!("    assert _is_awaited({place})\n"),
        (false, true) => String::new(),
        (false, false) => format!("    assert not _is_awaited({place})\n"),
    }
}

const HELPERS: &str = r#"

def _export(name):
    """Returns something that the component must have."""
    assert hasattr(<component>, name), f"`<component>` has no `{name}`"
    return getattr(<component>, name)
"#;

const TAKES: &str = r#"

def _takes(function, required, optional=(), by_name=()):
    """Fails where a call that the contract allows would not be taken."""
    assert callable(function)
    signature = inspect.signature(function)
    named = dict.fromkeys(by_name)
    signature.bind(*required, **named)
    signature.bind(*required, *optional, **named)
"#;

const AWAITED: &str = r#"

def _is_awaited(function):
    """Answers whether a call gives a coroutine."""
    return inspect.iscoroutinefunction(inspect.unwrap(function))
"#;
