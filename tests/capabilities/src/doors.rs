//! Guests that look for a way out: environment, network, clocks, chance.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::net::TcpListener;

use pact_pipeline::ports::RunnerEvent;
use tokio::sync::mpsc;

use crate::laboratory::{FUEL, attack, host_is_usable, wait};

#[test]
pub(crate) fn read_environment() {
    let report = attack("read_environment").run();
    let nothing = "variables [], arguments [], input Ok(0), folder None, terminal false";
    assert_eq!(report.said(), nothing);
}

#[test]
pub(crate) fn dial_the_host() {
    let listener = listen();
    listener.set_nonblocking(true).expect("a listener can be asked without waiting");
    let port = listener.local_addr().expect("it is bound").port();
    let attack = attack("dial_the_host").amount(port.into());
    let runner = attack.runner();
    let before = open_sockets();
    let (sink, mut source) = mpsc::unbounded_channel();
    let session = wait(async {
        let (session, ()) = tokio::join!(runner.run(&attack.request, sink), async {
            let event = source.recv().await.expect("the guest reports").event;
            assert!(matches!(event, RunnerEvent::Started(_)));
            assert_eq!(open_sockets(), before, "no socket of the machine's was made, not even for a moment");
        });
        session.expect("the sandbox starts")
    });
    assert_eq!(session.invalid_input.as_deref(), Some("open []"));
    assert_eq!(listener.accept().map_err(|error| error.kind()).err(), Some(ErrorKind::WouldBlock), "nobody called");
    host_is_usable();
}

#[test]
pub(crate) fn sleep_an_hour() {
    let report = attack("sleep_an_hour").run();
    assert_eq!(report.said(), "started 1704067200 s after 1970, slept [3600, 3600] s");
    assert!(report.receipt.wall_ms < 10_000, "{} ms", report.receipt.wall_ms);
}

#[test]
pub(crate) fn draw_random_numbers() {
    let draw = |seed| attack("draw_random_numbers").seed(seed).fuel(FUEL, FUEL).run();
    let (seven, again, eight) = (draw(7), draw(7), draw(8));
    let numbers = |text: &str| text.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(seven.said(), again.said(), "an equal seed gives equal numbers");
    assert_eq!(numbers(seven.said()).len(), 182, "none comes twice, from whatever source");
    assert!(numbers(seven.said()).is_disjoint(&numbers(eight.said())), "another seed gives others");
}

#[test]
pub(crate) fn draw_four_gib() {
    assert_eq!(attack("draw_four_gib").amount(1 << 20).run().said(), "1048576 bytes");
    for amount in [(1 << 20) + 1, 1 << 32, u64::MAX] {
        let report = attack("draw_four_gib").amount(amount).run();
        assert!(report.trap().contains("exceeds limit"), "{}", report.trap());
        assert!(report.receipt.peak_memory_bytes < 4 << 20);
    }
}

#[expect(clippy::disallowed_methods, reason = "a real listener, which nobody may reach")]
fn listen() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").expect("the machine has a loopback address")
}

/// Counts the sockets of this process.
#[expect(clippy::disallowed_methods, reason = "looks at this process from outside, as an operator would")]
fn open_sockets() -> usize {
    let entries = std::fs::read_dir("/proc/self/fd").expect("this test needs /proc");
    let target = |entry: std::io::Result<std::fs::DirEntry>| std::fs::read_link(entry.ok()?.path()).ok();
    entries.filter_map(target).filter(|target| target.to_string_lossy().starts_with("socket:")).count()
}
