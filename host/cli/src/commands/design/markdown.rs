//! A project as Markdown. Every text that a model wrote is one line, so that none of it begins a block.

use std::collections::{BTreeMap, BTreeSet};

use pact_model::component_id::ComponentId;
use pact_model::contract::{ComponentContract, FunctionContract};
use pact_model::decomposition::{DecompositionTree, EngineeringDecision};
use pact_model::design::DesignNotes;
use pact_model::verdict::{Judgement, Verdict};

use crate::commands::tree::Stage;
use crate::project::Standing;
use crate::ui::line;

/// Headings that say nothing about the project.
const GENERIC: [&str; 5] = ["task", "design document", "system", "operating procedures", "what is to be built"];

/// What the document is made from.
pub(super) struct Design<'a> {
    /// The folder's.
    pub(super) name: String,
    /// The bytes of `task.md`.
    pub(super) task: Vec<u8>,
    pub(super) tree: Option<&'a DecompositionTree>,
    pub(super) contracts: BTreeMap<ComponentId, ComponentContract>,
    pub(super) standings: Vec<Standing>,
    pub(super) decisions: Vec<EngineeringDecision>,
    pub(super) notes: DesignNotes,
}

impl Design<'_> {
    /// Returns the document.
    pub(super) fn markdown(&self) -> String {
        let mut text = format!("# {}\n", inline(&self.title()));
        if let Some(summary) = self.summary() {
            text.push_str(&format!("\n{}\n", inline(&summary)));
        }
        text.push_str("\n## Components\n\n");
        match self.tree {
            Some(tree) => self.component(&tree.root_id, tree, 0, &mut BTreeSet::new(), &mut text),
            None => text.push_str("None yet: `pact run` makes them.\n"),
        }
        section("Engineering decisions", self.decided().map(decision), &mut text);
        section("What did not pass", self.failures(), &mut text);
        section("What failed earlier", self.notes.failure_history.iter().map(noted), &mut text);
        section("Lessons learned", self.notes.lessons_learned.iter().map(|lesson| inline(lesson)), &mut text);
        text
    }

    fn title(&self) -> String {
        if !self.notes.title.trim().is_empty() {
            return self.notes.title.clone();
        }
        let task = String::from_utf8_lossy(&self.task);
        let headings = task.lines().filter_map(|row| row.strip_prefix('#'));
        let titles = headings.map(|row| row.trim_start_matches('#').trim()).map(|row| {
            let (kind, title) = row.split_once(':').unwrap_or(("", row));
            if GENERIC.contains(&kind.trim().to_lowercase().as_str()) { title.trim() } else { row }
        });
        let mut told = titles.filter(|row| !row.is_empty() && !GENERIC.contains(&row.to_lowercase().as_str()));
        told.next().map_or_else(|| self.name.clone(), str::to_owned)
    }

    fn summary(&self) -> Option<String> {
        let of_root = || {
            let tree = self.tree?;
            // A single component says it itself.
            tree.nodes.get(&tree.root_id).filter(|root| !root.children.is_empty()).map(|root| root.description.clone())
        };
        let noted = Some(self.notes.summary.clone()).filter(|summary| !summary.trim().is_empty());
        noted.or_else(|| self.first_words()).or_else(of_root).filter(|summary| !summary.trim().is_empty())
    }

    /// The first paragraph of the task.
    fn first_words(&self) -> Option<String> {
        let task = String::from_utf8_lossy(&self.task);
        let is_prose = |row: &&str| !row.trim().is_empty() && !row.starts_with(['#', '<', '`', '-', '*', '|']);
        let paragraph: Vec<&str> = task.lines().skip_while(|row| !is_prose(row)).take_while(is_prose).collect();
        (!paragraph.is_empty()).then(|| paragraph.join(" "))
    }

    fn decided(&self) -> impl Iterator<Item = &EngineeringDecision> {
        let noted = self.notes.engineering_decisions.iter();
        self.decisions.iter().chain(noted.filter(|noted| !self.decisions.contains(noted)))
    }

    // A file may say that a node is below itself: each is shown once.
    fn component<'tree>(
        &self,
        id: &'tree ComponentId,
        tree: &'tree DecompositionTree,
        depth: usize,
        shown: &mut BTreeSet<&'tree ComponentId>,
        text: &mut String,
    ) {
        if !shown.insert(id) {
            return;
        }
        let Some(node) = tree.nodes.get(id) else { return };
        let standing = self.standings.iter().find(|standing| standing.id == *id);
        let indent = "  ".repeat(depth);
        let mut row = format!("{indent}- ");
        if let Some(standing) = standing {
            row.push_str(&format!("{} ", Stage::of(standing).sign().0));
        }
        row.push_str(&format!("`{id}`"));
        if !node.name.is_empty() && node.name != id.as_str() {
            row.push_str(&format!(" **{}**", inline(&node.name)));
        }
        // What holds everything is what the document is about.
        if !node.description.is_empty() && (*id != tree.root_id || node.children.is_empty()) {
            row.push_str(&format!(": {}", inline(&node.description)));
        }
        if let Some(standing) = standing {
            let called: Vec<String> = standing.dependencies.iter().map(|id| format!("`{id}`")).collect();
            if !called.is_empty() {
                row.push_str(&format!(" Calls {}.", called.join(", ")));
            }
            if let Some(verdict) = &standing.verdict {
                row.push_str(&format!(" {} of {} tests passed.", verdict.passed, verdict.total));
            }
        }
        text.push_str(&row);
        text.push('\n');
        if let Some(contract) = self.contracts.get(id) {
            let methods =
                contract.own_classes().flat_map(|class| class.methods.iter().map(move |it| (&class.name, it)));
            let functions = contract.functions.iter().map(|function| (String::new(), function));
            let methods = methods.map(|(class, method)| (format!("{class}."), method));
            for (of, function) in functions.chain(methods) {
                text.push_str(&format!("{indent}  - {}\n", signature(&of, function)));
            }
        }
        for child in &node.children {
            self.component(child, tree, depth + 1, shown, text);
        }
    }

    fn failures(&self) -> impl Iterator<Item = String> {
        let judged = self.standings.iter().filter_map(|standing| Some((standing, standing.verdict.as_ref()?)));
        let failed = judged.filter(|(_, verdict)| verdict.verdict == Judgement::Failed);
        failed.map(|(standing, verdict)| {
            let attempts = match standing.attempts {
                0 => String::new(),
                1 => " after 1 attempt".to_owned(),
                many => format!(" after {many} attempts"),
            };
            format!("`{}`{attempts}{}", standing.id, bad_tests(verdict))
        })
    }
}

