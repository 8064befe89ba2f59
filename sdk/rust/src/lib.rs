//! What a plugin of pact is written with.
//!
//! A plugin is a library crate with `crate-type = ["cdylib"]` that depends on this crate alone, has a `plugin.toml` beside its
//! `Cargo.toml`, and names the type that implements its world:
//!
//! ```
//! use pact_sdk::assessor::{AssessError, Assessor, Description, Facts, Finding, FindingCode, Severity};
//!
//! struct Crowded;
//!
//! impl Assessor for Crowded {
//!     fn describe() -> Description {
//!         Description {
//!             title: "crowded: files that define too much".to_owned(),
//!             codes: vec![FindingCode {
//!                 code: "crowded-file".to_owned(),
//!                 meaning: "The file defines more than 50 things.".to_owned(),
//!             }],
//!         }
//!     }
//!
//!     fn assess(facts: Facts, _settings: String) -> Result<Vec<Finding>, AssessError> {
//!         let crowded = facts.files.iter().filter_map(|file| file.symbols.get(50));
//!         let findings = crowded.map(|symbol| Finding {
//!             code: "crowded-file".to_owned(),
//!             severity: Severity::Warning,
//!             message: format!("`{}` is more than this file should define", symbol.qualified_name),
//!             place: symbol.place.clone(),
//!         });
//!         Ok(findings.collect())
//!     }
//! }
//!
//! pact_sdk::assessor!(Crowded);
//! ```
//!
//! A module for each world holds the trait to implement, its types and what the world may import; the macro of the same name
//! exports a type that implements the trait. Everything is generated from the WIT files in `wit/`, whose comments are the
//! reference: limits, units, and what each function may be denied for.
//!
//! On any other target than wasm the macros expand to nothing and the types are plain data, so a plugin's own tests are
//! native tests. Host functions ([`log::write`] and the like) exist in the sandbox only and panic in a native test.

pub mod assessor;
pub mod backend;
pub mod facts;
pub mod log;
pub mod provider;
pub mod runner;

#[doc(hidden)]
pub mod bindings;
