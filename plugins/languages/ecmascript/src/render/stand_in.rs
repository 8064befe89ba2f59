//! The module that replaces a component in the suites of its dependants. Not the proxy of a component's own suite: nothing is
//! called from here but what a test has put in place.
//!
//! What a module exports cannot be changed from outside. So the functions call the members of one object, which the module
//! exports as its default; a test replaces a member there, and everybody who imported the function gets the replacement.

use std::fmt::Write as _;

use super::signature::{Form, arguments, imports, parameters, signature};
use super::spelling::Spelling;
use super::text::{documentation, of_dialect, quoted};
use crate::dialect::Dialect;
use crate::interface::{Class, Interface};

/// Renders the stand-in.
pub fn stand_in(interface: &Interface, dialect: Dialect) -> String {
    let component = &interface.component;
    let spelling = Spelling { interface, dialect };
    let mut paragraphs =
        vec![format!("Stand-in for the component `{component}` in the tests of the components that depend on it.")];
    let exports: Vec<&str> = interface
        .classes
        .iter()
        .map(|class| class.name.as_str())
        .chain(interface.functions.iter().map(|function| function.name.as_str()))
        .collect();
    if let Some(example) = exports.last() {
        paragraphs.push(format!(
            "The types are the real ones. What is called throws until a test replaces it on the default export:\n\
             `import {component} from \"{component}\"; vi.spyOn({component}, \"{example}\").mockReturnValue(…)`.\n\
             That reaches who said `import {{ {example} }} from \"{component}\"`, too."
        ));
    }
    paragraphs.push("Rendered by pact from the contract: change the contract, not this file.".to_owned());
    let mut text = documentation("", &paragraphs);
    let imports = imports(interface, spelling);
    if !imports.is_empty() {
        let _ = write!(text, "\n{imports}");
    }
    if exports.is_empty() {
        return text;
    }
    text.push_str(&of_dialect(HELPER, dialect));
    text.push_str("\nconst _standIns = {\n");
    for function in &interface.functions {
        let prefix = if function.is_async { "async " } else { "" };
        let _ = write!(
            text,
            "  {prefix}{}{} {{\n    return _refuse({}, {});\n  }},\n",
            function.name,
            signature(function, spelling),
            quoted(component),
            quoted(&function.name)
        );
    }
    for class in &interface.classes {
        let _ = writeln!(text, "  {}: undefined{},", class.name, of_dialect("‹ as any›", dialect));
    }
    text.push_str("};\n\nexport default _standIns;\n");
    for class in &interface.classes {
        text.push_str(&replaceable_class(component, class, spelling));
    }
    for function in &interface.functions {
        let _ = write!(
            text,
            "\nexport {}function {}{} {{\n  return _standIns.{}({});\n}}\n",
            if function.is_async { "async " } else { "" },
            function.name,
            signature(function, spelling),
            function.name,
            arguments(function)
        );
    }
    text
}

/// A test may put a class in its place; one that extends it is made as it is, and what it leaves out throws.
fn replaceable_class(component: &str, definition: &Class, spelling: Spelling<'_>) -> String {
    let name = &definition.name;
    let mut text = format!("\n{}", documentation("", std::slice::from_ref(&definition.description)));
    let arguments = arguments(&definition.init);
    let _ = write!(
        text,
        "export class {name} {{\n  constructor({}) {{\n    if (new.target !== {name}) return;\n    \
         if (_standIns.{name} === {name}) _refuse({}, {});\n    return new _standIns.{name}({arguments});\n  }}\n",
        parameters(&definition.init, spelling, Form::Implemented),
        quoted(component),
        quoted(name)
    );
    for method in &definition.methods {
        let prefix = if method.is_async { "async " } else { "" };
        let _ = write!(
            text,
            "\n  {prefix}{}{} {{\n    return _refuse({}, {});\n  }}\n",
            method.name,
            signature(method, spelling),
            quoted(component),
            quoted(&format!("{name}.{}", method.name))
        );
    }
    let _ = write!(text, "}}\n\n_standIns.{name} = {name};\n");
    text
}

const HELPER: &str = r#"
/** Something of another component was called in a component test. */
class _NotReplaced extends Error {
  constructor(module‹: string›, called‹: string›) {
    const name = called.split(".")[0];
    super(
      `\`${module}.${called}\` is a stand-in here: a component test does not run other components. ` +
        `Replace it on its module: import ${module} from "${module}"; vi.spyOn(${module}, "${name}")`,
    );
    this.name = "NotReplaced";
  }
}

function _refuse(module‹: string›, called‹: string›)‹: never› {
  throw new _NotReplaced(module, called);
}
"#;
