// Values as lists of nodes. An object that is met twice is one node. What stays where it is is in `handles`, errors in `errors`.

import * as errors from "./errors.js";
import { encodeSurrogates } from "./surrogates.js";
import { CannotCross, className } from "./refusals.js";
import { handleOf } from "./handles.js";

const NONE = ["none"];

/** The names that values of the language itself have among structures: no class of a contract is called so. */
export const OBJECT = "%object";
export const FROZEN_OBJECT = "%frozen-object";
export const BARE_OBJECT = "%bare-object";
export const VALUE = "%value";

const INTEGER_BITS = 64;

export class Writer {
  /** `known` are objects that the other side has from an earlier request; `given` are the arguments that are answered. */
  constructor(side, known = [], given = undefined) {
    this.side = side;
    // What stands in for the known ones is never read: only their indices count.
    this.nodes = known.map(() => NONE);
    this.objects = [...known];
    this.given = given;
    /** The arguments that what is written here may go on with. */
    this.madeWith = undefined;
    this.#index = new Map();
    known.forEach((object, at) => isObject(object) && !this.#index.has(object) && this.#index.set(object, at));
  }

  #index;
  #open = new Set();
  #path = [];
  #errors = 0;

  /** Writes a value and returns its index. With `asState`, an argument is written out and not referred to. */
  add(value, where, asState = false) {
    const before = this.#path;
    this.#path = [where];
    try {
      return this.#write(value, asState);
    } catch (error) {
      if (error instanceof CannotCross) throw error;
      const deep = error instanceof RangeError ? "it is nested too deeply" : `it cannot be looked at: ${errors.messageOf(error)}`;
      throw new CannotCross(`${where}: a value cannot cross to the other instance: ${deep}`);
    } finally {
      this.#path = before;
    }
  }

  /** Writes a value, if it can cross. */
  tryAdd(value) {
    try {
      return this.add(value, "");
    } catch {
      return undefined;
    }
  }

  /** While the parts of an error are written: it cannot be one of them, and no function is. */
  inside(error, write) {
    const isFirst = !this.#open.has(error);
    this.#open.add(error);
    this.#errors++;
    try {
      return write();
    } finally {
      this.#errors--;
      if (isFirst) this.#open.delete(error);
    }
  }

  put(value, node) {
    this.objects.push(value);
    return this.nodes.push(node) - 1;
  }

  #write(value, asState) {
    if (!isObject(value)) return this.put(value, this.#plain(value));
    if (!asState) {
      const known = this.#index.get(value);
      if (known !== undefined) return known;
      const argument = this.given?.indexOf(value);
      if (argument !== undefined) return this.#keep(value, ["argument", argument]);
    }
    if (this.#open.has(value)) this.#refuse("a value that contains itself cannot cross to the other instance");
    this.#open.add(value);
    let node;
    try {
      node = this.#node(value);
    } finally {
      this.#open.delete(value);
    }
    if (asState) return this.put(value, node);
    return this.#keep(value, node);
  }

  #keep(value, node) {
    const index = this.put(value, node);
    this.#index.set(value, index);
    return index;
  }

  #plain(value) {
    switch (typeof value) {
      case "undefined":
        return NONE;
      case "boolean":
        return ["boolean", value];
      case "number":
        return ["floating", value];
      case "bigint":
        return BigInt.asIntN(INTEGER_BITS, value) === value ? ["integer", String(value)] : ["scalar", "big-integer", String(value)];
      case "string":
        return value.isWellFormed() ? ["text", value] : ["surrogate-text", encodeSurrogates(value)];
      case "symbol":
        return this.#refuse(said("symbol"));
      default:
        return ["enumeration", VALUE, "null"];
    }
  }

  #node(value) {
    const handle = handleOf(value);
    if (handle) return handle.node;
    if (typeof value === "function") return this.#errors ? this.#refuse(said("function")) : this.#offer(value, "function", value.name);
    if (Array.isArray(value)) return ["sequence", Object.isFrozen(value) ? "tuple" : "list", this.#all(value, (at) => `[${at}]`)];
    if (value instanceof Map) return ["mapping", this.#all([...value].flat(1), (at) => (at % 2 ? "[value]" : "[key]"))];
    if (value instanceof Set) return ["sequence", "set", this.#all([...value], () => "{…}")];
    if (value instanceof Date) return ["scalar", "datetime", Number.isNaN(value.getTime()) ? String(value) : value.toISOString()];
    if (value instanceof Uint8Array) return ["mutable-bytes", new Uint8Array(value)];
    if (value instanceof Error) return errors.take(this, value);
    const shape = this.side.declared.ofValue(value);
    if (shape) return this.#structure(shape.name, value);
    const name = this.side.nameOfClass(value);
    if (name !== undefined) return this.#offer(value, "instance", name);
    return this.#going(value) ?? this.#object(value);
  }

  // Promises and iterators.
  #going(value) {
    if (typeof value.then === "function") return this.#offer(value, "coroutine", "promise");
    if (typeof value.next !== "function") return undefined;
    if (typeof value[Symbol.asyncIterator] === "function") return this.#offer(value, "async-generator", "generator");
    if (typeof value[Symbol.iterator] === "function") return this.#offer(value, "generator", "generator");
    return undefined;
  }

  #object(value) {
    const prototype = Object.getPrototypeOf(value);
    if (prototype === null) return this.#structure(BARE_OBJECT, value);
    if (prototype !== Object.prototype) return this.#refuse(said(className(value)));
    return this.#structure(Object.isFrozen(value) ? FROZEN_OBJECT : OBJECT, value);
  }

  #structure(name, value) {
    const names = Object.keys(value);
    const bad = names.find((name) => !name.isWellFormed());
    if (bad !== undefined) this.#refuse("an object with a name that is no text cannot cross to the other instance");
    return ["structure", name, names, this.#all(names.map((name) => value[name]), (at) => `.${names[at]}`)];
  }

  #offer(value, kind, name) {
    if (this.#errors) this.#refuse(said(kind));
    const entry = this.side.give(value, kind, String(name || kind).toWellFormed().slice(0, 200), this.madeWith);
    return ["object", this.side.mine, entry.id, entry.kind, entry.name];
  }

  #all(values, label) {
    const indices = [];
    for (let at = 0; at < values.length; at++) {
      this.#path.push(() => label(at));
      indices.push(this.#write(values[at], false));
      this.#path.pop();
    }
    return indices;
  }

  #refuse(why) {
    throw new CannotCross(`${this.#path.map((part) => (typeof part === "function" ? part() : part)).join("").toWellFormed()}: ${why}`);
  }
}

const isObject = (value) => (typeof value === "object" && value !== null) || typeof value === "function";

const said = (name) => `a value of type \`${name}\` cannot cross to the other instance`;
