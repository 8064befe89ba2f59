//! Journeys: the built `pact` is started as a person starts it, and what comes back is compared with what is promised.
//!
//! Not for what can be shown without the binary: a test stands at the lowest level that can show its claim.

#![expect(clippy::unwrap_used, reason = "all of this crate is tests")]

mod cheats;
mod cheats_ecmascript;
mod commands;
mod demo;
mod document;
mod new_project;
mod outsider;
mod pact_test;
mod plugins;
mod projects;
mod reference;
mod render;
mod schemas;
mod split;
mod support;
mod validate;
