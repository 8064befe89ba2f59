// What `vi.mock` and its kin ask for: modules that are answered by a factory, by copies without behaviour, or by a file below
// `__mocks__`. vitest's own registry of mocks and its own way of copying a module are used.

import {
  AutomockedModule,
  AutospiedModule,
  ManualMockedModule,
  mockObject,
  MockerRegistry,
  RedirectedModule,
} from "@vitest/mocker";
import { createMockInstance } from "@vitest/spy";

import { emptyNamespace } from "./namespace.js";

export class Mocker {
  #registry;
  #mocks = new MockerRegistry();
  #made = new Map();
  #context = { callstack: null };

  constructor(registry) {
    this.#registry = registry;
    registry.mocker = this;
  }

  /** vitest asks for it when `importActual` is called. */
  getMockContext() {
    return this.#context;
  }

  queueMock(specifier, importer, behaviour) {
    const id = this.#id(specifier, importer);
    this.#made.delete(id);
    this.#mocks.add(this.#mock(specifier, id, behaviour));
  }

  queueUnmock(specifier, importer) {
    const id = this.#id(specifier, importer);
    this.#made.delete(id);
    this.#mocks.delete(id);
  }

  #mock(specifier, id, behaviour) {
    if (typeof behaviour === "function") return new ManualMockedModule(specifier, id, id, behaviour);
    if (behaviour?.spy) return new AutospiedModule(specifier, id, id);
    const redirect = this.#beside(specifier, id);
    return redirect ? new RedirectedModule(specifier, id, id, redirect) : new AutomockedModule(specifier, id, id);
  }

  // A module that does not exist can be mocked by a factory.
  #id(specifier, importer) {
    try {
      return this.#registry.resolve(specifier, importer);
    } catch (error) {
      if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
      if (!/^\.{1,2}\//.test(specifier)) return specifier;
      const parts = importer.split("/").slice(0, -1);
      for (const part of specifier.split("/")) {
        if (part === "..") parts.pop();
        else if (part !== ".") parts.push(part);
      }
      return parts.join("/");
    }
  }

  /** `__mocks__/NAME` beside the file, or in the suite's root for what has no file. */
  #beside(specifier, id) {
    const at = id.lastIndexOf("/");
    const wanted = id.startsWith("/") && !id.includes("/node_modules/") && !id.startsWith("/packages/")
      ? `${id.slice(0, at)}/__mocks__/${id.slice(at + 1)}`
      : `${process.cwd()}/__mocks__/${specifier.replace(/^node:/, "")}`;
    return __host.resolve(wanted, wanted, false) ?? undefined;
  }

  /** The namespace in place of a module; nothing where it is not mocked. */
  async answer(id, importer, callstack) {
    const mock = this.#mocks.get(id);
    if (!mock || callstack.includes(`mock:${mock.id}`)) return undefined;
    if (mock.type === "redirect") {
      return mock.redirect === importer ? undefined : this.#registry.load(mock.redirect, importer, callstack);
    }
    const made = this.#made.get(mock.id) ?? this.#make(mock, importer, callstack);
    this.#made.set(mock.id, made);
    try {
      return await made;
    } catch (error) {
      this.#made.delete(mock.id);
      throw error;
    }
  }

  async #make(mock, importer, callstack) {
    if (mock.type !== "manual") {
      const actual = await this.#registry.load(mock.id, importer, callstack);
      return this.mockObject(actual, emptyNamespace(), mock.type);
    }
    const inside = [...callstack, `mock:${mock.id}`];
    this.#context.callstack = inside;
    try {
      return strict(await mock.resolve(), mock.raw);
    } finally {
      this.#context.callstack = null;
    }
  }

  async importActual(specifier, importer, callstack) {
    return this.#registry.importActual(specifier, importer, callstack ?? []);
  }

  async importMock(specifier, importer) {
    const id = this.#registry.resolve(specifier, importer);
    const mock = this.#mocks.get(id) ?? this.#mock(specifier, id, undefined);
    if (mock.type === "redirect") return this.#registry.load(mock.redirect, importer);
    return this.#make(mock, importer, []);
  }

  mockObject(object, into = {}, type = "automock") {
    const globalConstructors = { Object, Function, Array, Map, RegExp };
    return mockObject({ globalConstructors, createMockInstance, type }, object, into);
  }
}

const QUIET = new Set(["then", "__esModule"]);

/** A mock that says so when a test imports what its factory did not make. */
function strict(exports, raw) {
  if (exports === null || typeof exports !== "object") {
    throw new TypeError(
      `[vitest] vi.mock("${raw}", factory?: () => unknown) is not returning an object. Did you mean to return an object with a "default" key?`,
    );
  }
  return new Proxy(exports, {
    get(target, name) {
      if (name in target || typeof name === "symbol" || QUIET.has(name)) {
        return name === "then" && !(target instanceof Promise) ? undefined : target[name];
      }
      throw new Error(
        `[vitest] No "${name}" export is defined on the "${raw}" mock. Did you forget to return it from "vi.mock"?`,
      );
    },
  });
}
