// vitest's own runner, which tells the host each step. It never changes what a test does.

import { TestRunner } from "vitest";

import { clean } from "./report.js";
import { takeOutput } from "../globals/output.js";
import { dropTimers } from "../globals/timers.js";
import { Mocker } from "../modules/mocker.js";
import { Registry } from "../modules/registry.js";
import { Collection } from "./collection.js";
import { setMocker } from "./hidden.js";
import { FileGlobals } from "./file-globals.js";
import { beginFile } from "./noted.js";
import { Outcomes } from "./outcomes.js";
import { relative } from "./stacks.js";

const ENVIRONMENT = /@(?:vitest|jest)-environment\s+([\w-]+)/;
const TRACES = { $: (name, options, call) => (call ?? options)() };

export class SuiteRunner extends TestRunner {
  #about;
  #files = new Map();
  #globals = new FileGlobals();
  /** By path: a file that several test files import is compiled once, and evaluated for each. */
  #compiled = new Map();
  #current;
  #outcomes;
  #collection;
  #unhandled = [];

  constructor(config, about) {
    super(config);
    this.__setTraces(TRACES);
    this.#about = about;
    this.#outcomes = new Outcomes(about);
    this.#collection = new Collection(about, this.#outcomes);
  }

  get counts() {
    return { ...this.#collection.counts, finished: this.#outcomes.finished };
  }

  get ids() {
    return this.#collection.ids;
  }

  // Collection

  onCollectStart(file) {
    super.onCollectStart(file);
    const registry = new Registry({ ...this.#about, compiled: this.#compiled });
    const mocker = new Mocker(registry);
    this.#files.set(file.filepath, { registry, mocker, titles: beginFile(), error: undefined, output: "", imported: new Set() });
    this.#enter(file);
  }

  async importFile(path, source) {
    const known = this.#current;
    try {
      if (source === "collect") this.#refuseEnvironment(path);
      await known.registry.load(path, path);
      if (source === "collect") await this.#about.sides?.prepare(known.registry, path);
    } catch (error) {
      known.error ??= error;
      throw error;
    } finally {
      this.#refuseReplaced(known);
    }
  }

  // What was replaced is put back: the framework goes on with what it knows.
  #refuseReplaced(known) {
    const replaced = this.#about.integrity?.look();
    if (replaced === undefined) return;
    known.error = Object.assign(new Error(replaced), { stack: "" });
    throw known.error;
  }

  #refuseEnvironment(path) {
    const bytes = this.#about.read(path);
    const wanted = bytes && ENVIRONMENT.exec(__host.decode(bytes, false))?.[1];
    if (wanted && wanted !== "node") throw new Error(`the environment \`${wanted}\` is not available in the sandbox: only node is`);
  }

  onCollected(files) {
    for (const file of files) this.#files.get(file.filepath).unhandled = this.#takeUnhandled(file);
    this.#collection.tell(files, this.#files);
  }

  #takeUnhandled(file) {
    return this.#unhandled.filter((one) => one.file === file.filepath).map((one) => one.error);
  }

  // Tests

  onBeforeRunFiles() {
    this.#unhandled = [];
    takeOutput();
  }

  async onBeforeRunSuite(suite) {
    if ("filepath" in suite) this.#enter(suite);
    await super.onBeforeRunSuite(suite);
    if (suite.mode === "run" || suite.mode === "queued") this.#outcomes.startFirstOf(suite);
  }

  async onAfterRunSuite(suite) {
    try {
      await super.onAfterRunSuite(suite);
    } finally {
      this.#outcomes.suiteEnded(suite, this.#takeAll());
      if ("filepath" in suite) dropTimers();
    }
  }

  async onBeforeRunTask(test) {
    await super.onBeforeRunTask(test);
    if (test.mode === "run" || test.mode === "queued") this.#outcomes.start(test);
  }

  extendTaskContext(context) {
    const { skip } = context;
    context.skip = (...args) => {
      this.#outcomes.skips(context.task, new Error("skip").stack);
      return skip.apply(context, args);
    };
    return super.extendTaskContext(context);
  }

  onTaskUpdate() {}

  onAfterTryTask(test) {
    super.onAfterTryTask(test);
    if (test.fails) this.#outcomes.expectsFailure(test);
  }

  onAfterRunTask(test) {
    super.onAfterRunTask(test);
    this.#outcomes.finish(test, this.#takeAll());
  }

  // What happens outside of any promise that somebody waits for

  unhandled(error) {
    this.#unhandled.push({ error, file: this.workerState.filepath });
  }

  rejected(promise, reason, isHandled) {
    if (!isHandled) this.#unhandled.push({ error: reason, promise, file: this.workerState.filepath });
    else this.#unhandled = this.#unhandled.filter((one) => one.promise !== promise);
  }

  #takeAll() {
    const errors = this.#unhandled.map((one) => one.error);
    this.#unhandled = [];
    return errors;
  }

  stuck() {
    const path = relative(this.#about.suite.root, this.workerState.filepath ?? "");
    this.#collection.stuck(clean(path));
  }

  /** Says what became of the tests that never started. */
  end() {
    this.#outcomes.end(this.#collection.cases);
  }

  #enter(file) {
    const known = this.#files.get(file.filepath);
    this.#current = known;
    this.#globals.enter(file.filepath);
    this.workerState.filepath = file.filepath;
    this.workerState.evaluatedModules = known.registry;
    setMocker(known.mocker);
  }
}

