// The tested side: holds the component, and calls it for the tests' side. No test, framework or result is in its instance.

import { exits, enter } from "../globals/process.js";
import { takeOutput } from "../globals/output.js";
import { dropTimers, fire, startTimers, useClock } from "../globals/timers.js";
import { provide } from "../builtins/index.js";
import { Registry } from "../modules/registry.js";
import { detailOf } from "../runner/report.js";
import { placeOf } from "../runner/stacks.js";
import { install, configuration } from "../runner/worker.js";
import * as errors from "./errors.js";
import { intrinsicObjects, Noted } from "./globals.js";
import { beginAt, handleOf } from "./handles.js";
import { bind, handleFor, isRemoteClass, peerModule, unbound } from "./peer.js";
import { CannotAnswer } from "./refusals.js";
import { Side, Waits } from "./side.js";

/** So many handles for each millisecond of the clock: two instances that serve one after the other give different ones. */
const HANDLES_PER_MILLISECOND = 65_536;

class TestedSide extends Side {
  mine = "tested";
  proxyFiles = new Map();

  #serving;
  #registry;
  #exports;
  #compiled = new Map();
  #implementation;
  /** The classes of the contract, as their modules have made them. */
  #classes;
  /** The modules that are loaded before the component is. */
  #kept = new Set();
  #ids = new Map();
  #work;
  #now;
  #unhandled = new Map();
  #env;

