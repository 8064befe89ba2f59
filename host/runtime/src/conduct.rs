//! What the tested code does while a function of its contract runs, against what that function may do; and while it is
//! imported, against what any of them may.
//!
//! Only where the host knows what runs: on the tested side of a split suite. Everything on the tests' side may do what its
//! world allows.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pact_model::effect::Effect;

/// The conduct of one guest, shared with the streams that it has open.
#[derive(Debug, Clone, Default)]
pub(crate) struct Conduct(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// What may be done; absent where nobody asks.
    allowed: Option<BTreeSet<Effect>>,
    violations: BTreeSet<Effect>,
    /// The runner gets ready for an import: nothing is denied.
    is_preparing: bool,
}

impl Conduct {
    /// From now on a function runs that may do these things and no others.
    pub(crate) fn begin(&self, allowed: BTreeSet<Effect>) {
        self.lock().allowed = Some(allowed);
    }

    /// From now on a runner gets ready to import what may do these things and no others. What it does counts unless it says
    /// when the import begins.
    pub(crate) fn prepare(&self, allowed: BTreeSet<Effect>) {
        let mut state = self.lock();
        state.allowed = Some(allowed);
        state.is_preparing = true;
    }

    /// The runner is ready, and what comes is the import. Only the first word of it counts: the next could be the code's own.
    pub(crate) fn begin_import(&self) {
        let mut state = self.lock();
        if std::mem::take(&mut state.is_preparing) {
            state.violations.clear();
        }
    }

    /// The function or import has returned. Returns what it did although it may not.
    pub(crate) fn end(&self) -> BTreeSet<Effect> {
        let mut state = self.lock();
        state.allowed = None;
        state.is_preparing = false;
        std::mem::take(&mut state.violations)
    }

    /// Tells whether an effect is allowed now, and puts it on record where it is not.
    pub(crate) fn allows(&self, effect: Effect) -> bool {
        let mut state = self.lock();
        let is_allowed = state.allowed.as_ref().is_none_or(|allowed| allowed.contains(&effect));
        if !is_allowed {
            state.violations.insert(effect);
        }
        is_allowed || state.is_preparing
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_happens_during_a_call_is_on_record_and_only_once() {
        let conduct = Conduct::default();
        assert!(conduct.allows(Effect::ReadsClock), "the tests' side may do what it likes");
        conduct.begin([Effect::ReadsFile].into());
        assert!(conduct.allows(Effect::ReadsFile));
        assert!(!conduct.allows(Effect::ReadsClock) && !conduct.allows(Effect::ReadsClock));
        assert_eq!(conduct.end(), [Effect::ReadsClock].into());
        assert!(conduct.allows(Effect::WritesFile) && conduct.end().is_empty());
    }

    #[test]
    fn what_a_runner_does_before_an_import_is_forgotten_once_and_never_what_comes_after() {
        let conduct = Conduct::default();
        conduct.prepare(BTreeSet::new());
        assert!(conduct.allows(Effect::WritesFile), "nothing of the component runs yet");
        conduct.begin_import();
        assert!(!conduct.allows(Effect::ReadsClock));
        conduct.begin_import();
        assert_eq!(conduct.end(), [Effect::ReadsClock].into());
        conduct.prepare(BTreeSet::new());
        assert!(conduct.allows(Effect::DrawsRandom));
        assert_eq!(conduct.end(), [Effect::DrawsRandom].into(), "it never said when the import began");
    }
}
