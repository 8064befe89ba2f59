//! `wasi:sockets`: linked because every standard library imports it, and refused at creation.
//!
//! wasmtime-wasi would create a real socket before it asks whether an address is allowed; with both protocols off it refuses
//! first, so that no file descriptor ever appears.

use pact_model::effect::Effect;
use wasmtime::component::Linker;
use wasmtime_wasi::WasiCtxBuilder;
use wasmtime_wasi::p2::bindings::sockets;
use wasmtime_wasi::sockets::{WasiSockets, WasiSocketsCtxView, WasiSocketsView};

use crate::guest::Guest;

pub(crate) fn link(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    let options = sockets::network::LinkOptions::default();
    sockets::instance_network::add_to_linker::<Guest, WasiSockets>(linker, Guest::sockets)?;
    sockets::ip_name_lookup::add_to_linker::<Guest, WasiSockets>(linker, create)?;
    sockets::network::add_to_linker::<Guest, WasiSockets>(linker, &options, Guest::sockets)?;
    sockets::tcp::add_to_linker::<Guest, WasiSockets>(linker, Guest::sockets)?;
    sockets::tcp_create_socket::add_to_linker::<Guest, WasiSockets>(linker, create)?;
    sockets::udp::add_to_linker::<Guest, WasiSockets>(linker, Guest::sockets)?;
    sockets::udp_create_socket::add_to_linker::<Guest, WasiSockets>(linker, create)
}

// Refused in any case; during a call of a contract's function it also goes on record.
fn create(guest: &mut Guest) -> WasiSocketsCtxView<'_> {
    guest.conduct.allows(Effect::Network);
    guest.sockets()
}

/// Switches everything off. These are the defaults of wasmtime-wasi for addresses, but not for creation.
pub(crate) fn refuse(builder: &mut WasiCtxBuilder) {
    builder.allow_tcp(false).allow_udp(false).allow_ip_name_lookup(false);
}
