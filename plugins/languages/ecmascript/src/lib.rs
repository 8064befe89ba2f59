//! What the language backends of TypeScript and JavaScript share. Each of the two is a plugin of its own that chooses a
//! [`dialect::Dialect`] and nothing else.
//!
//! Everything but `component` is plain Rust without WebAssembly, so that `cargo test` runs it natively; `component` alone
//! knows the generated bindings. Nothing here executes JavaScript, and nothing here reads a file: texts come in by value.
//!
//! # Where the parts of a component lie
//!
//! A component `bank` is the module `bank` (`src/bank/bank.ts`), and tests say `import { deposit, Account } from "bank"`. Its
//! contract's types are a module of their own, `bank_types`, rendered from the contract; the implementation says
//! `export * from "bank_types"`. Tests, implementation, proxy and stand-in all import the same rendered module, so a value
//! means the same class to all of them. A dependant `shop` finds on its tests' path, in place of `bank`, a rendered stand-in
//! module `bank` whose functions throw until a test replaces them.

#[cfg(target_family = "wasm")]
pub mod component;

pub mod canaries;
pub mod dialect;
mod errors;
pub mod facts;
pub mod generators;
pub mod identifier;
pub mod implementation;
pub mod interface;
pub mod layout;
pub mod obstacles;
pub mod pattern;
pub mod render;
pub mod source;
pub mod test_listing;

pub(crate) use pact_language_base::{pretty, sample, type_ref};
