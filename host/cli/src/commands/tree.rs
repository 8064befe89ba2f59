//! `pact tree`: the components as they lie in the decomposition, each with a sign of how far it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args;
use pact_model::component_id::ComponentId;
use pact_model::decomposition::DecompositionTree;
use pact_model::phase::Phase;
use pact_model::verdict::Judgement;
use pact_pipeline::ports::Workspace;
use serde::Serialize;

use super::Context;
use super::status::Stand;
use crate::exit::{Exit, Failure};
use crate::project::{self, Standing, Wanted, bad_workspace};
use crate::ui::{Colour, Paint, line};

const LEGEND: &str =
    "Signs: [+] passed, [x] did not pass, [~] to be judged, [t] has tests, [c] has a contract, [ ] nothing yet
What holds others has no sign of its own. Behind `->` stands what a component calls.";

/// The arguments of `pact tree`.
#[derive(Debug, Args)]
#[command(after_help = LEGEND)]
pub(crate) struct Tree {
    /// The project [default: the project around the working folder]
    #[arg(value_name = "DIR")]
    place: Option<PathBuf>,
    /// Prints one JSON document
    #[arg(long)]
    json: bool,
}

/// `pact/tree@1`.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    /// None before the task was decomposed.
    root: Option<Node<'a>>,
}

/// One node with everything below it.
#[derive(Debug, Serialize)]
struct Node<'a> {
    component: &'a str,
    name: &'a str,
    description: &'a str,
    /// None for what holds others, which is not implemented itself.
    stage: Option<Stage>,
    depends_on: Vec<&'a str>,
    children: Vec<Node<'a>>,
}

/// How far a component is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    Nothing,
    Contract,
    Tests,
    Unjudged,
    Failed,
    Passed,
}

impl Tree {
    /// Prints the tree.
    pub(crate) async fn run(self, context: &Context) -> Result<Exit, Failure> {
        let folder = project::locate(context, self.place.as_deref())?;
        let Stand { standings, project, .. } =
            Stand::look(context, Wanted { first: Some(&folder), second: None }).await?;
        let tree = project.tree().map_err(bad_workspace)?;
        let root = tree.as_ref().map(|tree| Node::root(tree, &standings));
        if self.json {
            context.ui.json(&Document { schema: "pact/tree@1", root })?;
        } else if let Some(root) = root {
            context.ui.data(&root.drawn(context.ui.out))?;
        } else {
            context.ui.data("no components yet\n")?;
        }
        Ok(Exit::Good)
    }
}

impl<'a> Node<'a> {
    fn root(tree: &'a DecompositionTree, standings: &'a [Standing]) -> Self {
        let standings = standings.iter().map(|standing| (&standing.id, standing)).collect();
        Self::of(&tree.root_id, tree, &standings, &mut BTreeSet::new())
    }

    // A file may say that a node is below itself, or below two others: each is shown once, where it stands first.
    fn of(
        id: &'a ComponentId,
        tree: &'a DecompositionTree,
        standings: &BTreeMap<&ComponentId, &'a Standing>,
        shown: &mut BTreeSet<&'a ComponentId>,
    ) -> Self {
        shown.insert(id);
        let mut children = Vec::new();
        let node = tree.nodes.get(id);
        for child in node.iter().flat_map(|node| &node.children) {
            if !shown.contains(child) {
                children.push(Self::of(child, tree, standings, shown));
            }
        }
        let standing = standings.get(id);
        Self {
            component: id.as_str(),
            name: node.map_or("", |node| node.name.as_str()),
            description: node.map_or("", |node| node.description.as_str()),
            stage: standing.map(|standing| Stage::of(standing)),
            depends_on: standing.iter().flat_map(|standing| &standing.dependencies).map(ComponentId::as_str).collect(),
            children,
        }
    }

    fn drawn(&self, paint: Paint) -> String {
        let mut text = String::new();
        self.draw(paint, "", "", &mut text);
        text
    }

