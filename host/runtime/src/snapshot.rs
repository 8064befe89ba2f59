//! A component that has been set up already: its own function `wizer-initialize` runs once, here, and what it leaves in memory
//! is what every later instance starts from. Only for the build.

use std::time::{Duration, Instant};

use pact_grants::{Manifest, Profile, UserGrants, World, decide};
use wasmtime::component::{Component, Instance, Lift, Linker, WasmList};
use wasmtime::{AsContextMut as _, Store};
use wasmtime_wizer::{ComponentInstanceState, Wizer};

use crate::capabilities;
use crate::engine::EngineProfile;
use crate::guest::Guest;
use crate::session;

/// The function that sets the component up.
const INITIALIZE: &str = "wizer-initialize";

/// How long that may take. It takes about a second.
const DEADLINE: Duration = Duration::from_secs(120);

/// The seed of the random numbers that it sees: every build sees the same.
const SEED: u64 = 0;

/// Why there is no snapshot.
#[derive(Debug, thiserror::Error)]
pub enum SnapshotError {
    /// The component is not one that can be set up, or its function ended badly. The text may quote the component.
    #[error("{0}")]
    Engine(String),
}

/// Returns the component as it is after its function `wizer-initialize` has read `input` as its standard input. It sees the
/// same clock, the same random numbers and the same empty file system in each build.
///
/// # Errors
/// [`SnapshotError`] when it has no such function, or that traps.
pub async fn snapshot(component: &[u8], input: Vec<u8>) -> Result<Vec<u8>, SnapshotError> {
    take(component, input).await.map_err(|error| SnapshotError::Engine(format!("{error:#}")))
}

async fn take(component: &[u8], input: Vec<u8>) -> wasmtime::Result<Vec<u8>> {
    let manifest = Manifest::parse("id = 'snapshot'\nversion = '0'\nworld = 'split-runner'\nlicense = 'Apache-2.0'\n");
    let manifest = manifest.map_err(wasmtime::Error::new)?;
    let authority = decide(&manifest, &UserGrants::default(), Profile::Dev).map_err(wasmtime::Error::new)?;
    let engine = EngineProfile::of(World::SplitRunner).build()?;
    let mut wizer = Wizer::new();
    wizer.init_func(INITIALIZE).keep_init_func(true);
    let (context, instrumented) = wizer.instrument_component(component)?;
    let compiled = Component::new(&engine.engine, &instrumented)?;
    let mut linker = Linker::new(&engine.engine);
    capabilities::link(&mut linker, World::SplitRunner)?;
    let guest = Guest::new(&authority, SEED).with_input(input, SEED);
    let mut store = session::open(&engine, guest, Instant::now() + DEADLINE);
    store.set_fuel(u64::MAX)?;
    let instance = linker.instantiate_async(&mut store, &compiled).await?;
    let set_up = instance.get_typed_func::<(), ()>(&mut store, INITIALIZE)?;
    set_up.call_async(&mut store, ()).await.map_err(|error| {
        let tail = store.data().output.tail();
        error.context(format!("it last wrote: {}", tail.trim()))
    })?;
    wizer.snapshot_component(&context, &mut State { store, instance }).await
}

/// What wizer reads memories and globals from.
struct State {
    store: Store<Guest>,
    instance: Instance,
}

impl State {
    async fn call<R: Lift + 'static, T>(
        &mut self,
        instance: &str,
        func: &str,
        take: impl FnOnce(&mut Store<Guest>, R) -> T,
    ) -> T {
        let store = &mut self.store;
        let found = self.instance.get_export_index(&mut *store, None, instance);
        let found = found.and_then(|at| self.instance.get_export_index(&mut *store, Some(&at), func));
        let func = found.and_then(|at| self.instance.get_typed_func::<(), (R,)>(&mut *store, at).ok());
        let func = func.expect("the instrumented component has it");
        let (value,) = func.call_async(store.as_context_mut(), ()).await.expect("it only reads");
        take(store, value)
    }
}

impl ComponentInstanceState for State {
    async fn call_func_ret_list_u8(&mut self, instance: &str, func: &str, contents: impl FnOnce(&[u8]) + Send) {
        self.call(instance, func, |store, list: WasmList<u8>| contents(list.as_le_slice(store))).await;
    }

    async fn call_func_ret_s32(&mut self, instance: &str, func: &str) -> i32 {
        self.call(instance, func, |_, value| value).await
    }

    async fn call_func_ret_s64(&mut self, instance: &str, func: &str) -> i64 {
        self.call(instance, func, |_, value| value).await
    }

    async fn call_func_ret_f32(&mut self, instance: &str, func: &str) -> u32 {
        self.call(instance, func, |_, value: f32| value.to_bits()).await
    }

    async fn call_func_ret_f64(&mut self, instance: &str, func: &str) -> u64 {
        self.call(instance, func, |_, value: f64| value.to_bits()).await
    }
}
