//! Tests that each function reports its calls: called, and how that ended. Not of what it returns.

use std::fmt::Write as _;

use super::head;
use super::samples::{arguments, modules};
use crate::exceptions::is_builtin;
use crate::interface::{Function, Interface};
use crate::layout::events_module;
use crate::pretty::{PYTHON, Pretty};
use crate::render::events;
use crate::render::python::{comment, quoted};
use crate::sample::{Sample, Samples};

/// Under which name the tests import the component.
const COMPONENT: &str = "_component";

/// Renders the tests; none for a contract without a function that can be called.
pub(super) fn emission(interface: &Interface) -> Option<String> {
    let component = &interface.component;
    let samples = Samples::new(interface);
    let (mut tests, mut left_out) = (String::new(), String::new());
    for function in &interface.functions {
        if let Some(found) = samples.arguments(function) {
            tests.push_str(&test(interface, function, &found));
        } else {
            let reason = format!("- `{}`: no arguments are known that it accepts.", function.name);
            left_out.push_str(&comment("", &reason));
        }
    }
    if tests.is_empty() {
        return None;
    }
    let first = format!("Looks whether the component `{component}` reports what is called, and how it ends.");
    let mut text = head(first, vec!["What a function returns or raises is for other tests.".to_owned()]);
    let is_awaited = tests.contains("_awaited(");
    let mut standard: Vec<&str> = modules(&tests).collect();
    standard.extend(is_awaited.then_some("asyncio"));
    standard.sort_unstable();
    let standard: String = standard.into_iter().map(|module| format!("import {module}\n")).collect();
    let standard = if standard.is_empty() { standard } else { standard + "\n" };
    let _ =
        write!(text, "\n{standard}import {component} as _component\nimport {} as _events\n", events_module(component));
    if !left_out.is_empty() {
        let _ = write!(text, "\n# Not tested here:\n{left_out}");
    }
    let about = events::about(interface, 0, "_ABOUT = ".len());
    let _ = write!(text, "\n_ABOUT = {about}\n");
    text.push_str(&HELPERS.replace("<component>", component));
    if is_awaited {
        text.push_str(AWAITED);
    }
    if tests.contains("_nothing()") {
        text.push_str(NOTHING);
    }
    Some(text + &tests)
}

fn test(interface: &Interface, function: &Function, found: &[(String, Sample)]) -> String {
    // Names of the contract are looked up on the component: a test may not import what a parameter is called.
    let qualified: Vec<(String, Sample)> =
        found.iter().map(|(name, value)| (name.clone(), value.qualified(COMPONENT))).collect();
    let (by_position, _) = crate::interface::by_position_and_name(function);
    let parts: Vec<Pretty> = qualified
        .iter()
        .zip(arguments(&qualified))
        .map(|((name, _), part)| match part {
            Pretty::Pair(_, value) if by_position.contains(&name.as_str()) => *value,
            part => part,
        })
        .collect();
    let call = Pretty::group(format!("{COMPONENT}.{}(", function.name), parts, ")", "");
    let call = if function.is_async { Pretty::Hugging("_awaited(".to_owned(), Box::new(call), ")") } else { call };
    let errors = errors(interface, function);
    let errors = match errors.as_slice() {
        [] => "()".to_owned(),
        [single] => format!("({single},)"),
        errors => format!("({})", errors.join(", ")),
    };
    let body = call.write(8, 15, 0, &PYTHON);
    let key = quoted(&interface.event_key(function));
    let statement = Pretty::group(
        "_reports(",
        vec![Pretty::Text(key), Pretty::Text("call".to_owned()), Pretty::Text(errors)],
        ")",
        "",
    );
    format!(
        "\n\ndef test_{}():\n    def call():\n        return {body}\n\n    {}\n",
        function.name,
        statement.write(4, 4, 0, &PYTHON)
    )
}

/// Spells the errors that end a call by contract. What a precondition or a stand-in stands against may end in any.
fn errors(interface: &Interface, function: &Function) -> Vec<String> {
    if !interface.dependencies.is_empty() {
        return vec!["BaseException".to_owned()];
    }
    let is_known = |error: &str| interface.type_names().contains(&error) || is_builtin(error);
    if !function.preconditions.is_empty() || !function.raises.iter().all(|(error, _)| is_known(error)) {
        return vec!["Exception".to_owned()];
    }
    let mut errors: Vec<String> = Vec::new();
    for (error, _) in &function.raises {
        let own = interface.type_names().contains(&error.as_str());
        let spelt = if own { format!("{COMPONENT}.{error}") } else { error.clone() };
        if !errors.contains(&spelt) {
            errors.push(spelt);
        }
    }
    errors
}

/// Used by what is written where a value is iterated with `async for`.
const NOTHING: &str = r#"

async def _nothing():
    """Iterates over nothing."""
    for item in ():
        yield item
"#;

const AWAITED: &str = r#"

def _awaited(coroutine):
    """Waits for the end of a call."""

    async def end():
        return await coroutine

    return asyncio.run(end())
"#;

const HELPERS: &str = r#"

def _reports(key, call, errors):
    """Fails where a call is not reported as what it was."""
    heard = []
    end = _events.subscribe(heard.append)
    outcome = "completed"
    try:
        call()
    except errors:
        outcome = "error"
    finally:
        end()
    assert all(event["pact_key"].startswith("PACT:<component>:") for event in heard)
    own = [event for event in heard if event["pact_key"] == key]
    assert own, f"nothing was reported as {key}"
    words = [event["event"] for event in own]
    assert words[0] in ("invoked", "started")
    assert words[-1] == outcome
    begun = sum(word in ("invoked", "started") for word in words)
    assert begun * 2 == len(words), f"{words}: each call begins once and ends once"
    times = [event["ts"] for event in own]
    assert times == sorted(times)
    for event in own:
        assert {name: event[name] for name in _ABOUT} == _ABOUT
"#;
