//! The module that replaces a component in the suites of its dependants. Not the proxy of a component's own suite: nothing is
//! called from here.

use std::fmt::Write as _;

use super::python::{docstring, quoted, signature, standard_modules, uses_any};
use crate::interface::Interface;
use crate::layout::types_module;
use crate::type_ref::Spelling;

/// Renders the stand-in.
pub fn stand_in(interface: &Interface) -> String {
    let component = &interface.component;
    let paragraphs = [
        format!("Stand-in for the component `{component}` in the tests of the components that depend on it."),
        "The types are the real ones. A function raises until a test replaces it, for example with\n\
         `monkeypatch.setattr(\"module_under_test.function\", fake)`."
            .to_owned(),
        "Rendered by pact from the contract: change the contract, not this file.".to_owned(),
    ];
    let mut text = format!("{}\nfrom __future__ import annotations\n", docstring("", &paragraphs));
    let modules = standard_modules(interface.function_type_refs());
    let mut imports: Vec<String> =
        modules.into_iter().map(|module| format!("import {module} as _{module}\n")).collect();
    if uses_any(interface.function_type_refs()) {
        imports.push("import typing\n".to_owned());
    }
    let types = interface.type_names();
    if !types.is_empty() {
        let separator = if imports.is_empty() { "" } else { "\n" };
        imports.push(format!("{separator}from {} import {}\n", types_module(component), types.join(", ")));
    }
    if !imports.is_empty() {
        let _ = write!(text, "\n{}", imports.concat());
    }
    if !interface.functions.is_empty() {
        text.push_str(HELPER);
    }
    for function in &interface.functions {
        let name = quoted(&format!("{component}.{}", function.name));
        let _ = write!(text, "\n\n{}\n    raise _NotReplaced({name})\n", signature(function, Spelling::Private));
    }
    text
}

/// A `BaseException`, so that neither `except Exception` in the tested code nor `pytest.raises(Exception)` swallows it.
const HELPER: &str = r#"

class _NotReplaced(BaseException):
    """A function of another component was called in a component test."""

    def __init__(self, function: str) -> None:
        super().__init__(
            f"`{function}` is a stand-in here: a component test does not run other components. "
            f"Replace it where it is used: monkeypatch.setattr(\"module_under_test.{function.split('.')[1]}\", fake), "
            f"or monkeypatch.setattr(\"{function}\", fake) when it is called through its module."
        )
"#;
