//! `pact test` as a person meets it.

mod files;
mod output;
mod packages;
mod repeat;
mod selection;
