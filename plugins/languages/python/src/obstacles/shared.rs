//! What only code of the same interpreter shares: files, environment, clock, random numbers, modules.

use ruff_python_ast::{Expr, ExprCall};

const CLOCK: &str = "the clock of the component is in another interpreter; pass the time as an argument, or replace a function of a dependency";
const RANDOM: &str = "the random numbers of the component are drawn in another interpreter, seeded by the host; \
                      compare properties instead of values, or replace a function of a dependency";
const FILES: &str = "the files of a test are not those of the component, which runs in another interpreter; pass contents instead of paths";
const ENVIRONMENT: &str = "the environment and the paths of a test are not those of the component, which runs in another interpreter; \
                           pass the value as an argument";
const MODULES: &str = "the module that is loaded here is not the component, which runs in another interpreter; \
                       each test finds it as after an import";
const SOURCE: &str = "the source of the component is not here; test what it does";

/// Returns what is wrong with importing a module.
pub(super) fn of_import(module: &str) -> Option<&'static str> {
    matches!(module.split('.').next(), Some("freezegun" | "time_machine")).then_some(CLOCK)
}

/// Returns what is wrong with a call. `target` is the dotted name of what is called, when that is imported.
pub(super) fn of_call(call: &ExprCall, target: Option<&str>) -> Option<&'static str> {
    match (target, &*call.func) {
        (Some(target), _) => of_imported(target),
        (None, Expr::Name(function)) => (function.id.as_str() == "open" && is_writing(call, 1)).then_some(FILES),
        (None, Expr::Attribute(method)) => match method.attr.as_str() {
            "setenv" | "delenv" | "syspath_prepend" | "chdir" => Some(ENVIRONMENT),
            "write_text" | "write_bytes" => Some(FILES),
            // `Path.open`: the mode comes first.
            "open" if is_writing(call, 0) => Some(FILES),
            _ => None,
        },
        _ => None,
    }
}

fn of_imported(target: &str) -> Option<&'static str> {
    match target {
        "random.seed" | "random.setstate" | "numpy.random.seed" => Some(RANDOM),
        "os.putenv"
        | "os.unsetenv"
        | "os.chdir"
        | "os.environ.update"
        | "os.environ.setdefault"
        | "os.environ.pop"
        | "os.environ.clear"
        | "sys.path.insert"
        | "sys.path.append" => Some(ENVIRONMENT),
        "os.mkdir" | "os.makedirs" | "os.remove" | "os.unlink" | "os.rename" | "os.replace" => Some(FILES),
        "importlib.reload" | "sys.modules.pop" => Some(MODULES),
        "inspect.getsource" | "inspect.getsourcelines" | "inspect.getsourcefile" | "inspect.getfile" => Some(SOURCE),
        _ if target.starts_with("tempfile.") || target.starts_with("shutil.") => Some(FILES),
        _ => None,
    }
}

/// Returns whether a call of `open` says that it writes. `index` is the place of the mode.
fn is_writing(call: &ExprCall, index: usize) -> bool {
    let mode = call.arguments.find_argument_value("mode", index);
    mode.and_then(Expr::as_string_literal_expr)
        .is_some_and(|mode| mode.value.to_str().chars().any(|letter| matches!(letter, 'w' | 'a' | 'x' | '+')))
}
