//! The other instance of a split suite: what the bundle sends it, and what the bundle does for it.

mod asked;
mod reading;
mod writing;

use rquickjs::prelude::Func;
use rquickjs::{Ctx, Exception, Function, Object, Result, Value};

use crate::bindings::exports::pact::plugin::tested::Serving;
use crate::bindings::pact::plugin::messages::{Outcome, Raised, Reply, Request};
use crate::bindings::pact::plugin::peer::{self, PeerError};
use crate::{clock, engine, natives, profile, random};

/// So many jobs run before the tests' side has its turn.
const JOBS: usize = 100_000;

/// Adds what the bundle may ask of the other instance.
pub(crate) fn add(host: &Object<'_>) -> Result<()> {
    host.set("call", Func::from(|ctx, request| exchanged(&ctx, peer::call(&reading::request(request)?))))?;
    host.set("answer", Func::from(|ctx, reply| exchanged(&ctx, peer::answer(&reading::reply(reply)?))))?;
    host.set("ask", Func::from(|ctx, request| exchanged(&ctx, peer::ask(&reading::request(request)?))))?;
    host.set("beginImport", Func::from(peer::begin_import))?;
    host.set("exit", Func::from(|code: i32| -> () { asked::exit(code) }))?;
    host.set("seed", Func::from(|text: String| random::seed(text.parse().unwrap_or(0))))
}

/// The reply, or `{ lost }` with the reason why there is none.
fn exchanged<'js>(ctx: &Ctx<'js>, answered: std::result::Result<Reply, PeerError>) -> Result<Value<'js>> {
    match answered {
        Ok(reply) => Ok(writing::reply(ctx, &reply)?.into_value()),
        Err(error) => {
            let lost = Object::new(ctx.clone())?;
            lost.set(
                "lost",
                match error {
                    PeerError::Ended(how) => format!("the component's instance has ended: {how}"),
                    PeerError::Invalid(why) => format!("the component could not be called: {why}"),
                },
            )?;
            Ok(lost.into_value())
        }
    }
}

/// Imports the component for the first time.
pub(crate) fn serve(serving: &Serving) -> Reply {
    random::seed(serving.seed);
    natives::begin(&serving.root, &serving.import_paths, serving.packages.as_deref());
    clock::begin();
    profile::begin(&serving.root);
    worked(|ctx, main| {
        profile::calibrate(ctx)?;
        main.get::<_, Function>("serve")?.call((writing::serving(ctx, serving)?,))
    })
}

/// Imports the component anew.
pub(crate) fn reset() -> Reply {
    worked(|_, main| main.get::<_, Function>("reset")?.call(()))
}

/// Calls the component.
pub(crate) fn call(request: &Request) -> Reply {
    worked(|ctx, main| main.get::<_, Function>("answer")?.call((writing::request(ctx, request)?,)))
}

/// Begins some work. While it goes on there is no reply yet: then the crank is turned.
fn worked(begin: impl for<'js> FnOnce(&Ctx<'js>, &Object<'js>) -> Result<Option<Object<'js>>>) -> Reply {
    let mut made = engine::call_only(|ctx, main| read(begin(ctx, main)?));
    while let Ok(None) = made {
        let is_idle = engine::run_jobs(JOBS);
        made = engine::call_only(|_, main| read(main.get::<_, Function>("goOn")?.call((is_idle,))?));
    }
    asked::tell_of_draws();
    match made {
        Ok(Some(reply)) => reply,
        Ok(None) => broken("there is no reply".to_owned()),
        Err(error) => broken(error),
    }
}

fn read(reply: Option<Object<'_>>) -> Result<Option<Reply>> {
    reply.map(reading::reply).transpose()
}

/// The engine itself failed: memory or the tested code's own changes of it stand in the way of an answer.
fn broken(message: String) -> Reply {
    let raised = Raised {
        classes: vec!["Error".to_owned()],
        detail: message.clone(),
        message,
        arguments: Vec::new(),
        attributes: Vec::new(),
        place: None,
    };
    Reply { nodes: Vec::new(), outcome: Outcome::Raised(raised), changed: Vec::new(), effects: Vec::new() }
}

fn unknown<T>(ctx: &Ctx<'_>, what: &str, name: &str) -> Result<T> {
    Err(Exception::throw_type(ctx, &format!("`{name}` is no {what}")))
}
