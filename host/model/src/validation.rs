//! The mechanical checks of artefacts, before any model or person looks at them.
//!
//! Each check takes data and returns findings; an empty list means that nothing was found. When checks run and what a
//! finding stops is for the pipeline.

mod contract;
mod decomposition;
mod fulfilment;
mod plan;
mod project;
mod prose;
mod test_suite;

pub use contract::check_contract;
pub use decomposition::{check_proposal, check_tree};
pub use fulfilment::check_fulfilment;
pub use plan::{TypeClash, adopt_types, check_plan, check_registry};
pub use project::{Artefacts, File, check_project};
pub use prose::{Vocabulary, check_prose};
pub use test_suite::check_test_suite;

use crate::finding::Finding;

/// Answers whether any of the findings stops the run.
#[must_use]
pub fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(Finding::is_error)
}

/// Escapes one part of a JSON pointer (RFC 6901).
fn pointer_part(text: &str) -> String {
    text.replace('~', "~0").replace('/', "~1")
}
