//! Does somebody do what the task asks for? Action words of the task against the functions of the contracts. Words only, so
//! findings are warnings.

use std::collections::BTreeSet;

use crate::contract::{ComponentContract, FunctionContract};
use crate::finding::Finding;

/// Verbs that name an action of software. A word that is none of them says nothing about functions.
const VERBS: [&str; 72] = [
    "add",
    "allocate",
    "analyze",
    "audit",
    "authenticate",
    "authorize",
    "bill",
    "build",
    "calculate",
    "check",
    "compress",
    "compute",
    "connect",
    "convert",
    "crawl",
    "create",
    "decompress",
    "decrypt",
    "delete",
    "deserialize",
    "dispatch",
    "encrypt",
    "execute",
    "export",
    "extract",
    "fetch",
    "filter",
    "find",
    "format",
    "generate",
    "handle",
    "import",
    "index",
    "join",
    "list",
    "load",
    "login",
    "merge",
    "monitor",
    "notify",
    "parse",
    "print",
    "process",
    "publish",
    "read",
    "receive",
    "register",
    "remove",
    "render",
    "report",
    "round",
    "route",
    "run",
    "save",
    "schedule",
    "scrape",
    "search",
    "send",
    "serialize",
    "sort",
    "split",
    "store",
    "subscribe",
    "sum",
    "transform",
    "update",
    "validate",
    "verify",
    "write",
    "count",
    "rank",
    "summarize",
];

/// Verbs that mean so nearly the same that a function of the one does the other.
const ALIKE: &[&[&str]] = &[
    &["calculate", "compute", "sum", "add", "count", "bill"],
    &["print", "render", "format", "write", "report", "export", "serialize"],
    &["parse", "read", "load", "import", "deserialize", "receive"],
    &["check", "validate", "verify", "audit"],
    &["save", "store", "write"],
    &["delete", "remove"],
    &["find", "search", "filter", "fetch", "list", "read"],
    &["split", "allocate"],
    &["create", "generate", "build"],
    &["sort", "rank"],
];

/// Sentences with one of these words say what is not to be done.
const REFUSALS: [&str; 7] = ["not", "no", "never", "without", "neither", "nor", "unwanted"];

/// Names the action words of a task that no function names or describes. `file` is the task's.
#[must_use]
pub fn check_fulfilment<'contract>(
    task: &str,
    contracts: impl IntoIterator<Item = &'contract ComponentContract>,
    file: &str,
) -> Vec<Finding> {
    let offered: BTreeSet<&str> = contracts.into_iter().flat_map(functions).flat_map(|it| verbs_of(&it)).collect();
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for (line, text) in wanted_lines(task) {
        for verb in verbs_of(text) {
            let is_covered = offered.contains(verb)
                || ALIKE.iter().any(|alike| alike.contains(&verb) && alike.iter().any(|other| offered.contains(other)));
            if !is_covered && seen.insert(verb) {
                let message = format!("line {line} asks to {verb}, and no function of any contract does");
                findings.push(Finding::warning("uncovered-verb", file, "", message));
            }
        }
    }
    findings
}

// Lines count from one. A sentence that refuses something ends at its point, which may stand in a later line.
fn wanted_lines(task: &str) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut is_refused = false;
    for (index, line) in task.lines().enumerate() {
        let begins_anew = line.trim().is_empty() || line.trim_start().starts_with(['-', '*', '#']);
        is_refused &= !begins_anew;
        for sentence in line.split_inclusive(['.', '!', '?', ';']) {
            is_refused |= words(sentence).any(|word| REFUSALS.contains(&word.as_str()));
            if !is_refused {
                lines.push((index + 1, sentence));
            }
            if sentence.ends_with(['.', '!', '?', ';']) {
                is_refused = false;
            }
        }
    }
    lines
}

