//! Guests whose two sides speak to each other as they may, and as they may not.

use pact_model::receipt::SessionOutcome;
use pact_pipeline::ports::Renewal;

use crate::laboratory::attack;

#[test]
pub(crate) fn echo_across() {
    let report = attack("echo_across").split(Renewal::Modules).run();
    let story = ["collected first", "started first", "called attack", "finished first: returned all: true"];
    assert_eq!(report.story(), story);
}

#[test]
pub(crate) fn tested_replies_malformed() {
    let reply = |number| attack("tested_replies_malformed").split(Renewal::Modules).amount(number).run();
    let reasons = [
        "node 0 refers to node 1, which does not come before it",
        "node 0 refers to node 0, which does not come before it",
        "it refers to node 1 of 1",
        "node 0 is argument node 1 of 1",
        "it asked by returning",
        "it refers to node 1 of 1",
        "it refers to node 1 of 1",
        "it refers to node 0 of 0",
        "it refers to node 4294967295 of 0",
        "it refers to node 1 of 1",
        "it waits, and is no coroutine that goes on",
    ];
    for (number, reason) in (0_u64..).zip(reasons) {
        let report = reply(number);
        let how = format!("ended: broke the plugin interface: {reason}");
        let story = [
            "collected first, second",
            "started first",
            &how,
            &format!("finished first: {how}"),
            "started second",
            "called harmless",
            &format!("finished second: returned {number}"),
        ];
        assert_eq!(report.story(), story, "{number}");
        let [broke, SessionOutcome::Returned] = &report.tested_outcomes()[..] else { panic!("{:?}", report.session) };
        assert_eq!(*broke, SessionOutcome::Broke { message: reason.to_owned() }, "{number}");
    }
    assert_eq!(reply(11).found("first"), "returned Node::Argument(0)", "the near miss of them all");
}

#[test]
pub(crate) fn tested_reports_tests() {
    let report = attack("tested_reports_tests").split(Renewal::Modules).run();
    let story = [
        "collected first, second",
        "started first",
        "called attack",
        "finished first: returned Node::None",
        "started second",
        "called harmless",
        "finished second: returned 0",
    ];
    assert_eq!(report.story(), story, "nothing of what the tested side says of tests arrives");
}

#[test]
pub(crate) fn tested_calls_back() {
    let report = attack("tested_calls_back").split(Renewal::Modules).run();
    let found = report.found("first");
    let both = found.strip_prefix("returned invalid: ").and_then(|said| said.split_once("; invalid: "));
    assert!(both.is_some(), "{found}");
    assert_eq!(report.calls().len(), 2, "its own call reached nobody: {:#?}", report.story());
}

#[test]
pub(crate) fn tests_speak_out_of_turn() {
    let report = attack("tests_speak_out_of_turn").split(Renewal::Modules).run();
    let at_rest: Vec<&str> = report.found("first").split("; ").collect();
    assert_eq!(
        at_rest,
        ["invalid: only the tested side asks, and only while it is called", "invalid: nothing was asked"]
    );
    let while_a_call_waits: Vec<&str> = report.found("second").split("; ").collect();
    let [asks, call, ask, answer, returned, harmless] = while_a_call_waits[..] else {
        panic!("{while_a_call_waits:?}")
    };
    assert!(asks.starts_with("asks ") && asks.contains("tests.callback"), "{asks}");
    assert_eq!(call, "invalid: the component is called while a call of it waits for an answer");
    assert_eq!(ask, at_rest[0]);
    assert_eq!(answer, "invalid: node 0 is argument node 1 of 1");
    assert_eq!(returned, "returned what it was told: returned 41", "the call that waited has lost nothing");
    assert_eq!(harmless, "returned 7");
    assert_eq!(report.tested_outcomes(), [SessionOutcome::Returned]);
    let functions: Vec<String> = report.calls().into_iter().map(|called| called.function).collect();
    assert_eq!(functions, ["attack", "harmless"]);
}

#[test]
fn a_suite_that_is_not_split_has_nobody_to_call() {
    let report = attack("tested_exits").of_world("split-runner").run();
    for test in ["first", "second"] {
        assert!(report.found(test).starts_with("invalid: ") && report.found(test).contains("not split"));
    }
    assert!(report.session.tested.is_empty());
}

