//! Twins among the tests that run, and everything that is said of them in the names and lines of the author's source.
//!
//! A suite runs with twinned sources in the place of its own. Afterwards the record is put back: changed twins leave it,
//! unchanged ones get the names and places that their author gave. Whether the changed ones failed as they must is for
//! [`super::checks::canaries`].

mod back;
mod played;
mod shown;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use pact_model::suite::{FileRole, Location, Outcome, SourceFile};
use pact_model::twin::{LineRun, Twin};

use super::canary_key::keyed;
use super::record::Record;
use super::{Policy, Suite};
use crate::ports::{LanguageBackend, PluginFault, Renewal};

use back::Back;
pub(super) use played::run;
use shown::Shown;

/// The twins of a suite.
#[derive(Debug)]
pub(super) struct Twins {
    /// The key of this suite in hexadecimal, for the verdict.
    pub(super) key: String,
    /// Each with the path of its file.
    placed: Vec<(String, Twin)>,
    back: Back,
    /// The functions that must fail, as the runner names them.
    changed: HashSet<String>,
}

/// A passing test and what became of its changed twin.
#[derive(Debug)]
pub(super) struct Sighting {
    /// The test, as its author named it.
    pub(super) id: String,
    /// The changed twin, as the runner names it: its function, and the case of it.
    function: String,
    case: String,
    /// What the twin did; absent when it was not collected.
    pub(super) changed: Option<(Outcome, Option<Location>)>,
    /// Where it must have failed.
    pub(super) path: String,
    pub(super) first_line: u32,
    pub(super) last_line: u32,
}

/// Puts twins into a suite. None when the policy wants none, the user selects by name (a twin has another one), what one test
/// does to the component lasts by contract (a twin would do it twice), or no test can have a twin.
pub(super) async fn plant(
    backend: &dyn LanguageBackend,
    suite: &Suite,
    policy: &Policy,
) -> Result<Option<(Suite, Twins)>, PluginFault> {
    let keeps_state = suite.split.as_ref().is_some_and(|split| split.renewal == Renewal::Never);
    let may_have_twins = policy.canaries > 0 && !suite.selects_by_name() && !keeps_state;
    let Some(key) = policy.canary_key.filter(|_| may_have_twins) else {
        return Ok(None);
    };
    let key = key.of_suite(suite);
    // Drawn too: else the first files of a large suite would have all twins.
    let mut tests: Vec<_> = suite
        .files
        .iter()
        .filter(|file| file.role == FileRole::Test)
        .map(|file| (keyed(&key, file.path.as_bytes()), file))
        .collect();
    tests.sort_unstable_by_key(|(key, _)| *key);
    let mut twins = Twins {
        key: key.iter().map(|byte| format!("{byte:02x}")).collect(),
        placed: Vec::new(),
        back: Back::default(),
        changed: HashSet::new(),
    };
    let mut texts = HashMap::new();
    // The code of a split suite can reach no comparison: one twin shows that they compare.
    let mut wanted = if suite.split.is_some() { policy.canaries.min(1) } else { policy.canaries };
    for (at, (key, file)) in tests.iter().enumerate() {
        let files_left = u32::try_from(tests.len() - at).unwrap_or(u32::MAX);
        let share = wanted.div_ceil(files_left);
        if share == 0 {
            break;
        }
        let Some(twinned) = backend.twin_tests(&file.path, &file.bytes, key, share).await? else { continue };
        if twinned.twins.is_empty() {
            continue;
        }
        wanted = wanted.saturating_sub(u32::try_from(twinned.twins.len()).unwrap_or(u32::MAX));
        texts.insert(file.path.as_str(), twinned.text);
        twins.add(&file.path, twinned.twins, twinned.lines);
    }
    if twins.placed.is_empty() {
        return Ok(None);
    }
    let twin = |file: &SourceFile| match texts.remove(file.path.as_str()) {
        Some(text) => SourceFile { bytes: text.into_bytes(), ..file.clone() },
        None => file.clone(),
    };
    let files = Arc::new(suite.files.iter().map(twin).collect());
    Ok(Some((Suite { files, ..suite.clone() }, twins)))
}

impl Sighting {
    /// Whether the twin failed where its expected value was changed.
    pub(super) fn is_as_it_must_be(&self) -> bool {
        let lines = self.first_line..=self.last_line;
        match &self.changed {
            Some((Outcome::Failed, Some(at))) => at.path == self.path && lines.contains(&at.line),
            _ => false,
        }
    }
}

impl Twins {
    fn add(&mut self, path: &str, twins: Vec<Twin>, lines: Vec<LineRun>) {
        self.back.add(path, &twins, lines);
        self.changed.extend(twins.iter().map(|twin| twin.changed.clone()));
        self.placed.extend(twins.into_iter().map(|twin| (path.to_owned(), twin)));
    }

    /// Whether a function, as the runner names it, is a changed twin.
    pub(super) fn is_changed(&self, function: &str) -> bool {
        self.changed.contains(function)
    }

    /// Returns what leads back to the author's source.
    pub(super) fn back(&self) -> &Back {
        &self.back
    }

    /// Returns how many of the tests that a runner says were deselected are changed twins: those that are missing like the
    /// tests that they were copied from.
    pub(super) fn deselected(&self, record: &Record) -> u32 {
        let ran: HashSet<&str> = record.entries.iter().map(|entry| entry.case.function.as_str()).collect();
        let is_missing = |function: &String| !ran.contains(function.as_str());
        let missing = self.placed.iter().filter(|(_, twin)| is_missing(&twin.changed) && is_missing(&twin.unchanged));
        u32::try_from(missing.count()).unwrap_or(u32::MAX)
    }

    /// Takes the changed twins out of a record, puts the rest back to the author's names and lines, and says what became of
    /// the twin of each test that passed.
    pub(super) fn take_out(&self, record: &mut Record) -> Vec<Sighting> {
        let sightings = self.sightings(record);
        record.entries.retain(|entry| !self.is_changed(&entry.case.function));
        self.back.record(record);
        sightings
    }

    fn sightings(&self, record: &Record) -> Vec<Sighting> {
        let mut sightings = Vec::new();
        for (path, twin) in &self.placed {
            let changed: Vec<_> = record.entries.iter().filter(|entry| entry.case.function == twin.changed).collect();
            let passed = record.entries.iter().filter(|entry| {
                let outcome = entry.report.as_ref().map(|report| report.outcome);
                entry.case.function == twin.unchanged && outcome == Some(Outcome::Passed)
            });
            for entry in passed {
                // Of a test with parameters each case has its twin, and the parameters follow the function's name.
                let parameters = entry.case.id.strip_prefix(twin.unchanged.as_str()).unwrap_or_default();
                let found =
                    changed.iter().find(|entry| entry.case.id.strip_prefix(twin.changed.as_str()) == Some(parameters));
                let changed = found.and_then(|entry| Some((entry.report.as_ref()?.outcome, entry.raised_at.clone())));
                sightings.push(Sighting {
                    id: self.back.id(&entry.case),
                    function: twin.changed.clone(),
                    case: format!("{}{parameters}", twin.changed),
                    changed,
                    path: path.clone(),
                    first_line: twin.first_line,
                    last_line: twin.last_line,
                });
            }
        }
        sightings
    }
}
