//! An assessor of test gaps: public functions, classes and modules that no test references.
//!
//! A reference is no proof of a good test, so this never says that something is tested well: only where nobody looked. Not a
//! measure of executed lines: nothing runs here.

mod gaps;
mod names;
mod reach;

use pact_sdk::assessor::{AssessError, Assessor, Description, Facts, Finding, FindingCode};

pub use gaps::{Code, gaps};

/// The plugin.
pub struct TestGap;

impl Assessor for TestGap {
    fn describe() -> Description {
        let code = |code: Code| FindingCode { code: code.name().to_owned(), meaning: code.meaning().to_owned() };
        Description {
            title: "test gaps: what no test references".to_owned(),
            codes: Code::ALL.into_iter().map(code).collect(),
        }
    }

    fn assess(facts: Facts, settings: String) -> Result<Vec<Finding>, AssessError> {
        if settings != "{}" {
            return Err(AssessError::InvalidInput("`test-gap` has no settings; take them out of `plugins`".to_owned()));
        }
        Ok(gaps(&facts))
    }
}

pact_sdk::assessor!(TestGap);
