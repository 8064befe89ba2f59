//! `--junit`: the results as JUnit XML, as continuous integration reads it.
//!
//! Something fails in the document exactly when the judgement is not `passed`.

mod cases;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::anyhow;
use pact_model::verdict::{Isolation, Judgement};
use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};
use tempfile::{Builder, NamedTempFile};

use super::judging::Judged;
use crate::exit::Failure;

use cases::{failing, of_collection_error, of_test, one_line};

/// The suite of what pact itself found wrong.
const CHECKS: &str = "pact.checks";

/// The file of `--junit`. That it can be written is known before anything runs.
#[derive(Debug)]
pub(super) struct Junit {
    path: PathBuf,
}

/// What is said of one folder or component.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    /// The name of the folder, or the component's id.
    pub(super) name: &'a str,
    /// Absent when there was nothing to judge.
    pub(super) judged: Option<&'a Judged>,
    /// What is missing, where something is.
    pub(super) missing: Option<&'a str>,
    /// What the backend finds in the source. Untrusted.
    pub(super) source: &'a [String],
    /// Over everything.
    pub(super) judgement: Judgement,
}

impl Junit {
    /// Makes sure that the file can be written.
    ///
    /// # Errors
    /// [`Failure::usage`] names the file and why not.
    pub(super) fn open(path: PathBuf) -> Result<Self, Failure> {
        let is_other = path.exists() && !path.is_file();
        let tried = if is_other { Err(anyhow!("it is there and no file")) } else { beside(&path).map(drop) };
        tried.map_err(|error| Failure::usage(error).context(format!("write `{}`", path.display())))?;
        Ok(Self { path })
    }

