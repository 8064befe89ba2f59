//! A node of each kind crosses to the tested side and comes back.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::values::{
    Enumeration, ObjectHandle, ObjectKind, Scalar, ScalarKind, Sequence, SequenceKind, Side, Structure,
};
use pact_test_guests::split::{ATTACK, Node, Outcome, SplitAttack, function, peer, run_tests, words};
use pact_test_guests::{RunError, Suite, Summary};

fn one_of_each() -> Vec<Node> {
    let object = |owner| {
        let type_name = "component.Account".to_owned();
        Node::Object(ObjectHandle { owner, id: u32::MAX, kind: ObjectKind::Instance, type_name })
    };
    vec![
        Node::None,
        Node::Boolean(true),
        Node::Integer(i64::MIN),
        Node::Floating(-0.0),
        Node::Text("a\0b\u{1b}[2J\u{1f600}".to_owned()),
        Node::SurrogateText(vec![0xed, 0xa0, 0x80]),
        Node::Bytes(vec![0, 255]),
        Node::MutableBytes(Vec::new()),
        Node::Scalar(Scalar { kind: ScalarKind::BigInteger, text: "9".repeat(100) }),
        Node::Sequence(Sequence { kind: SequenceKind::FrozenSet, items: vec![0, 0, 8] }),
        Node::Mapping(vec![(4, 9), (9, 4)]),
        Node::Structure(Structure { type_name: "types.Pair".to_owned(), fields: vec![("left".to_owned(), 10)] }),
        Node::Enumeration(Enumeration { type_name: "types.Colour".to_owned(), member: "RED".to_owned() }),
        object(Side::Tests),
        object(Side::Tested),
    ]
}

struct EchoAcross;

impl SplitAttack for EchoAcross {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let cross = || {
            let nodes = one_of_each();
            let result = peer::call(&function(ATTACK, nodes.clone()));
            match result {
                Ok(reply) if matches!(reply.outcome, Outcome::Returned(_)) => {
                    format!("returned all: {}", format!("{:?}", reply.nodes) == format!("{nodes:?}"))
                }
                other => words(other),
            }
        };
        run_tests(&[("first", &cross)])
    }
}

pact_test_guests::split_attack!(EchoAcross);
