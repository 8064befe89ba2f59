//! `pact test` as a person meets it.

mod components;
mod files;
mod junit;
mod output;
mod packages;
mod places;
mod repeat;
mod seeds;
mod selection;
mod watch;
