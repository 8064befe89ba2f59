//! Messages between the two sides, and what they say in words.

use super::{Node, Outcome, PeerError, Raised, Reply, Request, Target};
use crate::Suite;

/// Makes a request to a function with all nodes as arguments.
pub fn function(name: &str, nodes: Vec<Node>) -> Request {
    request(Target::Function(name.to_owned()), nodes)
}

/// Makes a request to a method of an object with all nodes as arguments.
pub fn method(object: u32, name: &str, nodes: Vec<Node>) -> Request {
    request(Target::Method((object, name.to_owned())), nodes)
}

fn request(target: Target, nodes: Vec<Node>) -> Request {
    let positional = (0..nodes.len() as u32).collect();
    Request { target, nodes, positional, named: Vec::new(), released: Vec::new() }
}

/// Makes a reply that returns one node.
pub fn returned(node: Node) -> Reply {
    Reply { nodes: vec![node], outcome: Outcome::Returned(0), changed: Vec::new(), effects: Vec::new() }
}

/// Makes a reply that raises an exception.
pub fn raised(message: &str) -> Reply {
    let raised = Raised {
        classes: vec!["builtins.Exception".to_owned()],
        message: message.to_owned(),
        arguments: Vec::new(),
        attributes: Vec::new(),
        place: None,
        detail: String::new(),
    };
    Reply { nodes: Vec::new(), outcome: Outcome::Raised(raised), changed: Vec::new(), effects: Vec::new() }
}

/// Returns the whole numbers among the nodes of a request.
pub fn arguments(request: &Request) -> Vec<i64> {
    let numbers = request.nodes.iter().filter_map(|node| match node {
        Node::Integer(number) => Some(*number),
        _ => None,
    });
    numbers.collect()
}

/// Says what came of a call or an answer.
pub fn words(result: Result<Reply, PeerError>) -> String {
    match result {
        Ok(Reply { nodes, outcome: Outcome::Returned(root), .. }) => match &nodes[root as usize] {
            Node::Integer(number) => format!("returned {number}"),
            Node::Text(text) => format!("returned {text}"),
            other => format!("returned {other:?}"),
        },
        Ok(Reply { outcome: Outcome::Raised(raised), .. }) => format!("raised {}", raised.message),
        Ok(Reply { outcome: Outcome::Waits(until), .. }) => format!("waits {until:?}"),
        Ok(Reply { outcome: Outcome::Asks(question), .. }) => format!("asks {:?}", question.target),
        Err(PeerError::Ended(how)) => format!("ended: {how}"),
        Err(PeerError::Invalid(why)) => format!("invalid: {why}"),
    }
}

/// Returns the number that the test gave as the suite's keyword, or zero.
///
/// # Panics
/// When the keyword is no number.
pub fn amount(suite: &Suite) -> i64 {
    suite.keyword.as_deref().map_or(0, |keyword| keyword.parse().expect("the amount is a number"))
}
