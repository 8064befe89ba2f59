//! Calls of the tested side: begun, asked back, answered, ended, and what they cost and did.

use std::collections::BTreeSet;

use pact_model::effect::Effect;
use pact_pipeline::ports::Called;
use wasmtime::Store;

use super::{
    Answered, CallFuture, Instance, MAX_HANDLES, Running, State, Stopped, TestedSide, left, set_called, set_fuel,
};
use crate::bindings::tested_side::TestedSide as Bindings;
use crate::bindings::tested_side::pact::plugin::messages::{Outcome, Reply, Request, Target};
use crate::bindings::tested_side::pact::plugin::values::{Node, ObjectKind, Side};
use crate::capabilities::message;
use crate::capabilities::peer::{Answer, Question};
use crate::guest::Guest;

impl TestedSide {
    /// Calls a function of the component or a method of an object that it made.
    pub(crate) async fn call(&mut self, request: Request, fuel: u64) -> Answered {
        let refuse = |stopped| Answered { result: Err(stopped), fuel: 0, called: None };
        if let Err(why) = message::check_request(&request) {
            return refuse(Stopped::Invalid(why));
        }
        self.is_used = true;
        match std::mem::replace(&mut self.state, State::Absent) {
            State::Ready(instance) => {
                let Instance { mut store, bindings, began, fuel: fuel_before, questions, answers } = *instance;
                set_fuel(&mut store, fuel);
                set_called(&mut store, true);
                let function = self.function(&request.target);
                let allowed = self.maker.effects.get(&function).cloned().unwrap_or_default();
                store.data_mut().conduct.begin(allowed);
                let (target, request_nodes) = (request.target.clone(), request.nodes.len());
                let call: CallFuture = Box::pin(async move {
                    let result = bindings.pact_plugin_tested().call_call(&mut store, &request).await;
                    (store, bindings, result)
                });
                let running = Running {
                    call,
                    began,
                    fuel: fuel_before,
                    questions,
                    answers,
                    target,
                    request_nodes,
                    question_nodes: 0,
                    call_fuel: 0,
                    is_changed_by_tests: false,
                };
                self.drive(running, fuel).await
            }
            State::Unimportable(instance, reply) => {
                let answer = reply.clone();
                self.state = State::Unimportable(instance, reply);
                Answered { result: Ok(answer), fuel: 0, called: None }
            }
            State::Running(running) => {
                self.state = State::Running(running);
                refuse(Stopped::Invalid("the component is called while a call of it waits for an answer".to_owned()))
            }
            State::Ended(how) => {
                self.state = State::Ended(how.clone());
                refuse(Stopped::Ended(how))
            }
            State::Absent => refuse(Stopped::Ended("could not be started".to_owned())),
        }
    }

    /// Answers the question of a call and goes on with it.
    pub(crate) async fn answer(&mut self, reply: Reply, fuel: u64) -> Answered {
        let refuse = |stopped| Answered { result: Err(stopped), fuel: 0, called: None };
        match std::mem::replace(&mut self.state, State::Absent) {
            State::Running(mut running) => {
                let checked = match reply.outcome {
                    Outcome::Asks(_) => Err("an answer is no question".to_owned()),
                    _ => message::check_reply(&reply, running.question_nodes),
                };
                if let Err(why) = checked {
                    self.state = State::Running(running);
                    return refuse(Stopped::Invalid(why));
                }
                running.is_changed_by_tests |= !reply.changed.is_empty();
                // The receiver lives in the call's own store.
                let _ = running.answers.send(Answer { reply, fuel });
                self.drive(running, fuel).await
            }
            other => {
                self.state = other;
                refuse(Stopped::Invalid("nothing was asked".to_owned()))
            }
        }
    }

    /// Goes on with a call until it ends or asks. `fuel` is what it may use.
    async fn drive(&mut self, mut running: Running, fuel: u64) -> Answered {
        enum Event {
            Asked(Question),
            Ended((Store<Guest>, Bindings, wasmtime::Result<Reply>)),
        }
        let event = tokio::select! {
            biased;
            ended = &mut running.call => Event::Ended(ended),
            Some(question) = running.questions.recv() => Event::Asked(question),
        };
        match event {
            Event::Asked(Question { request, fuel_left }) => {
                let used = fuel.saturating_sub(fuel_left);
                self.settle(fuel_left);
                let function = self.function(&running.target);
                if let Err(why) = self.note_objects(&request.nodes, &function) {
                    self.charged += used;
                    running.fuel += used;
                    self.abandon(running);
                    let how = format!("broke the plugin interface: {why}");
                    self.state = State::Ended(how.clone());
                    return Answered { result: Err(Stopped::Ended(how)), fuel: used, called: None };
                }
                running.question_nodes = request.nodes.len();
                running.call_fuel += used;
                running.fuel += used;
                self.charged += used;
                self.state = State::Running(running);
                let reply = Reply {
                    nodes: Vec::new(),
                    outcome: Outcome::Asks(request),
                    changed: Vec::new(),
                    effects: Vec::new(),
                };
                Answered { result: Ok(reply), fuel: used, called: None }
            }
            Event::Ended((store, bindings, result)) => {
                let used = fuel.saturating_sub(left(&store));
                self.settle(left(&store));
                running.call_fuel += used;
                running.fuel += used;
                self.charged += used;
                self.end_call(running, store, bindings, result, used)
            }
        }
    }

