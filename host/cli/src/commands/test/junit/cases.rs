//! Single cases of a JUnit document. Everything from a guest is made valid: what XML cannot say is shown as an escape.

use std::time::Duration;

use pact_model::suite::{CollectionError, Outcome, TestCase as Case};
use pact_model::verdict::TestReport;
use quick_junit::{NonSuccessKind, Property, TestCase, TestCaseStatus};

use crate::commands::test::seeds::{Steadiness, Unstable, story};
use crate::ui;

/// Returns the case of a test. `case` says where it stands, when it was collected.
pub(super) fn of_test(test: &TestReport, case: Option<&Case>, steadiness: Option<&Steadiness>) -> TestCase {
    let unstable = steadiness.and_then(|steadiness| steadiness.unstable.iter().find(|unstable| unstable.id == test.id));
    let detail = if test.detail.is_empty() { &test.message } else { &test.detail };
    let status = match (test.outcome, unstable) {
        (Outcome::Failed, _) => failing(NonSuccessKind::Failure, &test.message, detail),
        (Outcome::Error, _) => failing(NonSuccessKind::Error, &test.message, detail),
        (_, Some(unstable)) => flaky(unstable),
        (Outcome::Skipped, None) => skipped(&test.message),
        // An expected failure is no failure, and no pass to count either.
        (Outcome::Xfailed, None) => skipped(&format!("expected to fail: {}", test.message)),
        (Outcome::Passed | Outcome::Xpassed, None) => TestCaseStatus::success(),
    };
    let (class, name) = named(&test.id, case.map(|case| case.function.as_str()));
    let mut found = TestCase::new(one_line(name), status);
    found.set_classname(one_line(&dotted(class)));
    found.set_time(Duration::try_from_secs_f64(test.seconds).unwrap_or_default());
    if let Some(case) = case {
        place(&mut found, &case.location.path, case.location.line);
    }
    found.add_property(Property::new("fuel", test.fuel.to_string()));
    if let Some(unstable) = unstable {
        found.add_property(Property::new("flaky", one_line(&story(unstable))));
    }
    found
}

/// Returns the case of a file that could not be collected: it stands for its tests.
pub(super) fn of_collection_error(error: &CollectionError) -> TestCase {
    let detail = if error.detail.is_empty() { &error.message } else { &error.detail };
    let mut case =
        TestCase::new(one_line(&error.location.path), failing(NonSuccessKind::Error, &error.message, detail));
    case.set_classname(one_line(&dotted(&error.location.path)));
    place(&mut case, &error.location.path, error.location.line);
    case
}

/// Returns the case of a test that the plain run did not have.
pub(super) fn of_unstable(unstable: &Unstable) -> TestCase {
    let (class, name) = named(&unstable.id, None);
    let mut case = TestCase::new(one_line(name), flaky(unstable));
    case.set_classname(one_line(&dotted(class)));
    case
}

pub(super) fn failing(kind: NonSuccessKind, message: &str, text: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(one_line(message));
    status.set_description(valid(text));
    status
}

/// Returns text that stays on one line, however long.
pub(super) fn one_line(untrusted: &str) -> String {
    valid(untrusted).replace('\n', "\\n").replace('\t', "\\t")
}

fn valid(untrusted: &str) -> String {
    // Two characters that terminals can be shown are none of XML.
    ui::whole_text(untrusted).replace('\u{fffe}', r"\u{fffe}").replace('\u{ffff}', r"\u{ffff}")
}

fn flaky(unstable: &Unstable) -> TestCaseStatus {
    let detail = unstable.bad.as_ref().map_or("", |(_, report)| report.detail.as_str());
    failing(NonSuccessKind::Failure, &format!("flaky: {}", story(unstable)), detail)
}

fn skipped(message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(one_line(message));
    status
}

fn place(case: &mut TestCase, path: &str, line: u32) {
    case.extra.insert("file".into(), one_line(path).into());
    case.extra.insert("line".into(), line.to_string().into());
}

/// Splits an id into what holds the test and its name. A parameter may hold `::` too, so that the function's name decides.
fn named<'a>(id: &'a str, function: Option<&str>) -> (&'a str, &'a str) {
    let holder =
        function.unwrap_or(id).split('[').next().unwrap_or(id).rsplit_once("::").map(|(holder, _)| holder.len());
    match holder.and_then(|length| Some((id.get(..length)?, id.get(length..)?.strip_prefix("::")?))) {
        Some(split) => split,
        None => (id, id),
    }
}

/// Returns the name of a file or class as CI systems sort by: `a/test_b.x::C` is `a.test_b.C`.
fn dotted(holder: &str) -> String {
    let (file, classes) = holder.split_once("::").unwrap_or((holder, ""));
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let parts = folder.split('/').chain([stem]).chain(classes.split("::"));
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_split_where_its_function_ends() {
        let id = "a/test_b.x::C::test_d[e::f]";
        assert_eq!(named(id, Some("a/test_b.x::C::test_d")), ("a/test_b.x::C", "test_d[e::f]"));
        assert_eq!(named(id, None), ("a/test_b.x::C", "test_d[e::f]"));
        assert_eq!(named("odd", None), ("odd", "odd"));
    }

    #[test]
    fn a_class_is_dotted_from_its_folder_on() {
        assert_eq!(dotted("a/test_b.x::C"), "a.test_b.C");
        assert_eq!(dotted("test_b"), "test_b");
    }
}
