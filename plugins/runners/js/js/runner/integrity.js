// Notices when tested code that shares the instance has changed the language, the framework or what tests measure with. Not a
// wall: what is put back before a test ends is not seen. What tests, their helpers and packages replace is theirs to replace.

import { Assertion } from "chai";
import { expect, TestRunner, vi } from "vitest";

import { intrinsicObjects, Noted } from "../split/globals.js";

const { apply, getOwnPropertyDescriptor, ownKeys } = Reflect;
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

  /** Whether a file is one of the tested code: nothing of the framework is its business. */
  isTested(path) {
    if (!says(startsWith, path, this.#root) || says(includes, path, "/node_modules/")) return false;
    const relative = says(slice, path, this.#root.length);
    if (apply(this.#has, this.#implementation, [relative])) return true;
    return !apply(this.#has, this.#tests, [relative]) && !matches(OF_TESTS, relative);
  }

  /** Says what tested code has replaced, and puts it back. */
  look() {
    let found;
    const told = (mayBeUnknown) => (path, now, putBack, isNew) => {
      const why = this.#isTampered(path, now, isNew, mayBeUnknown);
      if (!why) return;
      found ??= `\`${path}\` was replaced by ${why}`;
      putBack();
    };
    intrinsicObjects().each(told(false));
    // The framework itself changes these when a test asks it to, with functions that have no file.
    framework.each(told(true));
    return found;
  }

  #isTampered(path, now, isNew, mayBeUnknown) {
    const isBase = matches(BASES, path);
    if (matches(FREE, path) || (isNew && !isBase) || isMocked(path)) return undefined;
    const value = now?.value ?? now?.get;
    // What computes nothing deceives nobody: tests take away what a platform may lack.
    if (typeof value !== "function" && (typeof value !== "object" || value === null)) return undefined;
    const isUnknown = isNew || mayBeUnknown ? undefined : "code that cannot be told";
    if (__host.isProxy(value)) return isUnknown;
    if (typeof value === "object") return this.#whoseOf(value);
    const file = apply(fileName, value, []);
    return typeof file === "string" && file !== "" ? this.#whose(file) : isUnknown;
  }

  #whose(file) {
    const isTested = says(startsWith, file, this.#root) && this.isTested(file);
    return isTested ? `code of ${says(slice, file, this.#root.length)}` : undefined;
  }

  #whoseOf(object) {
    const names = ownKeys(object);
    for (let at = 0; at < names.length; at++) {
      const property = getOwnPropertyDescriptor(object, names[at]);
      const value = property?.value ?? property?.get;
      if (typeof value !== "function" || __host.isProxy(value)) continue;
      const file = apply(fileName, value, []);
      const whose = typeof file === "string" ? this.#whose(file) : undefined;
      if (whose) return whose;
    }
    return undefined;
  }
}

/** Globals that a test has replaced by `vi.stubGlobal`. */
const stubbed = Object.create(null);

const FAKED = /^(Date|Intl|performance|queueMicrotask|(set|clear)(Timeout|Interval|Immediate)|(request|cancel)(AnimationFrame|IdleCallback))(\.|$)/;

const { isFakeTimers, stubGlobal } = vi;

vi.stubGlobal = function (name, value) {
  stubbed[name] = true;
  return apply(stubGlobal, this, [name, value]);
};

/** Whether it is for the tests that something is replaced: they have asked the framework to. */
function isMocked(path) {
  return stubbed[path] === true || (matches(FAKED, path) && apply(isFakeTimers, vi, []));
}
