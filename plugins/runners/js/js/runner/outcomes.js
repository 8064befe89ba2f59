// One outcome per test, told when nothing that belongs to the test can change it any more.
//
// What runs before the first test of a `describe` and after its last one (`beforeAll`, `afterAll`) is told as part of these
// tests: so there is always a test whose doing it is.

import { getTests } from "@vitest/runner/utils";

import { takeOutput } from "../globals/output.js";
import { clean, detailOf, messageOf } from "./report.js";
import { placeOf } from "./stacks.js";

export class Outcomes {
  finished = 0;

  #about;
  #cases = new Map();
  #started = new Set();
  #done = new Set();
  #held;
  #running;
  // By suite and file: the first and the last test in it that runs.
  #first = new Map();
  #last = new Map();
  #skips = new WeakMap();
  #failsAsExpected = new WeakSet();

  constructor(about) {
    this.#about = about;
  }

  /** The tests of which the host knows, in the order in which they run. */
  expect(cases) {
    for (const one of cases) {
      this.#cases.set(one.test, one);
      if (!this.#runs(one.test)) continue;
      for (const suite of around(one.test)) {
        if (!this.#first.has(suite)) this.#first.set(suite, one.test);
        this.#last.set(suite, one.test);
      }
    }
  }

  startFirstOf(suite) {
    const first = this.#first.get(suite);
    if (first && !this.#done.has(first)) this.start(first);
  }

  start(test) {
    if (this.#started.has(test) || !this.#cases.has(test)) return;
    this.#leaveRunning();
    this.#started.add(test);
    this.#running = test;
    takeOutput();
    this.#about.sides?.begin();
    __host.started(this.#cases.get(test).id);
  }

  // vitest says nothing of the end of a test that skipped itself.
  #leaveRunning() {
    if (this.#running && !this.#done.has(this.#running)) this.finish(this.#running, []);
    this.#flush();
  }

  /** The test skips itself, at this place. */
  skips(test, stack) {
    this.#skips.set(test, stack);
  }

  /** A test that is to fail went through to its end: that is what `fails` reports as a failure. */
  expectsFailure(test) {
    this.#failsAsExpected.add(test);
  }

  finish(test, unhandled) {
    if (!this.#cases.has(test) || this.#done.has(test) || this.#held?.test === test) return;
    // Of a test that was tried again, the errors of the tries before are no failure.
    const errors = test.result?.state === "pass" ? unhandled : [...(test.result?.errors ?? []), ...unhandled];
    this.#held = { test, errors, output: takeOutput() };
    if (this.#last.get(test.suite ?? test.file) !== test) this.#flush();
  }

  /** `describe` is over, its `afterAll` included. */
  suiteEnded(suite, unhandled) {
    const errors = [...(suite.result?.errors ?? []), ...unhandled];
    if (this.#held && errors.length > 0) {
      this.#held.suiteErrors = [...(this.#held.suiteErrors ?? []), ...errors];
      this.#held.output += takeOutput();
    }
    if (this.#running?.result?.pending && this.#last.get(suite) === this.#running) this.finish(this.#running, []);
    if (this.#held && !this.#mayStillFail(suite)) this.#flush();
    // Tests that were skipped because what they need failed.
    if (errors.length > 0) for (const test of getTests(suite)) this.#failedBefore(test, errors);
  }

  #failedBefore(test, errors) {
    if (!this.#cases.has(test) || this.#done.has(test) || this.#held?.test === test) return;
    this.start(test);
    this.#tell(test, { outcome: "error", errors, output: takeOutput() });
  }

  /** A file that is one test has passed: it was imported without an error. */
  passed({ test, id }) {
    this.#started.add(test);
    __host.started(id);
    this.#tell(test, { outcome: "passed", errors: [] });
  }

  /** Tells of the tests that were skipped. */
  end(cases) {
    this.#leaveRunning();
    for (const { test } of cases) {
      if (this.#done.has(test)) continue;
      this.start(test);
      this.#tell(test, { outcome: "skipped", errors: [], note: test.mode === "todo" ? "todo" : (test.result?.note ?? "skipped") });
    }
  }

  /** Nothing goes on any more in the test that runs. */
  stuck() {
    this.#flush();
    for (const test of this.#started) {
      if (!this.#done.has(test)) this.#tell(test, { outcome: "error", errors: [new Error("waits for something that never comes")] });
    }
  }

  #runs(test) {
    return this.#cases.has(test) && (test.mode === "run" || test.mode === "queued");
  }

  // Whether the held test is the last one of what is around this suite, too.
  #mayStillFail(suite) {
    const outer = suite.suite ?? (suite.file === suite ? undefined : suite.file);
    return outer !== undefined && this.#last.get(outer) === this.#held.test;
  }

  #flush() {
    const held = this.#held;
    if (!held) return;
    this.#held = undefined;
    const { test, errors, suiteErrors, output } = held;
    const state = test.result?.state;
    if (suiteErrors?.length > 0 && state !== "fail") this.#tell(test, { outcome: "error", errors: suiteErrors, output });
    else if (state === "skip" || test.mode === "skip") this.#tell(test, { outcome: "skipped", errors: [], note: test.result?.note ?? "skipped" });
    else if (state !== "pass" || errors.length > 0) this.#tell(test, { outcome: "failed", errors, output });
    else this.#tell(test, { outcome: test.fails ? "xfailed" : "passed", errors: [] });
  }

  #tell(test, { outcome, errors, output = "", note }) {
    this.#done.add(test);
    this.finished++;
    const { id, location } = this.#cases.get(test);
    const replaced = this.#about.integrity?.look();
    if (replaced !== undefined) {
      outcome = "error";
      errors = [Object.assign(new Error(replaced), { stack: "" })];
    }
    const { root } = this.#about.suite;
    const result = { id, outcome, message: "", detail: "", raisedAt: undefined, missingModule: undefined };
    if (errors.length > 0) {
      result.message = messageOf(errors[0]);
      result.detail = detailOf(errors, { ...this.#about, root, output });
      result.raisedAt = placeOf(root, errors[0]?.stack) ?? location;
    } else if (outcome !== "passed") {
      result.message = clean(note ?? (outcome === "xfailed" ? "failed, as it is to" : ""));
      result.raisedAt = placeOf(root, this.#skips.get(test)) ?? location;
    }
    __host.finished(result);
  }
}

/** The suites that a test is in, and its file. */
function around(test) {
  const found = [test.file];
  for (let suite = test.suite; suite && suite !== test.file; suite = suite.suite) found.push(suite);
  return found;
}
