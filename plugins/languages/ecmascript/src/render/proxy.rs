//! The module by which one instance of a split suite calls a component in the other. Not the stand-in: a stand-in calls nobody.
//!
//! `pact:peer` is the runner's: it carries calls over and throws, awaits or iterates what comes back. It has `component(id, {
//! typeModules })`, whose `call`, `callAsync`, `stream` and `streamAsync` take the name of a function and its arguments; and
//! `Remote`, whose constructor takes that component, the name of the class and the arguments. Methods of a remote object are
//! called with `_pactCall`, `_pactCallAsync`, `_pactStream` and `_pactStreamAsync`.

use std::fmt::Write as _;

use super::signature::{Form, arguments, imports, parameters, short_documentation, signature};
use super::spelling::Spelling;
use super::text::{documentation, quoted};
use crate::dialect::Dialect;
use crate::interface::{Class, Function, Interface};
use crate::layout::types_module;
use crate::type_ref::{Protocol, TypeRef};

/// A proxy and what it needs.
#[derive(Debug)]
pub struct Proxy {
    /// The text of the module.
    pub text: String,
    /// The modules whose classes cross by value: the contract's own first, then its owners', by name.
    pub type_modules: Vec<String>,
}

/// Renders the proxy.
pub fn proxy(interface: &Interface, dialect: Dialect) -> Proxy {
    let component = &interface.component;
    let spelling = Spelling { interface, dialect };
    let type_modules: Vec<String> =
        std::iter::once(component).chain(interface.imported.keys()).map(|owner| types_module(owner)).collect();
    let mut text = documentation(
        "",
        &[
            format!("Calls the component `{component}`, which runs in another instance."),
            "Rendered by pact from the contract: change the contract, not this file.".to_owned(),
        ],
    );
    let peer =
        if interface.classes.is_empty() { "component as _connect" } else { "component as _connect, Remote as _Remote" };
    let _ = write!(text, "\nimport {{ {peer} }} from \"pact:peer\";\n{}", imports(interface, spelling));
    let modules: Vec<String> = type_modules.iter().map(|module| quoted(module)).collect();
    let _ = writeln!(
        text,
        "\nconst _component = _connect({}, {{ typeModules: [{}] }});",
        quoted(component),
        modules.join(", ")
    );
    for definition in &interface.classes {
        text.push_str(&remote_class(definition, spelling));
    }
    for function in &interface.functions {
        let prefix = if function.is_async { "async function" } else { "function" };
        let _ = write!(
            text,
            "\n{}export {prefix} {}{} {{\n  return {};\n}}\n",
            short_documentation("", function, spelling),
            function.name,
            signature(function, spelling),
            call(function, "_component.", ["call", "callAsync", "stream", "streamAsync"])
        );
    }
    Proxy { text, type_modules }
}

fn remote_class(definition: &Class, spelling: Spelling<'_>) -> String {
    let name = &definition.name;
    let mut text = format!("\n{}", documentation("", std::slice::from_ref(&definition.description)));
    let _ = write!(
        text,
        "export class {name} extends _Remote {{\n  static component = _component;\n\n  constructor({}) {{\n    super(_component, {}, [{}]);\n  }}\n",
        parameters(&definition.init, spelling, Form::Implemented),
        quoted(name),
        arguments(&definition.init)
    );
    for method in &definition.methods {
        let prefix = if method.is_async { "async " } else { "" };
        let _ = write!(
            text,
            "\n{}  {prefix}{}{} {{\n    return {};\n  }}\n",
            short_documentation("  ", method, spelling),
            method.name,
            signature(method, spelling),
            call(method, "this.", ["_pactCall", "_pactCallAsync", "_pactStream", "_pactStreamAsync"])
        );
    }
    text + "}\n"
}

/// Writes the expression that passes a call on.
fn call(function: &Function, subject: &str, [at_once, awaited, stream, awaited_stream]: [&str; 4]) -> String {
    let way = match &function.output {
        _ if function.is_async => awaited,
        TypeRef::Protocol(protocol, _) if protocol.is_async() => awaited_stream,
        TypeRef::Protocol(Protocol::Iterator | Protocol::Generator, _) => stream,
        _ => at_once,
    };
    format!("{subject}{way}({}, [{}])", quoted(&function.name), arguments(function))
}
