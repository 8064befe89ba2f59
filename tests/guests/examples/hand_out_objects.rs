//! The tested side hands out an object of each kind in one reply, and one in a question; all of them are called.
#![cfg(target_family = "wasm")]

use pact_test_guests::split::values::{ObjectHandle, ObjectKind, Side};
use pact_test_guests::split::{
    ATTACK, Node, Outcome, Reply, Request, SplitAttack, Target, function, method, peer, returned, run_tests, words,
};
use pact_test_guests::{RunError, Suite, Summary};

fn object(id: u32, kind: ObjectKind, type_name: &str) -> Node {
    Node::Object(ObjectHandle { owner: Side::Tested, id, kind, type_name: type_name.to_owned() })
}

fn call_all() -> String {
    let _asked = peer::call(&function(ATTACK, Vec::new()));
    let _handles = peer::answer(&returned(Node::None));
    let calls =
        [(1, "step"), (1, "step"), (2, "deposit"), (3, "__next__"), (3, "__next__"), (4, "__call__"), (5, "owner")];
    let said = calls.map(|(object, name)| words(peer::call(&method(object, name, Vec::new()))));
    said.join("; ")
}

struct HandOutObjects;

impl SplitAttack for HandOutObjects {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        run_tests(&[("first", &call_all)])
    }

    fn call(request: Request) -> Reply {
        let Target::Method((_, name)) = &request.target else {
            let account = object(5, ObjectKind::Instance, "component.Account");
            peer::ask(&function("tests.callback", vec![account])).expect("the tests' side answers");
            let nodes = vec![
                object(1, ObjectKind::Coroutine, "component.wait"),
                object(2, ObjectKind::Instance, "component.Account"),
                object(3, ObjectKind::Generator, "component.all"),
                object(4, ObjectKind::Function, "component.later"),
            ];
            return Reply { nodes, ..returned(Node::None) };
        };
        // The first step waits, the second ends.
        if name == "step" && STEPS.replace(STEPS.get() + 1) == 0 {
            return Reply { outcome: Outcome::Waits(None), ..returned(Node::None) };
        }
        returned(Node::Text(name.clone()))
    }
}

thread_local! {
    static STEPS: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
}

pact_test_guests::split_attack!(HandOutObjects);