    fn end_call(
        &mut self,
        running: Running,
        store: Store<Guest>,
        bindings: Bindings,
        result: wasmtime::Result<Reply>,
        used: u64,
    ) -> Answered {
        let Running { began, fuel, questions, answers, target, request_nodes, call_fuel, is_changed_by_tests, .. } =
            running;
        let mut store = store;
        set_called(&mut store, false);
        // What comes back as changed is what the tests will find changed: no other change reaches them.
        if result.as_ref().is_ok_and(|reply| !reply.changed.is_empty()) && !is_changed_by_tests {
            store.data_mut().conduct.allows(Effect::ChangesArgument);
        }
        let violations = store.data_mut().conduct.end();
        let noted = result.map(|reply| {
            message::check_reply(&reply, request_nodes)?;
            if matches!(reply.outcome, Outcome::Asks(_)) {
                return Err("it asked by returning".to_owned());
            }
            if matches!(reply.outcome, Outcome::Waits(_)) && !is_step(&target) {
                return Err("it waits, and is no coroutine that goes on".to_owned());
            }
            let called = self.note(&target, &reply, call_fuel, violations)?;
            Ok((reply, called))
        });
        match noted {
            Ok(Ok((reply, called))) => {
                self.state = State::Ready(Box::new(Instance { store, bindings, began, fuel, questions, answers }));
                Answered { result: Ok(reply), fuel: used, called }
            }
            Ok(Err(why)) => {
                let how = self.break_off(Instance { store, bindings, began, fuel, questions, answers }, &why);
                Answered { result: Err(Stopped::Ended(how)), fuel: used, called: None }
            }
            Err(error) => {
                let result = match self.stop(store, began, fuel, &error) {
                    Ok(how) => Err(Stopped::Ended(how)),
                    Err(stopped) => Err(stopped),
                };
                Answered { result, fuel: used, called: None }
            }
        }
    }

    /// Returns the function of the contract that a target belongs to: a method as `Class.method`, a step of a generator or a
    /// coroutine under the function that made it.
    fn function(&self, target: &Target) -> String {
        match target {
            Target::Function(name) => {
                let own = name.strip_prefix(&self.maker.serving.module).and_then(|rest| rest.strip_prefix('.'));
                own.unwrap_or(name).to_owned()
            }
            Target::Method((id, method)) => {
                let maker = self.makers.get(id).cloned().unwrap_or_default();
                match maker.strip_suffix("()") {
                    Some(class) => format!("{class}.{method}"),
                    None => maker,
                }
            }
        }
    }

    /// Notes what a reply hands out, and says which call of a function it completes.
    fn note(
        &mut self,
        target: &Target,
        reply: &Reply,
        mut fuel: u64,
        mut violations: BTreeSet<Effect>,
    ) -> Result<Option<Called>, String> {
        let function = self.function(target);
        let begun = self.note_objects(&reply.nodes, &function)?;
        if let Target::Method((id, _)) = target
            && let Some((fuel_before, violations_before)) = self.coroutines.remove(id)
        {
            fuel += fuel_before;
            violations.extend(violations_before);
            if matches!(reply.outcome, Outcome::Waits(_)) {
                self.coroutines.insert(*id, (fuel, violations));
                return Ok(None);
            }
        }
        if let Some(coroutine) = begun {
            // Its call is complete when it has been awaited.
            self.coroutines.insert(coroutine, (fuel, violations));
            return Ok(None);
        }
        Ok(Some(Called { function, fuel, violations }))
    }

    /// Notes which function made the objects of a message. Returns the first coroutine among them.
    fn note_objects(&mut self, nodes: &[Node], function: &str) -> Result<Option<u32>, String> {
        let mut begun = None;
        for node in nodes {
            let Node::Object(object) = node else { continue };
            if object.owner != Side::Tested {
                continue;
            }
            let maker = match object.kind {
                ObjectKind::Instance => format!("{}()", object.type_name.rsplit('.').next().unwrap_or_default()),
                _ => function.to_owned(),
            };
            if object.kind == ObjectKind::Coroutine && !self.makers.contains_key(&object.id) {
                begun = begun.or(Some(object.id));
            }
            // One that is known already keeps its maker: a later call may hand it out again.
            self.makers.entry(object.id).or_insert(maker);
            if self.makers.len() > MAX_HANDLES {
                return Err(format!("it hands out more than {MAX_HANDLES} objects in one test"));
            }
        }
        Ok(begun)
    }
}

/// Whether a target goes on with a coroutine: only then there is something that can wait.
fn is_step(target: &Target) -> bool {
    matches!(target, Target::Method((_, method)) if method == "step" || method == "cancel")
}
