//! The tested side prints as many KiB as it was told.
#![cfg(target_family = "wasm")]

use std::io::Write as _;

use pact_test_guests::split::{Node, Reply, Request, SplitAttack, arguments, returned};

struct TestedFloodsOutput;

impl SplitAttack for TestedFloodsOutput {
    fn attack(request: Request) -> Reply {
        let kibibytes = arguments(&request)[0];
        let mut stdout = std::io::stdout().lock();
        for _ in 0..kibibytes {
            stdout.write_all(&[b'x'; 1024]).expect("stdout takes it or ends us");
        }
        stdout.flush().expect("stdout takes it or ends us");
        returned(Node::Integer(kibibytes))
    }
}

pact_test_guests::split_attack!(TestedFloodsOutput);
