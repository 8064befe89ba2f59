//! What all language backends share: reading a contract and checking it, and numbers that are drawn from a key.
//!
//! Type references and default values of a contract are written in a part of Python's expressions, whatever language the
//! component is in; they are parsed here once. What a name means in a language is the backend's to say: see [`Language`].

pub mod contract;
pub mod draw;
pub mod interface;
mod language;
pub mod pretty;
#[cfg(feature = "random")]
pub mod random;
pub mod sample;
pub mod type_ref;

pub use language::Language;
