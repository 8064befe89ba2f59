//! What the tested code sends over the border that its contract does not say: nothing of it reaches a test unnoticed.

use serde_json::{Value, json};

use super::check;
use super::gauge::{CODE, Gauge, TESTS};

/// A gauge whose `total` is written so.
fn total(body: &str) -> String {
    CODE.replace("    return sum(values)\n", &format!("    {}\n", body.replace('\n', "\n    ")))
}

#[track_caller]
fn assert_effect(gauge: &Gauge, said: &str) {
    let component = gauge.component(&[], 1);
    assert_eq!((&component["failed"], &component["errors"]), (&0.into(), &0.into()), "{component:#}");
    let check = check(&component, "side-effects");
    assert_eq!(check["held"], false, "{component:#}");
    assert!(check["detail"].as_str().unwrap().contains(said), "{check}");
}

/// Gives the contract a struct `Reading`, which `total` returns.
fn of_readings(contract: &mut Value) {
    contract["types"] = json!([{"name": "Reading", "kind": "struct", "description": "A value.", "fields": [
        {"name": "value", "type_ref": "int", "required": true, "description": "Read."}]}]);
    contract["functions"][0]["output_type"] = json!("Reading");
}

const OF_READINGS: &str = "from gauge import Reading, remember, total\n\n\ndef test_total():\n    assert total([1, 2]).value == 3\n\n\n\
                           def test_remember():\n    assert remember(7) == 1\n";

#[test]
fn an_argument_is_changed_only_where_the_contract_says_so() {
    let sorting = Gauge::new(TESTS, &total("values.sort(reverse=True)\nreturn sum(values)"));
    assert_effect(&sorting, "`total` changes an argument");
    for kind in ["changes_argument", "mutates_state"] {
        Gauge::new(TESTS, &total("values.sort(reverse=True)\nreturn sum(values)")).allowing(kind).component(&[], 0);
    }
    // What is as it was when the call returns was not changed.
    Gauge::new(TESTS, &total("values.append(0)\nresult = sum(values)\nvalues.pop()\nreturn result")).component(&[], 0);
}

#[test]
fn what_a_function_of_the_tests_changes_is_not_the_components_doing() {
    let tests = "from gauge import remember, total\n\n\ndef test_total():\n    seen = []\n    assert total(seen, lambda values: values.append(4)) == 4\n    \
                 assert seen == [4]\n\n\ndef test_remember():\n    assert remember(7) == 1\n";
    let code = "_seen = []\n\n\ndef total(values, fill):\n    fill(values)\n    return sum(values)\n\n\n\
                def remember(value: int) -> int:\n    _seen.append(value)\n    return len(_seen)\n";
    let gauge = Gauge::new(tests, code).saying(|contract| {
        let fill = json!({"name": "fill", "type_ref": "Callable[[list[int]], None]"});
        contract["functions"][0]["inputs"].as_array_mut().unwrap().push(fill);
    });
    gauge.component(&[], 0);
}

#[test]
fn a_value_that_is_not_what_its_type_says_reaches_no_test() {
    for (value, why) in [
        ("Reading.model_construct(value=complex(sum(values)))", "value: Input should be a valid integer"),
        ("Reading.model_construct(value=float(sum(values)))", "value: Input should be a valid integer"),
        ("Reading.model_construct(value=True)", "value: Input should be a valid integer"),
        ("Reading.model_construct()", "value: it has no value"),
    ] {
        let code = format!("from gauge_types import Reading\n\n{}", total(&format!("return {value}")));
        let component = Gauge::new(OF_READINGS, &code).saying(of_readings).component(&[], 1);
        let message = component["tests"][0]["message"].as_str().unwrap();
        let expected = format!("TypeError: what gauge.total returned is not a `Reading`: {why}");
        assert!(message.contains(&expected), "{value}: {message}");
    }
    let code = format!("from gauge_types import Reading\n\n{}", total("return Reading(value=sum(values))"));
    Gauge::new(OF_READINGS, &code).saying(of_readings).component(&[], 0);
}

#[test]
fn an_argument_that_was_changed_to_what_it_cannot_be_stays_as_it_was() {
    let tests = "import pytest\n\nfrom gauge import Reading, remember, total\n\n\ndef test_total():\n    reading = Reading(value=1)\n    \
                 with pytest.raises(TypeError, match='an argument that gauge.total changed is not a `Reading` any more: value'):\n        \
                 total([reading])\n    assert reading.value == 1\n\n\ndef test_remember():\n    assert remember(7) == 1\n";
    let code = total("vars(values[0])['value'] = 'one'\nreturn values[0]")
        .replace("list[int]) -> int", "list[Reading]) -> Reading");
    let code = format!("from gauge_types import Reading\n\n{code}");
    let gauge = Gauge::new(tests, &code).saying(|contract| {
        of_readings(contract);
        contract["functions"][0]["inputs"][0]["type_ref"] = json!("list[Reading]");
        contract["functions"][0]["structured_side_effects"] = json!([{"kind": "changes_argument"}]);
    });
    gauge.component(&[], 0);
}