fn bad_tests(verdict: &Verdict) -> String {
    let reasons = pact_pipeline::feedback::of_verdict(verdict);
    let first = reasons.iter().map(|reason| {
        let mut rows = reason.lines().map(str::trim).filter(|row| !row.is_empty());
        let row = rows.next().unwrap_or_default();
        format!("\n  - {}", inline(row.strip_suffix(':').unwrap_or(row)))
    });
    first.collect()
}

fn section(title: &str, rows: impl Iterator<Item = String>, text: &mut String) {
    let rows: Vec<String> = rows.collect();
    if !rows.is_empty() {
        text.push_str(&format!("\n## {title}\n\n"));
        rows.iter().for_each(|row| text.push_str(&format!("- {row}\n")));
    }
}

fn decision(decision: &EngineeringDecision) -> String {
    let why = match decision.rationale.trim() {
        "" => String::new(),
        why => format!(" ({})", inline(why)),
    };
    format!("{}: {}{why}", inline(&decision.ambiguity), inline(&decision.decision))
}

fn noted(failure: &pact_model::design::NotedFailure) -> String {
    let mut row = format!("`{}`", inline(&failure.component_id));
    for (before, part) in [(" ", &failure.failure_type), (": ", &failure.description), (" Then: ", &failure.resolution)]
    {
        if !part.trim().is_empty() {
            row.push_str(&format!("{before}{}", inline(part)));
        }
    }
    row
}

