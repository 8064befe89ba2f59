//! `--junit`: what continuous integration reads.

use std::path::Path;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, XmlString};

use crate::document::Document;
use crate::support::{folder, pact, project, read, write};

const SHOP: &str = "import pytest\n\n\n@pytest.mark.parametrize('text', ['a::b', '\\x00<&\\x1b[31m'])\ndef test_text(text):\n    \
    assert text == 'a::b', text\n\n\n@pytest.mark.skip(reason='closed')\ndef test_skipped():\n    pass\n\n\n\
    class TestTill:\n    @pytest.fixture\n    def till(self):\n        raise RuntimeError('no till')\n\n    \
    def test_open(self, till):\n        pass\n";

#[track_caller]
fn report(file: &Path) -> Report {
    let text = read(file);
    Report::deserialize_from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

fn cases(report: &Report, suite: &str) -> Vec<TestCase> {
    let suites = report.test_suites.iter().filter(|found| found.name.as_str() == suite);
    suites.flat_map(|suite| suite.test_cases.clone()).collect()
}

fn attribute<'a>(case: &'a TestCase, name: &str) -> Option<&'a str> {
    case.extra.iter().find(|(key, _)| key.as_str() == name).map(|(_, value)| value.as_str())
}

#[test]
fn every_test_has_its_class_its_place_and_its_outcome() {
    let place = folder(&[("shop/deep/test_shop.py", SHOP), ("shop/test_broken.py", "import nothing_of_that_name\n")]);
    let file = place.path().join("results.xml");
    pact(place.path(), ["test", "shop", "--junit", "results.xml"]).with_code(1);
    let broken = report(&file);
    let [broken] = &cases(&broken, "shop")[..] else { panic!("{broken:?}") };
    assert!(matches!(&broken.status, TestCaseStatus::NonSuccess { kind: NonSuccessKind::Error, .. }), "{broken:?}");
    assert_eq!(attribute(broken, "file"), Some("test_broken.py"));

    write(&place.path().join("shop/test_broken.py"), "def test_whole():\n    pass\n");
    let ended = pact(place.path(), ["test", "shop", "--json", "--junit", "results.xml"]).with_code(1);
    let report = report(&file);
    let document = Document::of(&ended);
    assert_eq!(report.test_suites[0].tests, usize::try_from(document.total).unwrap());
    let cases = cases(&report, "shop");
    let case =
        |name: &str| cases.iter().find(|case| case.name.as_str() == name).unwrap_or_else(|| panic!("{cases:#?}"));
    let passed = case("test_text[a::b]");
    assert!(matches!(passed.status, TestCaseStatus::Success { .. }), "{passed:?}");
    assert_eq!(passed.classname.as_ref().map(XmlString::as_str), Some("deep.test_shop"));
    assert_eq!((attribute(passed, "file"), attribute(passed, "line")), (Some("deep/test_shop.py"), Some("4")));
    assert!(passed.time.is_some());
    let fuel = passed.properties.iter().find(|property| property.name.as_str() == "fuel").unwrap();
    assert_eq!(fuel.value.as_str(), document.test("deep/test_shop.py::test_text[a::b]").fuel.to_string());
    let skipped = case("test_skipped");
    assert!(
        matches!(&skipped.status, TestCaseStatus::Skipped { message: Some(words), .. } if words.contains("closed"))
    );
    let error = case("test_open");
    assert!(matches!(&error.status, TestCaseStatus::NonSuccess { kind: NonSuccessKind::Error, .. }), "{error:?}");
    assert_eq!(error.classname.as_ref().map(XmlString::as_str), Some("deep.test_shop.TestTill"));
}

#[test]
fn what_a_test_says_cannot_make_the_document_invalid() {
    let place = folder(&[("test_shop.py", SHOP)]);
    pact(place.path(), ["test", "--junit", "results.xml"]).with_code(1);
    let text = read(&place.path().join("results.xml"));
    assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
    report(&place.path().join("results.xml"));
}

#[test]
fn a_check_that_did_not_hold_is_a_case_of_its_own() {
    let place = folder(&[("test_nothing.py", "VALUE = 1\n")]);
    pact(place.path(), ["test", "--junit", "results.xml"]).with_code(1);
    let report = report(&place.path().join("results.xml"));
    let names: Vec<String> = cases(&report, "pact.checks").iter().map(|case| case.name.to_string()).collect();
    assert_eq!((names.as_slice(), report.failures), (["zero-tests".to_owned()].as_slice(), 1));
}

#[test]
fn a_suite_that_passed_fails_nowhere_and_one_that_ended_the_sandbox_does() {
    let place = folder(&[]);
    let file = place.path().join("results.xml");
    let file_text = file.to_str().unwrap();
    pact(&project("python-bank"), ["test", "--junit", file_text]).with_code(0);
    let good = report(&file);
    assert_eq!((good.failures, good.errors, good.tests), (0, 0, 53));
    pact(&project("attack-exit"), ["test", "--junit", file_text]).with_code(1);
    let bad = report(&file);
    assert!(bad.failures + bad.errors > 0, "the old document was replaced");
}

#[test]
fn a_file_that_cannot_be_written_is_an_error_before_anything_runs() {
    let ended = pact(&project("python-bank"), ["test", "--junit", "/nowhere/at/all.xml"]).with_code(2);
    assert!(ended.stderr.starts_with("error: write `/nowhere/at/all.xml`\n"), "{}", ended.stderr);
    assert_eq!(ended.stdout, "");
}
