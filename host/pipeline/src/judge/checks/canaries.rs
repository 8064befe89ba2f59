//! Whether what ran compares at all.

use pact_model::suite::Outcome;
use pact_model::verdict::{Check, CheckName};

use super::NAMED;
use crate::judge::twins::Sighting;

/// The twin of each test that passed failed where its expected value was changed. Not made when no test with a twin passed:
/// then nothing is known.
pub(in crate::judge) fn canaries(sightings: &[Sighting]) -> Option<Check> {
    if sightings.is_empty() {
        return None;
    }
    let faults: Vec<String> = sightings.iter().filter_map(fault).collect();
    let detail = if faults.is_empty() {
        format!("{} changed twins of passing tests, each failed where it was changed", sightings.len())
    } else {
        let more = match faults.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        let named = faults.get(..NAMED).unwrap_or(&faults).join("; ");
        format!("what ran does not compare as its source says: {named}{more}")
    };
    Some(Check { name: CheckName::Canaries, held: faults.is_empty(), detail })
}

fn fault(sighting: &Sighting) -> Option<String> {
    let id = &sighting.id;
    let words = match &sighting.changed {
        _ if sighting.is_as_it_must_be() => return None,
        None => "was not collected".to_owned(),
        Some((Outcome::Failed, Some(_))) => "failed elsewhere than where its expected value was changed".to_owned(),
        Some((Outcome::Failed, None)) => "failed, and nobody says where".to_owned(),
        Some((Outcome::Passed | Outcome::Xpassed, _)) => "passed although its expected value was changed".to_owned(),
        Some((Outcome::Error, _)) => "ended with an error instead of a failed comparison".to_owned(),
        Some((Outcome::Skipped, _)) => "was skipped although the test itself ran".to_owned(),
        Some((Outcome::Xfailed, _)) => "failed as expected, although the test itself expects no failure".to_owned(),
    };
    Some(format!("the twin of `{id}` {words}"))
}
