//! The module that tests import. It is Python: the runner of Python executes it.

use pact_language_python::interface::Interface;
use pact_language_python::layout::types_module;

use crate::code::FAIL;

/// Renders the module of a component, whose code lies at `code`, seen from the root of the suite.
pub fn module(interface: &Interface, code: &str) -> String {
    let component = &interface.component;
    let mut text = format!("\"\"\"The component `{component}`: its functions, as `{code}` defines them.\"\"\"\n\n");
    text.push_str("import operator\nfrom pathlib import Path\n");
    let mut types = interface.type_names();
    types.sort_unstable();
    if !types.is_empty() {
        text.push_str(&format!("\nfrom {} import {}\n", types_module(component), types.join(", ")));
    }
    // This file lies two folders below the root.
    text.push_str(&READER.replace("<code>", &format!("{code:?}")).replace("<fail>", &format!("{FAIL:?}")));
    for function in &interface.functions {
        let parameters: Vec<&str> = function.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        let parameters = parameters.join(", ");
        let name = &function.name;
        let arguments = if parameters.is_empty() { String::new() } else { format!(", {parameters}") };
        text.push_str(&format!("\n\ndef {name}({parameters}):\n    return _run({name:?}{arguments})\n"));
    }
    text
}

const READER: &str = r##"
_OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
_FUNCTIONS = {}
_code = Path(__file__).parents[2] / <code>

for _line in _code.read_text().splitlines():
    _head, _, _body = _line.partition("#")[0].partition(":")
    if _head.split():
        _name, *_parameters = _head.split()
        _FUNCTIONS[_name] = (_parameters, _body.split())


def _run(name, *arguments):
    parameters, words = _FUNCTIONS[name]
    values = dict(zip(parameters, arguments, strict=True))
    stack = []
    for word in words:
        if word in _OPERATIONS:
            right = stack.pop()
            stack.append(_OPERATIONS[word](stack.pop(), right))
        elif word == <fail>:
            raise RuntimeError(f"{name} fails")
        else:
            stack.append(values[word] if word in values else int(word))
    (result,) = stack
    return result
"##;

/// Renders code that is wrong on purpose: the same words for every function.
pub fn decoy(interface: &Interface, word: &str) -> String {
    let line = |function: &pact_language_python::interface::Function| {
        let parameters = function.parameters.iter().map(|parameter| format!(" {}", parameter.name));
        format!("{}{} : {word}\n", function.name, parameters.collect::<String>())
    };
    interface.functions.iter().map(line).collect()
}