  constructor(serving) {
    super((module) => this.#loaded(module));
    this.#serving = serving;
    this.#exports = new Set(serving.exports.map((name) => name.replace(`${serving.module}.`, "")));
    this.declared.add(serving.typeModules);
    const first = Math.floor(__host.now() * HANDLES_PER_MILLISECOND) + Math.floor(__host.wall() % 2 ** 20) * 512;
    beginAt((first % 2 ** 31) + 1);
    exits.report = (_, code) => __host.exit(code);
    enter(serving.root);
    this.#env = install(configuration(serving.root, {})).metaEnv;
    useClock(() => this.#now);
    provide("pact:peer", peerModule(() => this));
  }

  /** Imports the component, for the first time or anew. */
  load() {
    const before = this.#registry;
    if (before) this.#drop();
    __host.seed(this.#serving.seed);
    const read = (path) => __host.read(path);
    this.#registry = new Registry({ env: this.#env, read, compiled: this.#compiled, hides: () => true });
    // The classes whose values cross stay; they have no state of the component's.
    if (this.#classes) for (const [id, node] of before.idToModuleMap) if (this.#kept.has(id)) this.#registry.idToModuleMap.set(id, node);
    this.#now = 0;
    const work = { kind: "import", name: this.#serving.module, isFunction: false, isSettled: false };
    this.#work = work;
    this.#import().then(
      () => Object.assign(work, { isSettled: true }),
      (thrown) => Object.assign(work, { isSettled: true, error: { thrown } }),
    );
    return undefined;
  }

  async #import() {
    const { root, module, typeModules } = this.#serving;
    if (!this.#classes) {
      const exports = [];
      for (const name of typeModules) exports.push(await this.#registry.import(name, `${root}/pact`));
      this.#kept = new Set(this.#registry.idToModuleMap.keys());
      const classes = exports.flatMap((one) => Object.values(one)).filter((value) => typeof value === "function");
      this.#classes = new Noted([...classes, ...classes.map((cls) => cls.prototype).filter(Boolean)].map((one) => [one, ""]), true);
    }
    // The runner's own work is done: what happens from here on is the component's doing.
    __host.beginImport();
    this.#implementation = await this.#registry.import(module, `${root}/pact`);
  }

  #drop() {
    this.#implementation = undefined;
    this.owned.clear();
    this.proxyFiles.clear();
    this.#unhandled.clear();
    dropTimers();
    takeOutput();
    intrinsicObjects().restore();
    this.#classes?.restore();
  }

  #loaded(module) {
    try {
      const id = this.#ids.get(module) ?? this.#registry.resolve(module, `${this.#serving.root}/pact`);
      this.#ids.set(module, id);
      return this.#registry.loaded(id);
    } catch {
      return undefined;
    }
  }

  /** Does what a request asks for; nothing while it goes on. */
  answer(request) {
    const call = this.begin(request);
    if (!call.error && call.entry?.kind === "coroutine") {
      this.#now = call.positional[0];
      startTimers();
      this.#work = call;
      return undefined;
    }
    // Nobody has said what the clock shows: timers begin with the next step.
    this.#now = undefined;
    this.#work = undefined;
    if (call.error) return this.reply(call);
    try {
      call.result = call.run(...call.positional);
    } catch (error) {
      call.error = { thrown: error };
    }
    return this.reply(call);
  }

  /** Goes on after jobs have run; `isIdle`: none is left. */
  goOn(isIdle) {
    const work = this.#work;
    const { isSettled, result, error } = work.kind === "import" ? work : work.entry.state;
    if (isSettled) return this.reply({ ...work, result: work.kind === "import" ? undefined : result, error });
    if (!isIdle) return work.kind === "import" ? undefined : this.reply({ ...work, result: new Waits(this.#now) });
    const wait = fire((thrown) => this.#unhandled.set({}, thrown));
    if (wait === 0) return undefined;
    if (work.kind === "import") {
      if (wait < 0) return this.reply({ ...work, error: { thrown: new Error(`the import of ${work.name} waits for something that never comes`) } });
      // An import has no clock to wait for.
      this.#now += wait;
      return undefined;
    }
    return this.reply({ ...work, result: new Waits(wait < 0 ? -1 : this.#now + wait) });
  }

  rejected(promise, reason, isHandled) {
    if (isHandled) this.#unhandled.delete(promise);
    else this.#unhandled.set(promise, reason);
  }

  exchange(request) {
    const reply = __host.ask(request);
    if (reply.lost) throw this.lost(reply.lost.replace("the component could not be called", "the tests' side could not be asked"));
    return reply;
  }

  find(name) {
    const { module } = this.#serving;
    const own = name.startsWith(`${module}.`) ? name.slice(module.length + 1) : undefined;
    if (!this.#exports.has(own)) throw new CannotAnswer(`\`${name}\` is not in the contract of \`${module}\``);
    const found = this.#implementation?.[own];
    if (typeof found !== "function") throw new TypeError(`\`${own}\` is no function of \`${module}\``);
    return found;
  }

  nameOfClass(value) {
    for (let prototype = Object.getPrototypeOf(value); prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
      const name = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value?.name;
      if (this.#exports.has(name) && this.#implementation?.[name]?.prototype === prototype) return `${this.#serving.module}.${name}`;
    }
    return undefined;
  }

  remoteClass(name) {
    const [component, cls] = name.split(".", 2);
    const found = this.#registry.loaded(this.proxyFiles.get(component))?.[cls];
    return isRemoteClass(found) ? found : undefined;
  }

  methodOfPromise(entry, method) {
    return method === "step" ? () => undefined : super.methodOfPromise(entry, method);
  }

  /** Ends as a promise of the tests' side does. */
  awaited(handle) {
    return new Promise((resolve, reject) => {
      handle.call("start", [(how, what) => (how === "returned" ? resolve(what) : reject(what))]);
    });
  }

  effects() {
    const output = takeOutput();
    // What is printed while the component is imported is nobody's.
    if (this.#work?.kind === "import") return [];
    const effects = output ? [["output", output.toWellFormed()]] : [];
    // Somebody may still look at a promise that was rejected, until all jobs have run.
    if (this.#work) {
      for (const reason of this.#unhandled.values()) effects.push(["%unhandled", errors.messageOf(reason)]);
      this.#unhandled.clear();
    }
    return effects;
  }

  placeAndDetail(error) {
    try {
      const { root } = this.#serving;
      return [placeOf(root, error?.stack), detailOf([error], { root, read: (path) => __host.read(path), output: "" })];
    } catch {
      return [undefined, ""];
    }
  }

  originNode(_, original) {
    return original === undefined ? undefined : handleOf(original)?.node;
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

let side;

export function serve(serving) {
  side = new TestedSide(serving);
  return side.load();
}

export function reset() {
  return side.load();
}

export function answer(request) {
  return side.answer(request);
}

export function goOn(isIdle) {
  return side.goOn(isIdle);
}

/** The tested side of this instance, if it is one. */
export function testedSide() {
  return side;
}
