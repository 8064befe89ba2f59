// The tests' side: runs the tests, calls the component, and answers what that asks. There is one for each test file, because
// each has modules of its own.

import { print } from "../globals/output.js";
import { provide } from "../builtins/index.js";
import { at } from "../globals/timers.js";
import { whyUnfit } from "./declared.js";
import * as errors from "./errors.js";
import { bind, handleFor, isRemoteClass, peerModule, unbound } from "./peer.js";
import { CannotAnswer } from "./refusals.js";
import { Side, Waits } from "./side.js";
import { note } from "./told.js";

/** Every stand-in that is rendered from a contract has these lines: what it lists can be asked for. */
const STAND_IN = ["const _standIns = {", "export default _standIns;"];

/** The sides of all test files, and what they share. */
export class TestsSides {
  /** Which test runs: what an earlier one has left behind is nobody's any more. */
  test = 0;

  #sides = new Map();
  #about;

  constructor(about) {
    this.#about = about;
    provide("pact:peer", peerModule((registry) => this.of(registry)));
  }

  of(registry) {
    const side = this.#sides.get(registry) ?? new TestsSide(registry, this, this.#about);
    this.#sides.set(registry, side);
    return side;
  }

  begin() {
    this.test++;
  }

  /** Loads the stand-ins for the modules of a test file: the component may ask for one that no test imports. */
  async prepare(registry, importer) {
    const side = this.of(registry);
    for (const [name, path] of this.#standIns()) {
      try {
        side.standIns.set(name, await registry.import(name, importer));
      } catch (error) {
        // Whoever asks for it is told.
        side.standIns.set(name, { error, path });
      }
    }
  }

  #found;

  // The tested code may ask for any name. Only a module that was rendered as a stand-in is looked at.
  #standIns() {
    if (this.#found) return this.#found;
    const { suite, root, read } = this.#about;
    const found = new Map();
    for (const path of suite.support) {
      if (!/\.[jt]s$/.test(path)) continue;
      const bytes = read(`${root}/${path}`);
      const lines = bytes ? __host.decode(bytes, false).split("\n") : [];
      if (STAND_IN.every((line) => lines.includes(line))) found.set(path.slice(path.lastIndexOf("/") + 1, -3), `${root}/${path}`);
    }
    return (this.#found = found);
  }
}

class TestsSide extends Side {
  mine = "tests";
  takesFunctions = false;
  proxyFiles = new Map();
  /** The exports of each stand-in, as the tests find them. */
  standIns = new Map();

  #registry;
  #sides;
  #about;
  #ids = new Map();
  #isAnswering = false;
  #waiting = new Set();
  #unfit = [];

  constructor(registry, sides, about) {
    super((module) => this.#loaded(module));
    this.#registry = registry;
    this.#sides = sides;
    this.#about = about;
    this.declared.add(about.suite.split.typeModules);
  }

  #loaded(module) {
    try {
      const id = this.#ids.get(module) ?? this.#registry.resolve(module, `${this.#about.root}/pact`);
      this.#ids.set(module, id);
      return this.#registry.loaded(id);
    } catch {
      return undefined;
    }
  }

  send(target, name, positional, options) {
    try {
      return super.send(target, name, positional, options);
    } finally {
      // A call may have changed what others wait for; a look that was caused by one did not.
      if (target[1] !== "step") this.#wake();
    }
  }

  exchange(request) {
    if (this.#isAnswering) {
      throw this.lost(
        "a function of the tests that the component has called calls the component again: that is not possible when tests and code run in two instances",
      );
    }
    let reply = __host.call(request);
    while (reply.asks) {
      this.#isAnswering = true;
      let answered;
      try {
        answered = this.answer(reply.asks);
      } finally {
        this.#isAnswering = false;
      }
      reply = __host.answer(answered);
    }
    if (reply.lost) throw this.lost(reply.lost);
    return reply;
  }

  /** The test fails, whatever it makes of the error. */
  lost(why) {
    const error = super.lost(why);
    this.#about.unhandled(error);
    return error;
  }

