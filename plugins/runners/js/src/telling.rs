//! What the bundle tells the host, as typed calls: tests, their beginnings and their ends. Never as text that is read again.

#![expect(clippy::needless_pass_by_value, reason = "a function that JavaScript calls is given values")]

use rquickjs::prelude::Func;
use rquickjs::{Ctx, Exception, Object, Result};

use crate::bindings::pact::plugin::observe;
use crate::bindings::pact::plugin::tests::{CollectionError, Location, Outcome, TestCase, TestResult};

/// Adds the functions of the interface `observe`.
pub(crate) fn add(host: &Object<'_>) -> Result<()> {
    host.set("collected", Func::from(collected))?;
    host.set("collectionFailed", Func::from(collection_failed))?;
    host.set("started", Func::from(|id: String| observe::started(&id)))?;
    host.set("finished", Func::from(finished))
}

fn collected(cases: Vec<Object<'_>>) -> Result<()> {
    let cases: Vec<TestCase> = cases
        .into_iter()
        .map(|case| {
            Ok(TestCase {
                id: case.get("id")?,
                function: case.get("function")?,
                location: location(&case.get("location")?)?,
            })
        })
        .collect::<Result<_>>()?;
    observe::collected(&cases);
    Ok(())
}

fn collection_failed(error: Object<'_>) -> Result<()> {
    observe::collection_failed(&CollectionError {
        location: location(&error.get("location")?)?,
        message: error.get("message")?,
        detail: error.get("detail")?,
        missing_module: error.get("missingModule")?,
    });
    Ok(())
}

fn finished<'js>(ctx: Ctx<'js>, result: Object<'js>) -> Result<()> {
    let raised_at: Option<Object> = result.get("raisedAt")?;
    observe::finished(&TestResult {
        id: result.get("id")?,
        outcome: outcome(&ctx, &result.get::<_, String>("outcome")?)?,
        raised_at: raised_at.map(|place| location(&place)).transpose()?,
        message: result.get("message")?,
        detail: result.get("detail")?,
        missing_module: result.get("missingModule")?,
    });
    Ok(())
}

fn outcome(ctx: &Ctx<'_>, name: &str) -> Result<Outcome> {
    Ok(match name {
        "passed" => Outcome::Passed,
        "failed" => Outcome::Failed,
        "error" => Outcome::Error,
        "skipped" => Outcome::Skipped,
        "xfailed" => Outcome::Xfailed,
        "xpassed" => Outcome::Xpassed,
        other => return Err(Exception::throw_type(ctx, &format!("`{other}` is no outcome"))),
    })
}

pub(crate) fn location(place: &Object<'_>) -> Result<Location> {
    Ok(Location { path: place.get("path")?, line: place.get("line")? })
}
