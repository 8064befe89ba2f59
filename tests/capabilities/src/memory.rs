//! Guests that take memory: their own, the host's, and the stack.

use pact_model::receipt::{Limit, SessionOutcome};

use crate::laboratory::{FUEL, attack};

const MIB: u64 = 1 << 20;

#[test]
pub(crate) fn grow_memory() {
    let within = attack("grow_memory").limits("memory_mib = 32").amount(24).run();
    assert_eq!(within.said(), "24 MiB");
    assert!((24 * MIB..32 * MIB).contains(&within.receipt.peak_memory_bytes));

    let beyond = attack("grow_memory").limits("memory_mib = 32").amount(40).run();
    assert_eq!(beyond.limit(), Limit::Memory);
    assert!(beyond.receipt.peak_memory_bytes <= 32 * MIB);

    let host = attack("grow_memory").amount(4_000).run();
    assert_eq!(host.limit(), Limit::Memory, "the host's own limit holds where the plugin names none");
    assert!(host.receipt.peak_memory_bytes <= 640 * MIB);
}

#[test]
pub(crate) fn grow_until_refused() {
    let report = attack("grow_until_refused").limits("memory_mib = 32").run();
    assert_eq!(report.said(), "5 refusals", "a guest that copes with a refusal goes on");
    assert_eq!(report.receipt.peak_memory_bytes / MIB, 31, "it had all but its tables' share of a page");
}

#[test]
pub(crate) fn recurse() {
    attack("recurse").amount(100_000).run().said();
    let deep = attack("recurse").amount(100_000_000).run();
    assert_eq!(deep.limit(), Limit::Stack);
    assert!(deep.receipt.fuel < FUEL, "it was the stack, not the fuel");
}

#[test]
pub(crate) fn flood_resources() {
    assert_eq!(attack("flood_resources").amount(40_000).run().said(), "40000 kept");
    let beyond = attack("flood_resources").amount(1_000_000).run();
    assert!(matches!(beyond.receipt.outcome, SessionOutcome::Trapped { .. }), "{:?}", beyond.receipt.outcome);
}

#[test]
pub(crate) fn flood_listings() {
    assert_eq!(attack("flood_listings").amount(10).run().said(), "10 kept");
    let beyond = attack("flood_listings").limits("memory_mib = 32").amount(50_000).run();
    assert_eq!(beyond.limit(), Limit::Memory, "what the host keeps for a guest is the guest's memory");
}

#[test]
pub(crate) fn share_one_string() {
    assert_eq!(attack("share_one_string").amount(4).run().said(), "taken");
    let beyond = attack("share_one_string").amount(100_000).run();
    assert!(beyond.events.is_empty(), "not one of the 5 GB was copied to anybody");
    assert!(beyond.trap().contains("hostcall"), "{}", beyond.trap());
}
