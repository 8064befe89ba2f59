//! Tests that each function reports its calls: called, and how that ended. Not of what it returns.

use std::fmt::Write as _;

use super::head;
use super::samples::spelt;
use crate::errors::is_builtin;
use crate::interface::{Function, Interface};
use crate::layout::events_module;
use crate::pretty::{ECMASCRIPT, Pretty};
use crate::render::events;
use crate::render::spelling::Spelling;
use crate::render::text::{comment, quoted};
use crate::sample::{Sample, Samples};

/// Under which name the tests import the component: names of the contract are looked up on it.
const COMPONENT: &str = "_component";

/// Renders the tests; none for a contract without a function that can be called.
pub(super) fn emission(spelling: Spelling<'_>) -> Option<String> {
    let interface = spelling.interface;
    let component = &interface.component;
    let samples = Samples::new(interface);
    let (mut tests, mut left_out) = (String::new(), String::new());
    for function in &interface.functions {
        if let Some(found) = samples.arguments(function) {
            tests.push_str(&test(spelling, function, &found));
        } else {
            let reason = format!("- `{}`: no arguments are known that it accepts.", function.name);
            left_out.push_str(&comment(&reason));
        }
    }
    if tests.is_empty() {
        return None;
    }
    let first = format!("Looks whether the component `{component}` reports what is called, and how it ends.");
    let more = "What a function returns or throws is for other tests.".to_owned();
    let mut text = head(first, vec![more], spelling.dialect);
    let _ = write!(
        text,
        "\nimport {{ expect, test }} from \"vitest\";\n\nimport * as {COMPONENT} from {};\nimport {{ subscribe }} from {};\n",
        quoted(component),
        quoted(&events_module(component))
    );
    if !left_out.is_empty() {
        let _ = write!(text, "\n// Not tested here:\n{left_out}");
    }
    let about = events::about(interface, 0, "const _about = ".len());
    let _ = write!(text, "\nconst _about = {about};\n");
    text.push_str(&HELPERS.replace("<component>", component));
    if tests.contains("_nothing()") {
        text.push_str(NOTHING);
    }
    Some(text + &tests)
}

fn test(spelling: Spelling<'_>, function: &Function, found: &[(String, Sample)]) -> String {
    let interface = spelling.interface;
    // By position: what lies before the last that must be given, and may be left out, is left out.
    let given = |name: &str| found.iter().find(|(known, _)| known == name).map(|(_, value)| value);
    let last = function.parameters.iter().rposition(|parameter| given(&parameter.name).is_some());
    let needed = function.parameters.iter().take(last.map_or(0, |last| last + 1));
    let parts = needed
        .map(|parameter| match given(&parameter.name) {
            Some(value) => spelt(&value.qualified(COMPONENT), spelling),
            None => Pretty::Text("undefined".to_owned()),
        })
        .collect();
    let call = Pretty::group(format!("{COMPONENT}.{}(", function.name), parts, ")", "");
    let call = call.write(4, "    return ".len(), 1, &ECMASCRIPT);
    let errors = errors(interface, function).into_iter().map(Pretty::Text).collect();
    let parts = vec![
        Pretty::Text(quoted(&interface.event_key(function))),
        Pretty::Text("call".to_owned()),
        Pretty::group("[", errors, "]", ""),
    ];
    let statement = Pretty::group("await _reports(", parts, ")", "").write(2, 2, 1, &ECMASCRIPT);
    format!(
        "\ntest({}, async () => {{\n  const call = () => {{\n    return {call};\n  }};\n  {statement};\n}});\n",
        quoted(&function.name)
    )
}

/// Spells the errors that end a call by contract. What a precondition or a stand-in stands against may end in any.
fn errors(interface: &Interface, function: &Function) -> Vec<String> {
    let is_own = |error: &str| interface.type_names().contains(&error);
    let is_known = |error: &str| is_own(error) || is_builtin(error);
    let may_be_any = !interface.dependencies.is_empty()
        || !function.preconditions.is_empty()
        || !function.raises.iter().all(|(error, _)| is_known(error));
    if may_be_any {
        return vec!["Error".to_owned()];
    }
    let mut errors: Vec<String> = Vec::new();
    for (error, _) in &function.raises {
        let spelt = if is_own(error) { format!("{COMPONENT}.{error}") } else { error.clone() };
        if !errors.contains(&spelt) {
            errors.push(spelt);
        }
    }
    errors
}

/// Used by what is written where a value is iterated with `for await`.
const NOTHING: &str = r"
/** Iterates over nothing. */
async function* _nothing() {}
";

const HELPERS: &str = r#"
/** Fails where a call is not reported as what it was. */
async function _reports(key, call, errors) {
  const heard = [];
  const end = subscribe((event) => heard.push(event));
  let outcome = "completed";
  try {
    await call();
  } catch (error) {
    if (!errors.some((type) => error instanceof type)) throw error;
    outcome = "error";
  } finally {
    end();
  }
  for (const event of heard) {
    expect(event.pact_key).toMatch(/^PACT:<component>:/);
  }
  const own = heard.filter((event) => event.pact_key === key);
  expect(own, `nothing was reported as ${key}`).not.toHaveLength(0);
  const words = own.map((event) => event.event);
  expect(["invoked", "started"]).toContain(words[0]);
  expect(words.at(-1)).toBe(outcome);
  const begun = words.filter((word) => ["invoked", "started"].includes(word));
  expect(begun.length * 2, `${words}`).toBe(words.length);
  const times = own.map((event) => event.ts);
  expect(times).toEqual([...times].sort((left, right) => left - right));
  for (const event of own) expect(event).toMatchObject(_about);
}
"#;
