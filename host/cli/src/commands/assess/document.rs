//! The JSON document of `pact assess --json`. Its fields are a promise to scripts: none is renamed or moved.

use pact_model::assessment::FindingSeverity;
use serde::Serialize;

use super::Assessment;

/// `pact/assess@1`.
#[derive(Debug, Serialize)]
pub(super) struct Document<'a> {
    schema: &'static str,
    errors: usize,
    warnings: usize,
    notes: usize,
    /// Files that were read, tests included.
    files: usize,
    findings: Vec<Finding<'a>>,
    assessors: Vec<Assessor<'a>>,
    /// Why files could not be read. Nothing is known of them.
    unparsed: Vec<Unparsed<'a>>,
}

#[derive(Debug, Serialize)]
struct Finding<'a> {
    assessor: &'a str,
    code: &'a str,
    severity: FindingSeverity,
    message: &'a str,
    path: &'a str,
    line: u32,
    column: u32,
}

#[derive(Debug, Serialize)]
struct Assessor<'a> {
    id: &'a str,
    title: &'a str,
    codes: Vec<Code<'a>>,
}

#[derive(Debug, Serialize)]
struct Code<'a> {
    code: &'a str,
    meaning: &'a str,
}

#[derive(Debug, Serialize)]
struct Unparsed<'a> {
    path: &'a str,
    line: u32,
    column: u32,
    message: &'a str,
}

impl<'a> Document<'a> {
    pub(super) fn new(assessment: &'a Assessment) -> Self {
        let findings = assessment.findings.iter().map(|found| Finding {
            assessor: &found.assessor,
            code: &found.finding.code,
            severity: found.finding.severity,
            message: &found.finding.message,
            path: &found.finding.place.path,
            line: found.finding.place.line,
            column: found.finding.place.column,
        });
        let assessors = assessment.assessors.iter().map(|info| Assessor {
            id: &info.plugin,
            title: &info.title,
            codes: info.codes.iter().map(|code| Code { code: &code.code, meaning: &code.meaning }).collect(),
        });
        let unparsed = assessment.facts.unparsed.iter().map(|error| Unparsed {
            path: &error.place.path,
            line: error.place.line,
            column: error.place.column,
            message: &error.message,
        });
        Self {
            schema: "pact/assess@1",
            errors: assessment.count(FindingSeverity::Error),
            warnings: assessment.count(FindingSeverity::Warning),
            notes: assessment.count(FindingSeverity::Note),
            files: assessment.facts.files.len(),
            findings: findings.collect(),
            assessors: assessors.collect(),
            unparsed: unparsed.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::fixture;
    use super::*;

    #[test]
    fn the_document_keeps_its_shape() {
        let document = serde_json::to_string(&Document::new(&fixture())).unwrap();
        insta::assert_snapshot!(document, @r#"{"schema":"pact/assess@1","errors":1,"warnings":0,"notes":1,"files":1,"findings":[{"assessor":"long","code":"too-long","severity":"error","message":"`a.f` has 90 lines","path":"a.x","line":3,"column":5},{"assessor":"long","code":"too-long","severity":"note","message":"clear\u001b[2J the screen","path":"a.x","line":7,"column":5}],"assessors":[{"id":"long","title":"length","codes":[{"code":"too-long","meaning":"It is too long."}]}],"unparsed":[{"path":"b.x","line":2,"column":5,"message":"expected `:`"},{"path":"b.x","line":9,"column":5,"message":"expected `:`"}]}"#);
    }
}