fn functions(contract: &ComponentContract) -> Vec<String> {
    let said = |function: &FunctionContract| format!("{} {}", function.name.replace('_', " "), function.description);
    let methods = contract.types.iter().flat_map(|spec| &spec.methods);
    contract.functions.iter().chain(methods).map(said).collect()
}

fn verbs_of(text: &str) -> Vec<&'static str> {
    words(text).filter_map(|word| VERBS.into_iter().find(|verb| is_form_of(&word, verb))).collect()
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

// `bill`, `bills`, `billed`, `billing`; `parse`, `parsed`, `parsing`; `verify`, `verifies`; `split`, `splitting`.
fn is_form_of(word: &str, verb: &str) -> bool {
    let Some(ending) = word.strip_prefix(verb.trim_end_matches(['e', 'y'])) else { return false };
    let doubled = verb
        .chars()
        .next_back()
        .filter(|last| ending.starts_with(*last))
        .map_or(ending, |last| &ending[last.len_utf8()..]);
    match verb.chars().next_back() {
        Some('e') => matches!(ending, "e" | "es" | "ed" | "ing"),
        Some('y') => matches!(ending, "y" | "ies" | "ied" | "ying"),
        _ => matches!(ending, "" | "s" | "es" | "ed" | "ing") || (doubled != ending && matches!(doubled, "ed" | "ing")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn uncovered(task: &str, functions: &[(&str, &str)]) -> Vec<String> {
        let functions: Vec<_> = functions
            .iter()
            .map(|(name, description)| json!({"name": name, "description": description, "output_type": "None"}))
            .collect();
        let contract: ComponentContract = serde_json::from_value(
            json!({"component_id": "c", "name": "n", "description": "d", "functions": functions}),
        )
        .expect("a contract");
        check_fulfilment(task, [&contract], "task.md").into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn names_what_nobody_does() {
        let task = "# Orders\n\nOrders are parsed and verified.\nThey can be exported, and it sends mails.";
        let functions = [("parse_order", "Reads."), ("verify", "d"), ("render", "Writes a file.")];
        assert_eq!(uncovered(task, &functions), ["line 4 asks to send, and no function of any contract does"]);
        assert_eq!(uncovered(task, &[]).len(), 4);
        assert_eq!(uncovered("Make it nice.", &[]), [] as [&str; 0]);
    }

    #[test]
    fn what_is_not_wanted_is_not_missed() {
        assert_eq!(
            uncovered("Not wanted: to send mails,\nto publish anything. It never crawls.", &[]),
            [] as [&str; 0]
        );
        assert_eq!(uncovered("- Nothing is not said\n- it crawls", &[]).len(), 1);
    }

    #[test]
    fn knows_the_forms_of_a_verb() {
        for (word, verb) in [
            ("bills", "bill"),
            ("parsing", "parse"),
            ("verifies", "verify"),
            ("splitting", "split"),
            ("publishes", "publish"),
            ("read", "read"),
            ("stored", "store"),
        ] {
            assert!(is_form_of(word, verb), "{word}");
        }
        for (word, verb) in
            [("rung", "run"), ("reader", "read"), ("listen", "list"), ("address", "add"), ("par", "parse")]
        {
            assert!(!is_form_of(word, verb), "{word}");
        }
    }

    #[test]
    fn the_demo_does_what_its_task_asks_for() {
        let reply = |text: &str| -> ComponentContract {
            let (_, rest) = text.split_once("```json").expect("a fence");
            serde_json::from_str(rest.split_once("```").expect("its end").0).expect("a contract")
        };
        let contracts = [
            reply(include_str!("../../../cli/demo/shared/transcript/contract/money/1.md")),
            reply(include_str!("../../../cli/demo/shared/transcript/contract/tariff/1.md")),
            reply(include_str!("../../../cli/demo/shared/transcript/contract/invoice/1.md")),
        ];
        assert_eq!(check_fulfilment(include_str!("../../../cli/demo/shared/task.md"), &contracts, "task.md"), vec![]);
    }
}
