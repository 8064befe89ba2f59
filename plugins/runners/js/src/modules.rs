//! Source files on their way to the engine: found, transformed, compiled, and placed back when a stack names them.

mod hoist;
mod lines;
mod resolve;
mod transform;

pub(crate) use lines::Lines;
pub(crate) use resolve::{Finder, Found, Wanted};
pub(crate) use transform::{Kind, transform};
