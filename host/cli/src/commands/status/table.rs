//! Where the components stand, as a table and as JSON.

use pact_model::phase::Phase;
use pact_model::verdict::Judgement;
use serde::Serialize;

use crate::commands::run::summary::{table, trimmed};
use crate::commands::run::words;
use crate::commands::test::report::millions;
use crate::project::{Code, Standing};
use crate::ui::line;

/// One component in a document.
#[derive(Debug, Serialize)]
pub(in crate::commands) struct Row<'a> {
    component: &'a str,
    name: &'a str,
    depends_on: Vec<&'a str>,
    /// What it needs next; absent when it has passed.
    phase: Option<Phase>,
    code: Code,
    attempts: u32,
    verdict: Option<Judgement>,
    passed: u32,
    total: u32,
    fuel: u64,
}

impl<'a> Row<'a> {
    pub(in crate::commands) fn new(standing: &'a Standing) -> Self {
        let verdict = standing.verdict.as_ref();
        Self {
            component: standing.id.as_str(),
            name: &standing.name,
            depends_on: standing.dependencies.iter().map(pact_model::component_id::ComponentId::as_str).collect(),
            phase: standing.phase,
            code: standing.code,
            attempts: standing.attempts,
            verdict: verdict.map(|verdict| verdict.verdict),
            passed: verdict.map_or(0, |verdict| verdict.passed),
            total: verdict.map_or(0, |verdict| verdict.total),
            fuel: verdict.map_or(0, words::fuel),
        }
    }

    fn cells(&self) -> [String; 7] {
        let judged = self.verdict.is_some();
        [
            self.component.to_owned(),
            self.phase.map_or("done", Phase::as_str).to_owned(),
            self.code.word().to_owned(),
            if self.attempts > 0 { self.attempts.to_string() } else { "-".to_owned() },
            if judged { format!("{}/{}", self.passed, self.total) } else { "-".to_owned() },
            if judged { millions(self.fuel) } else { "-".to_owned() },
            verdict(self.verdict).to_owned(),
        ]
    }
}

/// The components without their descriptions.
pub(in crate::commands) fn short(rows: &[Row<'_>]) -> String {
    let mut table = table(["component", "phase", "code", "attempts", "tests", "fuel", "verdict"]);
    for row in rows {
        table.add_row(row.cells());
    }
    trimmed(&table)
}

/// The components with names and dependencies.
pub(in crate::commands) fn long(rows: &[Row<'_>]) -> String {
    let mut table = table(["component", "phase", "code", "attempts", "tests", "fuel", "verdict", "depends on", "name"]);
    for row in rows {
        let mut cells = row.cells().to_vec();
        cells.push(if row.depends_on.is_empty() { "-".to_owned() } else { row.depends_on.join(", ") });
        cells.push(line(row.name));
        table.add_row(cells);
    }
    trimmed(&table)
}

/// What to do next, as a command or in words.
pub(in crate::commands) fn next(standings: &[Standing], has_certificate: bool) -> &'static str {
    let needs = |phase| standings.iter().any(|standing| standing.phase == Some(phase));
    if standings.is_empty() || needs(Phase::Contract) || needs(Phase::AuthorTests) {
        "pact run"
    } else if needs(Phase::Implement) || !has_certificate {
        "pact run --implement"
    } else {
        "nothing, every component has passed"
    }
}

fn verdict(judgement: Option<Judgement>) -> &'static str {
    match judgement {
        Some(Judgement::Passed) => "passed",
        Some(Judgement::Failed) => "failed",
        Some(Judgement::None) => "none",
        None => "-",
    }
}

#[cfg(test)]
mod tests {
    use pact_model::component_id::ComponentId;

    use super::*;
    use crate::commands::test::report::fixture;

    fn standing(id: &str, phase: Option<Phase>, code: Code) -> Standing {
        let verdict = match code {
            Code::Kept => Some(fixture::passed()),
            Code::Stale => Some(fixture::failed()),
            Code::Absent | Code::Unjudged => None,
        };
        Standing {
            id: ComponentId::new(id).unwrap(),
            name: format!("The {id}\n"),
            dependencies: vec![ComponentId::new("money").unwrap()],
            phase,
            attempts: u32::from(verdict.is_some()),
            code,
            verdict,
        }
    }

    #[test]
    fn a_component_is_one_row() {
        let standings = [
            standing("tariff", None, Code::Kept),
            standing("invoice", Some(Phase::Implement), Code::Stale),
            standing("print", Some(Phase::Contract), Code::Absent),
        ];
        let rows: Vec<Row<'_>> = standings.iter().map(Row::new).collect();
        insta::assert_snapshot!(long(&rows), @r"
        component  phase      code    attempts  tests  fuel    verdict  depends on  name
        tariff     done       kept    1         2/2    31.0 M  passed   money       The tariff\n
        invoice    implement  stale   1         1/5    62.1 M  failed   money       The invoice\n
        print      contract   absent  -         -      -       -        money       The print\n
        ");
        assert_eq!(short(&rows).lines().count(), 4);
    }

    #[test]
    fn what_is_next_follows_from_the_earliest_phase() {
        let done = || standing("a", None, Code::Kept);
        assert_eq!(next(&[], false), "pact run");
        assert_eq!(next(&[done(), standing("b", Some(Phase::AuthorTests), Code::Absent)], true), "pact run");
        assert_eq!(next(&[done(), standing("b", Some(Phase::Implement), Code::Stale)], true), "pact run --implement");
        assert_eq!(next(&[done()], false), "pact run --implement");
        assert_eq!(next(&[done()], true), "nothing, every component has passed");
    }
}
