//! Attempts to see or touch the machine. Each returns what it reached, in words that are told to a person.

use std::io::Read as _;
use std::net::{TcpListener, TcpStream, ToSocketAddrs as _, UdpSocket};
use std::{env, fs, io, time};

use wasip2::cli::environment::initial_cwd;
use wasip2::cli::terminal_stdout::get_terminal_stdout;
use wasip2::sockets::instance_network::instance_network;
use wasip2::sockets::ip_name_lookup::resolve_addresses;
use wasip2::sockets::network::IpAddressFamily;
use wasip2::sockets::tcp_create_socket::create_tcp_socket;
use wasip2::sockets::udp_create_socket::create_udp_socket;

/// Files that nearly every machine has, by the ways on which a sandbox could forget one.
const OF_THE_MACHINE: [&str; 12] = [
    "/",
    "/etc/passwd",
    "/etc/hosts",
    "/proc/self/environ",
    "/proc/self/fd/0",
    "/dev/fd/0",
    "/dev/random",
    "/usr/bin/env",
    "../etc/passwd",
    "/work/../etc/passwd",
    "/work/../../../../../../etc/passwd",
    "/tmp/../etc/passwd",
];

/// Where a link inside the guest's own folder could lead.
const LINK_TARGETS: [&str; 4] = ["/etc/passwd", "../etc/passwd", "../../../../etc/passwd", "/"];

/// Looks for variables, arguments, standard input, a working folder and a terminal.
pub(crate) fn environment() -> Vec<String> {
    let mut reached: Vec<String> = env::vars_os().map(|(name, _)| format!("the variable {}", name.display())).collect();
    reached.extend(env::args_os().map(|argument| format!("the argument {}", argument.display())));
    let mut input = Vec::new();
    if io::stdin().read_to_end(&mut input).is_ok_and(|bytes| bytes > 0) {
        reached.push("standard input".to_owned());
    }
    reached.extend(initial_cwd().map(|folder| format!("the working folder {folder}")));
    if get_terminal_stdout().is_some() {
        reached.push("the terminal".to_owned());
    }
    reached
}

/// Reads and writes files of the machine. `certain` is one that the host says is there.
pub(crate) fn files(certain: &str) -> Vec<String> {
    let mut reached = Vec::new();
    for path in OF_THE_MACHINE.iter().copied().chain([certain]) {
        if fs::metadata(path).is_ok() || fs::read(path).is_ok() || fs::read_dir(path).is_ok() {
            reached.push(format!("reading {path}"));
        }
        // Only to append nothing: where a sandbox does not hold, the machine must not suffer from its examination.
        if fs::OpenOptions::new().append(true).open(path).is_ok() {
            reached.push(format!("writing {path}"));
        }
    }
    let folders = wasip2::filesystem::preopens::get_directories();
    let own = folders.iter().filter(|(_, name)| name == "/work" || name == "/tmp").count();
    if own != folders.len() {
        reached.push("an open folder besides its own".to_owned());
    }
    for (index, target) in LINK_TARGETS.iter().enumerate() {
        let link = format!("link{index}");
        for (folder, name) in &folders {
            let made = folder.symlink_at(target, &link).is_ok();
            let path = format!("{name}/{link}");
            if made && (fs::read(&path).is_ok() || fs::read_dir(&path).is_ok()) {
                reached.push(format!("{target} through a link in {name}"));
            }
        }
    }
    reached
}

/// Dials, listens and looks up names. At `port` of this machine the host listens.
pub(crate) fn network(port: &str) -> Vec<String> {
    let resolves = |name: &str| {
        resolve_addresses(&instance_network(), name).is_ok_and(|found| {
            found.subscribe().block();
            matches!(found.resolve_next_address(), Ok(Some(_)))
        })
    };
    let attempts = [
        ("a TCP socket", create_tcp_socket(IpAddressFamily::Ipv4).is_ok()),
        ("a TCP socket for IPv6", create_tcp_socket(IpAddressFamily::Ipv6).is_ok()),
        ("a UDP socket", create_udp_socket(IpAddressFamily::Ipv4).is_ok()),
        ("a UDP socket for IPv6", create_udp_socket(IpAddressFamily::Ipv6).is_ok()),
        ("a name by WASI", resolves("localhost")),
        ("a name by the standard library", ("localhost", 80).to_socket_addrs().is_ok()),
        ("a connection", TcpStream::connect(format!("127.0.0.1:{port}")).is_ok()),
        ("listening", TcpListener::bind("127.0.0.1:0").is_ok()),
        ("listening for datagrams", UdpSocket::bind("127.0.0.1:0").is_ok()),
    ];
    attempts.into_iter().filter(|(_, open)| *open).map(|(what, _)| what.to_owned()).collect()
}

/// Returns what a session could tell apart from another one with the same seed: clocks and random bytes.
pub(crate) fn chance() -> Vec<String> {
    let wall = time::SystemTime::now().duration_since(time::UNIX_EPOCH).unwrap_or_default();
    let monotonic = wasip2::clocks::monotonic_clock::now();
    let random = wasip2::random::random::get_random_bytes(16);
    let insecure = wasip2::random::insecure::get_insecure_random_u64();
    let seed = wasip2::random::insecure_seed::insecure_seed();
    vec![format!("{wall:?} {monotonic} {random:02x?} {insecure:x} {seed:x?}")]
}
