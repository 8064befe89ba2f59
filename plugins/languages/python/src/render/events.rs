//! The module by which an implementation says what it does: one event when a function is called, one when it ends.

use std::fmt::Write as _;

use super::python::{docstring, quoted};
use crate::interface::Interface;
use crate::layout::events_module;
use crate::pretty::{PYTHON, Pretty};

/// Who hears of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Handlers in the same program.
    Here,
    /// The handlers of the other instance of a split suite.
    Across,
}

/// Renders the module.
pub fn events(interface: &Interface, delivery: Delivery) -> String {
    let component = &interface.component;
    let paragraphs = [
        format!("Events of the component `{component}`: what is called, and how it ends."),
        "An implementation puts `@emits` on each function of its contract, and on nothing else. A program\n\
         that wants to hear of calls gives a handler to `subscribe`. Without a handler nothing happens."
            .to_owned(),
        "Rendered by pact from the contract: change the contract, not this file.".to_owned(),
    ];
    let mut text = docstring("", &paragraphs);
    let (imports, deliver) = match delivery {
        Delivery::Here => ("import contextlib\nimport functools\nimport inspect\nimport time\nimport typing\n", HERE),
        Delivery::Across => ("import functools\nimport inspect\nimport typing\n\nimport pact_peer as _peer\n", ACROSS),
    };
    let _ = write!(text, "\n{imports}\n");
    let keys = interface.functions.iter().map(|function| {
        let key = Pretty::Text(quoted(&interface.event_key(function)));
        Pretty::Pair(format!("{}: ", quoted(&function.name)), Box::new(key))
    });
    let keys = Pretty::group("{", keys.collect(), "}", "").write(0, "KEYS = ".len(), 0, &PYTHON);
    text.push_str(TYPES);
    let _ = write!(text, "KEYS = {keys}\n\n_ABOUT: _Event = {}\n", about(interface, 0, "_ABOUT: _Event = ".len()));
    text.push_str(&deliver.replace("<events>", &quoted(&events_module(component))));
    text.push_str(EMITS);
    if delivery == Delivery::Here {
        text.push_str(ASKED);
    }
    text
}

/// Writes what every event says of the contract's data access.
pub(super) fn about(interface: &Interface, indent: usize, column: usize) -> String {
    let list =
        |texts: &[String]| Pretty::group("[", texts.iter().map(|text| Pretty::Text(quoted(text))).collect(), "]", "");
    let access = &interface.access;
    let parts = [
        ("input_classification", &access.reads),
        ("output_classification", &access.writes),
        ("side_effects", &access.side_effects),
    ];
    let parts = parts.map(|(name, texts)| Pretty::Pair(format!("{}: ", quoted(name)), Box::new(list(texts))));
    Pretty::group("{", parts.to_vec(), "}", "").write(indent, column, 0, &PYTHON)
}

const TYPES: &str = r#"_Event = dict[str, typing.Any]
_Function = typing.TypeVar("_Function", bound=typing.Callable[..., typing.Any])

"#;

const HERE: &str = r#"
_handlers: list[typing.Callable[[_Event], object]] = []


def subscribe(handler: typing.Callable[[_Event], object]) -> typing.Callable[[], None]:
    """Calls `handler(event)` with each event from now on. Returns a function that ends that.

    An event is a dictionary with `pact_key`, `event` (`invoked`, `completed` or `error`), `ts` in
    nanoseconds, `input_classification`, `output_classification` and `side_effects`; one that ends a
    call has `duration_ms`, and one of an error the name of its class as `error`. What a handler
    raises is nobody's: it cannot change what the component does.
    """
    _handlers.append(handler)

    def end() -> None:
        with contextlib.suppress(ValueError):
            _handlers.remove(handler)

    return end


def deliver(event: _Event, started: int | None = None) -> int:
    """Gives an event to every handler. Returns its time."""
    now = time.time_ns()
    event = {**event, "ts": now}
    if started is not None:
        event["duration_ms"] = (now - started) / 1_000_000
    for handler in tuple(_handlers):
        with contextlib.suppress(Exception):
            handler(dict(event))
    return now


def _is_heard() -> bool:
    return bool(_handlers)
"#;

const ACROSS: &str = r#"
_events = _peer.component(<events>, type_modules=())


def subscribe(handler: typing.Callable[[_Event], object]) -> typing.Callable[[], None]:
    """Refuses: whoever hears of events is in the other instance."""
    raise RuntimeError("a component does not subscribe to its own events")


def deliver(event: _Event, started: int | None = None) -> int:
    """Passes an event on. Returns its time."""
    return int(_events.call("deliver", (event, started)))


def _is_heard() -> bool:
    return True
"#;

const EMITS: &str = r#"

def _invoked(key: str) -> int:
    return deliver({"pact_key": key, "event": "invoked", **_ABOUT})


def _ended(key: str, started: int, error: BaseException | None = None) -> None:
    if error is None:
        deliver({"pact_key": key, "event": "completed", **_ABOUT}, started)
    else:
        name = type(error).__name__
        event = {"pact_key": key, "event": "error", **_ABOUT, "error": name}
        deliver(event, started)


def emits(function: _Function) -> _Function:
    """Lets a function of the contract report each call. What it returns and raises stays the same.

    A function that is awaited has ended when it was awaited; of one that makes something to iterate
    over, only that it was called is reported.
    """
    key = KEYS[function.__name__]

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def awaiting(*arguments: typing.Any, **named: typing.Any) -> typing.Any:
            if not _is_heard():
                return await function(*arguments, **named)
            started = _invoked(key)
            try:
                result = await function(*arguments, **named)
            except BaseException as error:
                _ended(key, started, error)
                raise
            _ended(key, started)
            return result

        return typing.cast(_Function, awaiting)

    @functools.wraps(function)
    def reporting(*arguments: typing.Any, **named: typing.Any) -> typing.Any:
        if not _is_heard():
            return function(*arguments, **named)
        started = _invoked(key)
        try:
            result = function(*arguments, **named)
        except BaseException as error:
            _ended(key, started, error)
            raise
        _ended(key, started)
        return result

    return typing.cast(_Function, reporting)
"#;

/// The runner knows by the line of `_stand_ins` what a component in another instance may ask for.
const ASKED: &str = r#"

# What a component that runs in another instance may ask for.
_stand_ins = {"deliver": deliver}
"#;
