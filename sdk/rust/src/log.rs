//! Lines for the operator. Every world may write them; they are never part of a result.

pub use crate::bindings::shared::pact::plugin::log::{Level, write};
