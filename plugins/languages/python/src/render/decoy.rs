//! An implementation that is wrong on purpose. Not a stand-in: a test that passes on it has not looked at what it calls.

use std::fmt::Write as _;

use super::python::{class, docstring, foreign_classes, imports, method_signature, quoted, signature};
use crate::interface::{Function, Interface};
use crate::type_ref::{Protocol, Spelling, TypeRef, private_name};

mod candidates;
mod values;

use values::Values;

/// In what way it is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoy {
    /// Whatever is called raises an error that no contract declares.
    Raising,
    /// Whatever is called returns one value of its type, and raises nothing.
    Constant,
}

/// Renders the implementation.
pub fn decoy(interface: &Interface, decoy: Decoy) -> String {
    let body = body(interface, decoy);
    let paragraphs = [
        format!("Stands in place of the component `{}` to see which tests pass without it.", interface.component),
        "Rendered by pact from the contract, wrong on purpose.".to_owned(),
    ];
    let mut text = format!("{}\nfrom __future__ import annotations\n", docstring("", &paragraphs));
    let others: Vec<String> = foreign_classes(interface).filter(|_| decoy == Decoy::Constant).collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let imports = imports(interface, false, &others);
    let missing: String = ["builtins", "datetime", "decimal", "pathlib", "re", "uuid"]
        .into_iter()
        .map(|module| (module, private_name(module)))
        .map(|(module, name)| (format!("{name}."), format!("import {module} as {name}\n")))
        .filter(|(use_of, line)| body.contains(use_of) && !imports.contains(line))
        .map(|(_, line)| line)
        .collect();
    if !missing.is_empty() {
        let _ = write!(text, "\n{missing}");
    }
    // Both begin with modules of the standard library.
    let begins = usize::from(!missing.is_empty() && imports.starts_with("\nimport "));
    text.push_str(&imports[begins..]);
    text.push_str(&body);
    text
}

fn body(interface: &Interface, decoy: Decoy) -> String {
    let writer = Writer { values: Values::new(interface), decoy };
    let mut text = String::new();
    for definition in &interface.classes {
        let name = &definition.name;
        let constructor = match decoy {
            Decoy::Raising => raising(&definition.init, name),
            Decoy::Constant => vec!["pass".to_owned()],
        };
        let methods = definition.methods.iter().map(|method| {
            let statements = writer.statements(method, &format!("{name}.{}", method.name));
            member(method, &statements)
        });
        let members = std::iter::once(member(&definition.init, &constructor)).chain(methods).collect();
        text.push_str(&class(&format!("class {name}:"), "", members));
    }
    for function in &interface.functions {
        let prefix = async_prefix(function, decoy);
        let _ = write!(text, "\n\n{prefix}{}\n", signature(function, Spelling::Private));
        for statement in writer.statements(function, &function.name) {
            let _ = writeln!(text, "    {statement}");
        }
    }
    match decoy {
        Decoy::Raising if text.contains("raise ") => format!("{ERROR}{text}"),
        Decoy::Raising => text,
        Decoy::Constant => format!("{}{text}", values::helpers(&text)),
    }
}

struct Writer<'i> {
    values: Values<'i>,
    decoy: Decoy,
}

impl Writer<'_> {
    fn statements(&self, function: &Function, name: &str) -> Vec<String> {
        match self.decoy {
            Decoy::Raising => raising(function, name),
            Decoy::Constant => vec![format!("return {}", self.values.of(&function.output))],
        }
    }
}

/// A generator raises when it is iterated, as that of an implementation would: its `yield` is never reached.
fn raising(function: &Function, name: &str) -> Vec<String> {
    let raise = format!("raise _NotImplementedHere({})", quoted(name));
    if is_generator(function) { vec![raise, "yield".to_owned()] } else { vec![raise] }
}

fn is_generator(function: &Function) -> bool {
    let is_iterated = matches!(
        function.output,
        TypeRef::Protocol(
            Protocol::Iterator | Protocol::Generator | Protocol::AsyncIterator | Protocol::AsyncGenerator,
            _
        )
    );
    is_iterated && !function.is_async
}

/// What is iterated with `async for` is declared with `async` only where it has a `yield`.
fn async_prefix(function: &Function, decoy: Decoy) -> &'static str {
    let is_async_generator = is_generator(function) && function.output.is_async_stream();
    if decoy == Decoy::Raising && is_async_generator { "async " } else { "" }
}

fn member(method: &Function, statements: &[String]) -> String {
    // Only a generator has more than one statement, and only where it raises.
    let is_async_generator = statements.len() > 1 && method.output.is_async_stream();
    let prefix = if is_async_generator { "async " } else { "" };
    let lines: String = statements.iter().map(|statement| format!("        {statement}\n")).collect();
    format!("    {prefix}{}\n{lines}", method_signature(method, Spelling::Private))
}

const ERROR: &str = r#"

class _NotImplementedHere(Exception):
    """No contract declares it."""
"#;
