//! Fixtures of pytest that give a test what the component does not share with it.

use ruff_python_ast::{Expr, ExprCall, Parameter, StmtFunctionDef};

use crate::source::bindings::Bindings;

/// Returns the parameters of a test or a fixture that ask for one of them.
pub(super) fn of_parameters<'s>(
    function: &'s StmtFunctionDef,
    bindings: &Bindings<'s>,
) -> Vec<(&'s Parameter, &'s str)> {
    let is_fixture = function.decorator_list.iter().any(|decorator| {
        let decorator = match &decorator.expression {
            Expr::Call(call) => &*call.func,
            plain => plain,
        };
        bindings.resolve(decorator).is_some_and(|name| name == "pytest.fixture" || name == "pytest_asyncio.fixture")
    });
    if !is_fixture && !function.name.starts_with("test") {
        return Vec::new();
    }
    let parameters = function.parameters.iter_non_variadic_params().map(|parameter| &parameter.parameter);
    parameters.filter_map(|parameter| Some((parameter, known(parameter.name.as_str())?))).collect()
}

/// Returns those that a call asks for: `pytest.mark.usefixtures("tmp_path")`, `request.getfixturevalue("tmp_path")`.
pub(super) fn of_call<'s>(call: &'s ExprCall, bindings: &Bindings<'s>) -> Vec<&'s str> {
    let is_request = matches!(&*call.func, Expr::Attribute(method) if method.attr.as_str() == "getfixturevalue");
    if !is_request && bindings.resolve(&call.func).as_deref() != Some("pytest.mark.usefixtures") {
        return Vec::new();
    }
    let texts = call.arguments.args.iter().filter_map(|argument| argument.as_string_literal_expr());
    texts.filter_map(|text| known(text.value.to_str())).collect()
}

/// Says what is wrong with one of them.
pub(super) fn reason(name: &str) -> &'static str {
    match name {
        "freezer" | "time_machine" => {
            "the clock of the component is in another interpreter; pass the time as an argument, or replace a function of a dependency"
        }
        _ => {
            "the files of a test are not those of the component, which runs in another interpreter; pass contents instead of paths"
        }
    }
}

fn known(name: &str) -> Option<&'static str> {
    const KNOWN: [&str; 6] = ["tmp_path", "tmp_path_factory", "tmpdir", "tmpdir_factory", "freezer", "time_machine"];
    KNOWN.into_iter().find(|known| *known == name)
}
