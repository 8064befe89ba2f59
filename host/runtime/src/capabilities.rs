//! Everything that a plugin can reach, one file per WIT interface.
//!
//! The `wasi_*` files are the inert base that every guest's standard library links: nothing in it touches the machine.
//! `p2::add_to_linker_*` of wasmtime-wasi is never called: the lookup of versions takes the highest 0.2.x that is
//! registered, so it would silently hand out the machine's filesystem.

pub(crate) mod log;
pub(crate) mod message;
pub(crate) mod observe;
pub(crate) mod peer;
pub(crate) mod profile;
pub(crate) mod wasi_cli;
pub(crate) mod wasi_clocks;
pub(crate) mod wasi_filesystem;
pub(crate) mod wasi_io;
pub(crate) mod wasi_random;
pub(crate) mod wasi_sockets;
pub(crate) mod workspace;

use pact_grants::World;
use wasmtime::component::Linker;

use crate::guest::Guest;

/// Interfaces of WASI 0.2 that are linked inert, without their version.
pub(crate) const WASI_BASE: [&str; 27] = [
    "wasi:cli/environment",
    "wasi:cli/exit",
    "wasi:cli/stderr",
    "wasi:cli/stdin",
    "wasi:cli/stdout",
    "wasi:cli/terminal-input",
    "wasi:cli/terminal-output",
    "wasi:cli/terminal-stderr",
    "wasi:cli/terminal-stdin",
    "wasi:cli/terminal-stdout",
    "wasi:clocks/monotonic-clock",
    "wasi:clocks/wall-clock",
    "wasi:filesystem/preopens",
    "wasi:filesystem/types",
    "wasi:io/error",
    "wasi:io/poll",
    "wasi:io/streams",
    "wasi:random/insecure",
    "wasi:random/insecure-seed",
    "wasi:random/random",
    "wasi:sockets/instance-network",
    "wasi:sockets/ip-name-lookup",
    "wasi:sockets/network",
    "wasi:sockets/tcp",
    "wasi:sockets/tcp-create-socket",
    "wasi:sockets/udp",
    "wasi:sockets/udp-create-socket",
];

/// Links what a world may import, and the inert base.
pub(crate) fn link(linker: &mut Linker<Guest>, world: World) -> wasmtime::Result<()> {
    wasi_cli::link(linker)?;
    wasi_clocks::link(linker)?;
    wasi_filesystem::link(linker)?;
    wasi_io::link(linker)?;
    wasi_random::link(linker)?;
    wasi_sockets::link(linker)?;
    log::link(linker)?;
    match world {
        World::TestRunner => {
            observe::link(linker)?;
            profile::link(linker)?;
        }
        World::SplitRunner => {
            observe::link(linker)?;
            profile::link(linker)?;
            peer::link(linker)?;
        }
        World::LlmProvider => workspace::link(linker)?,
        World::LanguageBackend | World::Assessor => {}
    }
    Ok(())
}
