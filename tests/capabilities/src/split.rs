//! What the tests of split suites share: a report told as a story.

use pact_model::receipt::SessionOutcome;
use pact_pipeline::ports::{Called, RunnerEvent};

use crate::laboratory::Report;

impl Report {
    /// Returns all events in words, one each, without fuel.
    pub(crate) fn story(&self) -> Vec<String> {
        let tell = |event: &RunnerEvent| match event {
            RunnerEvent::Collected(cases) => {
                format!("collected {}", cases.iter().map(|case| case.id.as_str()).collect::<Vec<_>>().join(", "))
            }
            RunnerEvent::CollectionFailed(error) => format!("not collected: {}", error.message),
            RunnerEvent::Started(id) => format!("started {id}"),
            RunnerEvent::Finished(result) => format!("finished {}: {}", result.id, result.message),
            RunnerEvent::Called(called) => format!("called {}", called.function),
            RunnerEvent::Imported(violations) => format!("imported, and did {violations:?}"),
            RunnerEvent::TestedEnded(how) => format!("ended: {how}"),
        };
        self.events.iter().map(tell).collect()
    }

    /// Returns the calls that reached the tested side and came back.
    pub(crate) fn calls(&self) -> Vec<Called> {
        let called = self.events.iter().filter_map(|event| match event {
            RunnerEvent::Called(called) => Some(called.clone()),
            _ => None,
        });
        called.collect()
    }

    /// Returns what a test found, which is the message of its result.
    #[track_caller]
    pub(crate) fn found(&self, id: &str) -> &str {
        let results = self.results();
        let result = results.iter().find(|result| result.id == id);
        &result.unwrap_or_else(|| panic!("`{id}` has no result: {:#?}", self.story())).message
    }

    /// Returns how the instances of the tested side ended, in order.
    pub(crate) fn tested_outcomes(&self) -> Vec<SessionOutcome> {
        self.session.tested.iter().map(|receipt| receipt.outcome.clone()).collect()
    }
}
