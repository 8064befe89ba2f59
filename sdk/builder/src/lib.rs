//! Builds plugins: a source folder becomes one `.wasm` that carries its manifest and the notices of all that went into it.
//!
//! `cargo plugins`, `cargo demo`, `cargo ci` and `cargo compat` are the binary of this crate; `pact plugin build DIR` calls
//! [`build_folder`]. Nothing here runs a plugin itself, and nothing here depends on the host or on wasmtime.

#![expect(
    clippy::disallowed_methods,
    reason = "files and child processes are what a builder is made of; it runs no plugin"
)]

mod audit;
mod build;
mod cache;
mod child;
mod compat;
pub mod console;
mod host_licences;
mod inputs;
mod layout;
mod licences;
mod native_code;
mod other_clone;
mod plugin;
mod preflight;
mod project;
mod python;
mod rendered;
mod rust_guests;
mod section;
mod snapshot;
mod steps;
mod test_guests;
mod test_summary;
mod worlds;

pub use build::{BuildError, Built, build_folder};
pub use compat::{CompatError, CompatOptions, run_compat};
pub use layout::{Layout, LayoutError};
pub use project::{ProjectError, build_plugins, build_test_guests, check_project, check_rendered, run_demo};
pub use rendered::RenderedError;
pub use section::{LICENSES_SECTION, MANIFEST_SECTION, SectionError, read_section};
