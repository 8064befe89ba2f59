//! Calls that replace something for the time of a test: pytest's `monkeypatch`, `unittest.mock`, and the fixture `mocker`.

use ruff_python_ast::{Expr, ExprCall};

use crate::source::bindings::Bindings;

/// One replacement.
pub(super) struct Patch<'s> {
    /// The dotted name of what is replaced, or of what holds it.
    pub(super) target: String,
    /// The argument that names it, when that is no text.
    pub(super) subject: Option<&'s Expr>,
}

/// Returns what a call replaces, when that can be read from it.
pub(super) fn of_call<'s>(call: &'s ExprCall, bindings: &Bindings<'s>) -> Option<Patch<'s>> {
    let (names_by_text, subject) = subject_of(call, bindings)?;
    if let Some(text) = text_of(subject, bindings) {
        return names_by_text.then(|| Patch { target: text.to_owned(), subject: None });
    }
    let target = bindings.resolve(subject)?;
    Some(Patch { target, subject: Some(subject) })
}

/// Returns the argument that says what is replaced, and whether a text in its place is a dotted name.
fn subject_of<'s>(call: &'s ExprCall, bindings: &Bindings<'s>) -> Option<(bool, &'s Expr)> {
    let argument = |name: &str| call.arguments.find_argument_value(name, 0);
    if let Some(function) = mock_function(&call.func, bindings) {
        return match function.as_str() {
            "patch" | "patch.object" | "patch.multiple" => Some((true, argument("target")?)),
            "patch.dict" => Some((true, argument("in_dict")?)),
            _ => None,
        };
    }
    let Expr::Attribute(method) = &*call.func else { return None };
    // A function of that name in a module is somebody else's.
    if bindings.resolve(&method.value).is_some() {
        return None;
    }
    match method.attr.as_str() {
        "setattr" | "delattr" => Some((true, argument("target")?)),
        "setitem" | "delitem" => Some((false, argument("dic")?)),
        _ => None,
    }
}

/// Returns a function of `unittest.mock` without the module: `patch.object`.
fn mock_function(function: &Expr, bindings: &Bindings<'_>) -> Option<String> {
    if let Some(dotted) = bindings.resolve(function) {
        let name = dotted.strip_prefix("unittest.mock.").or_else(|| dotted.strip_prefix("mock."))?;
        return Some(name.to_owned());
    }
    // `mocker` is a parameter: it has no import.
    let name = dotted(function)?;
    name.strip_prefix("mocker.").map(str::to_owned)
}

fn dotted(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Name(name) => Some(name.id.to_string()),
        Expr::Attribute(attribute) => Some(format!("{}.{}", dotted(&attribute.value)?, attribute.attr)),
        _ => None,
    }
}

/// Returns a text that is written in the call or assigned to a name at the top of the file.
fn text_of<'s>(expression: &'s Expr, bindings: &Bindings<'s>) -> Option<&'s str> {
    match expression {
        Expr::StringLiteral(literal) => Some(literal.value.to_str()),
        // What changes in an f-string is mostly the end; the beginning says whose it is.
        Expr::FString(text) => text.value.elements().next()?.as_literal().map(|literal| &*literal.value),
        Expr::Name(name) => match bindings.assigned(name.id.as_str())? {
            Expr::StringLiteral(literal) => Some(literal.value.to_str()),
            _ => None,
        },
        _ => None,
    }
}