  /** A function of a stand-in, as it is now: a test may have replaced it. */
  find(name) {
    const [module, exported] = name.split(".", 2);
    const standIn = this.standIns.get(module);
    if (!standIn || !exported || standIn.error) throw new CannotAnswer(`the component asked for \`${name}\`, which no stand-in has`);
    const found = Object.hasOwn(standIn, exported) || exported in standIn ? standIn[exported] : undefined;
    if (typeof found !== "function") throw new CannotAnswer(`the component asked for \`${name}\`, which no stand-in has`);
    return found;
  }

  nameOfClass(value) {
    for (const [module, standIn] of this.standIns) {
      for (let prototype = Object.getPrototypeOf(value); prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
        const cls = prototype.constructor;
        if (typeof cls === "function" && cls.prototype === prototype && cls !== Object && !standIn.error && standIn[cls.name] === cls) return `${module}.${cls.name}`;
      }
    }
    return undefined;
  }

  remoteClass(name) {
    const [component, cls] = name.split(".", 2);
    const found = this.#registry.loaded(this.proxyFiles.get(component))?.[cls];
    return isRemoteClass(found) ? found : undefined;
  }

  unknownObject({ name }) {
    throw new TypeError(`\`${name}\` is no class of the contract`);
  }

  readStructure(name, fields) {
    const value = super.readStructure(name, fields);
    // The types here are the contract's; those of the component's side are in its hands.
    const shape = this.declared.named(name);
    const why = shape && !shape.isError ? whyUnfit(shape, value) : undefined;
    if (why !== undefined) this.#unfit.push([value, shape.cls.name, why]);
    return value;
  }

  unfit() {
    const [first] = this.#unfit;
    this.#unfit = [];
    return first;
  }

  // What a replacement made in place of a contract's object: its methods are called like that one's.
  rest(value) {
    return typeof value === "object" && value !== null ? this.give(value, "instance", "object") : undefined;
  }

  original(attributes) {
    const value = errors.originOf(attributes);
    return value instanceof Error ? value : undefined;
  }

  originNode(error) {
    const { id, kind, name } = this.owned.give(error, "instance", "error");
    return ["object", this.mine, id, kind, name];
  }

  noteError(error, { detail }) {
    note(error, detail);
  }

  effects() {
    return [];
  }

  replay(effects) {
    for (const [kind, text] of effects) {
      if (kind === "%unhandled") this.#about.unhandled(new Error(`in the component, and nobody looked: ${text}`));
      else print(text);
    }
  }

  // Promises

  methodOfPromise(entry, method) {
    if (method !== "start") return super.methodOfPromise(entry, method);
    return (ended) => {
      const tell = (how, what) => {
        try {
          ended(how, what);
        } catch (error) {
          if (error instanceof TypeError && how === "returned") tell("raised", error);
        }
      };
      Promise.resolve(entry.object).then(
        (result) => tell("returned", result),
        (error) => tell("raised", error),
      );
    };
  }

  /** Ends as a promise of the component does. */
  awaited(handle) {
    const { test } = this.#sides;
    return new Promise((resolve, reject) => {
      const step = (isNews) => {
        // Its test is over, and so is the component's state.
        if (test !== this.#sides.test) return;
        let result;
        try {
          result = handle.call("step", [__host.now()]);
        } catch (error) {
          reject(error);
          return;
        } finally {
          if (isNews) this.#wake();
        }
        if (result instanceof Waits) this.#wait(result.until, step);
        else resolve(result);
      };
      queueMicrotask(() => step(true));
    });
  }

  #wait(until, step) {
    const waiting = { step };
    this.#waiting.add(waiting);
    if (until >= 0) {
      at(until, () => {
        if (this.#waiting.delete(waiting)) step(true);
      });
    }
  }

  #wake() {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const { step } of waiting) queueMicrotask(() => step(false));
  }

  bind(object, node) {
    return bind(this, object, node);
  }

  handle(node, madeWith) {
    return handleFor(this, node, madeWith);
  }

  unbound(cls, handle) {
    return unbound(cls, handle);
  }
}