#[test]
pub(crate) fn answer_with_a_question() {
    let report = attack("answer_with_a_question").split(Renewal::Modules).run();
    let said: Vec<&str> = report.found("first").split("; ").collect();
    let [asks, refused, returned] = said[..] else { panic!("{said:?}") };
    assert!(asks.starts_with("asks "), "{asks}");
    assert!(refused.starts_with("invalid: "), "{refused}");
    assert_eq!(returned, "returned what it was told: returned 41");
}

#[test]
pub(crate) fn tests_send_malformed() {
    let report = attack("tests_send_malformed").split(Renewal::Modules).run();
    let refused: Vec<&str> = report.found("first").lines().collect();
    let reasons = [
        "invalid: node 0 refers to node 1, which does not come before it",
        "invalid: node 0 refers to node 0, which does not come before it",
        "invalid: node 1 is an argument, which only a reply can hold",
        "invalid: it refers to node 1 of 1",
        "invalid: it refers to node 4294967295 of 1",
    ];
    assert_eq!(refused, reasons);
    assert_eq!(report.found("second"), "returned arrived 1, reset 0", "nothing of it reached the tested side");
    assert_eq!(report.tested_outcomes(), [SessionOutcome::Returned]);
}

#[test]
pub(crate) fn tested_asks() {
    let ask = |work| attack("tested_asks").split(Renewal::Modules).amount(work).run();
    let (little, much) = (ask(1_000_000), ask(9_000_000));
    assert_eq!(little.found("first"), "returned 42");
    assert_eq!(little.story().len(), 4, "two questions are one call: {:#?}", little.story());
    assert_eq!(little.calls(), much.calls(), "what the tests' side does for its answers is not the called function's");
    assert_eq!(little.session.tested[0].fuel, much.session.tested[0].fuel);
    assert!(much.receipt.fuel - little.receipt.fuel >= 16_000_000);
}

#[test]
pub(crate) fn question_unanswered() {
    let report = attack("question_unanswered").split(Renewal::Never).run();
    let asks = report.found("first");
    assert!(asks.starts_with("asks "), "{asks}");
    assert_eq!(report.found("second"), "returned 1", "the next test has a new instance");
    assert_eq!(report.found("third"), "returned 2", "and that one lasts");
    assert_eq!(report.found("fourth"), asks);
    assert_eq!(report.receipt.outcome, SessionOutcome::Returned);
    assert_eq!(report.session.tested.len(), 2, "who never came back has cost something all the same");
}

#[test]
pub(crate) fn tested_asks_in_serve() {
    let report = attack("tested_asks_in_serve").split(Renewal::Modules).run();
    let told = "raised invalid: only the tested side asks, and only while it is called";
    // Before the second test the modules are imported anew, and this guest asks only the first time.
    assert_eq!((report.found("first"), report.found("second")), (told, "returned 0"));
}

#[test]
pub(crate) fn name_a_huge_class() {
    let name = |bytes| attack("name_a_huge_class").split(Renewal::Modules).amount(bytes).run();
    assert_eq!(name(100).found("first"), "returned 5");
    let report = name(100_000);
    assert_eq!(report.receipt.outcome, SessionOutcome::Returned, "no name of the tested side's ends the tests' side");
    assert_eq!(report.found("second"), "returned 6");
}

#[test]
pub(crate) fn hand_out_objects() {
    let report = attack("hand_out_objects").split(Renewal::Modules).run();
    let said =
        "returned step; returned deposit; returned __next__; returned __next__; returned __call__; returned owner";
    assert_eq!(report.found("first"), format!("waits None; {said}"));
    let functions: Vec<String> = report.calls().into_iter().map(|called| called.function).collect();
    let expected = [
        // The coroutine, when it has ended.
        "attack",
        "Account.deposit",
        "attack",
        "attack",
        "attack",
        "Account.owner",
    ];
    assert_eq!(functions, expected);
}

#[test]
pub(crate) fn keep_an_object() {
    let report = attack("keep_an_object").split(Renewal::Never).run();
    let functions: Vec<String> = report.calls().into_iter().map(|called| called.function).collect();
    assert_eq!(functions, ["attack", "Account.deposit", "Account.deposit"]);
}
