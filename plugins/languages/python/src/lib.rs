//! The language backend of Python: contracts become source text, source text becomes facts.
//!
//! Everything but `component` is plain Rust without WebAssembly, so that `cargo test` runs it natively; `component` alone
//! knows the generated bindings. Nothing here executes Python, and nothing here reads a file: texts come in by value.
//!
//! # Where the parts of a component lie
//!
//! A component `bank` is the module `bank` (`src/bank/bank.py`), and tests say `from bank import deposit, Account`. Its
//! contract's types are a module of their own, `bank_types`, rendered from the contract; the implementation says
//! `from bank_types import Account` and so exports them again. Tests, implementation, proxy and stand-in all import the same
//! rendered module, so a value means the same class to all of them. A dependant `shop` finds on its tests' path, in place of
//! `bank`, a rendered stand-in module `bank` whose functions raise until a test replaces them.

#[cfg(target_family = "wasm")]
mod component;

pub mod canaries;
mod exceptions;
pub mod facts;
pub mod generators;
pub mod identifier;
pub mod implementation;
pub mod interface;
pub mod layout;
pub mod obstacles;
mod pattern;
pub mod render;
pub mod source;
pub mod test_listing;

pub(crate) use pact_language_base::{pretty, sample, type_ref};
