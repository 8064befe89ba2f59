//! One run over a suite: from the host's request to its summary.

use rquickjs::{Ctx, Function, Object, Result as JsResult};

use crate::bindings::exports::pact::plugin::runner::{Description, Language, RunError, Suite, Summary};
use crate::bindings::pact::plugin::tests::Role;
use crate::engine::{self, Ended};
use crate::{natives, profile, random};

/// Who this runner is: the answers that the bundle gave when it was built.
pub(crate) fn describe() -> Description {
    let asked = engine::call(|_, main| {
        let answers: Object = main.get::<_, Function>("describe")?.call(())?;
        let languages: Vec<Object> = answers.get("languages")?;
        let language = |one: Object| Ok(Language { name: one.get("name")?, test_patterns: one.get("testPatterns")? });
        Ok(Description {
            languages: languages.into_iter().map(language).collect::<JsResult<_>>()?,
            engine: answers.get("engine")?,
            install_hint: answers.get("installHint")?,
        })
    });
    asked.unwrap_or_else(|error| panic!("{error:?}"))
}

/// Runs the suite.
pub(crate) fn run(suite: &Suite) -> Result<Summary, RunError> {
    random::seed(suite.seed);
    natives::begin(&suite.root, &suite.import_paths, suite.packages.as_deref());
    profile::begin(&suite.root);
    let ended = engine::run(|ctx, main| {
        profile::calibrate(ctx)?;
        main.get::<_, Function>("start")?.call::<_, ()>((request(ctx, suite)?,))
    })?;
    if matches!(ended, Ended::Stuck) {
        // Says which test waits for something that cannot come, and what it can of the others.
        engine::call(|_, main| main.get::<_, Function>("stuck")?.call::<_, ()>(()))?;
    }
    engine::call(|_, main| {
        let summary: Object = main.get::<_, Function>("summary")?.call(())?;
        let refused = |kind| summary.get::<_, Option<String>>(kind);
        if let Some(message) = refused("invalidInput")? {
            return Ok(Err(RunError::InvalidInput(message)));
        }
        if let Some(message) = refused("internal")? {
            return Ok(Err(RunError::Internal(message)));
        }
        Ok(Ok(Summary {
            collected: summary.get("collected")?,
            deselected: summary.get("deselected")?,
            finished: summary.get("finished")?,
        }))
    })?
}

fn request<'js>(ctx: &Ctx<'js>, suite: &Suite) -> JsResult<Object<'js>> {
    let request = Object::new(ctx.clone())?;
    let paths = |role| suite.files.iter().filter(|file| file.role == role).map(|file| file.path.clone()).collect();
    let of = |role| -> Vec<String> { paths(role) };
    request.set("root", suite.root.trim_end_matches('/'))?;
    request.set("tests", of(Role::Test))?;
    request.set("implementation", of(Role::Implementation))?;
    request.set("support", of(Role::Support))?;
    request.set("importPaths", suite.import_paths.clone())?;
    if let Some(split) = &suite.split {
        let split_suite = Object::new(ctx.clone())?;
        split_suite.set("component", &split.component)?;
        split_suite.set("typeModules", &split.type_modules)?;
        request.set("split", split_suite)?;
    }
    request.set("packages", suite.packages.clone())?;
    request.set("keyword", suite.keyword.clone())?;
    request.set("only", suite.only.clone())?;
    request.set("paths", suite.paths.clone())?;
    // A double cannot hold all of a 64-bit seed; which 53 bits count does not matter.
    #[expect(clippy::cast_precision_loss, reason = "an order needs no more than the upper bits")]
    request.set("shuffle", suite.shuffle.map(|seed| (seed >> 11) as f64))?;
    Ok(request)
}
