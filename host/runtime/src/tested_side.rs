//! The side of a split suite that holds only the tested code: an instance of the runner of its own, called by the host for the
//! tests' side, paid for out of the tests' fuel.
//!
//! It dies of what would end any session (an exit, a trap, a limit) and the next test gets a new one. While it is called it
//! may ask back; then the call waits until the tests' side has answered.

mod calls;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Instant;

use pact_grants::Authority;
use pact_model::effect::Effect;
use pact_model::receipt::{Limit, Receipt, SessionOutcome};
use pact_pipeline::ports::{Called, Renewal};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use wasmtime::Store;

use crate::adapters::describe_outcome;
use crate::bindings::tested_side::exports::pact::plugin::tested::Serving;
use crate::bindings::tested_side::pact::plugin::messages::{Outcome, Reply, Target};
use crate::bindings::tested_side::{TestedSide as Bindings, TestedSidePre};
use crate::capabilities::message;
use crate::capabilities::peer::{Answer, Asker, Question};
use crate::engine::ProfiledEngine;
use crate::fuel;
use crate::guest::Guest;
use crate::profiler::Profiler;
use crate::session::{self, Caller};

/// How a tested side is made, as often as it takes.
pub(crate) struct Maker {
    pub(crate) engine: ProfiledEngine,
    pub(crate) instance: TestedSidePre<Guest>,
    pub(crate) authority: Authority,
    pub(crate) digest: Arc<str>,
    /// Makes its guest: files, clock, random numbers.
    pub(crate) guest: Box<dyn Fn() -> Guest + Send + Sync>,
    pub(crate) serving: Serving,
    pub(crate) seed: u64,
    pub(crate) renewal: Renewal,
    /// What each function of the contract may do.
    pub(crate) effects: BTreeMap<String, BTreeSet<Effect>>,
    /// The account of a session that is profiled.
    pub(crate) profiler: Option<Profiler>,
}

/// The tested side of one session.
pub(crate) struct TestedSide {
    maker: Maker,
    deadline: Instant,
    state: State,
    /// Something has been called since it was made or renewed.
    is_used: bool,
    /// What the tests' side has paid for it so far.
    charged: u64,
    receipts: Vec<Receipt>,
    /// Which function made the object behind a handle.
    makers: HashMap<u32, String>,
    /// What the coroutines that have not ended have used so far, and what they did although they may not.
    coroutines: HashMap<u32, (u64, BTreeSet<Effect>)>,
    /// What the last import did although it may not.
    import_violations: BTreeSet<Effect>,
}

enum State {
    Absent,
    Ready(Box<Instance>),
    /// Its modules could not be imported: the reply to every call.
    Unimportable(Box<Instance>, Reply),
    Running(Running),
    /// How it ended.
    Ended(String),
}

struct Instance {
    store: Store<Guest>,
    bindings: Bindings,
    began: Instant,
    fuel: u64,
    questions: UnboundedReceiver<Question>,
    answers: UnboundedSender<Answer>,
}

type CallFuture = Pin<Box<dyn Future<Output = (Store<Guest>, Bindings, wasmtime::Result<Reply>)> + Send>>;

/// A call that waits for an answer.
struct Running {
    call: CallFuture,
    began: Instant,
    /// Of the instance, before this call.
    fuel: u64,
    questions: UnboundedReceiver<Question>,
    answers: UnboundedSender<Answer>,
    target: Target,
    request_nodes: usize,
    /// Nodes of the question that waits for its answer.
    question_nodes: usize,
    /// Of this call, up to the last question.
    call_fuel: u64,
    /// A function of the tests changed what it was asked with, which may be an argument of this call.
    is_changed_by_tests: bool,
}

/// A test keeps so many objects of the tested side at once; each is a line in our memory.
const MAX_HANDLES: usize = 1_000_000;

/// What came of a renewal.
pub(crate) struct Renewed {
    /// What it cost.
    pub(crate) fuel: u64,
    /// Why the tests cannot go on, if they cannot.
    pub(crate) stopped: Option<Stopped>,
    /// What the component did while it was imported, although no function of its contract may.
    pub(crate) violations: BTreeSet<Effect>,
}

/// Why there is no reply.
pub(crate) enum Stopped {
    Ended(String),
    Invalid(String),
    OutOfFuel,
    OutOfTime,
}

