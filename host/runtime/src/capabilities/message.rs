//! The form of a message between the two instances of a split suite: every index leads to an earlier node, so that whoever
//! reads it needs no guard against cycles. What the values mean is the runner's business.

use crate::bindings::tested_side::pact::plugin::messages::{Effect, Outcome, Raised, Reply, Request};
use crate::bindings::tested_side::pact::plugin::values::Node;

/// Checks a request.
pub(crate) fn check_request(request: &Request) -> Result<(), String> {
    check_nodes(&request.nodes, None)?;
    let named = request.named.iter().map(|(_, node)| *node);
    check_roots(request.nodes.len(), request.positional.iter().copied().chain(named))
}

/// Checks a reply to a request that had so many nodes.
pub(crate) fn check_reply(reply: &Reply, request_nodes: usize) -> Result<(), String> {
    check_nodes(&reply.nodes, Some(request_nodes))?;
    let count = reply.nodes.len();
    match &reply.outcome {
        Outcome::Returned(node) => check_roots(count, [*node])?,
        Outcome::Raised(raised) => check_roots(count, of_raised(raised))?,
        Outcome::Waits(_) => {}
        Outcome::Asks(question) => check_request(question)?,
    }
    for effect in &reply.effects {
        if let Effect::Log(record) = effect {
            check_roots(count, record.attributes.iter().map(|(_, node)| *node))?;
        }
    }
    check_roots(count, reply.changed.iter().map(|(_, now)| *now))?;
    check_roots(request_nodes, reply.changed.iter().map(|(before, _)| *before))
}

fn of_raised(raised: &Raised) -> impl Iterator<Item = u32> {
    raised.arguments.iter().copied().chain(raised.attributes.iter().map(|(_, node)| *node))
}

fn check_roots(count: usize, roots: impl IntoIterator<Item = u32>) -> Result<(), String> {
    let outside = roots.into_iter().find(|root| *root as usize >= count);
    outside.map_or(Ok(()), |root| Err(format!("it refers to node {root} of {count}")))
}

/// Names are looked up and shown; one as long as this is nobody's.
const NAME_BYTES: usize = 1024;

fn check_name(index: usize, name: &str) -> Result<(), String> {
    if name.len() <= NAME_BYTES { Ok(()) } else { Err(format!("node {index} has a name of {} bytes", name.len())) }
}

fn check_nodes(nodes: &[Node], request_nodes: Option<usize>) -> Result<(), String> {
    for (index, node) in nodes.iter().enumerate() {
        let later = |child: &u32| *child as usize >= index;
        let bad = match node {
            Node::Sequence(sequence) => sequence.items.iter().copied().find(later),
            Node::Mapping(entries) => entries.iter().flat_map(|(key, value)| [*key, *value]).find(later),
            Node::Object(object) => {
                check_name(index, &object.type_name)?;
                None
            }
            Node::Enumeration(enumeration) => {
                check_name(index, &enumeration.type_name)?;
                None
            }
            Node::Structure(structure) => structure.fields.iter().map(|(_, value)| *value).find(later),
            Node::Argument(argument) => match request_nodes {
                Some(count) if (*argument as usize) < count => None,
                Some(count) => return Err(format!("node {index} is argument node {argument} of {count}")),
                None => return Err(format!("node {index} is an argument, which only a reply can hold")),
            },
            Node::None
            | Node::Boolean(_)
            | Node::Integer(_)
            | Node::Floating(_)
            | Node::Text(_)
            | Node::SurrogateText(_)
            | Node::Bytes(_)
            | Node::MutableBytes(_)
            | Node::Scalar(_) => None,
        };
        if let Some(child) = bad {
            return Err(format!("node {index} refers to node {child}, which does not come before it"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bindings::tested_side::pact::plugin::values::{Sequence, SequenceKind};

    fn list(items: Vec<u32>) -> Node {
        Node::Sequence(Sequence { kind: SequenceKind::List, items })
    }

    fn reply(nodes: Vec<Node>, outcome: Outcome) -> Reply {
        Reply { nodes, outcome, changed: Vec::new(), effects: Vec::new() }
    }

    #[test]
    fn a_node_refers_only_to_nodes_before_it() {
        assert_eq!(check_nodes(&[Node::None, list(vec![0, 0]), list(vec![1, 0])], None), Ok(()));
        for nodes in
            [vec![list(vec![0])], vec![Node::None, list(vec![2]), Node::None], vec![Node::Mapping(vec![(0, 0)])]]
        {
            assert!(check_nodes(&nodes, None).is_err(), "{nodes:?}");
        }
    }

    #[test]
    fn a_root_outside_of_the_nodes_is_refused_wherever_it_stands() {
        assert_eq!(check_reply(&reply(vec![Node::None], Outcome::Returned(0)), 0), Ok(()));
        assert!(check_reply(&reply(vec![Node::None], Outcome::Returned(1)), 0).is_err());
        let changed =
            |before, now| Reply { changed: vec![(before, now)], ..reply(vec![Node::None], Outcome::Returned(0)) };
        assert_eq!(check_reply(&changed(2, 0), 3), Ok(()));
        assert!(check_reply(&changed(3, 0), 3).is_err());
        assert!(check_reply(&changed(0, 1), 3).is_err());
    }

    #[test]
    fn only_a_reply_points_at_arguments_and_only_at_those_of_its_request() {
        let nodes = [Node::Argument(1)];
        assert_eq!(check_nodes(&nodes, Some(2)), Ok(()));
        assert!(check_nodes(&nodes, Some(1)).is_err());
        assert!(check_nodes(&nodes, None).is_err());
    }
}
