//! Codes of test suites.

use super::{Rule, error, warning};

pub(super) const RULES: &[Rule] = &[
    error(
        "missing-suite",
        "Without tests there is nothing that could judge an implementation.",
        "Write `tests/ID/contract_test_suite.json` with its test file, or let `pact run` ask for them.",
        "a contract `money` without a suite",
    ),
    error(
        "no-test-cases",
        "A suite without cases passes whatever the code does.",
        "Plan at least one case for each function.",
        "`\"test_cases\": []`",
    ),
    error(
        "no-test-code",
        "Cases in words are not run: the code of the tests is missing.",
        "Write the test file, or let `pact run` ask for it.",
        "`\"generated_code\": \"\"`",
    ),
    error(
        "test-code",
        "The tests cannot be run as they are, for example because they do not parse.",
        "Correct the file as the message says.",
        "an indentation that does not end",
    ),
    warning(
        "test-shows-nothing",
        "The test passes on implementations that are wrong on purpose, so it says nothing about a right one.",
        "Compare with a value that only a right implementation returns.",
        "`assert pay(3) is not None`",
    ),
    error(
        "unknown-function",
        "A case about a function that the contract does not have tests something else, or a name that was changed since.",
        "Correct the name; methods are written `Class.method`.",
        "`\"function\": \"pays\"`; mended: `\"pay\"`",
    ),
    warning(
        "untested-error",
        "An error that no case is about can be forgotten by an implementation without anybody noticing.",
        "Add a case of the category `error_case` that raises it, and name it in the case.",
        "`NotEnough` in the contract of `pay`, and no case of `pay` that expects an error",
    ),
    error(
        "untested-function",
        "A function without a case is certified without ever having been called.",
        "Add at least one case about it.",
        "a function `refund`, and cases about `pay` only",
    ),
];
