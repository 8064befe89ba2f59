// What stays where it is: each side owns objects, and holds stand-ins for those of the other side. A stand-in calls its object.
// The same object has the same stand-in for as long as somebody holds it; what is not held any more is released with the next
// request.

import { CannotAnswer } from "./refusals.js";

const METHODS = {
  function: new Set(["__call__"]),
  generator: new Set(["__next__", "send", "throw", "close"]),
  "async-generator": new Set(["__anext__", "asend", "athrow", "aclose"]),
  coroutine: new Set(["step", "start"]),
};

/** A later step of these may change the arguments of the call that they come from. */
const GOING_ON = new Set(["generator", "async-generator", "coroutine"]);

/** A handle has 32 bits. No handle is given twice, so that one of an earlier time leads nowhere. */
const LAST = 2 ** 32 - 1;
let next = 1;

/** Sets the first handle of this instance. */
export function beginAt(first) {
  next = first;
}

/** The objects of this side that the other side has handles of. */
export class Owned {
  #entries = new Map();
  #ids = new Map();

  /** The entry of an object, new if it has none yet. `madeWith` are the arguments of the call that it comes from. */
  give(object, kind, name, madeWith) {
    const known = this.#entries.get(this.#ids.get(object));
    if (known) return known;
    if (next > LAST) throw new CannotAnswer("there are no handles left: too many objects have been handed out");
    const entry = { id: next++, object, kind, name, madeWith: GOING_ON.has(kind) ? madeWith : undefined, state: undefined };
    this.#entries.set(entry.id, entry);
    this.#ids.set(object, entry.id);
    return entry;
  }

  entry(id) {
    const entry = this.#entries.get(id);
    if (!entry) {
      throw new CannotAnswer(
        "the object is gone: the component is renewed between two tests, so no test can use what an earlier one made",
      );
    }
    return entry;
  }

  release(ids) {
    for (const id of ids) {
      const entry = this.#entries.get(id);
      if (entry) this.#ids.delete(entry.object);
      this.#entries.delete(id);
    }
  }

  clear() {
    this.#entries.clear();
    this.#ids.clear();
  }
}

/** What a method of an object leads to. Refuses one that this kind of object does not have for the other side. */
export function methodOf({ kind, object, name }, method) {
  const methods = METHODS[kind];
  if (methods ? methods.has(method) : !method.startsWith("_") && !(method in Object.prototype) && !(object instanceof Error)) {
    if (kind === "function") return (...args) => object(...args);
    if (kind === "generator") return iteration(object, method, (result) => [result.value, Boolean(result.done)]);
    if (kind === "async-generator") {
      return iteration(object, method, async (result) => ((result) => [result.value, Boolean(result.done)])(await result));
    }
    if (typeof object[method] === "function") return (...args) => object[method](...args);
  }
  throw new CannotAnswer(`\`${name}\` has no \`${method}\` that could be called from the other instance`);
}

const CALLED = { __next__: "next", send: "next", throw: "throw", close: "return", __anext__: "next", asend: "next", athrow: "throw", aclose: "return" };

function iteration(object, method, pair) {
  const name = CALLED[method];
  return (...args) => {
    if (typeof object[name] === "function") return pair(object[name](...args));
    // An iterator need not have the other two.
    if (name === "throw") throw args[0];
    return pair({ value: args[0], done: true });
  };
}

/** A reference to an object of the other side. */
export class Handle {
  constructor(side, [, owner, id, kind, name], madeWith) {
    this.side = side;
    this.id = id;
    this.kind = kind;
    this.name = name;
    this.node = ["object", owner, id, kind, name];
    this.madeWith = GOING_ON.has(kind) ? madeWith : undefined;
  }

  call(method, positional) {
    const name = method === "__call__" ? this.name : `${this.name}.${method}`;
    return this.side.send([this.id, method], name, positional, { madeWith: this.madeWith });
  }
}

/** The handles of this side, and those to be released. */
export class Held {
  #live = new Map();
  #dropped = new Set();
  #registry = new FinalizationRegistry((id) => {
    if (this.#live.get(id)?.deref()) return;
    this.#live.delete(id);
    this.#dropped.add(id);
  });

  /** What stands for an object here, if somebody holds it. */
  standIn(id) {
    return this.#live.get(id)?.deref();
  }

  keep(handle, standIn) {
    this.#dropped.delete(handle.id);
    this.#live.set(handle.id, new WeakRef(standIn));
    this.#registry.register(standIn, handle.id);
    handles.set(standIn, handle);
    return standIn;
  }

  takeDropped() {
    const dropped = [...this.#dropped];
    this.#dropped.clear();
    return dropped;
  }
}

const handles = new WeakMap();

/** The handle of a stand-in; nothing for any other object. */
export function handleOf(object) {
  return handles.get(object);
}

// What is equal to another stand-in is only itself.
const IDENTITY = Symbol.for("pact:object");

/** Marks a stand-in, so that comparing by content tells it from others. */
export function mark(standIn, { name, id }) {
  Object.defineProperty(standIn, IDENTITY, { value: `${name} ${id}`, enumerable: true });
  return standIn;
}

const toResult = ([value, done]) => ({ value, done });

class RemoteGenerator {
  next(...args) {
    return toResult(handleOf(this).call(args.length ? "send" : "__next__", args));
  }
  return(value) {
    return toResult(handleOf(this).call("close", [value]));
  }
  throw(error) {
    return toResult(handleOf(this).call("throw", [error]));
  }
  [Symbol.iterator]() {
    return this;
  }
}
// The helpers that every iterator has.
Object.setPrototypeOf(RemoteGenerator.prototype, Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())));

class RemoteAsyncGenerator {
  async next(...args) {
    return toResult(await handleOf(this).call(args.length ? "asend" : "__anext__", args));
  }
  async return(value) {
    return toResult(await handleOf(this).call("aclose", [value]));
  }
  async throw(error) {
    return toResult(await handleOf(this).call("athrow", [error]));
  }
  [Symbol.asyncIterator]() {
    return this;
  }
}

/** What stands for an object that is no instance and no promise. */
export function standInOf(handle) {
  if (handle.kind === "generator") return mark(new RemoteGenerator(), handle);
  if (handle.kind === "async-generator") return mark(new RemoteAsyncGenerator(), handle);
  const call = (...args) => handle.call("__call__", args);
  Object.defineProperty(call, "name", { value: handle.name, configurable: true });
  return call;
}

/** Stands for an object of a class that this side does not know: every name of it is a method. */
export function unknownObject(handle) {
  return new Proxy(Object.create(null), {
    get: (_, name) => (typeof name === "string" && name !== "then" ? (...args) => handle.call(name, args) : undefined),
  });
}
