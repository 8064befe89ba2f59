//! Canaries of a suite: some of its tests, each with one expected value changed in place.
//!
//! The suite runs with them, under the names and at the lines that their author gave: whoever looks up what a test expects
//! finds what must not come out. The same tests run as they were written in a session of their own, and those are the results
//! that count. Whether the changed ones failed as they must is for [`super::checks::canaries`].

mod merged;
mod played;
mod shown;
mod sighting;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use pact_model::canary::Canary;
use pact_model::suite::{FileRole, SourceFile};

use super::canary_key::keyed;
use super::{Policy, Suite};
use crate::ports::{LanguageBackend, PluginFault, Renewal};

pub(super) use played::{Played, run};
pub(super) use sighting::{Sight, Sighting};

/// A test file above this has no canaries. Files of that size are tables that a program wrote; to find tests in them that may be
/// changed costs more than to run them, and a backend's limit would end the verdict.
pub(super) const MAX_FILE_BYTES: usize = 512 << 10;

/// The canaries of a suite.
#[derive(Debug)]
pub(super) struct Planted {
    /// The key of this suite in hexadecimal, for the verdict.
    key: String,
    /// Each with the path of its file.
    placed: Vec<(String, Canary)>,
    /// The functions that are changed, as the runner names them.
    changed: HashSet<String>,
}

/// Puts canaries into a suite; which ones differs from draw to draw. None when the policy wants none, the user selects by name,
/// what one test does to the component lasts by contract (a test that stops early does something else), or no test can be one.
pub(super) async fn plant(
    backend: &dyn LanguageBackend,
    suite: &Suite,
    policy: &Policy,
    draw: u32,
) -> Result<Option<(Suite, Planted)>, PluginFault> {
    let keeps_state = suite.split.as_ref().is_some_and(|split| split.renewal == Renewal::Never);
    let may_have_canaries = policy.canaries > 0 && !suite.selects_by_name() && !keeps_state;
    let Some(key) = policy.canary_key.filter(|_| may_have_canaries) else {
        return Ok(None);
    };
    let key = key.of_suite(suite);
    let drawn_by = if draw == 0 { key } else { keyed(&key, format!("draw {draw}").as_bytes()) };
    // Drawn too: else the first files of a large suite would have all canaries.
    let mut tests: Vec<_> = suite
        .files
        .iter()
        .filter(|file| file.role == FileRole::Test && file.bytes.len() <= MAX_FILE_BYTES)
        .map(|file| (keyed(&drawn_by, file.path.as_bytes()), file))
        .collect();
    tests.sort_unstable_by_key(|(key, _)| *key);
    let mut planted = Planted {
        key: key.iter().map(|byte| format!("{byte:02x}")).collect(),
        placed: Vec::new(),
        changed: HashSet::new(),
    };
    let mut texts = HashMap::new();
    // The code of a split suite can reach no comparison: one canary shows that they compare.
    let mut wanted = if suite.split.is_some() { policy.canaries.min(1) } else { policy.canaries };
    for (at, (key, file)) in tests.iter().enumerate() {
        let files_left = u32::try_from(tests.len() - at).unwrap_or(u32::MAX);
        let share = wanted.div_ceil(files_left);
        if share == 0 {
            break;
        }
        let Some(source) = backend.plant_canaries(&file.path, &file.bytes, key, share).await? else { continue };
        if source.canaries.is_empty() {
            continue;
        }
        wanted = wanted.saturating_sub(u32::try_from(source.canaries.len()).unwrap_or(u32::MAX));
        texts.insert(file.path.as_str(), source.text);
        planted.changed.extend(source.canaries.iter().map(|canary| canary.function.clone()));
        planted.placed.extend(source.canaries.into_iter().map(|canary| (file.path.clone(), canary)));
    }
    if planted.placed.is_empty() {
        return Ok(None);
    }
    let plant = |file: &SourceFile| match texts.remove(file.path.as_str()) {
        Some(text) => SourceFile { bytes: text.into_bytes(), ..file.clone() },
        None => file.clone(),
    };
    let files = Arc::new(suite.files.iter().map(plant).collect());
    Ok(Some((Suite { files, ..suite.clone() }, planted)))
}

impl Planted {
    /// Whether a function, as the runner names it, is changed.
    pub(super) fn is_changed(&self, function: &str) -> bool {
        self.changed.contains(function)
    }

    /// Returns the changed functions, in the order in which they were drawn.
    fn functions(&self) -> impl Iterator<Item = &str> {
        self.placed.iter().map(|(_, canary)| canary.function.as_str())
    }
}