/// What came of a call or an answer.
pub(crate) struct Answered {
    pub(crate) result: Result<Reply, Stopped>,
    /// What it cost.
    pub(crate) fuel: u64,
    /// The call of a contract's function that is complete with this.
    pub(crate) called: Option<Called>,
}

impl TestedSide {
    pub(crate) fn new(maker: Maker, deadline: Instant) -> Self {
        Self {
            maker,
            deadline,
            state: State::Absent,
            is_used: false,
            charged: 0,
            receipts: Vec::new(),
            makers: HashMap::new(),
            coroutines: HashMap::new(),
            import_violations: BTreeSet::new(),
        }
    }

    /// Returns the fuel that the tests' side has paid for this one.
    pub(crate) fn charged(&self) -> u64 {
        self.charged
    }

    /// Makes it ready for the next test: new where there is none, as its [`Renewal`] says where the last test used it.
    pub(crate) async fn renew(&mut self, fuel: u64) -> Renewed {
        let before = self.charged;
        let is_used = std::mem::take(&mut self.is_used);
        let is_kept = match (&self.state, self.maker.renewal) {
            (State::Ready(_), Renewal::Never) => true,
            (State::Ready(_) | State::Unimportable(..), _) => !is_used,
            (State::Running(_) | State::Ended(_) | State::Absent, _) => false,
        };
        let stopped = if is_kept { None } else { self.replace(fuel).await.err() };
        let violations = std::mem::take(&mut self.import_violations);
        Renewed { fuel: self.charged - before, stopped, violations }
    }

    async fn replace(&mut self, fuel: u64) -> Result<(), Stopped> {
        self.makers.clear();
        self.coroutines.clear();
        match (std::mem::replace(&mut self.state, State::Absent), self.maker.renewal) {
            (State::Ready(instance) | State::Unimportable(instance, _), Renewal::Modules) => {
                return self.import(instance, fuel, false).await;
            }
            (State::Ready(instance) | State::Unimportable(instance, _), _) => self.retire(*instance),
            // A call that nobody waits for any more ends with its instance.
            (State::Running(running), _) => self.abandon(running),
            (State::Ended(_) | State::Absent, _) => {}
        }
        self.make(fuel).await
    }

    async fn make(&mut self, fuel: u64) -> Result<(), Stopped> {
        let (question_sender, questions) = unbounded_channel();
        let (answers, answer_receiver) = unbounded_channel();
        let asker = Asker { is_called: false, questions: question_sender, answers: answer_receiver };
        let guest = (self.maker.guest)().with_asker(asker);
        let began = Instant::now();
        let mut store = session::open(&self.maker.engine, guest, self.deadline);
        fuel::set(&mut store, fuel).expect("every profile counts fuel");
        match self.maker.instance.instantiate_async(&mut store).await {
            Ok(bindings) => {
                let instance = Box::new(Instance { store, bindings, began, fuel: 0, questions, answers });
                self.import(instance, fuel, true).await
            }
            Err(error) => {
                let used = fuel - left(&store);
                self.settle(left(&store));
                self.charged += used;
                self.stop(store, began, used, &error).map(|_| ())
            }
        }
    }

    /// Imports the component's modules, for the first time or anew.
    async fn import(&mut self, mut instance: Box<Instance>, fuel: u64, is_first: bool) -> Result<(), Stopped> {
        // A new instance has paid for itself out of the same fuel already.
        let before = if is_first { fuel } else { set_fuel(&mut instance.store, fuel) };
        let tested = instance.bindings.pact_plugin_tested();
        // What a function may do, the import may do for it.
        let allowed = self.maker.effects.values().flatten().copied().collect();
        instance.store.data().conduct.prepare(allowed);
        let result = if is_first {
            tested.call_serve(&mut instance.store, &self.maker.serving).await
        } else {
            tested.call_reset(&mut instance.store).await
        };
        let used = before - left(&instance.store);
        self.settle(left(&instance.store));
        instance.fuel += used;
        self.charged += used;
        self.import_violations.extend(instance.store.data().conduct.end());
        match result {
            Ok(reply) => match (message::check_reply(&reply, 0), &reply.outcome) {
                (Ok(()), Outcome::Returned(_)) => self.state = State::Ready(instance),
                (Ok(()), Outcome::Raised(_)) => self.state = State::Unimportable(instance, reply),
                (Ok(()), Outcome::Waits(_) | Outcome::Asks(_)) => {
                    self.break_off(*instance, "an import neither waits nor asks");
                }
                (Err(why), _) => {
                    self.break_off(*instance, &why);
                }
            },
            Err(error) => {
                let Instance { store, began, fuel, .. } = *instance;
                self.stop(store, began, fuel, &error)?;
            }
        }
        Ok(())
    }

