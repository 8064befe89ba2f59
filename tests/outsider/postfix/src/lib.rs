//! The backend of a toy language: sums in postfix notation. Its tests are in Python, and the runner of Python executes it.
//!
//! A line is a function: its name and its parameters, a colon, and words that take numbers from a stack and leave one.
//!
//! ```text
//! mean left right : left right + 2 /
//! ```
//!
//! The code lies in `src/x/main.postfix`. The module `x`, which tests import, is rendered from the contract beside the types and
//! reads the code when it is imported. It takes the place that other backends have for the module of events: nothing here
//! reports its calls.

pub mod code;
pub mod module;

#[cfg(target_family = "wasm")]
mod component;
