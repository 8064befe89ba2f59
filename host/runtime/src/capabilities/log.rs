//! `pact:plugin/log`: diagnostics of a plugin. Counted like output; kept for the operator, never part of a result.

use wasmtime::StoreContextMut;
use wasmtime::component::Linker;

use crate::bindings::test_runner::pact::plugin::log::Level;
use crate::guest::{Guest, LogLine};

/// A longer message is cut here.
const MESSAGE_BYTES: usize = 64 * 1024;

/// More lines than this are counted, but not kept.
const KEPT_LINES: usize = 1_000;

pub(crate) fn link(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    linker.instance("pact:plugin/log@0.1.0")?.func_wrap(
        "write",
        |mut store: StoreContextMut<'_, Guest>, (level, mut message): (Level, String)| {
            let guest = store.data_mut();
            guest.meter.check_host_calls()?;
            guest.output.take(message.as_bytes())?;
            let cut = message.floor_char_boundary(MESSAGE_BYTES);
            message.truncate(cut);
            if guest.log.len() < KEPT_LINES {
                let level = match level {
                    Level::Debug => "debug",
                    Level::Info => "info",
                    Level::Warn => "warn",
                    Level::Error => "error",
                };
                guest.log.push(LogLine { level, message });
            }
            Ok(())
        },
    )
}
