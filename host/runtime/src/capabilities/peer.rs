//! `pact:plugin/peer`: how the two instances of a split suite reach each other. Every message is checked before it passes.
//!
//! Not for holding the tested side: that is in [`crate::tested_side`].

use pact_pipeline::ports::RunnerEvent;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};
use wasmtime::component::Linker;
use wasmtime::{StoreContextMut, Trap};

use super::{message, observe, profile};
use crate::bindings::tested_side::pact::plugin::messages::{Outcome, Reply, Request};
use crate::bindings::tested_side::pact::plugin::peer::PeerError;
use crate::fuel;
use crate::guest::Guest;
use crate::profiler::Profiler;
use crate::tested_side::{Answered, Stopped, TestedSide};

/// What the tested side asks while it is called, with the fuel that it has left.
pub(crate) struct Question {
    pub(crate) request: Request,
    pub(crate) fuel_left: u64,
}

/// What it is told, with the fuel that it may use from now on.
pub(crate) struct Answer {
    pub(crate) reply: Reply,
    pub(crate) fuel: u64,
}

/// The tested side's end of its line to the tests' side.
pub(crate) struct Asker {
    /// Whether a function of the component runs: an import has nobody to ask.
    pub(crate) is_called: bool,
    pub(crate) questions: UnboundedSender<Question>,
    pub(crate) answers: UnboundedReceiver<Answer>,
}

type Returned = wasmtime::Result<(Result<Reply, PeerError>,)>;

pub(crate) fn link(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    let mut peer = linker.instance("pact:plugin/peer@0.1.0")?;
    peer.func_wrap_async("call", |store: StoreContextMut<'_, Guest>, (request,): (Request,)| {
        Box::new(on_tested_side(store, Profiler::call, async move |side, fuel| side.call(request, fuel).await))
    })?;
    peer.func_wrap_async("answer", |store: StoreContextMut<'_, Guest>, (reply,): (Reply,)| {
        Box::new(on_tested_side(store, Profiler::answer, async move |side, fuel| side.answer(reply, fuel).await))
    })?;
    peer.func_wrap_async("ask", |store: StoreContextMut<'_, Guest>, (request,): (Request,)| {
        Box::new(ask(store, request))
    })?;
    peer.func_wrap("begin-import", |mut store: StoreContextMut<'_, Guest>, ()| {
        store.data_mut().meter.check_host_calls()?;
        store.data().conduct.begin_import();
        Ok(())
    })
}

/// Lets the tested side work, pays for it out of the tests' fuel, and puts on record what it did.
async fn on_tested_side(
    mut store: StoreContextMut<'_, Guest>,
    crosses: fn(&Profiler),
    work: impl AsyncFnOnce(&mut TestedSide, u64) -> Answered + Send,
) -> Returned {
    store.data_mut().meter.check_host_calls()?;
    let fuel_left = fuel::left(&store)?;
    // Taken out for the time of the call: nothing of the tests' side runs meanwhile.
    let Some(mut side) = store.data_mut().tested_side.take() else {
        return Ok((Err(PeerError::Invalid("there is no tested side here: the suite is not split".to_owned())),));
    };
    profile::settle(&mut store, crosses)?;
    let answered = work(&mut side, fuel_left).await;
    store.data_mut().tested_side = Some(side);
    fuel::set(&mut store, fuel_left.saturating_sub(answered.fuel))?;
    let asks = matches!(&answered.result, Ok(reply) if matches!(reply.outcome, Outcome::Asks(_)));
    profile::go_on(&mut store, |account| account.called(asks))?;
    if let Some(called) = answered.called {
        observe::say(&mut store, |_| RunnerEvent::Called(called))?;
    }
    match answered.result {
        Err(Stopped::Ended(how)) => {
            let said = how.clone();
            observe::say(&mut store, |_| RunnerEvent::TestedEnded(said))?;
            Ok((Err(PeerError::Ended(how)),))
        }
        Err(Stopped::Invalid(why)) => Ok((Err(PeerError::Invalid(why)),)),
        // The tests' own fuel and time: the session ends as if they had used it themselves.
        Err(Stopped::OutOfFuel) => Err(Trap::OutOfFuel.into()),
        Err(Stopped::OutOfTime) => Err(Trap::Interrupt.into()),
        Ok(reply) => Ok((Ok(reply),)),
    }
}

async fn ask(mut store: StoreContextMut<'_, Guest>, request: Request) -> Returned {
    store.data_mut().meter.check_host_calls()?;
    let invalid = |why: &str| Ok((Err(PeerError::Invalid(why.to_owned())),));
    if let Err(why) = message::check_request(&request) {
        return invalid(&why);
    }
    let nodes = request.nodes.len();
    let fuel_left = fuel::left(&store)?;
    let Some(asker) = store.data_mut().asker.as_mut().filter(|asker| asker.is_called) else {
        return invalid("only the tested side asks, and only while it is called");
    };
    if asker.questions.send(Question { request, fuel_left }).is_err() {
        return invalid("nobody listens");
    }
    let Some(Answer { reply, fuel }) = asker.answers.recv().await else { return invalid("nobody answers") };
    fuel::set(&mut store, fuel)?;
    profile::go_on(&mut store, |_| ())?;
    match message::check_reply(&reply, nodes) {
        Ok(()) => Ok((Ok(reply),)),
        Err(why) => invalid(&why),
    }
}
