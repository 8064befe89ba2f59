//! An implementation that is wrong on purpose. Not a stand-in: a test that passes on it has not looked at what it calls.

use std::fmt::Write as _;

use super::signature::{Form, imports, parameters, signature};
use super::spelling::Spelling;
use super::text::{documentation, of_dialect, quoted};
use crate::dialect::Dialect;
use crate::interface::{Function, Interface};
use crate::layout::types_module;
use crate::type_ref::{Protocol, TypeRef};

mod candidates;
mod values;

use values::Values;

/// In what way it is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoy {
    /// Whatever is called throws an error that no contract declares.
    Raising,
    /// Whatever is called returns one value of its type, and throws nothing.
    Constant,
}

/// Renders the implementation.
pub fn decoy(interface: &Interface, dialect: Dialect, decoy: Decoy) -> String {
    let spelling = Spelling { interface, dialect };
    let writer = Writer { values: Values::new(spelling), spelling, decoy };
    let body = writer.body();
    let helpers = match decoy {
        Decoy::Raising if body.contains("_NotImplementedHere(") => ERROR.to_owned(),
        Decoy::Raising => String::new(),
        Decoy::Constant => of_dialect(&values::helpers(&body), dialect),
    };
    let mut text = documentation(
        "",
        &[
            format!("Stands in place of the component `{}` to see which tests pass without it.", interface.component),
            "Rendered by pact from the contract, wrong on purpose.".to_owned(),
        ],
    );
    let _ = write!(text, "\n{}{}", imports(interface, spelling), writer.value_imports(&body));
    text + &helpers + &body
}

struct Writer<'i> {
    values: Values<'i>,
    spelling: Spelling<'i>,
    decoy: Decoy,
}

impl Writer<'_> {
    fn body(&self) -> String {
        let interface = self.spelling.interface;
        let mut text = String::new();
        for definition in &interface.classes {
            let name = &definition.name;
            let constructor = match self.decoy {
                Decoy::Raising => raising(name),
                Decoy::Constant => String::new(),
            };
            let constructor =
                if constructor.is_empty() { " {}".to_owned() } else { format!(" {{\n    {constructor}\n  }}") };
            let _ = write!(
                text,
                "\nexport class {name} {{\n  constructor({}){constructor}\n",
                parameters(&definition.init, self.spelling, Form::Implemented)
            );
            for method in &definition.methods {
                let _ = write!(
                    text,
                    "\n  {}{}{} {{\n    {}\n  }}\n",
                    self.prefix(method),
                    method.name,
                    signature(method, self.spelling),
                    self.statement(method, &format!("{name}.{}", method.name))
                );
            }
            text.push_str("}\n");
        }
        for function in &interface.functions {
            let prefix = self.prefix(function);
            let prefix = match prefix.strip_suffix('*') {
                Some(prefix) => format!("{prefix}function* "),
                None => format!("{prefix}function "),
            };
            let _ = write!(
                text,
                "\nexport {prefix}{}{} {{\n  {}\n}}\n",
                function.name,
                signature(function, self.spelling),
                self.statement(function, &function.name)
            );
        }
        text
    }

    /// Writes what stands before the name: a generator throws when it is iterated, as that of an implementation would.
    fn prefix(&self, function: &Function) -> &'static str {
        let iterated = match &function.output {
            TypeRef::Protocol(Protocol::Iterator | Protocol::Generator, _) => Some("*"),
            TypeRef::Protocol(Protocol::AsyncIterator | Protocol::AsyncGenerator, _) => Some("async *"),
            _ => None,
        };
        match (function.is_async, iterated, self.decoy) {
            (true, ..) => "async ",
            (false, Some(prefix), Decoy::Raising) => prefix,
            _ => "",
        }
    }

    fn statement(&self, function: &Function, name: &str) -> String {
        match self.decoy {
            Decoy::Raising => raising(name),
            Decoy::Constant => format!(
                "return {}{};",
                self.values.of(&function.output),
                of_dialect("‹ as any›", self.spelling.dialect)
            ),
        }
    }

    /// Imports what values are made of. Whole modules: the names of the types may be those of parameters.
    fn value_imports(&self, body: &str) -> String {
        let interface = self.spelling.interface;
        let mut text = String::new();
        if body.contains("_types.") {
            let _ = writeln!(text, "import * as _types from \"{}\";", types_module(&interface.component));
        }
        for owner in interface.imported_classes.keys() {
            if body.contains(&format!("_{owner}.")) {
                let _ = writeln!(text, "import * as _{owner} from \"{owner}\";");
            }
        }
        text
    }
}

fn raising(name: &str) -> String {
    format!("throw new _NotImplementedHere({});", quoted(name))
}

const ERROR: &str = r"
/** No contract declares it. */
class _NotImplementedHere extends Error {}
";
