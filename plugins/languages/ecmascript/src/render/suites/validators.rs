//! Tests that the types accept what their validators allow and refuse what lies just outside.

use std::fmt::Write as _;

use super::samples::{object, spelt};
use super::{head, names_in};
use crate::pretty::{ECMASCRIPT, Pretty};
use crate::render::spelling::Spelling;
use crate::render::text::{comment, quoted};
use crate::sample::{Sample, StructCases, struct_cases};

/// Renders the tests; none for a contract whose structs need nothing and refuse nothing.
pub(super) fn validators(spelling: Spelling<'_>) -> Option<String> {
    let interface = spelling.interface;
    let (cases, left_out) = struct_cases(interface);
    if cases.is_empty() {
        return None;
    }
    let component = &interface.component;
    let tests: String = cases.iter().map(|found| of_struct(found, spelling)).collect();
    let first = format!("Looks whether the types of `{component}` accept and refuse what their validators say.");
    let mut text = head(first, Vec::new(), spelling.dialect);
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
    let end = format!(" from {};", quoted(component));
    let import = Pretty::group("import {", names, "}", " ").write(0, 0, end.chars().count(), &ECMASCRIPT);
    let _ = write!(text, "\nimport {{ expect, test }} from \"vitest\";\n\n{import}{end}\n");
    if !left_out.is_empty() {
        text.push_str("\n// Not tested here:\n");
        text.extend(left_out.iter().map(|reason| comment(&format!("- {reason}"))));
    }
    for (call, helper) in [("_accepts(", ACCEPTS), ("_refuses(", REFUSES), ("_needs(", NEEDS)] {
        if tests.contains(call) {
            text.push_str(helper);
        }
    }
    Some(text + &tests)
}

fn of_struct(cases: &StructCases, spelling: Spelling<'_>) -> String {
    let name = &cases.name;
    let base = object(&cases.base, spelling).write(2, 9, 1, &ECMASCRIPT);
    let mut text = format!("\nfunction _fieldsOf{name}() {{\n  return {base};\n}}\n");
    for field in &cases.fields {
        let at = format!("{name}.{}", field.name);
        let statements = |call: &str, values: &[Sample]| -> String {
            values.iter().map(|value| statement(call, cases, &field.name, value, spelling)).collect()
        };
        let mut test = |said: &str, statements: &str| {
            let _ = write!(text, "\ntest({}, () => {{\n{statements}}});\n", quoted(&format!("{at} {said}")));
        };
        if !field.accepted.is_empty() {
            test("accepts", &statements("_accepts(", &field.accepted));
        }
        for refusal in &field.refused {
            let remark: String = comment(&refusal.condition).lines().map(|line| format!("  {line}\n")).collect();
            test(&format!("{} refuses", refusal.name), &(remark + &statements("_refuses(", &refusal.values)));
        }
        if field.is_required {
            let parts = vec![
                Pretty::Text(name.clone()),
                Pretty::Text(format!("_fieldsOf{name}()")),
                Pretty::Text(quoted(&field.name)),
            ];
            let call = Pretty::group("_needs(", parts, ")", "").write(2, 2, 1, &ECMASCRIPT);
            test("is required", &format!("  {call};\n"));
        }
    }
    text
}

fn statement(call: &str, cases: &StructCases, field: &str, value: &Sample, spelling: Spelling<'_>) -> String {
    let name = &cases.name;
    let changed =
        Pretty::group("{", vec![Pretty::Pair(format!("{field}: "), Box::new(spelt(value, spelling)))], "}", " ");
    let call = Pretty::Hugging(format!("{call}{name}, _fieldsOf{name}(), "), Box::new(changed), ")");
    format!("  {};\n", call.write(2, 2, 1, &ECMASCRIPT))
}

const ACCEPTS: &str = r"
/** Makes a value, which nothing may refuse. */
function _accepts(type, fields, changed) {
  new type({ ...fields, ...changed });
}
";

const REFUSES: &str = r"
/** Fails where a value is made. What is changed must be the reason why it is not. */
function _refuses(type, fields, changed) {
  new type(fields);
  expect(() => new type({ ...fields, ...changed })).toThrow();
}
";

const NEEDS: &str = r"
/** Fails where a value is made without a field. */
function _needs(type, fields, name) {
  new type(fields);
  delete fields[name];
  expect(() => new type(fields)).toThrow();
}
";
