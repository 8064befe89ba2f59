//! The module that replaces a component in the suites of its dependants. Not the proxy of a component's own suite: nothing is
//! called from here but what a test has put in place.

use std::fmt::Write as _;

use super::python::{class, docstring, imports, method_signature, quoted, signature};
use crate::interface::{Class, Function, Interface};
use crate::type_ref::Spelling;

/// Renders the stand-in.
pub fn stand_in(interface: &Interface) -> String {
    let component = &interface.component;
    let mut paragraphs =
        vec![format!("Stand-in for the component `{component}` in the tests of the components that depend on it.")];
    let exports: Vec<&str> = interface.classes.iter().map(|class| class.name.as_str()).collect();
    let functions = interface.functions.iter().map(|function| function.name.as_str());
    let exports: Vec<&str> = exports.into_iter().chain(functions).collect();
    if let Some(example) = exports.last() {
        paragraphs.push(format!(
            "The types are the real ones. What is called raises until a test replaces it on this module:\n\
             `monkeypatch.setattr({component}, {}, fake)`. That reaches who said `from {component} import {example}`, too.",
            quoted(example)
        ));
    }
    paragraphs.push("Rendered by pact from the contract: change the contract, not this file.".to_owned());
    let mut text = format!("{}\nfrom __future__ import annotations\n", docstring("", &paragraphs));
    text.push_str(&imports(interface, true, &[]));
    if exports.is_empty() {
        return text;
    }
    text.push_str(HELPER);
    if !interface.classes.is_empty() {
        text.push_str(CLASS_HELPER);
    }
    for definition in &interface.classes {
        text.push_str(&replaceable_class(component, definition));
    }
    for function in &interface.functions {
        let _ = write!(text, "\n\n{}\n    {}\n", signature(function, Spelling::Private), dispatch(function));
    }
    let names: String = exports.iter().map(|name| format!("    {}: {name},\n", quoted(name))).collect();
    // The runner knows a stand-in by this line.
    let _ = write!(text, "\n\n_stand_ins = {{\n{names}}}\n");
    text
}

/// Calls the replacement as a proxy calls: by position, with the defaults of the contract.
fn dispatch(function: &Function) -> String {
    let (by_position, by_name) = crate::interface::by_position_and_name(function);
    let by_position = by_position.into_iter().map(str::to_owned);
    let arguments: Vec<String> = by_position.chain(by_name.into_iter().map(|name| format!("{name}={name}"))).collect();
    let awaited = if function.is_async { "await " } else { "" };
    format!("return {awaited}_replacement({})({})", quoted(&function.name), arguments.join(", "))
}

/// A test may put a subclass in its place: what that leaves out raises.
fn replaceable_class(component: &str, definition: &Class) -> String {
    let constructor = format!("    {}\n        pass\n", method_signature(&definition.init, Spelling::Private));
    let methods = definition.methods.iter().map(|method| {
        let name = quoted(&format!("{component}.{}.{}", definition.name, method.name));
        format!("    {}\n        raise _NotReplaced({name})\n", method_signature(method, Spelling::Private))
    });
    let members = std::iter::once(constructor).chain(methods).collect();
    class(&format!("class {}(metaclass=_Replaceable):", definition.name), &definition.description, members)
}

/// A `BaseException`, so that neither `except Exception` in the tested code nor `pytest.raises(Exception)` swallows it.
const HELPER: &str = r#"
_names = globals()


class _NotReplaced(BaseException):
    """Something of another component was called in a component test."""

    def __init__(self, called: str) -> None:
        module, name, *_ = called.split(".")
        super().__init__(
            f"`{called}` is a stand-in here: a component test does not run other components. "
            f"Replace it on its module: monkeypatch.setattr({module}, \"{name}\", fake)"
        )


def _replacement(name: str) -> typing.Any:
    """Looks up what a test has put in place, at the time of the call: the caller may have imported the name before."""
    current = _names.get(name)
    if current is None or current is _stand_ins[name]:
        raise _NotReplaced(f"{__name__}.{name}")
    return current
"#;

const CLASS_HELPER: &str = r#"

class _Replaceable(type):
    """Makes what a test has put in the class's place."""

    def __call__(cls, *arguments: typing.Any, **named: typing.Any) -> typing.Any:
        own: object = _stand_ins.get(cls.__name__)
        if own is not cls:
            return super().__call__(*arguments, **named)
        return _replacement(cls.__name__)(*arguments, **named)
"#;
