//! What only code of the same interpreter shares: files, environment, clock, random numbers, globals, modules.

use crate::source::bindings::Meaning;

const CLOCK: &str = "the clock of the component is in another interpreter; pass the time as an argument, or replace a function of a dependency";
const RANDOM: &str = "the random numbers of the component are drawn in another interpreter, seeded by the host; \
                      compare properties instead of values, or replace a function of a dependency";
const FILES: &str = "the files of a test are not those of the component, which runs in another interpreter; pass contents instead of paths";
const ENVIRONMENT: &str = "the environment of a test is not that of the component, which runs in another interpreter; \
                           pass the value as an argument";
const MODULES: &str = "the module that is loaded here is not the component, which runs in another interpreter; \
                       each test finds it as after an import";
const GLOBALS: &str = "the globals of a test are not those of the component, which runs in another interpreter; \
                       pass the value as an argument, or replace a function of a dependency";

/// Returns what is wrong with a call.
pub(super) fn of_call(called: &Meaning) -> Option<&'static str> {
    let path = called.path.as_str();
    match called.module.as_str() {
        "vitest" | "" => match path.strip_prefix("vi.").or_else(|| path.strip_prefix("vitest."))? {
            "useFakeTimers"
            | "setSystemTime"
            | "advanceTimersByTime"
            | "advanceTimersByTimeAsync"
            | "runAllTimers"
            | "runAllTimersAsync"
            | "runOnlyPendingTimers"
            | "advanceTimersToNextTimer" => Some(CLOCK),
            "stubEnv" => Some(ENVIRONMENT),
            "stubGlobal" => Some(GLOBALS),
            "resetModules" => Some(MODULES),
            _ => None,
        },
        "node:test" if path.contains("mock.timers") => Some(CLOCK),
        "fs" | "node:fs" | "fs/promises" | "node:fs/promises" => is_writing(path).then_some(FILES),
        "process" | "node:process" => (path.ends_with("chdir")).then_some(ENVIRONMENT),
        _ => None,
    }
}

/// Returns what is wrong with replacing something that no module of the file binds.
pub(super) fn of_replacement(target: &Meaning) -> Option<&'static str> {
    const OTHERS: [&str; 4] = ["globalThis", "console", "Math", "JSON"];
    if target.is_global("process") {
        return Some(ENVIRONMENT);
    }
    if target.is_global("Math.random") || target.is_global("crypto") {
        return Some(RANDOM);
    }
    if target.is_global("Date") || target.is_global("performance") || target.is_global("setTimeout") {
        return Some(CLOCK);
    }
    OTHERS.iter().any(|name| target.module.is_empty() && target.path.split('.').next() == Some(name)).then_some(GLOBALS)
}

fn is_writing(path: &str) -> bool {
    const BEGINNINGS: [&str; 8] = ["write", "append", "mk", "rm", "unlink", "rename", "copy", "cp"];
    let name = path.rsplit('.').next().unwrap_or_default();
    BEGINNINGS.iter().any(|begin| name.starts_with(begin))
}
