//! Runs of the whole pipeline on a real folder, with a language, a runner and a model that are fakes.

mod access_graph;
mod authoring;
mod changes;
mod fakes;
mod languages;
mod performance;
mod places;
mod project;
mod replies;
mod suites;
mod verdicts;