#[test]
fn the_end_of_an_iteration_ends_no_loop_of_a_test() {
    let tests = "from gauge import remember, total\n\n\ndef test_total():\n    assert all(map(total, [[1], [2]]))\n\n\n\
                 def test_remember():\n    assert remember(7) == 1\n";
    for end in ["StopIteration", "StopAsyncIteration"] {
        let component = Gauge::new(tests, &total(&format!("raise {end}"))).component(&[], 1);
        let message = component["tests"][0]["message"].as_str().unwrap();
        assert!(message.contains(&format!("RuntimeError: gauge.total raised {end}")), "{message}");
    }
    // Nothing that an `except` of the test's could take for its own.
    let component = Gauge::new(tests, &total("raise GeneratorExit")).component(&[], 1);
    assert!(component["tests"][0]["message"].as_str().unwrap().contains("ComponentRaised"), "{component:#}");

    let expecting = "import pytest\n\nfrom gauge import remember, total\n\n\ndef test_total():\n    with pytest.raises(StopIteration):\n        \
                     total([])\n\n\ndef test_remember():\n    assert remember(7) == 1\n";
    let declared = Gauge::new(expecting, &total("raise StopIteration")).saying(|contract| {
        contract["functions"][0]["error_cases"] =
            json!([{"name": "empty", "condition": "there is nothing", "error_type": "StopIteration"}]);
    });
    declared.component(&[], 0);
}

#[test]
fn an_iterator_still_ends() {
    let tests = "import asyncio\n\nfrom gauge import remember, total\n\n\ndef test_total():\n    numbers = total([1, 2])\n    \
                 assert list(numbers) == [1, 2]\n    assert next(numbers, None) is None\n\n\n\
                 def test_remember():\n    async def read():\n        return [one async for one in remember(2)]\n\n    \
                 assert asyncio.run(read()) == [0, 1]\n";
    let code = "def total(values):\n    yield from values\n\n\nasync def remember(value):\n    for one in range(value):\n        yield one\n";
    let gauge = Gauge::new(tests, code).saying(|contract| {
        contract["functions"][0]["output_type"] = json!("Iterator[int]");
        contract["functions"][1]["output_type"] = json!("AsyncIterator[int]");
    });
    gauge.component(&[], 0);
}

#[test]
fn a_draw_from_the_languages_own_generator_is_a_draw() {
    for drawing in ["random.random()", "random.shuffle([1, 2])", "random.seed(4)"] {
        let code = total(&format!("import random\n{drawing}\nreturn sum(values)"));
        assert_effect(&Gauge::new(TESTS, &code), "`total` draws random numbers");
        Gauge::new(TESTS, &code).allowing("draws_random").component(&[], 0);
    }
    // A generator of its own that it seeds gives the same numbers each time.
    Gauge::new(TESTS, &total("import random\nrandom.Random(4).random()\nreturn sum(values)")).component(&[], 0);
}

#[test]
fn an_import_does_only_what_some_function_of_the_contract_may() {
    for (doing, said) in [
        ("import time; time.time()", "the component reads the clock while it is imported"),
        ("import os; os.urandom(8)", "the component draws random numbers while it is imported"),
        ("import random; random.random()", "the component draws random numbers while it is imported"),
        (
            "import contextlib, socket\nwith contextlib.suppress(OSError): socket.socket()",
            "the component reaches for the network while it is imported",
        ),
        (
            "import contextlib\nwith contextlib.suppress(OSError): open('/tmp/x', 'w')",
            "the component writes a file while it is imported",
        ),
    ] {
        assert_effect(&Gauge::new(TESTS, &format!("{doing}\n\n{CODE}")), said);
    }
    // Saying once more that the import begins makes nothing of it undone.
    let hidden = "import sys, time\ntime.time()\nframe = sys._getframe()\n\
                  while 'TestedSide' not in frame.f_globals:\n    frame = frame.f_back\n\
                  frame.f_globals['peer'].begin_import()\n";
    assert_effect(&Gauge::new(TESTS, &format!("{hidden}\n{CODE}")), "reads the clock while it is imported");
    let clock = format!("import time\n_AT = time.time()\n\n{CODE}");
    Gauge::new(TESTS, &clock).allowing("reads_clock").component(&[], 0);
    // What many components import does nothing of the kind.
    let imports = "import asyncio, collections, dataclasses, datetime, decimal, email, enum, functools, hashlib, http, json, logging, \
                   pathlib, random, re, secrets, sqlite3, string, tempfile, time, typing, unittest.mock, urllib.request, uuid, zoneinfo\n\
                   import pydantic\n\n\nclass _Own(pydantic.BaseModel):\n    at: int\n\n\n@dataclasses.dataclass\nclass _Other:\n    at: int\n\n\n\
                   _LOG = logging.getLogger(__name__)\n_LOG.info('imported')\n";
    Gauge::new(TESTS, &format!("{imports}\n{CODE}")).component(&[], 0);
}