    /// Writes the document, whole or not at all.
    ///
    /// # Errors
    /// [`Failure::usage`] when the file cannot be written any more, for example because the disk is full.
    pub(super) fn write(&self, parts: &[Part<'_>]) -> Result<(), Failure> {
        let text = document(parts).to_string().map_err(Failure::bug)?;
        let written = || -> anyhow::Result<()> {
            let mut file = beside(&self.path)?;
            file.write_all(text.as_bytes())?;
            file.as_file().sync_all()?;
            file.persist(&self.path)?;
            Ok(())
        };
        written().map_err(|error| Failure::usage(error).context(format!("write `{}`", self.path.display())))
    }
}

/// Makes a file in the same folder, which takes the name in one step once it is whole.
fn beside(path: &Path) -> anyhow::Result<NamedTempFile> {
    path.file_name().ok_or_else(|| anyhow!("it has no name"))?;
    let folder = path.parent().ok_or_else(|| anyhow!("it has no folder"))?;
    let mut builder = Builder::new();
    builder.prefix(".pact-junit-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new file of the user's: what may be read is for the umask to say.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    Ok(builder.tempfile_in(folder)?)
}

fn document(parts: &[Part<'_>]) -> Report {
    let mut report = Report::new("pact test");
    let mut checks = TestSuite::new(CHECKS);
    for part in parts {
        let suite = suite(part);
        let fails_before = suite.failures + suite.errors + checks.failures + checks.errors;
        report.add_test_suite(suite);
        let before = checks.failures + checks.errors;
        add_checks(&mut checks, part);
        let fails = fails_before + (checks.failures + checks.errors - before);
        let own = fails - before;
        if own == 0 && part.judgement != Judgement::Passed {
            let reason = part.judged.and_then(Judged::reason).unwrap_or_else(|| "there is no judgement".to_owned());
            checks.add_test_case(of_part(part, "verdict", &reason, NonSuccessKind::Error));
        }
    }
    let time: Duration = parts.iter().filter_map(|part| part.judged).map(|judged| judged.took).sum();
    report.set_time(time);
    if !checks.test_cases.is_empty() {
        report.add_test_suite(checks);
    }
    report
}

fn suite(part: &Part<'_>) -> TestSuite {
    let mut suite = TestSuite::new(one_line(part.name));
    if let Some(missing) = part.missing {
        let status = failing(NonSuccessKind::Error, missing, missing);
        let mut case = TestCase::new(one_line(part.name), status);
        case.set_classname(one_line(part.name));
        suite.add_test_case(case);
    }
    let Some(judged) = part.judged else { return suite };
    let verdict = &judged.verdict;
    suite.set_time(judged.took);
    let fuel: u64 = verdict.receipt.iter().map(|receipt| receipt.fuel).sum();
    suite.add_property(Property::new("seed", verdict.seed.to_string()));
    suite.add_property(Property::new("fuel", fuel.to_string()));
    suite.add_property(Property::new("isolation", isolation(verdict.isolation)));
    if judged.cached {
        suite.add_property(Property::new("cached", "true"));
    }
    if let Some(steadiness) = &judged.steadiness {
        let seeds: Vec<String> = steadiness.runs.iter().map(|run| run.seed.to_string()).collect();
        suite.add_property(Property::new("seeds", seeds.join(" ")));
    }
    for error in &verdict.collection_errors {
        suite.add_test_case(of_collection_error(error));
    }
    for test in &verdict.tests {
        let case = judged.cases.iter().find(|case| case.id == test.id);
        suite.add_test_case(of_test(test, case, judged.steadiness.as_ref()));
    }
    // Tests that only other runs had.
    for unstable in judged.steadiness.iter().flat_map(|steadiness| &steadiness.unstable) {
        let is_known = verdict.tests.iter().any(|test| test.id == unstable.id)
            || verdict.collection_errors.iter().any(|error| error.location.path == unstable.id);
        if !is_known {
            suite.add_test_case(cases::of_unstable(unstable));
        }
    }
    suite
}

fn isolation(isolation: Isolation) -> &'static str {
    match isolation {
        Isolation::Split => "split",
        Isolation::Shared => "shared",
    }
}

/// Adds what did not hold beside the tests.
fn add_checks(checks: &mut TestSuite, part: &Part<'_>) {
    let Some(judged) = part.judged else { return };
    for check in judged.verdict.checks.iter().filter(|check| !check.held) {
        checks.add_test_case(of_part(part, super::report::name(check.name), &check.detail, NonSuccessKind::Failure));
    }
    for run in judged.steadiness.iter().flat_map(|steadiness| steadiness.runs.iter().skip(1)) {
        for broken in &run.broken_checks {
            let (name, detail) = broken.split_once(": ").unwrap_or((broken, ""));
            let name = format!("{name} with seed {}", run.seed);
            checks.add_test_case(of_part(part, &name, detail, NonSuccessKind::Failure));
        }
    }
    for fault in part.source {
        checks.add_test_case(of_part(part, "source", fault, NonSuccessKind::Failure));
    }
}

fn of_part(part: &Part<'_>, name: &str, message: &str, kind: NonSuccessKind) -> TestCase {
    let status: TestCaseStatus = failing(kind, message, message);
    let mut case = TestCase::new(one_line(name), status);
    case.set_classname(one_line(part.name));
    case
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests look at files")]
mod tests {
    use pact_model::suite::{Location, TestCase as Case};
    use pact_model::verdict::Verdict;

    use super::*;
    use crate::commands::test::report::fixture;

    fn judged(verdict: Verdict) -> Judged {
        let case = |id: &str, line| Case {
            id: id.to_owned(),
            function: id.to_owned(),
            location: Location { path: "a.x".to_owned(), line },
        };
        let cases = vec![case("a.x::one", 3), case("a.x::two", 8)];
        Judged { verdict, cases, took: Duration::from_millis(1500), steadiness: None, cached: false, profiled: None }
    }

    fn part(judged: &Judged) -> Part<'_> {
        let judgement = judged.judgement();
        Part { name: "shop", judged: Some(judged), missing: None, source: &[], judgement }
    }

    #[test]
    fn a_suite_that_failed_names_places_messages_and_checks() {
        insta::assert_snapshot!(document(&[part(&judged(fixture::failed()))]).to_string().unwrap(), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="pact test" tests="6" skipped="1" failures="2" errors="2" time="1.500">
            <testsuite name="shop" tests="5" skipped="1" errors="2" failures="1" time="1.500">
                <properties>
                    <property name="seed" value="0"/>
                    <property name="fuel" value="62166584"/>
                    <property name="isolation" value="shared"/>
                </properties>
                <testcase name="b.x" classname="b" file="b.x" line="3">
                    <error message="no module numbers">3: use numbers</error>
                </testcase>
                <testcase name="one" classname="a" time="0.500" file="a.x" line="3">
                    <properties>
                        <property name="fuel" value="7"/>
                    </properties>
                </testcase>
                <testcase name="two" classname="a" time="0.500" file="a.x" line="8">
                    <properties>
                        <property name="fuel" value="7"/>
                    </properties>
                    <failure message="expect 1 == 2">    check(1 == 2)
          &gt; expect 1 == 2
        \u{1b}[31mred
        </failure>
                </testcase>
                <testcase name="three" classname="a" time="0.500">
                    <properties>
                        <property name="fuel" value="7"/>
                    </properties>
                    <skipped message="not here"/>
                </testcase>
                <testcase name="exits" classname="a" time="0.500">
                    <properties>
                        <property name="fuel" value="7"/>
                    </properties>
                    <error message="the test exited with code 0">the test exited with code 0</error>
                </testcase>
            </testsuite>
            <testsuite name="pact.checks" tests="1" skipped="0" errors="0" failures="1">
                <testcase name="typed-results" classname="shop">
                    <failure message="no typed result of `a.x::exits`">no typed result of `a.x::exits`</failure>
                </testcase>
            </testsuite>
        </testsuites>
        "#);
    }

    #[test]
    fn a_component_without_code_is_an_error_and_a_finding_a_failure() {
        let passed = judged(fixture::passed());
        let found = ["a.x:1: no function `f`".to_owned()];
        let parts = [
            Part { source: &found, judgement: Judgement::Failed, ..part(&passed) },
            Part {
                name: "money",
                judged: None,
                missing: Some("it has no code yet"),
                source: &[],
                judgement: Judgement::Failed,
            },
        ];
        let report = document(&parts);
        assert_eq!((report.failures, report.errors), (1, 1), "{}", report.to_string().unwrap());
    }

    #[test]
    fn something_fails_exactly_when_the_judgement_is_not_passed() {
        let passed = judged(fixture::passed());
        let report = document(&[part(&passed)]);
        assert_eq!((report.failures, report.errors, report.test_suites.len()), (0, 0, 1));
        let stopped = judged(fixture::stopped());
        let report = document(&[part(&passed), part(&stopped)]);
        assert_eq!((report.failures, report.errors), (0, 1));
        assert!(report.to_string().unwrap().contains("real time ran out"));
    }

    #[test]
    fn what_xml_cannot_say_is_shown_as_an_escape() {
        let mut verdict = fixture::failed();
        verdict.tests[1].message = "a\u{1b}[31m\u{0}b\u{fffe}<&>\"\n".to_owned();
        verdict.tests[1].id = "a.x::two[\u{1}\n]".to_owned();
        let text = document(&[part(&judged(verdict))]).to_string().unwrap();
        assert!(text.contains(r"a\u{1b}[31m\u{0}b\u{fffe}&lt;&amp;&gt;&quot;"), "{text}");
        assert!(text.contains(r"two[\u{1}\n]"), "{text}");
        Report::deserialize_from_str(&text).expect("it is XML");
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("junit.xml");
        std::fs::write(&file, "old").unwrap();
        let junit = Junit::open(file.clone()).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "old");
        junit.write(&[part(&judged(fixture::passed()))]).unwrap();
        assert!(std::fs::read_to_string(&file).unwrap().starts_with("<?xml"));
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named_before_anything_runs() {
        let folder = tempfile::tempdir().unwrap();
        for path in [PathBuf::from("/nowhere/at/all.xml"), folder.path().to_owned()] {
            let failure = Junit::open(path.clone()).unwrap_err();
            assert_eq!(failure.code(), 2);
            assert!(failure.words().contains(&format!("`{}`", path.display())), "{}", failure.words());
        }
    }
}
