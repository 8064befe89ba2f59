//! `wasi:io`: streams and pollables. They carry nothing by themselves: what they reach is decided where they are made.

use wasmtime::component::{HasData, Linker, ResourceTable};
use wasmtime_wasi_io::bindings::wasi::io;

use crate::guest::Guest;

struct Table;

impl HasData for Table {
    type Data<'a> = &'a mut ResourceTable;
}

pub(crate) fn link(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    io::error::add_to_linker::<Guest, Table>(linker, Guest::counted_table)?;
    io::poll::add_to_linker::<Guest, Table>(linker, Guest::counted_table)?;
    io::streams::add_to_linker::<Guest, Table>(linker, Guest::counted_table)
}
