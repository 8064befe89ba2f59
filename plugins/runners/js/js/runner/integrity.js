// Notices when tested code that shares the instance has changed the language, the framework or what tests measure with. Not a
// wall: what is put back before a test ends is not seen. What tests, their helpers and packages replace is theirs to replace.

import { Assertion } from "chai";
import { expect, TestRunner, vi } from "vitest";

import { intrinsicObjects, Noted } from "../split/globals.js";

const { apply } = Reflect;
const { startsWith, includes, slice } = String.prototype;
// Not `test`, which would ask the object for its `exec`.
const { exec } = RegExp.prototype;
const matches = (pattern, text) => apply(exec, pattern, [text]) !== null;
const { get: fileName } = Reflect.getOwnPropertyDescriptor(Function.prototype, "fileName");

const says = (method, text, ...args) => apply(method, text, args);

/** Files and folders of these names are the tests', beside the tests themselves. */
const OF_TESTS = /(^|[/._-])(tests?|spec|specs|__tests__|__mocks__|setup|fixtures?|helpers?|mocks?|testing|vitest|vite)([/._-]|$)/i;

/** What honest code changes: its environment, what it prints to, what a platform may lack. */
const FREE = /^(process|console|Buffer|fetch|XMLHttpRequest|WebSocket|EventSource|Worker|Error\.stackTraceLimit)(\.|$)/;

/** An addition to one of these is one to everything. */
const BASES = /^(Object|Function|Promise|Error)\.(prototype\.)?[^.]*$/;

/** So many tests from one thorough look to the next. */
const EVERY = 16;

let framework;

/** Notes the framework: when the component is built. */
export function noteFramework() {
  framework = new Noted(
    [[Assertion, "Assertion"], [Assertion.prototype, "Assertion.prototype"], [expect, "expect"], [TestRunner.prototype, "TestRunner.prototype"], [vi, "vi"]],
    true,
  );
}

/** Whether a file is the tests', by its name or by what the host says. */
export class Integrity {
  #root;
  #tests;
  #implementation;

  constructor({ root, tests, implementation }) {
    this.#root = `${root}/`;
    this.#tests = new Set(tests);
    this.#implementation = new Set(implementation);
    this.#has = Set.prototype.has;
  }

  #has;
  #looks = 0;

  /** Whether a file is one of the tested code: nothing of the framework is its business. */
  isTested(path) {
    if (!says(startsWith, path, this.#root) || says(includes, path, "/node_modules/")) return false;
    const relative = says(slice, path, this.#root.length);
    if (apply(this.#has, this.#implementation, [relative])) return true;
    return !apply(this.#has, this.#tests, [relative]) && !matches(OF_TESTS, relative);
  }

  /** Says what tested code has replaced, and puts it back. */
  look(isThorough = ++this.#looks % EVERY === 0) {
    let found;
    const told = (mayBeUnknown) => (path, now, putBack, isNew) => {
      const why = this.#isTampered(path, now, isNew, mayBeUnknown);
      if (!why) return;
      found ??= `\`${path}\` was replaced by ${why}`;
      putBack();
    };
    intrinsicObjects().each(told(false), isThorough);
    // The framework itself changes these when a test asks it to, with functions that have no file.
    framework.each(told(true), isThorough);
    return found;
  }

  #isTampered(path, now, isNew, mayBeUnknown) {
    const value = now?.value ?? now?.get;
    const isBase = matches(BASES, path);
    if (matches(FREE, path) || (isNew && !isBase)) return undefined;
    const file = typeof value === "function" ? apply(fileName, value, []) : undefined;
    if (typeof file !== "string" || file === "") return isNew || mayBeUnknown ? undefined : "code that cannot be told";
    if (!says(startsWith, file, this.#root)) return undefined;
    return this.isTested(file) ? `code of ${says(slice, file, this.#root.length)}` : undefined;
  }
}
