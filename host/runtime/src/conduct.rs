//! What the tested code does while a function of its contract runs, against what that function may do.
//!
//! Only where the host knows which function runs: on the tested side of a split suite, during a call. Imports, and everything
//! on the tests' side, may do what their world allows.

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
}

impl Conduct {
    /// From now on a function runs that may do these things and no others.
    pub(crate) fn begin(&self, allowed: BTreeSet<Effect>) {
        self.lock().allowed = Some(allowed);
    }

    /// The function has returned. Returns what it did although it may not.
    pub(crate) fn end(&self) -> BTreeSet<Effect> {
        let mut state = self.lock();
        state.allowed = None;
        std::mem::take(&mut state.violations)
    }

    /// Tells whether an effect is allowed now, and puts it on record where it is not.
    pub(crate) fn allows(&self, effect: Effect) -> bool {
        let mut state = self.lock();
        let is_allowed = state.allowed.as_ref().is_none_or(|allowed| allowed.contains(&effect));
        if !is_allowed {
            state.violations.insert(effect);
        }
        is_allowed
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
        assert!(conduct.allows(Effect::ReadsClock), "imports may do what they like");
        conduct.begin([Effect::ReadsFile].into());
        assert!(conduct.allows(Effect::ReadsFile));
        assert!(!conduct.allows(Effect::ReadsClock) && !conduct.allows(Effect::ReadsClock));
        assert_eq!(conduct.end(), [Effect::ReadsClock].into());
        assert!(conduct.allows(Effect::WritesFile) && conduct.end().is_empty());
    }
}