    /// Puts on record how an instance ended by itself, and says whether that is the tests' own end too.
    fn stop(
        &mut self,
        store: Store<Guest>,
        began: Instant,
        fuel: u64,
        error: &wasmtime::Error,
    ) -> Result<String, Stopped> {
        let outcome = session::outcome(error, store.data());
        let how = describe_end(&outcome);
        let limit = match &outcome {
            SessionOutcome::Limited { limit } => Some(*limit),
            _ => None,
        };
        self.write_receipt(&store, began, fuel, outcome);
        self.state = State::Ended(how.clone());
        match limit {
            Some(Limit::Fuel) => Err(Stopped::OutOfFuel),
            Some(Limit::WallClock) => Err(Stopped::OutOfTime),
            _ => Ok(how),
        }
    }

    /// Puts on the account of a profiled session what the instance has used.
    fn settle(&self, fuel_left: u64) {
        if let Some(profiler) = &self.maker.profiler {
            profiler.settle(fuel_left);
        }
    }

    fn retire(&mut self, instance: Instance) {
        let Instance { store, began, fuel, .. } = instance;
        self.write_receipt(&store, began, fuel, SessionOutcome::Returned);
    }

    /// Ends an instance that broke the plugin interface, and says so.
    fn break_off(&mut self, instance: Instance, why: &str) -> String {
        let Instance { store, began, fuel, .. } = instance;
        self.write_receipt(&store, began, fuel, SessionOutcome::Broke { message: why.to_owned() });
        let how = format!("broke the plugin interface: {why}");
        self.state = State::Ended(how.clone());
        how
    }

    /// Ends an instance whose call waits for an answer that does not come.
    fn abandon(&mut self, running: Running) {
        let Running { call, began, fuel, .. } = running;
        // Its store goes with the call: what it held is not known any more, what it used is.
        drop(call);
        let outcome = SessionOutcome::Trapped { message: "a question of the call was never answered".to_owned() };
        self.push_receipt(session::Cost { fuel, began, peak_memory_bytes: 0, output_bytes: 0 }, outcome);
    }

    fn write_receipt(&mut self, store: &Store<Guest>, began: Instant, fuel: u64, outcome: SessionOutcome) {
        self.push_receipt(session::Cost::of(store.data(), fuel, began), outcome);
    }

    fn push_receipt(&mut self, cost: session::Cost, outcome: SessionOutcome) {
        let caller = Caller {
            authority: &self.maker.authority,
            digest: &self.maker.digest,
            call: if self.maker.profiler.is_some() { "tested.call (profile)" } else { "tested.call" },
            seed: self.maker.seed,
        };
        self.receipts.push(session::receipt(&self.maker.engine, caller, cost, outcome));
    }

    /// Ends it and returns the receipts of its instances.
    pub(crate) fn close(mut self) -> Vec<Receipt> {
        match std::mem::replace(&mut self.state, State::Absent) {
            State::Ready(instance) | State::Unimportable(instance, _) => self.retire(*instance),
            State::Running(running) => self.abandon(running),
            State::Ended(_) | State::Absent => {}
        }
        self.receipts
    }
}

fn describe_end(outcome: &SessionOutcome) -> String {
    describe_outcome(outcome).trim_start_matches("it ").to_owned()
}

fn left(store: &Store<Guest>) -> u64 {
    fuel::left(store).expect("every profile counts fuel")
}

fn set_fuel(store: &mut Store<Guest>, fuel: u64) -> u64 {
    fuel::set(store, fuel).expect("every profile counts fuel");
    fuel
}

fn set_called(store: &mut Store<Guest>, is_called: bool) {
    if let Some(asker) = &mut store.data_mut().asker {
        asker.is_called = is_called;
    }
}
