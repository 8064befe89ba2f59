//! One session: runs it and follows its events while they come.
//!
//! The events of a session are a little protocol (collected once; each test started once, then finished once). Whatever
//! does not fit goes on record as a breach and changes nothing else.

use std::collections::HashSet;
use std::time::Duration;

use pact_model::suite::{TestCase, TestResult};
use tokio::sync::mpsc;

use super::canaries::Planted;
use super::progress::Reporter;
use super::record::Record;
use crate::ports::{PluginFault, RunnerEvent, Session, Stamped, SuiteRequest, TestRunner};

/// What was seen of a session.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The runner said which tests it will run.
    pub(super) has_collected: bool,
    /// How many that were.
    pub(super) collected: usize,
    /// How many of them ended.
    pub(super) finished: usize,
    /// The test that had started and not finished when the session ended.
    pub(super) in_flight: Option<Flight>,
    ids: HashSet<String>,
    started: HashSet<String>,
}

/// A test between its start and its end.
#[derive(Debug, Clone)]
pub(super) struct Flight {
    pub(super) id: String,
    pub(super) fuel: u64,
    pub(super) at: Duration,
    /// How the tested code ended its instance meanwhile, if it did. Untrusted text.
    pub(super) tested_ended: Option<String>,
}

/// Runs a session and follows its events into the record.
pub(super) async fn follow(
    runner: &dyn TestRunner,
    request: &SuiteRequest,
    planted: Option<&Planted>,
    record: &mut Record,
    progress: &dyn Reporter,
) -> Result<(Session, Seen), PluginFault> {
    let (sink, mut events) = mpsc::unbounded_channel();
    let mut seen = Seen::default();
    let listen = async {
        while let Some(event) = events.recv().await {
            seen.take(event, &request.only, planted, record, progress);
        }
    };
    let (session, ()) = tokio::join!(runner.run(request, sink), listen);
    Ok((session?, seen))
}

impl Seen {
    fn take(
        &mut self,
        stamped: Stamped,
        only: &[String],
        planted: Option<&Planted>,
        record: &mut Record,
        progress: &dyn Reporter,
    ) {
        let Stamped { fuel, at, event } = stamped;
        match event {
            RunnerEvent::Collected(cases) => self.collect(cases, only, record, progress),
            RunnerEvent::CollectionFailed(error) => {
                if self.has_collected {
                    record.breach(format!("`{}` failed to be collected after collection", error.location.path));
                } else if record.add_collection_error(&error) {
                    progress.collection_failed(&error);
                }
            }
            RunnerEvent::Started(id) => {
                if let Some(reason) = self.refuses_start(&id) {
                    record.breach(reason);
                } else {
                    progress.started(&id);
                    self.started.insert(id.clone());
                    self.in_flight = Some(Flight { id, fuel, at, tested_ended: None });
                }
            }
            RunnerEvent::Finished(result) => self.finish(result, fuel, at, record, progress),
            RunnerEvent::Called(called) => {
                let flying = self.in_flight.as_ref().and_then(|flight| record.function_of(&flight.id));
                // What a changed test calls, it calls as it was written too, and there it counts.
                if !flying.zip(planted).is_some_and(|(function, planted)| planted.is_changed(function)) {
                    record.calls.add(called);
                }
            }
            RunnerEvent::Imported(violations) => record.calls.add_import(violations),
            RunnerEvent::TestedEnded(how) => match &mut self.in_flight {
                Some(flight) => {
                    flight.tested_ended.get_or_insert(how);
                }
                None => record.breach(format!("while no test ran, the tested code {how}")),
            },
        }
    }

    fn collect(&mut self, cases: Vec<TestCase>, only: &[String], record: &mut Record, progress: &dyn Reporter) {
        if self.has_collected {
            record.breach("tests were collected twice".to_owned());
            return;
        }
        self.has_collected = true;
        let first = only.is_empty();
        let only: HashSet<&str> = only.iter().map(String::as_str).collect();
        let mut accepted = Vec::with_capacity(cases.len());
        for case in cases {
            if !first && !only.contains(case.id.as_str()) {
                record.breach(format!("`{}` was collected, but was not to run again", case.id));
            } else if !self.ids.insert(case.id.clone()) {
                record.breach(format!("`{}` was collected twice", case.id));
            } else {
                accepted.push(case);
            }
        }
        self.collected = accepted.len();
        if first {
            progress.collected(&accepted);
            record.set_cases(accepted);
        }
    }

    fn refuses_start(&self, id: &str) -> Option<String> {
        if !self.has_collected {
            Some(format!("`{id}` started before the tests were collected"))
        } else if !self.ids.contains(id) {
            Some(format!("`{id}` started, but was never collected"))
        } else if self.started.contains(id) {
            Some(format!("`{id}` started twice"))
        } else {
            let flight = self.in_flight.as_ref()?;
            Some(format!("`{id}` started while `{}` had not finished", flight.id))
        }
    }

    fn finish(&mut self, result: TestResult, fuel: u64, at: Duration, record: &mut Record, progress: &dyn Reporter) {
        match self.in_flight.take_if(|flight| flight.id == result.id) {
            Some(flight) => {
                self.finished += 1;
                let report = record.add_result(result, &flight, fuel, at);
                progress.finished(&report);
            }
            None if self.started.contains(&result.id) => {
                record.breach(format!("`{}` finished twice", result.id));
            }
            None => record.breach(format!("`{}` finished, but had not started", result.id)),
        }
    }
}
