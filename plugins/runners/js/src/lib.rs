//! The component's entry: maps the world `split-runner` to the engine. Not the place for any work of its own.

#![cfg_attr(
    not(target_family = "wasm"),
    allow(dead_code, reason = "what the component exports is there for wasm only")
)]

mod bindings;
mod clock;
mod engine;
mod modules;
mod natives;
mod noted;
mod profile;
mod random;
mod session;
mod split;
mod telling;

use bindings::exports::pact::plugin::{runner, tested};
use bindings::pact::plugin::messages;

struct Component;

impl bindings::Guest for Component {
    fn wizer_initialize() {
        engine::prepare();
    }
}

impl runner::Guest for Component {
    fn describe() -> runner::Description {
        session::describe()
    }

    fn run(suite: runner::Suite) -> Result<runner::Summary, runner::RunError> {
        session::run(&suite)
    }
}

impl tested::Guest for Component {
    fn serve(serving: tested::Serving) -> messages::Reply {
        split::serve(&serving)
    }

    fn reset() -> messages::Reply {
        split::reset()
    }

    fn call(request: messages::Request) -> messages::Reply {
        split::call(&request)
    }
}
