//! Whether what ran compares at all.

use pact_model::verdict::{Check, CheckName};

use super::NAMED;
use crate::judge::canaries::{Sight, Sighting};

/// Begins the detail where no canary says anything.
const NONE_COUNTED: &str = "no canary counted";

/// Each changed test that passes as it was written failed where it was changed. Not made when there is none: then nothing is
/// known.
pub(in crate::judge) fn canaries(sightings: &[Sighting]) -> Option<Check> {
    let sightings: Vec<&Sighting> = sightings.iter().filter(|sighting| sighting.passes_as_written).collect();
    if sightings.is_empty() {
        return None;
    }
    let faults: Vec<String> = sightings.iter().filter_map(|sighting| fault(sighting)).collect();
    let detail = if faults.is_empty() {
        format!("{} changed tests, each failed where it was changed and passed as it was written", sightings.len())
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

/// Some tests passed although they were changed, and pass as they were written: only known once the whole suite ran as it was
/// written. None when there are none such.
pub(in crate::judge) fn passed_although_changed(sightings: Vec<Sighting>) -> Option<Check> {
    let void = sightings.into_iter().filter(|sighting| matches!(sighting.sight, Sight::Void(_)));
    let void: Vec<Sighting> = void.map(|sighting| Sighting { passes_as_written: true, ..sighting }).collect();
    canaries(&void)
}

/// The suite passes as it was written, and no draw of canaries said anything.
pub(in crate::judge) fn no_canary_counted(draws: u32) -> Check {
    let detail = format!(
        "{NONE_COUNTED}: all tests pass as they were written, but in {draws} draws either other tests failed beside changed \
         ones or some failed that ran without the others. Tests that depend on each other do that, and code that knows its tests"
    );
    Check { name: CheckName::Canaries, held: true, detail }
}

/// Returns what a check that held says of a suite whose canaries showed nothing. People must see it: such a pass claims less.
#[must_use]
pub fn without_canaries(check: &Check) -> Option<&str> {
    let says_nothing = check.name == CheckName::Canaries && check.held && check.detail.starts_with(NONE_COUNTED);
    says_nothing.then_some(check.detail.as_str())
}

fn fault(sighting: &Sighting) -> Option<String> {
    match sighting.sight {
        Sight::Failed => None,
        Sight::Void(words) | Sight::Unclear(words) => Some(format!("`{}` {words}", sighting.function)),
    }
}
