//! Adds up where the fuel of a session goes, from what a runner says and the host's own counter.
//!
//! One account for all instances of a session: only one of them runs at a time. It believes nothing: a function that ends
//! without having begun is counted and changes nothing, one that never ends ends with what it began in, and what is beyond the
//! limits is folded into one node of its caller. So the worst that a runner can do is to spoil its own profile.

mod calibration;
mod stack;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pact_model::profile::{Frame, Function, Node, Profile};

pub(crate) use calibration::{Calibration, Phase};
use calibration::{Costs, Word};
use stack::Stack;

/// The most functions that a session may name. A large suite with its packages has some thousand.
const FUNCTIONS: usize = 20_000;
/// The most nodes of the tree: about 100 bytes each.
const NODES: usize = 200_000;
/// The longest name and path that are kept, in bytes.
const TEXT_BYTES: usize = 256;

/// The account of a session, shared by its instances.
#[derive(Debug, Clone)]
pub(crate) struct Profiler(Arc<Mutex<Account>>);

/// What an instance has said of itself.
#[derive(Debug)]
pub(crate) struct Teller {
    profiler: Profiler,
    calibration: Calibration,
    /// The account's number of each function, by the instance's own.
    functions: Vec<u32>,
}

#[derive(Debug)]
struct Account {
    profile: Profile,
    functions: HashMap<Function, u32>,
    places: HashMap<(Option<u32>, Frame), u32>,
    /// Of each node. What measuring costs is an average, so that a short call can come out below zero.
    fuel: Vec<i64>,
    measuring: i64,
    stack: Stack,
    /// The root under which the stack stands.
    root: u32,
    /// What the running instance had left when it was last looked at.
    left: u64,
    /// What was said last, with what it costs up to the next.
    last: Option<(Word, Costs)>,
    is_asked_for: bool,
}

impl Profiler {
    /// Opens the account of a session that begins with so much fuel.
    pub(crate) fn new(fuel: u64) -> Self {
        let mut account = Account {
            profile: Profile::default(),
            functions: HashMap::new(),
            places: HashMap::new(),
            fuel: Vec::new(),
            measuring: 0,
            stack: Stack::default(),
            root: 0,
            left: fuel,
            last: None,
            is_asked_for: false,
        };
        account.root = account.node(None, Frame::Outside);
        Self(Arc::new(Mutex::new(account)))
    }

    /// Lets an instance speak.
    pub(crate) fn teller(&self) -> Teller {
        Teller { profiler: self.clone(), calibration: Calibration::default(), functions: Vec::new() }
    }

    /// Notes what the running instance has used up to now. Before anything that is not its doing.
    pub(crate) fn settle(&self, fuel_left: u64) {
        self.lock().charge(fuel_left, None);
    }

    /// Says what the running instance, another one or one whose fuel was changed, has from now on.
    pub(crate) fn go_on(&self, fuel_left: u64) {
        self.lock().left = fuel_left;
    }

    /// A test begins, or, with no id, what is no test's. Settle first.
    pub(crate) fn begin(&self, test: Option<&str>) {
        let mut account = self.lock();
        account.stack = Stack::default();
        let frame = test.map_or(Frame::Outside, |id| Frame::Test(cut(id.to_owned())));
        let is_test = test.is_some();
        account.root = account.node(None, frame);
        let root = account.root as usize;
        account.profile.nodes[root].calls += u64::from(is_test);
    }

    /// The other side of a split suite is called.
    pub(crate) fn call(&self) {
        self.lock().stack.call();
    }

    /// A call of the other side has come back; `asks` when it did with a question.
    pub(crate) fn called(&self, asks: bool) {
        self.lock().stack.called(asks);
    }

    /// A question of the other side is answered.
    pub(crate) fn answer(&self) {
        self.lock().stack.answer();
    }

    /// Returns the profile; nothing when the runner never asked whether one is wanted.
    pub(crate) fn close(&self) -> Option<Profile> {
        let mut account = self.lock();
        let mut profile = std::mem::take(&mut account.profile);
        for (node, fuel) in profile.nodes.iter_mut().zip(&account.fuel) {
            node.fuel = u64::try_from(*fuel).unwrap_or(0);
        }
        profile.measuring_fuel = u64::try_from(account.measuring).unwrap_or(0);
        account.is_asked_for.then_some(profile)
    }

    fn lock(&self) -> MutexGuard<'_, Account> {
        // Nothing panics while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Teller {
    /// Returns the account.
    pub(crate) fn profiler(&self) -> &Profiler {
        &self.profiler
    }

    pub(crate) fn ask(&self) {
        self.profiler.lock().is_asked_for = true;
    }