/// `of` stands before the name: the class of a method, with a dot.
fn signature(of: &str, function: &FunctionContract) -> String {
    let inputs: Vec<String> =
        function.inputs.iter().map(|input| format!("{}: {}", input.name, input.type_ref)).collect();
    let waits = if function.is_async { "async " } else { "" };
    let code = format!("{waits}{of}{}({}) -> {}", function.name, inputs.join(", "), function.output_type);
    let mut row = format!("`{}`", inline(&code).replace('`', "'"));
    let errors: Vec<String> = function.error_cases.iter().map(|error| inline(&error.error_type)).collect();
    let errors: BTreeSet<&String> = errors.iter().filter(|error| !error.is_empty()).collect();
    if !errors.is_empty() {
        let named: Vec<String> = errors.into_iter().map(|error| format!("`{}`", error.replace('`', "'"))).collect();
        row.push_str(&format!(" or {}", named.join(", ")));
    }
    row
}

/// One line, whatever was in it.
fn inline(text: &str) -> String {
    line(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn design(task: &str) -> Design<'_> {
        Design {
            name: "shop".to_owned(),
            task: task.as_bytes().to_vec(),
            tree: None,
            contracts: BTreeMap::new(),
            standings: Vec::new(),
            decisions: Vec::new(),
            notes: DesignNotes::default(),
        }
    }

    #[test]
    fn the_title_is_the_first_heading_that_says_something() {
        assert_eq!(design("Words.\n# Task\n## A shop\n").title(), "A shop");
        assert_eq!(design("# Task: A bank\n").title(), "A bank");
        assert_eq!(design("no heading").title(), "shop");
    }

    #[test]
    fn the_summary_is_the_first_paragraph_of_the_task() {
        let task = "# Shop\n\n- a list\n\nSells things\nto people.\n\nMore.\n";
        assert_eq!(design(task).summary().as_deref(), Some("Sells things to people."));
        assert_eq!(design("# Shop\n").summary(), None);
    }

    #[test]
    fn nothing_that_a_model_wrote_begins_a_block() {
        let tree: DecompositionTree = serde_json::from_value(serde_json::json!({"root_id": "bank", "nodes": {
            "bank": {"component_id": "bank", "name": "Bank\n# big", "description": "Holds.\n\n- money\u{1b}[2J", "children": ["bank"]}}}))
        .unwrap();
        let contract = serde_json::from_value(serde_json::json!({"component_id": "bank", "name": "Bank", "description": "d",
            "functions": [{"name": "take", "description": "d", "inputs": [{"name": "amount", "type_ref": "list[int]"}],
                "output_type": "`int", "is_async": true, "error_cases": [{"name": "e", "condition": "c", "error_type": "Bad"}]}]}))
        .unwrap();
        let mut design = design("# Shop\n");
        design.tree = Some(&tree);
        design.contracts = [(ComponentId::new("bank").unwrap(), contract)].into();
        design.decisions = vec![EngineeringDecision {
            ambiguity: "Which money?\n".to_owned(),
            decision: "Cents.".to_owned(),
            rationale: "Exact.".to_owned(),
        }];
        design.notes.lessons_learned = vec!["Ask\n## first.".to_owned()];
        design.notes.failure_history = vec![pact_model::design::NotedFailure {
            component_id: "bank".to_owned(),
            failure_type: "contract_bug".to_owned(),
            ..Default::default()
        }];
        insta::assert_snapshot!(design.markdown(), @r"
        # Shop

        Holds. - money\u{1b}[2J

        ## Components

        - `bank` **Bank # big**
          - `async take(amount: list[int]) -> 'int` or `Bad`

        ## Engineering decisions

        - Which money?: Cents. (Exact.)

        ## What failed earlier

        - `bank` contract_bug

        ## Lessons learned

        - Ask ## first.
        ");
    }
}