    fn draw(&self, paint: Paint, before: &str, below: &str, text: &mut String) {
        let sign = self.stage.map_or_else(String::new, |stage| {
            let (sign, colour) = stage.sign();
            format!("{} ", colour.map_or_else(|| sign.to_owned(), |colour| paint.paint(sign, colour).to_string()))
        });
        let name = if self.name.is_empty() || self.name == self.component {
            String::new()
        } else {
            format!("  {}", self.name)
        };
        let calls =
            if self.depends_on.is_empty() { String::new() } else { format!("  -> {}", self.depends_on.join(", ")) };
        text.push_str(&format!("{before}{sign}{}\n", line(&format!("{}{name}{calls}", self.component))));
        for (index, child) in self.children.iter().enumerate() {
            let is_last = index + 1 == self.children.len();
            let (branch, trunk) = if is_last { ("└── ", "    ") } else { ("├── ", "│   ") };
            child.draw(paint, &format!("{below}{branch}"), &format!("{below}{trunk}"), text);
        }
    }
}

impl Stage {
    pub(super) fn of(standing: &Standing) -> Self {
        let judged = standing.verdict.as_ref().map(|verdict| verdict.verdict);
        match (standing.phase, standing.code) {
            (None, _) => Self::Passed,
            (Some(Phase::Contract), _) => Self::Nothing,
            (Some(Phase::AuthorTests), _) => Self::Contract,
            (Some(_), crate::project::Code::Absent) => Self::Tests,
            (Some(_), crate::project::Code::Kept) if judged == Some(Judgement::Failed) => Self::Failed,
            (Some(_), _) => Self::Unjudged,
        }
    }

    pub(super) fn sign(self) -> (&'static str, Option<Colour>) {
        match self {
            Self::Nothing => ("[ ]", None),
            Self::Contract => ("[c]", None),
            Self::Tests => ("[t]", None),
            Self::Unjudged => ("[~]", Some(Colour::Yellow)),
            Self::Failed => ("[x]", Some(Colour::Red)),
            Self::Passed => ("[+]", Some(Colour::Green)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Code;

    fn tree(json: serde_json::Value) -> DecompositionTree {
        serde_json::from_value(json).unwrap()
    }

    fn node(id: &str, children: &[&str]) -> serde_json::Value {
        serde_json::json!({"component_id": id, "name": id, "description": "d", "children": children})
    }

    fn standing(id: &str, phase: Option<Phase>, code: Code) -> Standing {
        Standing {
            id: ComponentId::new(id).unwrap(),
            name: id.to_owned(),
            dependencies: if id == "c" { vec![ComponentId::new("a").unwrap()] } else { Vec::new() },
            phase,
            attempts: 0,
            code,
            verdict: None,
        }
    }

    #[test]
    fn a_tree_shows_each_component_with_its_sign_and_what_it_calls() {
        let tree = tree(serde_json::json!({"root_id": "root", "nodes": {
            "root": {"component_id": "root", "name": "Root\u{1b}[2J", "description": "d", "children": ["a", "m", "d"]},
            "a": node("a", &[]), "m": node("m", &["b", "c"]), "b": node("b", &[]), "c": node("c", &[]), "d": node("d", &[])}}));
        let standings = [
            standing("a", None, Code::Kept),
            standing("b", Some(Phase::AuthorTests), Code::Absent),
            standing("c", Some(Phase::Implement), Code::Stale),
            standing("d", Some(Phase::Contract), Code::Absent),
        ];
        insta::assert_snapshot!(Node::root(&tree, &standings).drawn(Paint::new(false)), @r"
        root  Root\u{1b}[2J
        ├── [+] a
        ├── m
        │   ├── [c] b
        │   └── [~] c  -> a
        └── [ ] d
        ");
    }

    #[test]
    fn a_node_below_itself_is_shown_once() {
        let tree = tree(
            serde_json::json!({"root_id": "a", "nodes": {"a": node("a", &["b"]), "b": node("b", &["a", "b", "gone"])}}),
        );
        assert_eq!(Node::root(&tree, &[]).drawn(Paint::new(false)), "a\n└── b\n    └── gone\n");
    }
}
