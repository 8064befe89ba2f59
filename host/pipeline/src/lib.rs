//! The phases, the verdict, and the ports that they need.
//!
//! Knows neither wasmtime nor the disk nor a terminal: what happens outside goes through [`ports`].

pub mod access_graph;
mod briefs;
pub mod component_suite;
mod conversation;
pub mod digest;
mod error;
pub mod feedback;
pub mod judge;
mod kept;
pub mod performance;
pub mod phases;
pub mod ports;
pub mod record;
pub mod rendered;
pub mod rendering;
pub mod reply;
mod run;
pub mod test_files;

pub use briefs::{BriefCheck, BriefIssue, Dependency, Expected, Level, Subject, estimated_tokens, inspect};
pub use conversation::Asker;
pub use error::{Error, Fault};
pub use run::{ComponentReport, Ports, RunOptions, RunReport, Until, run, tree_hash};
