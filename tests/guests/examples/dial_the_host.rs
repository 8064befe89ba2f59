//! Tries every way to the network: sockets, names, and what the standard library makes of them.
#![cfg(target_family = "wasm")]

use std::net::{TcpListener, TcpStream, ToSocketAddrs as _, UdpSocket};

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say, start};
use wasip2::sockets::instance_network::instance_network;
use wasip2::sockets::ip_name_lookup::resolve_addresses;
use wasip2::sockets::network::IpAddressFamily;
use wasip2::sockets::tcp_create_socket::create_tcp_socket;
use wasip2::sockets::udp_create_socket::create_udp_socket;

struct DialTheHost;

impl Attack for DialTheHost {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let port = amount(&suite);
        let (mut tcp, mut udp) = (Vec::new(), Vec::new());
        for _ in 0..100 {
            for family in [IpAddressFamily::Ipv4, IpAddressFamily::Ipv6] {
                tcp.extend(create_tcp_socket(family));
                udp.extend(create_udp_socket(family));
            }
        }
        // The test looks at the host's open files when this arrives, while everything that was made is still alive.
        start("all sockets are made");
        let open = [
            ("tcp socket", !tcp.is_empty()),
            ("udp socket", !udp.is_empty()),
            ("name", resolve_addresses(&instance_network(), "localhost").is_ok_and(|found| resolves(&found))),
            ("connect", TcpStream::connect(format!("127.0.0.1:{port}")).is_ok()),
            ("connect6", TcpStream::connect(format!("[::1]:{port}")).is_ok()),
            ("listen", TcpListener::bind("127.0.0.1:0").is_ok()),
            ("udp", UdpSocket::bind("127.0.0.1:0").is_ok()),
            ("lookup", ("localhost", 80).to_socket_addrs().is_ok()),
        ];
        let open: Vec<_> = open.into_iter().filter(|(_, open)| *open).map(|(name, _)| name).collect();
        say(format!("open {open:?}"))
    }
}

fn resolves(found: &wasip2::sockets::ip_name_lookup::ResolveAddressStream) -> bool {
    found.subscribe().block();
    matches!(found.resolve_next_address(), Ok(Some(_)))
}

pact_test_guests::attack!(DialTheHost);
