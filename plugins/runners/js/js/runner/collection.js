// From the files that vitest collected to the list of tests that the host is told.

import { getTests } from "@vitest/runner/utils";

import { nameTests } from "./names.js";
import { wasLeftOut } from "./noted.js";
import { shuffle } from "./order.js";
import { keepOnly } from "./selection.js";
import { collectionError } from "./session.js";
import { relative } from "./stacks.js";

const ASSERT = ["assert", "node:assert", "assert/strict", "node:assert/strict"];

export class Collection {
  /** Every test that will run: `{ test, id, function, location }`. */
  cases = [];
  counts = { collected: 0, deselected: 0 };
  ids = new Set();

  #about;
  #outcomes;
  #told = false;

  constructor(about, outcomes) {
    this.#about = about;
    this.#outcomes = outcomes;
  }

  /** Tells the host, and leaves in `files` what runs. `known` is what is known of each file, by its path. */
  tell(files, known) {
    const { shuffle: seed } = this.#about.suite;
    // Before they are shuffled: a name is the same in every order.
    for (const file of files) {
      const { titles } = known.get(file.filepath);
      known.get(file.filepath).names = nameTests(file, getTests(file), titles, this.#about.suite.root);
    }
    if (typeof seed === "number") shuffle(files, seed);
    const whole = [];
    for (const file of files) this.#take(file, known.get(file.filepath), whole);
    for (let at = files.length - 1; at >= 0; at--) if (files[at].tasks.length === 0) files.splice(at, 1);
    this.counts.collected = this.cases.length;
    this.#outcomes.expect(this.cases);
    this.#told = true;
    __host.collected(this.cases.map(({ id, function: name, location }) => ({ id, function: name, location })));
    for (const one of whole) this.#outcomes.passed(one);
  }

  #take(file, known, whole) {
    const { selection } = this.#about;
    const errors = file.result?.errors ?? [];
    const failure = known.error ?? known.unhandled[0] ?? errors[0];
    if (failure !== undefined) {
      __host.collectionFailed(collectionError(failure, file.filepath, this.#about));
      file.tasks = [];
      return;
    }
    const tests = getTests(file);
    if (tests.length === 0) {
      this.#empty(file, known, whole);
      return;
    }
    const kept = new Set();
    for (const test of tests) {
      const { id, function: name } = known.names.get(test);
      this.ids.add(id);
      const decision = selection.decide(test, { id, function: name }, wasLeftOut(test));
      if (decision === "deselected") this.counts.deselected++;
      if (decision !== "run") continue;
      kept.add(test);
      // Whether a failure is expected is decided by now, and by the test's own file.
      Object.defineProperty(test, "fails", { value: Boolean(test.fails), writable: false, configurable: false });
      this.cases.push({ test, id, function: name, location: this.#locationOf(test, file) });
    }
    keepOnly(file, kept);
    // A `describe` whose every test was skipped is one itself; so is a file. What runs of them has to run.
    if (kept.size > 0 && [...kept].some((test) => test.mode === "run")) file.mode = "run";
  }

  /** A file that only asserts while it is imported is one test; any other without tests is a mistake. */
  #empty(file, known, whole) {
    const { suite, selection } = this.#about;
    const path = relative(suite.root, file.filepath);
    if (![...known.registry.requested].some((name) => ASSERT.includes(name))) {
      const error = new Error(`No test suite found in file ${path}`);
      error.stack = "";
      __host.collectionFailed(collectionError(error, file.filepath, this.#about));
      return;
    }
    this.ids.add(path);
    const test = { name: path, file };
    const decision = selection.decide({ ...test, suite: undefined }, { id: path, function: path }, false);
    if (decision === "deselected") this.counts.deselected++;
    if (decision !== "run") return;
    const one = { test, id: path, function: path, location: { path, line: 1 } };
    this.cases.push(one);
    whole.push(one);
  }

  #locationOf(test, file) {
    const path = relative(this.#about.suite.root, file.filepath);
    if (!test.location) return { path, line: 1 };
    const place = __host.place(file.filepath, test.location.line, test.location.column);
    return { path, line: place ? place[0] : test.location.line };
  }

  /** A file waits for something that never comes, and so do all that were to come after it. */
  stuck(path) {
    if (this.#told) {
      this.#outcomes.stuck();
      return;
    }
    const message = "waits for something that never comes: nothing is left that could go on";
    __host.collectionFailed({ location: { path: path || ".", line: 1 }, message, detail: message, missingModule: undefined });
    __host.collected([]);
  }
}
