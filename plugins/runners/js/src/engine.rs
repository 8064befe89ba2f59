//! The JavaScript engine: made when the component is built, and what turns its crank in a run.

use std::cell::RefCell;
use std::io::Read as _;

use rquickjs::function::This;
use rquickjs::{CatchResultExt as _, Context, Ctx, Function, Object, Persistent, Runtime};

use crate::bindings::exports::pact::plugin::runner::RunError;
use crate::{clock, natives};

/// What the engine may use. Below the host's limit, so that it says in the language's own way that there is no more, and
/// the test that took it all fails instead of the session.
const MEMORY_BYTES: usize = 512 << 20;

/// The stack of the engine, of what `build.rs` has the linker set aside. A recursion that never ends raises `RangeError` at this,
/// long before the host's limit.
const STACK_BYTES: usize = 3 << 20;

thread_local! {
    static ENGINE: RefCell<Option<Engine>> = const { RefCell::new(None) };
    /// What the bundle gives back: the functions that a run calls.
    static MAIN: RefCell<Option<Persistent<Object<'static>>>> = const { RefCell::new(None) };
}

struct Engine {
    runtime: Runtime,
    context: Context,
}

/// Makes the engine and has it evaluate the bundle, which the builder hands over as standard input. Called when the component
/// is built.
pub(crate) fn prepare() {
    let mut bundle = String::new();
    std::io::stdin().read_to_string(&mut bundle).expect("the builder gives the bundle");
    let runtime = Runtime::new().expect("there is memory");
    runtime.set_memory_limit(MEMORY_BYTES);
    runtime.set_max_stack_size(STACK_BYTES);
    let context = Context::full(&runtime).expect("there is memory");
    let main = context.with(|ctx| {
        let host = natives::object(&ctx).expect("there is memory");
        let options = || {
            let mut options = rquickjs::context::EvalOptions::default();
            options.strict = false;
            options.filename = Some("pact:runner".to_owned());
            options
        };
        let bundle: Function = eval(&ctx, ctx.eval_with_options(bundle, options()));
        let main: Object = eval(&ctx, bundle.call((host,)));
        let warm: Function = main.get("warm").expect("the bundle has it");
        eval(&ctx, warm.call::<_, ()>((This(main.clone()),)));
        Persistent::save(&ctx, main)
    });
    watch_rejections(&runtime);
    while runtime.execute_pending_job().unwrap_or(true) {}
    runtime.run_gc();
    MAIN.set(Some(main));
    ENGINE.set(Some(Engine { runtime, context }));
}

/// Tells the bundle of promises that were rejected and that nobody looks at, and of those that somebody looked at after all.
fn watch_rejections(runtime: &Runtime) {
    runtime.set_host_promise_rejection_tracker(Some(Box::new(|ctx, promise, reason, is_handled| {
        let told = MAIN.with_borrow(|main| {
            let main = main.clone().ok_or(rquickjs::Error::Unknown)?.restore(&ctx)?;
            main.get::<_, Function>("rejected")?.call::<_, ()>((promise, reason, is_handled))
        });
        // An error in here has nobody to be told to; it must not stand in the way of the one that is thrown.
        if told.is_err() {
            let _ = ctx.catch();
        }
    })));
}

fn eval<T>(ctx: &Ctx<'_>, result: rquickjs::Result<T>) -> T {
    result.catch(ctx).unwrap_or_else(|error| panic!("{error}"))
}

/// How a run ended.
pub(crate) enum Ended {
    /// What it was to do is done.
    Settled,
    /// Nothing is left that could go on, and it is not done.
    Stuck,
}

/// Starts a run with `start`, and turns the crank until it has settled or can go on no more.
pub(crate) fn run(
    start: impl for<'js> FnOnce(&Ctx<'js>, &Object<'js>) -> rquickjs::Result<()>,
) -> Result<Ended, RunError> {
    clock::begin();
    ENGINE.with_borrow(|engine| {
        let engine = engine.as_ref().ok_or_else(|| RunError::Internal("the engine was not prepared".to_owned()))?;
        let failed = |error: String| RunError::Internal(error);
        engine.with(|ctx, main| start(ctx, main)).map_err(failed)?;
        loop {
            // A job that throws has nobody to tell: each of ours reports by itself.
            while engine.runtime.execute_pending_job().unwrap_or(true) {}
            let wait =
                engine.with(|_, main| main.get::<_, Function>("turn")?.call::<_, Option<f64>>(())).map_err(failed)?;
            match wait {
                None => return Ok(Ended::Settled),
                Some(wait) if wait < 0.0 => return Ok(Ended::Stuck),
                Some(wait) => clock::sleep(wait),
            }
        }
    })
}

/// Calls a function of the bundle, then lets its jobs run.
pub(crate) fn call<T>(
    function: impl for<'js> FnOnce(&Ctx<'js>, &Object<'js>) -> rquickjs::Result<T>,
) -> Result<T, RunError> {
    ENGINE.with_borrow(|engine| {
        let engine = engine.as_ref().ok_or_else(|| RunError::Internal("the engine was not prepared".to_owned()))?;
        let value = engine.with(function).map_err(RunError::Internal)?;
        while engine.runtime.execute_pending_job().unwrap_or(true) {}
        Ok(value)
    })
}

/// Calls a function of the bundle, and lets no job run.
pub(crate) fn call_only<T>(
    function: impl for<'js> FnOnce(&Ctx<'js>, &Object<'js>) -> rquickjs::Result<T>,
) -> Result<T, String> {
    ENGINE.with_borrow(|engine| {
        engine.as_ref().ok_or_else(|| "the engine was not prepared".to_owned()).and_then(|engine| engine.with(function))
    })
}

/// Runs so many jobs at most. Returns whether none is left.
pub(crate) fn run_jobs(at_most: usize) -> bool {
    ENGINE.with_borrow(|engine| {
        let Some(engine) = engine else { return true };
        (0..at_most).any(|_| !engine.runtime.execute_pending_job().unwrap_or(true))
    })
}

impl Engine {
    fn with<T>(
        &self,
        function: impl for<'js> FnOnce(&Ctx<'js>, &Object<'js>) -> rquickjs::Result<T>,
    ) -> Result<T, String> {
        self.context.with(|ctx| {
            let main = MAIN.with_borrow(Option::clone).ok_or_else(|| "the engine was not prepared".to_owned())?;
            let main = main.restore(&ctx).map_err(|error| error.to_string())?;
            function(&ctx, &main).catch(&ctx).map_err(|error| error.to_string())
        })
    }
}