/// Tests of a gauge whose `total` is asynchronous.
const AWAITING: &str = "import asyncio\n\nfrom gauge import remember, total\n\n\ndef test_total():\n    \
                        assert asyncio.run(total([1, 2])) == 3\n\n\ndef test_remember():\n    assert remember(7) == 1\n";

fn awaited(body: &str) -> Gauge {
    let code = format!("import asyncio\n\n{}", total(body).replace("def total", "async def total"));
    Gauge::new(AWAITING, &code).saying(|contract| contract["functions"][0]["is_async"] = json!(true))
}

#[test]
fn an_asynchronous_function_does_only_what_its_contract_says() {
    assert_effect(&awaited("import time\ntime.time()\nreturn sum(values)"), "`total` reads the clock");
    let later = "await asyncio.sleep(0.1)\nimport time\ntime.monotonic()\nreturn sum(values)";
    assert_effect(&awaited(later), "`total` reads the clock");
    // Timers are the loop's.
    let timers = "await asyncio.gather(asyncio.sleep(0.2), asyncio.sleep(0.1))\nasync with asyncio.timeout(1):\n    \
                  await asyncio.wait_for(asyncio.sleep(0.1), 2)\ntry:\n    await asyncio.wait_for(asyncio.Event().wait(), 0.1)\n\
                  except TimeoutError:\n    pass\nreturn sum(values)";
    awaited(timers).component(&[], 0);
}

#[test]
fn a_sleep_without_end_is_an_error_of_its_test_and_not_of_the_runner() {
    for seconds in ["10**12", "float('inf')"] {
        let component = awaited(&format!("await asyncio.sleep({seconds})\nreturn sum(values)")).component(&[], 1);
        let test = &component["tests"][0];
        let message = test["message"].as_str().unwrap();
        assert!(message.contains("waits for something that cannot happen"), "{test:#}");
        assert_eq!(component["tests"][1]["outcome"], "passed", "{component:#}");
    }
}

#[test]
fn a_socket_that_is_refused_is_on_record_although_the_code_goes_on() {
    let code = total("import socket\ntry:\n    socket.socket()\nexcept OSError:\n    pass\nreturn sum(values)");
    assert_effect(&Gauge::new(TESTS, &code), "`total` reaches for the network");
    // Declared it is no violation, and there is no network all the same.
    let declared =
        Gauge::new(TESTS, &total("import socket\nsocket.socket()\nreturn sum(values)")).allowing("network_call");
    let component = declared.component(&[], 1);
    assert_eq!(check(&component, "side-effects")["held"], true, "{component:#}");
    let message = component["tests"][0]["message"].as_str().unwrap();
    assert!(message.contains("the network is not available in the sandbox"), "{message}");
}

#[test]
fn what_a_record_of_the_log_carries_is_data_and_replaces_nothing() {
    let code = total(
        "import logging\nlogging.getLogger('gauge').warning('counted', extra={'getMessage': lambda: 'forged', 'count': 2, 'made': [lambda: 3]})\n\
         return sum(values)",
    );
    let tests = "from gauge import remember, total\n\n\ndef test_total(caplog):\n    assert total([1, 2]) == 3\n    [record] = caplog.records\n    \
                 assert 'getMessage' not in vars(record) and record.count == 2\n    assert type(record.made) is str\n\n\n\
                 def test_remember():\n    assert remember(7) == 1\n";
    Gauge::new(tests, &code).component(&[], 0);
    // A level that no number of the border can say.
    Gauge::new(TESTS, &total("import logging\nlogging.log(10**12, 'loud')\nreturn sum(values)")).component(&[], 0);
}

#[test]
fn an_answer_that_waits_is_none_of_a_plain_function() {
    let code = total("import sys\nreturn sys._getframe(1).f_globals['coroutines'].Waits(5)");
    let component = Gauge::new(TESTS, &code).component(&[], 1);
    assert_eq!(component["tests"][0]["outcome"], "error", "{component:#}");
    assert!(component["tests"][0]["message"].as_str().unwrap().contains("it waits"), "{component:#}");
}

#[test]
fn what_was_put_into_the_builtins_is_gone_in_the_next_test() {
    let code = "import builtins\n\n\ndef total(values: list[int]) -> int:\n    return sum(values)\n\n\n\
                def remember(value: int) -> int:\n    builtins.seen = getattr(builtins, 'seen', 0) + 1\n    assert oct(8)\n    builtins.oct = None\n    return builtins.seen\n";
    let tests = "from gauge import remember, total\n\n\ndef test_total():\n    assert total([]) == 0\n\n\n\
                 def test_one():\n    assert remember(1) == 1\n\n\ndef test_two():\n    assert remember(1) == 1\n";
    Gauge::new(tests, code).component(&[], 0);
}
