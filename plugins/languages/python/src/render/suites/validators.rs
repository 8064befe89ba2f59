//! Tests that the types accept what their validators allow and refuse what lies just outside.

use std::fmt::Write as _;

use super::samples::{arguments, modules, spelt};
use super::{head, names_in};
use crate::interface::Interface;
use crate::pretty::{PYTHON, Pretty};
use crate::render::python::{comment, quoted};
use crate::sample::{Sample, StructCases, struct_cases};

/// Renders the tests; none for a contract whose structs need nothing and refuse nothing.
pub(super) fn validators(interface: &Interface) -> Option<String> {
    let (cases, left_out) = struct_cases(interface);
    if cases.is_empty() {
        return None;
    }
    let component = &interface.component;
    let tests: String = cases.iter().map(of_struct).collect();
    let first = format!("Looks whether the types of `{component}` accept and refuse what their validators say.");
    let mut text = head(first, Vec::new());
    let mut standard = modules(&tests).map(|module| format!("import {module}\n")).collect::<String>();
    if !standard.is_empty() {
        standard.push('\n');
    }
    let values = cases.iter().flat_map(|found| {
        let of_fields = found
            .fields
            .iter()
            .flat_map(|field| field.accepted.iter().chain(field.refused.iter().flat_map(|refusal| &refusal.values)));
        found.base.iter().map(|(_, value)| value).chain(of_fields)
    });
    let mut names = names_in(values);
    names.extend(cases.iter().map(|found| found.name.as_str()));
    names.sort_unstable();
    names.dedup();
    let names = names.into_iter().map(|name| Pretty::Text(name.to_owned())).collect();
    // Without brackets on one line, with them on several.
    let import = format!("from {component} import ");
    let flat = Pretty::group("", names, "", "");
    let import = match flat.flat() {
        names if import.len() + names.len() <= PYTHON.width => import + &names,
        names => format!("{import}(\n    {},\n)", names.replace(", ", ",\n    ")),
    };
    let _ = write!(text, "\n{standard}import pytest\n\n{import}\n");
    if !left_out.is_empty() {
        text.push_str("\n# Not tested here:\n");
        text.extend(left_out.iter().map(|reason| comment("", &format!("- {reason}"))));
    }
    for (call, helper) in [("_accepts(", ACCEPTS), ("_refuses(", REFUSES), ("_needs(", NEEDS)] {
        if tests.contains(call) {
            text.push_str(helper);
        }
    }
    Some(text + &tests)
}

fn of_struct(cases: &StructCases) -> String {
    let name = &cases.name;
    let fields = cases.base.iter();
    let fields = fields.map(|(name, value)| Pretty::Pair(format!("{}: ", quoted(name)), Box::new(spelt(value))));
    let base = Pretty::group("{", fields.collect(), "}", "").write(4, 11, 0, &PYTHON);
    let mut text = format!("\n\ndef _fields_of_{name}():\n    return {base}\n");
    for field in &cases.fields {
        let at = format!("{name}_{}", field.name);
        let statements = |call: &str, values: &[Sample]| -> String {
            values.iter().map(|value| statement(call, cases, &field.name, value)).collect()
        };
        if !field.accepted.is_empty() {
            let _ = write!(text, "\n\ndef test_{at}_accepts():\n{}", statements("_accepts(", &field.accepted));
        }
        for refusal in &field.refused {
            let _ = write!(text, "\n\ndef test_{at}_{}_refuses():\n", refusal.name);
            text.push_str(&comment("    ", &refusal.condition));
            text.push_str(&statements("_refuses(", &refusal.values));
        }
        if field.is_required {
            let call = Pretty::group(
                "_needs(",
                vec![
                    Pretty::Text(name.clone()),
                    Pretty::Text(format!("_fields_of_{name}()")),
                    Pretty::Text(quoted(&field.name)),
                ],
                ")",
                "",
            );
            let _ = write!(text, "\n\ndef test_{at}_is_required():\n    {}\n", call.write(4, 4, 0, &PYTHON));
        }
    }
    text
}

fn statement(call: &str, cases: &StructCases, field: &str, value: &Sample) -> String {
    let name = &cases.name;
    let mut parts = vec![Pretty::Text(name.clone()), Pretty::Text(format!("_fields_of_{name}()"))];
    parts.extend(arguments(&[(field.to_owned(), value.clone())]));
    format!("    {}\n", Pretty::group(call, parts, ")", "").write(4, 4, 0, &PYTHON))
}

const ACCEPTS: &str = r#"

def _accepts(kind, fields, /, **changed):
    """Makes a value, which nothing may refuse."""
    kind(**{**fields, **changed})
"#;

const REFUSES: &str = r#"

def _refuses(kind, fields, /, **changed):
    """Fails where a value is made. What is changed must be the reason why it is not."""
    kind(**fields)
    with pytest.raises(ValueError):
        kind(**{**fields, **changed})
"#;

const NEEDS: &str = r#"

def _needs(kind, fields, name):
    """Fails where a value is made without a field."""
    kind(**fields)
    del fields[name]
    with pytest.raises((TypeError, ValueError)):
        kind(**fields)
"#;
