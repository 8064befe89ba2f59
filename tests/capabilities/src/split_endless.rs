//! Guests whose tested side never comes back: it works with the tests' fuel, and whoever uses that up ends the session.

use pact_model::receipt::{Limit, SessionOutcome};
use pact_pipeline::ports::Renewal;

use crate::laboratory::{FUEL, attack};

const OUT_OF_FUEL: SessionOutcome = SessionOutcome::Limited { limit: Limit::Fuel };

#[test]
pub(crate) fn tested_works() {
    let work = |rounds| attack("tested_works").split(Renewal::Modules).amount(rounds).run();
    let (little, much) = (work(1_000_000), work(9_000_000));
    assert_eq!(little.receipt.fuel, much.receipt.fuel, "the tests' side did the same in both");
    let [attacked, harmless] = &little.calls()[..] else { panic!("{:#?}", little.story()) };
    let [more, same] = &much.calls()[..] else { panic!("{:#?}", much.story()) };
    assert_eq!((attacked.function.as_str(), harmless.function.as_str()), ("attack", "harmless"));
    assert_eq!(harmless, same, "a call costs the same after any other");
    let difference = more.fuel - attacked.fuel;
    assert!(difference >= 8_000_000, "{difference}");
    assert_eq!(
        much.session.fuel() - little.session.fuel(),
        difference,
        "what the call cost more is what all cost more"
    );
    let [receipt] = &little.session.tested[..] else { panic!("{:?}", little.session.tested) };
    assert!(receipt.fuel > attacked.fuel + harmless.fuel, "importing costs too");
    assert_eq!(little.session.fuel(), little.receipt.fuel + receipt.fuel);
}

#[test]
fn work_on_the_tested_side_needs_as_much_fuel_as_it_says() {
    let work = || attack("tested_works").split(Renewal::Modules).amount(1_000_000);
    let needed = work().run().session.fuel();
    assert_eq!(work().fuel(needed, needed).run().receipt.outcome, SessionOutcome::Returned);
    // The engine looks at the fuel where code loops or calls, so the very last units are not missed.
    let less = needed - needed / 20;
    assert_eq!(work().fuel(less, less).run().limit(), Limit::Fuel);
}

#[test]
pub(crate) fn tested_loops() {
    let test_fuel = FUEL / 10;
    let report = attack("tested_loops").split(Renewal::Modules).fuel(FUEL, test_fuel).run();
    assert_eq!(report.limit(), Limit::Fuel);
    let fuel = report.session.fuel();
    assert!((test_fuel..test_fuel + FUEL / 100).contains(&fuel), "a test's share, not the suite's: {fuel}");
    assert!(report.receipt.fuel < FUEL / 100, "it was not the tests' side");
    assert_eq!(report.story(), ["collected first, second", "started first"], "the test in flight is known");
    assert_eq!(report.tested_outcomes(), [OUT_OF_FUEL]);
}

#[test]
pub(crate) fn tested_loops_in_serve() {
    let report = attack("tested_loops_in_serve").split(Renewal::Modules).fuel(FUEL, FUEL / 10).run();
    assert_eq!(report.limit(), Limit::Fuel);
    assert_eq!((report.receipt.fuel, report.session.fuel()), (0, FUEL), "all of it, and not one unit more");
    assert_eq!(report.story(), [""; 0], "the tests were not even looked at");
    assert_eq!(report.tested_outcomes(), [OUT_OF_FUEL]);
}

#[test]
pub(crate) fn tested_loops_in_reset() {
    let report = attack("tested_loops_in_reset").split(Renewal::Modules).fuel(FUEL, FUEL / 10).run();
    assert_eq!(report.limit(), Limit::Fuel);
    assert_eq!(report.session.fuel(), FUEL, "all of it, and not one unit more");
    assert!(report.receipt.fuel < FUEL / 100, "it was not the tests' side");
    let story = ["collected first, second", "started first", "called attack", "finished first: returned 0"];
    assert_eq!(report.story(), story, "no test is to blame");
    assert_eq!(report.tested_outcomes(), [OUT_OF_FUEL]);
}

#[test]
fn what_is_never_reset_never_loops_in_it() {
    let report = attack("tested_loops_in_reset").split(Renewal::Never).run();
    assert_eq!(report.finished(), ["first", "second"]);
}

#[test]
pub(crate) fn tested_loops_after_reply() {
    let report = attack("tested_loops_after_reply").split(Renewal::Modules).fuel(FUEL, FUEL / 10).run();
    assert_eq!(report.limit(), Limit::Fuel);
    assert_eq!(report.story(), ["collected first", "started first"]);
    assert_eq!(report.tested_outcomes(), [OUT_OF_FUEL]);
}

#[test]
pub(crate) fn tested_asks_without_end() {
    let ask = || attack("tested_asks_without_end").split(Renewal::Modules);
    let fuel = ask().fuel(FUEL, FUEL / 100).run();
    assert_eq!(fuel.limit(), Limit::Fuel);
    assert_eq!(fuel.story(), ["collected first", "started first"]);
    assert!(fuel.session.fuel() < FUEL / 50, "a test's share, not the suite's: {}", fuel.session.fuel());

    let calls = ask().limits("host_calls = 1000").run();
    assert_eq!(calls.limit(), Limit::HostCalls);
    assert_eq!(calls.story(), ["collected first", "started first"]);
}