    pub(crate) fn calibrate(&mut self, phase: Phase, fuel_left: u64) {
        let mut account = self.profiler.lock();
        let is_running = self.calibration.is_running();
        if !self.calibration.phase(phase, fuel_left) {
            return;
        }
        if is_running {
            account.all_is_measuring(fuel_left);
        } else {
            account.charge(fuel_left, None);
        }
    }

    pub(crate) fn declare(&mut self, mut function: Function, fuel_left: u64) -> u32 {
        let mut account = self.profiler.lock();
        account.charge(fuel_left, None);
        if self.functions.len() >= FUNCTIONS {
            return u32::MAX;
        }
        (function.name, function.path) = (cut(function.name), cut(function.path));
        let number = self.functions.len();
        self.functions.push(account.function(function));
        account.last = Some((Word::Declare, Costs::default()));
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    pub(crate) fn enter(&mut self, function: u32, is_call: bool, fuel_left: u64) {
        let mut account = self.profiler.lock();
        if self.calibration.word(Word::Enter, fuel_left) {
            return;
        }
        account.charge(fuel_left, Some((Word::Enter, self.calibration.costs())));
        let known = self.functions.get(function as usize).copied();
        account.enter(known, is_call);
    }

    pub(crate) fn leave(&mut self, function: u32, fuel_left: u64) {
        let mut account = self.profiler.lock();
        if self.calibration.word(Word::Leave, fuel_left) {
            return;
        }
        account.charge(fuel_left, Some((Word::Leave, self.calibration.costs())));
        let known = self.functions.get(function as usize).copied();
        if !account.stack.leave(known) {
            account.profile.unmatched += 1;
        }
    }
}

impl Account {
    /// Puts on the account what was used since the last look, without what the words before and after it cost.
    fn charge(&mut self, fuel_left: u64, word: Option<(Word, Costs)>) {
        let used = to_signed(self.left.saturating_sub(fuel_left));
        self.left = fuel_left;
        let measuring = match (&self.last, &word) {
            // From a declaration to the word that it was for.
            (Some((Word::Declare, _)), Some(_)) => used,
            (Some((Word::Declare, _)) | None, None) => 0,
            (Some((before, costs)), Some((now, _))) => costs.between(*before, *now),
            (Some((_, costs)), None) | (None, Some((_, costs))) => costs.one_end(),
        };
        let current = self.stack.top().unwrap_or(self.root) as usize;
        self.fuel[current] = self.fuel[current].saturating_add(used - measuring);
        self.measuring = self.measuring.saturating_add(measuring);
        self.last = word;
    }

    fn all_is_measuring(&mut self, fuel_left: u64) {
        self.measuring = self.measuring.saturating_add(to_signed(self.left.saturating_sub(fuel_left)));
        self.left = fuel_left;
        self.last = None;
    }

    fn enter(&mut self, function: Option<u32>, is_call: bool) {
        let caller = self.stack.top().unwrap_or(self.root);
        let is_folded = self.profile.nodes[caller as usize].frame == Frame::Folded;
        let frame = match function {
            Some(function) if !self.stack.is_deep() && !is_folded => Frame::Function(function),
            _ => Frame::Folded,
        };
        // A folded call inside of a folded one needs no node of its own.
        let node = if is_folded { caller } else { self.node(Some(caller), frame) };
        self.stack.push(function, node);
        let node = &mut self.profile.nodes[node as usize];
        node.calls += u64::from(is_call);
        self.profile.folded_calls += u64::from(is_call && node.frame == Frame::Folded);
    }

    /// Returns the node of a frame below its caller; when there are too many, that of all that is folded there.
    fn node(&mut self, parent: Option<u32>, frame: Frame) -> u32 {
        if let Some(node) = self.places.get(&(parent, frame.clone())) {
            return *node;
        }
        // Each node may have one for what is folded below it, so that there is one to go to.
        let is_full = self.profile.nodes.len() >= NODES;
        if is_full && frame != Frame::Folded {
            return self.node(parent, Frame::Folded);
        }
        let node = u32::try_from(self.profile.nodes.len()).unwrap_or(u32::MAX);
        self.profile.nodes.push(Node { parent, frame: frame.clone(), fuel: 0, calls: 0 });
        self.fuel.push(0);
        self.places.insert((parent, frame), node);
        node
    }

    fn function(&mut self, function: Function) -> u32 {
        if let Some(known) = self.functions.get(&function) {
            return *known;
        }
        if self.profile.functions.len() >= FUNCTIONS {
            return u32::MAX;
        }
        let number = u32::try_from(self.profile.functions.len()).unwrap_or(u32::MAX);
        self.profile.functions.push(function.clone());
        self.functions.insert(function, number);
        number
    }
}

fn to_signed(fuel: u64) -> i64 {
    i64::try_from(fuel).unwrap_or(i64::MAX)
}

fn cut(mut text: String) -> String {
    if text.len() > TEXT_BYTES {
        text.truncate(text.floor_char_boundary(TEXT_BYTES));
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests;
