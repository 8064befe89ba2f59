// One run over a suite: its settings, its files, its tests, its summary.

import { startTests } from "@vitest/runner";

import { exits, enter } from "../globals/process.js";
import { missingModuleOf } from "../modules/errors.js";
import { settingsOf } from "./config.js";
import { installGlobals } from "./globals.js";
import { messageOf, detailOf } from "./report.js";
import { Integrity } from "./integrity.js";
import { Selection } from "./selection.js";
import { TestsSides } from "../split/tests-side.js";
import { SuiteRunner } from "./suite-runner.js";
import { placeOf, relative } from "./stacks.js";
import { configuration, install } from "./worker.js";

const PATTERN = /\.(test|spec)\.[cm]?[jt]sx?$/;

export class Session {
  #suite;
  #runner;
  #over = false;
  #ended = {};
  #waitsFor = "the suite's settings";

  constructor(suite) {
    this.#suite = suite;
  }

  get isOver() {
    return this.#over;
  }

  run() {
    this.#run().then(
      () => {
        this.#over = true;
      },
      (error) => {
        this.#ended.internal ??= `vitest failed: ${error?.name}: ${error?.message}\n${error?.stack}`;
        this.#over = true;
      },
    );
  }

  async #run() {
    const { root } = this.#suite;
    enter(root);
    let selection;
    try {
      selection = new Selection(this.#suite);
    } catch (error) {
      this.#ended.invalidInput = `\`${this.#suite.keyword}\` is no regular expression: ${error.message}`;
      return;
    }
    const read = (path) => __host.read(path);
    const integrity = new Integrity(this.#suite);
    const env = install(configuration(root, {})).metaEnv;
    let settings;
    try {
      settings = await settingsOf(this.#suite, { env, read });
    } catch (error) {
      const place = placeOf(root, error.stack);
      const at = place ? `${place.path}:${place.line}: ` : "";
      this.#ended.invalidInput = `${at}${messageOf(error)}`;
      return;
    }
    if (settings.globals) installGlobals();
    const config = configuration(root, settings);
    const state = install(config);
    const about = { suite: this.#suite, root, state, selection, read, env: state.metaEnv, hides: (path) => integrity.isTested(path), unhandled: (error) => this.unhandled(error) };
    if (this.#suite.split) about.sides = new TestsSides(about);
    else about.integrity = integrity;
    this.#runner = new SuiteRunner(config, about);
    exits.report = (error) => this.#runner.unhandled(error);
    const files = selection.files(this.#suite.tests.filter((path) => PATTERN.test(path)));
    await startTests(
      files.map((path) => ({ filepath: `${root}/${path}` })),
      this.#runner,
    );
    this.#runner.end();
    const lacking = selection.lacking(this.#runner.ids);
    if (lacking.length > 0) this.#ended.invalidInput = `not in the suite: ${lacking.join(", ")}`;
  }

  unhandled(error) {
    this.#runner?.unhandled(error);
  }

  rejected(promise, reason, isHandled) {
    this.#runner?.rejected(promise, reason, isHandled);
  }

  /** Nothing can go on any more. While tests run, their own time limits come first: so it is a file that waits, or a hook. */
  stuck() {
    this.#over = true;
    if (this.#runner) this.#runner.stuck();
    else this.#ended.invalidInput = `${this.#waitsFor} wait for something that never comes`;
  }

  summary() {
    const counts = this.#runner?.counts ?? { collected: 0, deselected: 0, finished: 0 };
    return { ...counts, ...this.#ended };
  }
}

/** A file that could not be collected, as the host is told of it. */
export function collectionError(error, file, { root, read, output }) {
  const place = error?.pactPlace;
  const location = (place && { path: relative(root, place.path), line: place.line }) ?? placeOf(root, error?.stack) ?? { path: relative(root, file), line: 1 };
  return {
    location,
    message: messageOf(error),
    detail: detailOf([error], { root, read, output }),
    missingModule: missingModuleOf(error),
  };
}
