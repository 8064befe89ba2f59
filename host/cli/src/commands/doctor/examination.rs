//! Runs the hostile guest against this very binary, one attempt after the other: each also shows that the host outlived the
//! one before.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::sync::Arc;

use pact_model::receipt::Receipt;
use pact_model::suite::{FileRole, SourceFile};
use pact_pipeline::ports::{SuiteRequest, TestRunner};
use tokio::sync::mpsc;

use super::attempt::{ATTEMPTS, Attempt, Expected, judge};
use super::document::Sandbox;
use crate::commands::Context;
use crate::exit::Failure;
use crate::toolbox::{Plugin, Toolbox};

/// The file that the guest reads to prove that it ran.
const OWN_FILE: &str = "own.txt";

/// Its text.
const OWN_TEXT: &str = "the guest's own file";

/// A port that nothing listens on by convention, for machines on which nothing may listen.
const DISCARD_PORT: u16 = 9;

/// Makes every attempt.
pub(super) async fn examine(context: &Context, toolbox: &Toolbox) -> Result<Sandbox, Failure> {
    let guest = Plugin::doctor_guest(&context.world)?;
    let loaded = toolbox.try_load(&guest).result?;
    let runner = toolbox.runner(loaded).await?;
    let listener = listen();
    let mut sandbox = Sandbox { engine: String::new(), findings: Vec::new() };
    for attempt in &ATTEMPTS {
        let keyword = match attempt.keyword {
            "files" => format!("files {}", context.world.executable.as_deref().unwrap_or("/bin/sh".as_ref()).display()),
            "network" => format!("network {}", listener.as_ref().and_then(port).unwrap_or(DISCARD_PORT)),
            keyword => keyword.to_owned(),
        };
        let sessions = if attempt.expected == Expected::TheSameTwice { 2 } else { 1 };
        let mut receipts = Vec::new();
        for _ in 0..sessions {
            receipts.push(session(&*runner, attempt, &keyword).await?);
        }
        let dialled = listener.as_ref().is_some_and(was_dialled);
        sandbox.engine = receipts.first().map(|receipt| receipt.engine.clone()).unwrap_or_default();
        sandbox.findings.push(judge(attempt, &receipts, OWN_TEXT, dialled));
    }
    Ok(sandbox)
}

async fn session(runner: &dyn TestRunner, attempt: &Attempt, keyword: &str) -> Result<Receipt, Failure> {
    let own = SourceFile { path: OWN_FILE.to_owned(), bytes: OWN_TEXT.into(), role: FileRole::Support };
    let request = SuiteRequest {
        files: Arc::new(vec![own]),
        packages: Arc::default(),
        import_paths: Vec::new(),
        keyword: Some(keyword.to_owned()),
        only: Vec::new(),
        paths: Vec::new(),
        seed: 7,
        fuel: attempt.fuel,
        test_fuel: attempt.fuel,
        shuffle: None,
        clock_start: None,
        profile: false,
        split: None,
    };
    // The guest reports no tests, so nobody listens.
    let (events, _) = mpsc::unbounded_channel();
    Ok(runner.run(&request, events).await.map_err(Failure::plugin)?.receipt)
}

/// Listens where only this machine can call. Where that is not allowed, the guest's own words have to do.
#[expect(clippy::disallowed_methods, reason = "a witness for what the guest says about the network")]
fn listen() -> Option<TcpListener> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).ok()?;
    listener.set_nonblocking(true).ok()?;
    Some(listener)
}

fn port(listener: &TcpListener) -> Option<u16> {
    Some(listener.local_addr().ok()?.port())
}

fn was_dialled(listener: &TcpListener) -> bool {
    !matches!(listener.accept(), Err(error) if error.kind() == ErrorKind::WouldBlock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test is the one who dials")]
    fn a_call_is_noticed() {
        let listener = listen().unwrap();
        assert!(!was_dialled(&listener));
        let _call = std::net::TcpStream::connect(("127.0.0.1", port(&listener).unwrap())).unwrap();
        assert!(was_dialled(&listener));
    }
}
