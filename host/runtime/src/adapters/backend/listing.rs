//! Tests, marks and canaries of a source, from the records of the interface.

use pact_model::canary::{Canary, PlantedSource};
use pact_model::suite::{Certainty, DeclaredTest, Mark, MarkKind, TestListing};

use super::wit;

pub(super) fn test_listing(listing: wit::TestListing) -> TestListing {
    let (fixtures, calls): (Vec<_>, Vec<_>) =
        listing.calls.into_iter().partition(|mark| matches!(mark.form, wit::MarkForm::Declared));
    TestListing {
        functions: listing.functions.into_iter().map(declared_test).collect(),
        calls: calls.into_iter().map(mark).collect(),
        fixtures: fixtures.into_iter().map(mark).collect(),
        skips_module: listing.skips_module,
    }
}

fn declared_test(function: wit::TestFunction) -> DeclaredTest {
    DeclaredTest {
        function: function.id,
        certainty: match function.certainty {
            wit::Certainty::Defined => Certainty::Defined,
            wit::Certainty::Conditional => Certainty::Conditional,
            wit::Certainty::Bound => Certainty::Bound,
        },
        first_line: function.first_line,
        definition_line: function.definition_line,
        last_line: function.last_line,
        marks: function.marks.into_iter().map(mark).collect(),
    }
}

fn mark(mark: wit::Mark) -> Mark {
    Mark {
        kind: match mark.kind {
            wit::MarkKind::Skip => MarkKind::Skip,
            wit::MarkKind::SkipIf => MarkKind::SkipIf,
            wit::MarkKind::Xfail => MarkKind::Xfail,
        },
        text: mark.text,
        first_line: mark.first_line,
        last_line: mark.last_line,
    }
}

pub(super) fn planted_source(source: wit::PlantedSource) -> PlantedSource {
    let canary = |canary: wit::Canary| Canary {
        function: canary.function,
        first_line: canary.first_line,
        last_line: canary.last_line,
        every_case: canary.every_case,
    };
    PlantedSource { text: source.text, canaries: source.canaries.into_iter().map(canary).collect() }
}
