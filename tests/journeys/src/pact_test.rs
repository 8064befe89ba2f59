//! `pact test` as a person meets it.

mod cached;
mod components;
mod files;
mod junit;
mod mixed;
mod output;
mod packages;
mod parallel;
mod places;
mod profile;
mod profile_ecmascript;
mod random_validators;
mod rendered;
mod repeat;
mod seeds;
mod selection;
mod validators;
mod watch;
