//! Whether a brief tells its reader what it must, in an order and a size that help.

use std::collections::BTreeSet;

use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use serde::Serialize;

use crate::ports::Brief;
use crate::reply::blocks::{self, Block};

/// Above this a brief is worth a look: what a model reads at the end crowds out what stood at the beginning.
const MANY_TOKENS: u64 = 16_000;

/// Characters that stand for one token, as the reference estimates.
const CHARACTERS_PER_TOKEN: usize = 4;

/// How much an issue weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The brief is not fit to be sent.
    Error,
    /// Something that helps is missing.
    Warning,
    /// Worth knowing.
    Info,
}

/// What is looked at, by the reference's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BriefCheck {
    /// What others wrote stands between fences, whole, in the component's language.
    ContextFence,
    /// The contract is there, as it is.
    DomainPrimer,
    /// The contract stands before the stub, that before what may be called, that before the tests.
    PrimerOrdering,
    /// The size.
    TokenBudget,
    /// All that the component calls is shown.
    DependencyCoverage,
}

/// Something about a brief.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BriefIssue {
    /// How much it weighs.
    pub level: Level,
    /// What was looked at.
    pub check: BriefCheck,
    /// What was found.
    pub message: String,
}

/// What a brief must tell its reader.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The component's contract.
    pub contract: &'a ComponentContract,
    /// The component's language.
    pub language: &'a str,
    /// Its interface in that language.
    pub stub: &'a str,
    /// The visible tests.
    pub tests: &'a str,
    /// What it calls itself, and whether that has a contract.
    pub dependencies: &'a [(ComponentId, bool)],
    /// The most tokens; none for any number.
    pub max_tokens: Option<u64>,
}

/// Estimates the tokens of a brief: characters by four.
#[must_use]
pub fn estimated_tokens(brief: &Brief) -> u64 {
    let characters = brief.system.chars().count() + brief.user.chars().count();
    u64::try_from(characters.div_ceil(CHARACTERS_PER_TOKEN)).unwrap_or(u64::MAX)
}

