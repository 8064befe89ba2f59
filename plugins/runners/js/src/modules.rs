//! Source files on their way to the engine: found, transformed, compiled, and placed back when a stack names them.

mod hoist;
mod lines;
mod resolve;
mod told;
mod transform;

pub(crate) use lines::Lines;
pub(crate) use resolve::{Finder, Found, Wanted};
pub(crate) use told::{WORDS, told};
pub(crate) use transform::{Kind, source_type, transform};
