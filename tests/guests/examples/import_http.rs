//! A test runner that also wants the web: `wasi:http` is no part of its world.
#![cfg(target_family = "wasm")]

use pact_test_guests::{Attack, RunError, Suite, Summary, say};
use wasip2::http::outgoing_handler::handle;
use wasip2::http::types::{Fields, OutgoingRequest};

struct ImportHttp;

impl Attack for ImportHttp {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let request = OutgoingRequest::new(Fields::new());
        say(format!("{}", handle(request, None).is_ok()))
    }
}

pact_test_guests::attack!(ImportHttp);
