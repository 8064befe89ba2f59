//! The report of `pact assess` for people: a line per finding, as compilers write them. Everything of a guest's is made safe.

use std::collections::BTreeSet;

use pact_model::assessment::FindingSeverity;

use super::{Assessment, Found};
use crate::ui::{Colour, Paint, line};

/// The findings, the files that nobody could read, and the sum.
pub(super) fn report(assessment: &Assessment, paint: Paint) -> String {
    let mut report: String = assessment.findings.iter().map(|found| words(found, paint)).collect();
    let mut named = BTreeSet::new();
    for error in &assessment.facts.unparsed {
        if named.insert(&error.place.path) {
            let place = format!("{}:{}:{}", line(&error.place.path), error.place.line, error.place.column);
            report.push_str(&format!("{place}: not read: {}\n", line(&error.message)));
        }
    }
    if !report.is_empty() {
        report.push('\n');
    }
    let assessors: Vec<String> = assessment.assessors.iter().map(|info| format!("`{}`", line(&info.plugin))).collect();
    report.push_str(&format!(
        "{} in {}, by {}\n",
        [
            plural(assessment.count(FindingSeverity::Error), "error"),
            plural(assessment.count(FindingSeverity::Warning), "warning"),
            plural(assessment.count(FindingSeverity::Note), "note"),
        ]
        .join(", "),
        plural(assessment.facts.files.len(), "file"),
        assessors.join(", "),
    ));
    report
}

fn words(found: &Found, paint: Paint) -> String {
    let finding = &found.finding;
    let severity = match finding.severity {
        FindingSeverity::Error => paint.paint("error", Colour::Red),
        FindingSeverity::Warning => paint.paint("warning", Colour::Yellow),
        FindingSeverity::Note => paint.paint("note", Colour::Dim),
    };
    let place = format!("{}:{}:{}", line(&finding.place.path), finding.place.line, finding.place.column);
    let origin = format!("[{}/{}]", line(&found.assessor), line(&finding.code));
    format!("{place}: {severity}: {} {}\n", line(&finding.message), paint.paint(&origin, Colour::Dim))
}

fn plural(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

#[cfg(test)]
pub(super) fn fixture() -> Assessment {
    use pact_model::assessment::{AssessorFinding, AssessorInfo, FindingCode};
    use pact_model::facts::{Facts, FileFacts, Place, SyntaxError};

    let place = |path: &str, line| Place { path: path.to_owned(), line, column: 5 };
    let found = |severity, message: &str, place| Found {
        assessor: "long".to_owned(),
        finding: AssessorFinding { code: "too-long".to_owned(), severity, message: message.to_owned(), place },
    };
    let file = FileFacts {
        path: "a.x".to_owned(),
        module: "a".to_owned(),
        is_test: false,
        symbols: vec![],
        imports: vec![],
        references: vec![],
    };
    let error = |line| SyntaxError { place: place("b.x", line), message: "expected `:`".to_owned() };
    let code = FindingCode { code: "too-long".to_owned(), meaning: "It is too long.".to_owned() };
    Assessment {
        assessors: vec![AssessorInfo { plugin: "long".to_owned(), title: "length".to_owned(), codes: vec![code] }],
        facts: Facts { files: vec![file], unparsed: vec![error(2), error(9)] },
        findings: vec![
            found(FindingSeverity::Error, "`a.f` has 90 lines", place("a.x", 3)),
            found(FindingSeverity::Note, "clear\u{1b}[2J the screen", place("a.x", 7)),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_a_line_that_editors_understand_and_terminals_survive() {
        insta::assert_snapshot!(report(&fixture(), Paint::new(false)), @r"
        a.x:3:5: error: `a.f` has 90 lines [long/too-long]
        a.x:7:5: note: clear\u{1b}[2J the screen [long/too-long]
        b.x:2:5: not read: expected `:`

        1 error, 0 warnings, 1 note in 1 file, by `long`
        ");
    }
}