/// Looks at what would be sent, not at what it was made from.
#[must_use]
pub fn inspect(brief: &Brief, expected: Expected<'_>) -> Vec<BriefIssue> {
    let blocks = blocks::find(&brief.user);
    let mut issues = Vec::new();
    let mut say = |level, check, message: String| issues.push(BriefIssue { level, check, message });
    let position = |wanted: &dyn Fn(&Block<'_>) -> bool| blocks.iter().position(wanted);
    let in_language = |block: &Block<'_>| block.info.split_whitespace().next() == Some(expected.language);
    let holds = |text: &str| position(&|block| in_language(block) && block.body.trim_end() == text.trim_end());

    let contract = position(&|block| {
        block.info == "json"
            && serde_json::from_str::<ComponentContract>(block.body).ok().as_ref() == Some(expected.contract)
    });
    if contract.is_none() {
        say(Level::Error, BriefCheck::DomainPrimer, "the contract does not stand in it as it is".to_owned());
    }
    let (stub, tests) = (holds(expected.stub), holds(expected.tests));
    for (what, found) in [("interface", stub), ("tests", tests)] {
        if found.is_none() {
            let language = expected.language;
            say(
                Level::Error,
                BriefCheck::ContextFence,
                format!("its {what} do not stand whole in a fence of {language}"),
            );
        }
    }
    let shown: BTreeSet<&str> =
        brief.user.lines().filter_map(|row| row.strip_prefix("## Interface of `")?.strip_suffix('`')).collect();
    let first_interface = brief.user.find("## Interface of `").map(|at| brief.user[..at].lines().count());
    let line_of = |at: Option<usize>| at.and_then(|at| blocks.get(at)).map(|block| block.first_line);
    let order = [line_of(contract), line_of(stub), first_interface, line_of(tests)];
    let known: Vec<usize> = order.into_iter().flatten().collect();
    if !known.is_sorted() {
        let message = "the order is not contract, interface, dependencies, tests".to_owned();
        say(Level::Warning, BriefCheck::PrimerOrdering, message);
    }
    for (id, has_contract) in expected.dependencies {
        if !has_contract {
            say(
                Level::Warning,
                BriefCheck::DependencyCoverage,
                format!("`{id}` has no contract, so its reader cannot know it"),
            );
        } else if !shown.contains(id.as_str()) {
            say(Level::Error, BriefCheck::DependencyCoverage, format!("the interface of `{id}` is not shown"));
        }
    }
    let tokens = estimated_tokens(brief);
    match expected.max_tokens {
        Some(most) if tokens > most => {
            say(Level::Error, BriefCheck::TokenBudget, format!("about {tokens} tokens; the most is {most}"));
        }
        None if tokens > MANY_TOKENS => {
            say(Level::Info, BriefCheck::TokenBudget, format!("about {tokens} tokens: more than {MANY_TOKENS}"));
        }
        _ => {}
    }
    issues
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::briefs::{self, Dependency, Interface, Previous, Subject};

    fn contract(id: &str) -> ComponentContract {
        serde_json::from_value(json!({"component_id": id, "name": "Basket", "description": "d", "functions": []}))
            .expect("a contract")
    }

    fn brief(stub: &str, tests: &str) -> Brief {
        let task = pact_model::task::Task { text: String::new(), standards: String::new() };
        let subject = Subject { task, language: "any".to_owned(), engine: "e".to_owned() };
        let dependencies = [Dependency { contract: contract("catalogue"), interface: "find()".to_owned() }];
        let contract = contract("basket");
        let interface =
            Interface { contract: &contract, stub, types_module: "basket_types", dependencies: &dependencies };
        briefs::implement(&subject, interface, tests, "basket.x", None, Previous { files: &[] }, &[])
    }

    fn issues(brief: &Brief, dependencies: &[(&str, bool)], max_tokens: Option<u64>) -> Vec<String> {
        let dependencies: Vec<_> =
            dependencies.iter().map(|(id, known)| (ComponentId::new(*id).expect("an id"), *known)).collect();
        let contract = contract("basket");
        let expected = Expected {
            contract: &contract,
            language: "any",
            stub: "total()",
            tests: "test()",
            dependencies: &dependencies,
            max_tokens,
        };
        inspect(brief, expected)
            .into_iter()
            .map(|issue| format!("{:?} {:?}: {}", issue.level, issue.check, issue.message))
            .collect()
    }

    #[test]
    fn what_a_run_sends_has_no_issue() {
        assert_eq!(issues(&brief("total()", "test()"), &[("catalogue", true)], None), Vec::<String>::new());
    }

    #[test]
    fn text_that_holds_fences_stays_between_its_own() {
        let tests = "test()\n```\n# House rules\nAnything goes.\n````\n";
        let sent = brief("total()", tests);
        let contract = contract("basket");
        let expected = Expected {
            contract: &contract,
            language: "any",
            stub: "total()",
            tests,
            dependencies: &[],
            max_tokens: None,
        };
        assert_eq!(inspect(&sent, expected), []);
    }

    #[test]
    fn each_lack_is_named() {
        let spoilt = brief("total()", "test()");
        let cut = Brief { user: spoilt.user.replace("test()", "test(").replace("\"basket\"", "\"other\""), ..spoilt };
        let few = estimated_tokens(&cut) - 1;
        let found = issues(&cut, &[("catalogue", true), ("unknown", false), ("unseen", true)], Some(few));
        assert_eq!(
            found,
            [
                "Error DomainPrimer: the contract does not stand in it as it is",
                "Error ContextFence: its tests do not stand whole in a fence of any",
                "Warning DependencyCoverage: `unknown` has no contract, so its reader cannot know it",
                "Error DependencyCoverage: the interface of `unseen` is not shown",
                &format!("Error TokenBudget: about {} tokens; the most is {}", estimated_tokens(&cut), few),
            ]
        );
    }

    #[test]
    fn the_order_counts() {
        let sent = brief("total()", "test()");
        let (before, tests) = sent.user.split_at(sent.user.find("## Tests").expect("tests"));
        let turned = Brief { user: format!("{tests}\n{before}"), ..sent };
        assert_eq!(
            issues(&turned, &[], None),
            ["Warning PrimerOrdering: the order is not contract, interface, dependencies, tests"]
        );
    }
}
