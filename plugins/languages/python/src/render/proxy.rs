//! The module by which one instance of a split suite calls a component in the other. Not the stand-in: a stand-in calls nobody.
//!
//! `pact_peer` is the runner's: it carries calls over and raises, awaits or iterates what comes back.

use std::fmt::Write as _;

use super::python::{class, docstring, imports, method_signature, quoted, signature, tuple_of};
use crate::interface::{Class, Function, Interface};
use crate::layout::types_module;
use crate::type_ref::Spelling;

/// A proxy and what it needs.
#[derive(Debug)]
pub struct Proxy {
    /// The text of the module.
    pub text: String,
    /// The modules whose classes cross by value: the contract's own first, then its owners', by name.
    pub type_modules: Vec<String>,
}

/// Renders the proxy.
pub fn proxy(interface: &Interface) -> Proxy {
    let component = &interface.component;
    let type_modules: Vec<String> =
        std::iter::once(component).chain(interface.imported.keys()).map(|owner| types_module(owner)).collect();
    let paragraphs = [
        format!("Calls the component `{component}`, which runs in another instance."),
        "Rendered by pact from the contract: change the contract, not this file.".to_owned(),
    ];
    let mut text = format!("{}\nfrom __future__ import annotations\n", docstring("", &paragraphs));
    text.push_str(&imports(interface, false, &["import pact_peer as _peer"]));
    let modules: Vec<String> = type_modules.iter().map(|module| quoted(module)).collect();
    let _ =
        writeln!(text, "\n_component = _peer.component({}, type_modules={})", quoted(component), tuple_of(&modules));
    for definition in &interface.classes {
        text.push_str(&remote_class(definition));
    }
    for function in &interface.functions {
        let documentation = docstring("    ", std::slice::from_ref(&function.description));
        let call = call(function, "_component.call");
        let _ = write!(text, "\n\n{}\n{documentation}    {call}\n", signature(function, Spelling::Private));
    }
    Proxy { text, type_modules }
}

fn remote_class(definition: &Class) -> String {
    let (by_position, by_name) = arguments(&definition.init);
    let constructor = format!("self._pact_construct({by_position}{by_name})");
    let methods = definition.methods.iter().map(|method| (method, call(method, "self._pact_call")));
    let members = std::iter::once((&definition.init, constructor)).chain(methods).map(|(method, statement)| {
        let documentation = docstring("        ", std::slice::from_ref(&method.description));
        format!("    {}\n{documentation}        {statement}\n", method_signature(method, Spelling::Private))
    });
    let first_line = format!("class {}(_peer.Remote, component=_component):", definition.name);
    class(&first_line, &definition.description, members.collect())
}

/// Writes the statement that passes a call on.
fn call(function: &Function, caller: &str) -> String {
    let (by_position, by_name) = arguments(function);
    // What ends an iteration is an error like any other only where the contract says so.
    let is_end = |(error, _): &(String, String)| error == "StopIteration" || error == "StopAsyncIteration";
    let may_end = if function.raises.iter().any(is_end) { ", may_end=True" } else { "" };
    let arguments = format!("{}, {by_position}{by_name}{may_end}", quoted(&function.name));
    if function.is_async {
        format!("return await {caller}_async({arguments})")
    } else if function.output.is_async_stream() {
        format!("return {caller}_stream({arguments})")
    } else {
        format!("return {caller}({arguments})")
    }
}

/// Writes the arguments as a tuple. By position, so that what answers sees one form whatever the caller wrote; what the
/// signature takes by name only follows in a dictionary.
fn arguments(function: &Function) -> (String, String) {
    let (by_position, by_name) = crate::interface::by_position_and_name(function);
    let named: Vec<String> = by_name.iter().map(|name| format!("{}: {name}", quoted(name))).collect();
    let named = if named.is_empty() { String::new() } else { format!(", {{{}}}", named.join(", ")) };
    (tuple_of(&by_position), named)
}
