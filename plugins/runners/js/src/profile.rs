//! Tells the host which function of the suite or of the tested code runs, where the host wants to know. It counts the fuel.
//!
//! The engine has no way to see calls, so the text of each file says them itself (`modules::told`). The framework's and the
//! engine's own functions say nothing: what they use counts for what called them.

use std::cell::RefCell;

use rquickjs::prelude::Func;
use rquickjs::{Ctx, Function, Object, Result};

use crate::bindings::pact::plugin::profile::{self, Calibration};
use crate::modules::{Kind, WORDS, source_type, told};

/// So often a function that does nothing is called, to see what a call costs.
const CALLS: u32 = 256;

/// A function that can wait. What it waits for is handed on as it is, so that nothing takes a turn more than without it.
const BEGIN: &str = "\
(function (enter, leave, resume) {
  class Call {
    constructor(number) { this.number = number; this.runs = true; enter(number); }
    wait(value) { this.end(); return value; }
    back(value) { if (!this.runs) { this.runs = true; resume(this.number); } return value; }
    end() { if (this.runs) { this.runs = false; leave(this.number); } }
    each(values) {
      const own = values?.[Symbol.asyncIterator];
      if (typeof own !== 'function') return values;
      return { [Symbol.asyncIterator]: () => this.steps(own.call(values)) };
    }
    steps(iterator) {
      const steps = { next: () => this.wait(iterator.next()) };
      if (typeof iterator.return === 'function') steps.return = (value) => iterator.return(value);
      return steps;
    }
  }
  return (number) => new Call(number);
})";

const OUTER_AND_INNER: &str = "function outer() { inner(); } function inner() {}";

/// Without words of its own.
const REPEAT: &str = "(function (outer, times) { for (let at = 0; at < times; at++) outer(); })";

thread_local! {
    static TOLD: RefCell<Option<Told>> = const { RefCell::new(None) };
}

#[derive(Default)]
struct Told {
    root: String,
    /// By the number that stands in the text.
    functions: Vec<Known>,
}

enum Known {
    /// The host's number.
    Declared(u32),
    Named(profile::Function),
}

/// Asks whether a profile is wanted, for the suite at `root`. From then on every file that is compiled says its calls.
pub(crate) fn begin(root: &str) {
    let root = format!("{}/", root.trim_end_matches('/'));
    TOLD.set(profile::wanted().then(|| Told { root, functions: Vec::new() }));
}

/// Shows the host what it costs to say so. Nothing happens where no profile is wanted.
pub(crate) fn calibrate(ctx: &Ctx<'_>) -> Result<()> {
    if TOLD.with_borrow(Option::is_none) {
        return Ok(());
    }
    let repeat: Function = ctx.eval(REPEAT)?;
    let outer = |text: &str| meaning(ctx, &ctx.eval(in_words(&format!("(() => {{ {text} return outer; }})()")))?);
    let text = told(OUTER_AND_INNER, source_type("calibration.cjs", None), &mut |_, _| numbered(Known::Declared(0)));
    let (plain, telling) = (outer(OUTER_AND_INNER)?, outer(&text)?);
    // So that nothing in what counts is the first of its kind. The other would already tell.
    repeat.call::<_, ()>((plain.clone(), CALLS))?;
    profile::calibrate(Calibration::Plain);
    repeat.call::<_, ()>((plain, CALLS))?;
    profile::calibrate(Calibration::Told);
    repeat.call::<_, ()>((telling, CALLS))?;
    profile::calibrate(Calibration::Done);
    Ok(())
}

/// The text of a file with words about its calls; nothing where no profile is wanted.
pub(crate) fn telling(path: &str, source: &str, kind: Option<Kind>) -> Option<String> {
    let root = TOLD.with_borrow(|told| told.as_ref().map(|told| told.root.clone()))?;
    let place = path.strip_prefix(&root).unwrap_or(path);
    Some(told(source, source_type(path, kind), &mut |name, line| {
        numbered(Known::Named(profile::Function { name: name.to_owned(), path: place.to_owned(), line }))
    }))
}

/// An expression in which the words have a meaning. [`meaning`] gives it them.
pub(crate) fn in_words(code: &str) -> String {
    format!("(({}) => {code})", WORDS.join(", "))
}

/// The value of an expression of [`in_words`].
pub(crate) fn meaning<'js>(ctx: &Ctx<'js>, expression: &Function<'js>) -> Result<Function<'js>> {
    let words = Object::new(ctx.clone())?;
    words.set("enter", Func::from(|number| with_number(number, profile::enter)))?;
    words.set("leave", Func::from(|number| with_number(number, profile::leave)))?;
    words.set("resume", Func::from(|number| with_number(number, profile::resume)))?;
    let word = |name| words.get::<_, Function>(name);
    let (enter, leave) = (word("enter")?, word("leave")?);
    let begin: Function = ctx.eval::<Function, _>(BEGIN)?.call((enter.clone(), leave.clone(), word("resume")?))?;
    expression.call((enter, leave, begin))
}

fn numbered(function: Known) -> u32 {
    TOLD.with_borrow_mut(|told| {
        let functions = &mut told.get_or_insert_default().functions;
        functions.push(function);
        u32::try_from(functions.len() - 1).unwrap_or(u32::MAX)
    })
}

/// Says a word with the host's number of a function, which is declared when it is called first.
fn with_number(number: u32, word: fn(u32)) {
    let known = TOLD.with_borrow_mut(|told| {
        let function = told.as_mut()?.functions.get_mut(number as usize)?;
        if let Known::Named(named) = function {
            *function = Known::Declared(profile::declare(named));
        }
        let Known::Declared(number) = function else { return None };
        Some(*number)
    });
    if let Some(number) = known {
        word(number);
    }
}
