//! What a runner tells of its functions is believed in nothing but its own profile, and bounded there.

use pact_model::profile::{Frame, Node, Profile};
use pact_model::receipt::{Limit, SessionOutcome};
use pact_pipeline::ports::Renewal;

use crate::laboratory::{FUEL, Report, attack};

#[track_caller]
fn profile(report: &Report) -> &Profile {
    let profile = report.session.profile.as_ref().expect("the guest has asked");
    assert_eq!(profile.fuel() + profile.measuring_fuel, report.session.fuel(), "every unit stands in one place");
    profile
}

/// Test, callers and name of a node, with its calls.
fn rows(profile: &Profile) -> Vec<(String, u64)> {
    let name = |node: &Node| match &node.frame {
        Frame::Outside => "outside".to_owned(),
        Frame::Test(id) => id.clone(),
        Frame::Function(number) => profile.functions[*number as usize].name.clone(),
        Frame::Folded => "folded".to_owned(),
    };
    let path = |node: &Node| {
        let mut path: Vec<String> = profile.callers(node).map(name).collect();
        path.reverse();
        path.push(name(node));
        path.join("/")
    };
    profile.nodes.iter().map(|node| (path(node), node.calls)).collect()
}

#[test]
pub(crate) fn tell_of_functions() {
    let work = |rounds| attack("tell_of_functions").amount(rounds).profiled().run();
    let (little, much) = (work(1000), work(101_000));
    assert_eq!(little.results()[0].message, "it was wanted");
    let paths = rows(profile(&little));
    let path = |path: &str, calls| (path.to_owned(), calls);
    assert_eq!(paths, [path("outside", 0), path("a_test", 1), path("a_test/outer", 1), path("a_test/outer/inner", 3)]);
    let (before, now) = (&profile(&little).nodes, &profile(&much).nodes);
    assert!(now[3].fuel - before[3].fuel >= 300_000, "{before:#?} {now:#?}");
    assert_eq!(now[3].fuel - before[3].fuel, much.session.fuel() - little.session.fuel());
    assert_eq!(before[2].fuel, now[2].fuel, "what the inner function uses is not the outer one's own");
}

#[test]
fn who_is_not_asked_tells_in_vain() {
    let report = attack("tell_of_functions").amount(1000).run();
    assert_eq!((report.results()[0].message.as_str(), &report.session.profile), ("", &None));
    assert_eq!(attack("well_behaved").profiled().run().session.profile, None, "who never asks has no profile");
}

#[test]
pub(crate) fn tell_lies() {
    let report = attack("tell_lies").profiled().run();
    assert_eq!(report.receipt.outcome, SessionOutcome::Returned);
    assert_eq!(report.finished(), ["first", "second"]);
    let profile = profile(&report);
    assert!(profile.unmatched > 0, "{profile:#?}");
    assert!(profile.functions.iter().all(|function| function.name.len() < 300 && function.path.len() < 300));
    let (tests, functions) = (profile.tests(), profile.by_function());
    assert_eq!((tests.len(), functions.len()), (2, 4));
    let roots = profile.nodes.iter().filter(|node| node.parent.is_none()).count();
    assert_eq!(roots, 3, "what a test began has ended with it");
}

#[test]
pub(crate) fn flood_profile() {
    let few = attack("flood_profile").amount(100).profiled().run();
    assert_eq!((few.said(), profile(&few).folded_calls), ("told", 0));
    let flood =
        |limits, amount| attack("flood_profile").limits(limits).fuel(FUEL * 10, FUEL * 10).amount(amount).profiled();
    let many = flood("", 30_000).run();
    let kept = profile(&many);
    assert_eq!((kept.functions.len(), kept.nodes.len()), (20_000, 258), "the rest is folded");
    assert_eq!(kept.folded_calls, 30_000 - 256);
    assert_eq!(flood("host_calls = 1000", u64::MAX).run_once().limit(), Limit::HostCalls);
    assert_eq!(flood("", u64::MAX).run().limit(), Limit::Fuel);
}

#[test]
pub(crate) fn tested_ends_its_caller() {
    let report = attack("tested_ends_its_caller").split(Renewal::Modules).profiled().run();
    assert_eq!(report.finished(), ["first", "second"]);
    let profile = profile(&report);
    assert_eq!(profile.unmatched, 10);
    let paths = rows(profile);
    let path = |path: &str, calls| (path.to_owned(), calls);
    assert_eq!(
        paths,
        [
            path("outside", 0),
            path("first", 1),
            path("first/caller", 1),
            path("first/caller/tested", 1),
            path("second", 1),
            path("second/caller", 1)
        ]
    );
    assert!(profile.nodes[3].fuel > 1_000_000, "{profile:#?}");
}
