//! The tested side breaks the form of a reply: how, the number says.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::messages::{Effect, LogRecord};
use pact_test_guests::split::values::{Sequence, SequenceKind};
use pact_test_guests::split::{
    Node, Outcome, Raised, Reply, Request, SplitAttack, arguments, function, raised, returned,
};

fn list(items: Vec<u32>) -> Node {
    Node::Sequence(Sequence { kind: SequenceKind::List, items })
}

fn with_raised(change: impl FnOnce(&mut Raised)) -> Reply {
    let mut reply = raised("it failed");
    if let Outcome::Raised(raised) = &mut reply.outcome {
        change(raised);
    }
    reply
}

struct TestedRepliesMalformed;

impl SplitAttack for TestedRepliesMalformed {
    fn attack(request: Request) -> Reply {
        let fine = || returned(Node::None);
        match arguments(&request)[0] {
            0 => Reply { nodes: vec![list(vec![1]), Node::None], ..fine() },
            1 => Reply { nodes: vec![list(vec![0])], ..fine() },
            2 => Reply { outcome: Outcome::Returned(1), ..fine() },
            3 => Reply { nodes: vec![Node::Argument(1)], ..fine() },
            4 => Reply { outcome: Outcome::Asks(function("tests.callback", Vec::new())), ..fine() },
            5 => Reply { changed: vec![(1, 0)], ..fine() },
            6 => Reply { changed: vec![(0, 1)], ..fine() },
            7 => with_raised(|raised| raised.arguments = vec![0]),
            8 => with_raised(|raised| raised.attributes = vec![("code".to_owned(), u32::MAX)]),
            9 => {
                let attributes = vec![("extra".to_owned(), 1)];
                let (logger, message) = (String::new(), String::new());
                let record = LogRecord { logger, level: 20, message, attributes, place: None };
                Reply { effects: vec![Effect::Log(record)], ..fine() }
            }
            10 => Reply { outcome: Outcome::Waits(None), ..fine() },
            // The near miss of them all.
            _ => {
                let nodes = vec![Node::Argument(0), list(vec![0, 0])];
                Reply { nodes, changed: vec![(0, 1)], ..fine() }
            }
        }
    }
}

pact_test_guests::split_attack!(TestedRepliesMalformed);
