//! A test that calls one function once, with arguments of a chosen size. Not a test of what comes back: the contract's tests are.

use std::fmt::Write as _;

use super::python::{docstring, quoted, tuple_of};
use crate::exceptions::is_builtin;
use crate::generators::generator_name;
use crate::identifier;
use crate::interface::fault::{Fault, FaultKind};
use crate::interface::{Function, Interface, InterfaceError};
use crate::layout::types_module;

/// Renders the test. `path` is the source that holds the generator, relative to the root of what is tested; the rendered test
/// finds it from any folder below that root.
pub fn probe(interface: &Interface, function: &str, path: &str, size: u64) -> Result<String, InterfaceError> {
    let unknown = || {
        let message = format!("`{function}` is no function of the contract");
        InterfaceError::Invalid(vec![Fault::new(FaultKind::InvalidName, "functions", message)])
    };
    let function = interface.functions.iter().find(|known| known.name == function).ok_or_else(unknown)?;
    let component = &interface.component;
    let generator = generator_name(&function.name);
    let errors = errors(interface, function);
    let paragraphs = [
        format!("Calls `{component}.{}` once, with what `{generator}` makes.", function.name),
        "Rendered by pact.".to_owned(),
    ];
    let is_awaited = function.is_async || function.output.is_async_stream();
    let mut modules: Vec<&str> = vec!["importlib.util", "pathlib"];
    modules.extend(is_awaited.then_some("asyncio"));
    modules.sort_unstable();
    let mut text = docstring("", &paragraphs);
    text.push('\n');
    for module in modules {
        let _ = writeln!(text, "import {module}");
    }
    let _ = writeln!(text, "\nimport {component} as _component");
    if errors.iter().any(|error| error.starts_with("_types.")) {
        let _ = writeln!(text, "import {} as _types", types_module(component));
    }
    for (index, (module, name)) in elsewhere(function).iter().enumerate() {
        let error = format!("_Error{index}");
        text.push_str(&ELSEWHERE.replace("<module>", module).replace("<name>", name).replace("<error>", &error));
    }
    // A name first: no name holds the sign for the path, but a path may hold anything.
    text.push_str(&LOAD.replace("<generator>", &generator).replace("<path>", &quoted(path)));
    let (arguments, named) = passed_on(function);
    let call = format!("_component.{}({arguments})", function.name);
    let call = if is_awaited {
        text.push_str(&USE_UP_ASYNC.replace("<await>", if function.is_async { "await " } else { "" }));
        format!("asyncio.run(_use_up(lambda: {call}))")
    } else {
        text.push_str(USE_UP);
        format!("_use_up({call})")
    };
    let _ =
        write!(text, "\n\ndef test_probe():\n    arguments = _arguments({size})\n{named}    try:\n        {call}\n");
    let _ = write!(text, "    except {}:\n        pass\n", tuple_of(&errors));
    Ok(text)
}

/// Spells the errors that the contract declares.
fn errors(interface: &Interface, function: &Function) -> Vec<String> {
    let types = interface.type_names();
    let mut errors: Vec<String> = Vec::new();
    for (error, _) in &function.raises {
        let spelt = if types.contains(&error.as_str()) {
            format!("_types.{error}")
        } else if is_builtin(error) {
            error.clone()
        } else {
            continue;
        };
        if !errors.contains(&spelt) {
            errors.push(spelt);
        }
    }
    errors.extend((0..elsewhere(function).len()).map(|index| format!("_Error{index}")));
    errors
}

/// Returns module and name of the errors that belong to somebody else.
fn elsewhere(function: &Function) -> Vec<(&str, &str)> {
    let dotted = function.raises.iter().filter_map(|(error, _)| error.rsplit_once('.'));
    let mut found: Vec<(&str, &str)> = dotted
        .filter(|(module, name)| module.split('.').chain([*name]).all(|part| identifier::check(part).is_ok()))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Writes the arguments, and what they need before the call. What a signature takes by name only comes last in the tuple.
fn passed_on(function: &Function) -> (String, String) {
    let (by_position, by_name) = crate::interface::by_position_and_name(function);
    if by_name.is_empty() {
        return ("*arguments".to_owned(), String::new());
    }
    let (count, names) = (by_position.len(), by_name.iter().map(|name| quoted(name)).collect::<Vec<_>>());
    let named = format!("    named = dict(zip({}, arguments[{count}:]))\n", tuple_of(&names));
    (format!("*arguments[:{count}], **named"), named)
}

const ELSEWHERE: &str = r#"
try:
    from <module> import <name> as <error>
except ImportError:

    class <error>(Exception):
        """Its module is not here, so nobody can raise it."""
"#;

const LOAD: &str = r#"

def _arguments(size):
    """Asks the generator of the contract's tests, which lie below one of the folders round this file."""
    folders = pathlib.Path(__file__).resolve().parents
    place = next(folder / <path> for folder in folders if (folder / <path>).is_file())
    spec = importlib.util.spec_from_file_location("_tests_with_generators", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    arguments = module.<generator>(size)
    if not isinstance(arguments, tuple):
        raise TypeError(f"`<generator>` returned {type(arguments).__name__}; it must return a tuple of arguments")
    return arguments
"#;

const USE_UP: &str = r#"

def _use_up(result):
    """Iterates over what is made while it is used."""
    if hasattr(result, "__next__"):
        for _ in result:
            pass
"#;

const USE_UP_ASYNC: &str = r#"

async def _use_up(call):
    """Awaits what is called, and iterates over what is made while it is used."""
    result = <await>call()
    if hasattr(result, "__anext__"):
        async for _ in result:
            pass
    elif hasattr(result, "__next__"):
        for _ in result:
            pass
"#;
