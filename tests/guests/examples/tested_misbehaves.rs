//! The tested side does what a function of a contract may not do unasked: which thing, the number says.
#![cfg(target_family = "wasm")]

use std::cell::RefCell;
use std::fs;
use std::io::{Read as _, Write as _};
use std::time::SystemTime;

use pact_test_guests::split::{Node, Reply, Request, Serving, SplitAttack, arguments, returned};
use wasip2::sockets::network::IpAddressFamily;
use wasip2::sockets::tcp_create_socket::create_tcp_socket;

/// No file of the component's: the import writes it.
const DATA: &str = "/tmp/data";

thread_local! {
    /// Opened during the import, as far as a function may.
    static KEPT: RefCell<Option<fs::File>> = const { RefCell::new(None) };
}

struct TestedMisbehaves;

impl SplitAttack for TestedMisbehaves {
    fn serve(_serving: Serving) -> Reply {
        // Denied where no function may: the host's events say so.
        let _ = fs::write(DATA, "data");
        KEPT.set(fs::OpenOptions::new().read(true).write(true).open(DATA).ok());
        returned(Node::None)
    }

    fn attack(request: Request) -> Reply {
        let mut byte = [0_u8];
        let worked = match arguments(&request)[0] {
            0 => SystemTime::now() > SystemTime::UNIX_EPOCH,
            1 => wasip2::random::random::get_random_bytes(8).len() == 8,
            2 => fs::read(DATA).is_ok(),
            3 => fs::write("/tmp/new", "x").is_ok(),
            4 => create_tcp_socket(IpAddressFamily::Ipv4).is_ok(),
            5 => KEPT.with_borrow_mut(|file| file.as_mut().is_some_and(|file| file.write_all(b"x").is_ok())),
            6 => KEPT.with_borrow_mut(|file| file.as_mut().is_some_and(|file| file.read_exact(&mut byte).is_ok())),
            _ => true,
        };
        let mut reply = returned(Node::Boolean(worked));
        if arguments(&request)[0] == 7 {
            reply.changed.push((0, 0));
        }
        reply
    }
}

pact_test_guests::split_attack!(TestedMisbehaves);
