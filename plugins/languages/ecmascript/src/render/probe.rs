//! A test that calls one function once, with arguments of a chosen size. Not a test of what comes back: the contract's tests are.

use std::fmt::Write as _;

use super::text::{documentation, quoted};
use crate::dialect::Dialect;
use crate::errors::is_builtin;
use crate::generators::generator_name;
use crate::interface::fault::{Fault, FaultKind};
use crate::interface::{Function, Interface, InterfaceError};
use crate::layout::types_module;

/// Renders the test. `path` is the source that holds the generator, relative to the root of what is tested; the rendered test
/// finds it from any folder below that root.
pub fn probe(
    interface: &Interface,
    dialect: Dialect,
    function: &str,
    path: &str,
    size: u64,
) -> Result<String, InterfaceError> {
    let unknown = || {
        let message = format!("`{function}` is no function of the contract");
        InterfaceError::Invalid(vec![Fault::new(FaultKind::InvalidName, "functions", message)])
    };
    let function = interface.functions.iter().find(|known| known.name == function).ok_or_else(unknown)?;
    let component = &interface.component;
    let generator = generator_name(&function.name);
    let errors = errors(interface, function);
    let mut text = documentation(
        "",
        &[
            format!("Calls `{component}.{}` once, with what `{generator}` makes.", function.name),
            "Rendered by pact.".to_owned(),
        ],
    );
    if dialect == Dialect::TypeScript {
        text.push_str("// @ts-nocheck\n");
    }
    let _ = write!(
        text,
        "\nimport {{ describe, test }} from \"vitest\";\n\nimport * as _component from \"{component}\";\n"
    );
    if errors.iter().any(|error| error.starts_with("_types.")) {
        let _ = writeln!(text, "import * as _types from \"{}\";", types_module(component));
    }
    // A name first: no name holds the sign for the path, but a path may hold anything.
    text.push_str(&LOAD.replace("<generator>", &generator).replace("<path>", &quoted(path)));
    text.push_str(
        &PROBE
            .replace("<function>", &function.name)
            .replace("<size>", &size.to_string())
            .replace("<errors>", &format!("[{}]", errors.join(", "))),
    );
    Ok(text)
}

/// Spells the errors that the contract declares. One of a module that nobody knows is told by its name.
fn errors(interface: &Interface, function: &Function) -> Vec<String> {
    let types = interface.type_names();
    let mut errors: Vec<String> = Vec::new();
    for (error, _) in &function.raises {
        let spelt = if types.contains(&error.as_str()) {
            format!("_types.{error}")
        } else if is_builtin(error) {
            error.clone()
        } else {
            quoted(error.rsplit('.').next().unwrap_or_default())
        };
        if !errors.contains(&spelt) {
            errors.push(spelt);
        }
    }
    errors
}

/// The tests beside the generator come with it: they belong to a suite that is skipped.
const LOAD: &str = r#"
let _tests;

describe.skip("the file of the generator", async () => {
  const problems = [];
  for (let folders = 0; folders < 16 && !_tests; folders += 1) {
    const place = (folders === 0 ? "./" : "../".repeat(folders)) + <path>;
    try {
      _tests = await import(place);
    } catch (error) {
      problems.push(`${place}: ${error}`);
    }
  }
  if (!_tests) throw new Error(problems.join("\n"));
});

/** Asks the generator of the contract's tests. */
function _arguments(size) {
  const made = _tests.<generator>(size);
  if (!Array.isArray(made)) {
    throw new TypeError(`\`<generator>\` returned ${typeof made}; it must return an array of arguments`);
  }
  return made;
}
"#;

const PROBE: &str = r#"
/** Awaits what is called, and iterates over what is made while it is used. */
async function _useUp(call) {
  const result = await call();
  if (typeof result?.next !== "function") return;
  if (typeof result[Symbol.asyncIterator] === "function") {
    for await (const _ of result);
  } else {
    for (const _ of result);
  }
}

test("probe", async () => {
  const values = _arguments(<size>);
  try {
    await _useUp(() => _component.<function>(...values));
  } catch (error) {
    const isDeclared = (type) => (typeof type === "string" ? error?.name === type : error instanceof type);
    if (!<errors>.some(isDeclared)) throw error;
  }
});
"#;
