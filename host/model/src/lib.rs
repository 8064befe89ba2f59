//! The nouns of pact and their validation.
//!
//! Knows no files, clocks, async or wasm: everything here is data and what follows from data alone.

pub mod assessment;
pub mod canary;
pub mod certificate;
pub mod component_id;
pub mod contract;
pub mod decomposition;
pub mod design;
pub mod effect;
pub mod facts;
pub mod finding;
pub mod implementation;
mod lenient;
pub mod performance;
pub mod phase;
pub mod profile;
pub mod receipt;
pub mod rendered_suite;
pub mod run_state;
pub mod suite;
pub mod task;
pub mod test_suite;
pub mod type_reference;
pub mod validation;
pub mod validator;
pub mod verdict;
