//! What a run came to: a table of the components, what it cost, and a verdict for each.

use comfy_table::{Table, presets};
use pact_model::phase::Phase;
use pact_model::verdict::Judgement;
use pact_pipeline::{ComponentReport, Until};

use super::document::code;
use super::execute::Ran;
use super::words;
use crate::commands::test::report::{millions, plural};
use crate::exit::Failure;
use crate::files::size;
use crate::ui::{Colour, Paint, line};

/// The table and the costs.
///
/// # Errors
/// When the costs are not all on record.
pub(crate) fn summary(ran: &Ran) -> Result<String, Failure> {
    let report = &ran.report;
    if !report.decompose_reasons.is_empty() {
        let reasons: Vec<String> =
            report.decompose_reasons.iter().map(|reason| format!("  {}\n", line(reason))).collect();
        return Ok(format!("\nno components, because\n{}", reasons.concat()));
    }
    let mut table = table(["component", "code", "attempts", "tests", "fuel", "memory"]);
    for component in &report.components {
        let verdict = component.verdict.as_ref();
        table.add_row([
            component.id.to_string(),
            component.source.map_or("-", code).to_owned(),
            if component.attempts > 0 { component.attempts.to_string() } else { "-".to_owned() },
            verdict.map_or_else(|| "-".to_owned(), |verdict| format!("{}/{}", verdict.passed, verdict.total)),
            verdict.map_or_else(|| "-".to_owned(), |verdict| millions(words::fuel(verdict))),
            verdict.map_or_else(|| "-".to_owned(), |verdict| size(words::peak_memory(verdict))),
        ]);
    }
    let totals = ran.sessions.totals()?;
    Ok(format!(
        "\n{}\nsandbox: {} of plugins, {} fuel, {} memory at most; receipts in .pact/receipts.jsonl\n",
        trimmed(&table),
        plural(usize::try_from(totals.sessions).unwrap_or(usize::MAX), "session"),
        millions(totals.fuel),
        size(totals.peak_memory_bytes),
    ))
}

/// One line per component, the last lines of a run.
pub(crate) fn ending(ran: &Ran, paint: Paint) -> String {
    let is_plan = ran.until < Until::Implement;
    ran.report.components.iter().map(|component| end_of(component, is_plan, paint)).collect()
}

fn end_of(component: &ComponentReport, is_plan: bool, paint: Paint) -> String {
    let id = &component.id;
    if is_plan && component.reasons.is_empty() {
        let reached = component.finished.map_or("", Phase::as_str);
        return format!("plan: {id} {} ({reached})\n", paint.paint("ready", Colour::Green));
    }
    let why = || component.reasons.first().map_or_else(String::new, |reason| format!(", because {}", line(reason)));
    match component.verdict.as_ref().map(|verdict| verdict.verdict) {
        Some(Judgement::Passed) => format!("verdict: {id} {}\n", paint.paint("passed", Colour::Green)),
        // The lines above say which checks and tests.
        Some(Judgement::Failed) => format!("verdict: {id} {}\n", paint.paint("failed", Colour::Red)),
        Some(Judgement::None) | None => {
            let word = if is_plan { "plan" } else { "verdict" };
            format!("{word}: {id} {}{}\n", paint.paint("failed", Colour::Red), why())
        }
    }
}

/// An empty table of ours: columns, no lines.
pub(crate) fn table<const N: usize>(columns: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_header(columns);
    table
}

/// The table as text, without the spaces at the ends of its lines.
pub(crate) fn trimmed(table: &Table) -> String {
    table.lines().map(|line| format!("{}\n", line.trim_end().strip_prefix(' ').unwrap_or(line.trim_end()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_columns_and_no_lines() {
        let mut table = table(["component", "tests"]);
        table.add_row(["money", "3/3"]);
        table.add_row(["a_longer_name", "-"]);
        insta::assert_snapshot!(trimmed(&table), @r"
        component      tests
        money          3/3
        a_longer_name  -
        ");
    }
}
