//! The module by which an implementation says what it does: one event when a function is called, one when it ends.

use std::fmt::Write as _;

use super::text::{documentation, of_dialect, quoted};
use crate::dialect::Dialect;
use crate::interface::Interface;
use crate::layout::events_module;
use crate::pretty::{ECMASCRIPT, Pretty};

/// Who hears of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// Handlers in the same program.
    Here,
    /// The handlers of the other instance of a split suite.
    Across,
}

/// Renders the module.
pub fn events(interface: &Interface, dialect: Dialect, delivery: Delivery) -> String {
    let component = &interface.component;
    let paragraphs = [
        format!("Events of the component `{component}`: what is called, and how it ends."),
        "An implementation does the work of each function of its contract in `emits`, for example\n\
         `export function add(a, b) { return emits(\"add\", () => a + b); }`. A program that wants to hear\n\
         of calls gives a handler to `subscribe`. Without a handler nothing happens."
            .to_owned(),
        "Rendered by pact from the contract: change the contract, not this file.".to_owned(),
    ];
    let mut text = documentation("", &paragraphs);
    let keys = interface.functions.iter().map(|function| {
        Pretty::Pair(format!("{}: ", function.name), Box::new(Pretty::Text(quoted(&interface.event_key(function)))))
    });
    let keys = Pretty::group("{", keys.collect(), "}", " ");
    let typed = of_dialect("‹: Record<string, string>›", dialect);
    let open = format!("export const KEYS{typed} = ");
    let keys = keys.write(0, open.len(), 1, &ECMASCRIPT);
    let about = about(interface, 0, "const _about = ".len());
    let (imports, deliver) = match delivery {
        Delivery::Here => ("", HERE),
        Delivery::Across => ("\nimport { component as _connect } from \"pact:peer\";\n", ACROSS),
    };
    let _ = write!(text, "{imports}\n{open}{keys};\n\nconst _about = {about};\n");
    text.push_str(&of_dialect(&deliver.replace("<events>", &quoted(&events_module(component))), dialect));
    text.push_str(&of_dialect(EMITS, dialect));
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
    let parts = parts.map(|(name, texts)| Pretty::Pair(format!("{name}: "), Box::new(list(texts))));
    Pretty::group("{", parts.to_vec(), "}", " ").write(indent, column, 1, &ECMASCRIPT)
}

const HERE: &str = r"
const _handlers‹: ((event: any) => void)[]› = [];

/**
 * Calls `handler(event)` with each event from now on. Returns a function that ends that.
 *
 * An event is an object with `pact_key`, `event` (`invoked`, `completed` or `error`), `ts` in
 * nanoseconds, `input_classification`, `output_classification` and `side_effects`; one that ends a
 * call has `duration_ms`, and one of an error its name as `error`. What a handler throws is
 * nobody's: it cannot change what the component does.
 */
export function subscribe(handler‹: (event: any) => void›)‹: () => void› {
  _handlers.push(handler);
  return () => {
    const place = _handlers.indexOf(handler);
    if (place >= 0) _handlers.splice(place, 1);
  };
}

/** Gives an event to every handler. Returns its time. */
export function deliver(event‹: any›, started‹?: number›)‹: number› {
  const now = Date.now();
  const times‹: any› = { ts: now * 1_000_000 };
  if (started !== undefined) times.duration_ms = now - started;
  for (const handler of [..._handlers]) {
    try {
      handler({ ...event, ...times });
    } catch {
      // A handler cannot change what the component does.
    }
  }
  return now;
}

function _isHeard() {
  return _handlers.length > 0;
}
";

const ACROSS: &str = r#"
const _events = _connect(<events>, { typeModules: [] });

/** Refuses: whoever hears of events is in the other instance. */
export function subscribe(_‹: (event: any) => void›)‹: () => void› {
  throw new Error("a component does not subscribe to its own events");
}

/** Passes an event on. Returns its time. */
export function deliver(event‹: any›, started‹?: number›)‹: number› {
  return _events.call("deliver", [event, started]);
}

function _isHeard() {
  return true;
}
"#;

const EMITS: &str = r#"
function _ended(key‹: string›, started‹: number›)‹: void› {
  deliver({ pact_key: key, event: "completed", ..._about }, started);
}

function _failed(key‹: string›, started‹: number›, error‹: any›)‹: void› {
  const name = String(error?.name ?? typeof error);
  deliver({ pact_key: key, event: "error", ..._about, error: name }, started);
}

/**
 * Does the work of a function of the contract, and reports that it was called and how it ended. What
 * the work returns and throws stays the same; a promise has ended when it is settled.
 */
export function emits‹<T>›(name‹: string›, work‹: () => T›)‹: T› {
  const key = KEYS[name];
  if (key === undefined) throw new TypeError(`no function ${name}`);
  if (!_isHeard()) return work();
  const invoked = { pact_key: key, event: "invoked", ..._about };
  const started = deliver(invoked);
  let result‹: any›;
  try {
    result = work();
  } catch (error) {
    _failed(key, started, error);
    throw error;
  }
  if (typeof result?.then !== "function") {
    _ended(key, started);
    return result;
  }
  return result.then(
    (value‹: any›) => {
      _ended(key, started);
      return value;
    },
    (error‹: any›) => {
      _failed(key, started, error);
      throw error;
    },
  );
}
"#;

const ASKED: &str = r"
// What a component that runs in another instance may ask for.
const _standIns = {
  deliver,
};

export default _standIns;
";
