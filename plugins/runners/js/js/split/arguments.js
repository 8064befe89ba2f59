// The arguments of a request where they were read: what a call changed in them, and which one it gave back.

import { define, read } from "./reader.js";
import { Refused } from "./refusals.js";
import { BARE_OBJECT, OBJECT } from "./writer.js";

const isObject = (value) => (typeof value === "object" && value !== null) || typeof value === "function";

/** Whether a call with these nodes could change one of its arguments. Both sides ask, and both get the same answer. */
export function areChangeable(nodes) {
  return nodes.some(isChangeable);
}

function isChangeable([kind, one]) {
  if (kind === "structure") return one === OBJECT || one === BARE_OBJECT;
  if (kind === "sequence") return one !== "tuple";
  return kind === "mapping" || kind === "mutable-bytes" || (kind === "scalar" && one === "datetime");
}

export class Arguments {
  #states = new Map();
  #index;

  /** `earlier` are those of the request that made the object whose method is called. */
  constructor(side, nodes, earlier) {
    const known = earlier?.objects ?? [];
    /** What the call returns may go on with the arguments, and change them later. */
    this.mayChange = earlier !== undefined || areChangeable(nodes);
    this.objects = read(nodes, side, { known });
    if (earlier) for (const [index, state] of earlier.#states) this.#states.set(index, state);
    for (let at = known.length; at < nodes.length; at++) {
      if (isChangeable(nodes[at])) this.#states.set(at, stateOf(this.objects[at]));
    }
  }

  /** The node that became this very object. */
  indexOf(value) {
    if (!this.#index) {
      this.#index = new Map();
      this.objects.forEach((object, at) => isObject(object) && !this.#index.has(object) && this.#index.set(object, at));
    }
    return this.#index.get(value);
  }

  /** Writes the arguments that are not what they were any more. */
  changed(writer, name) {
    const changed = [];
    for (const [index, before] of this.#states) {
      const now = stateOf(this.objects[index]);
      if (now.length === before.length && now.every((part, at) => Object.is(part, before[at]))) continue;
      changed.push([index, writer.add(this.objects[index], `an argument of ${name}, which it changed`, true)]);
      this.#states.set(index, now);
    }
    return changed;
  }
}

/** What a value holds, one level deep. */
function stateOf(value) {
  if (Array.isArray(value)) return [...value];
  if (value instanceof Map) return [...value].flat(1);
  if (value instanceof Set || value instanceof Uint8Array) return [...value];
  if (value instanceof Date) return [value.getTime()];
  return Object.keys(value).flatMap((name) => [name, value[name]]);
}

/** Makes `value` what `now` is, in place. */
export function update(value, now) {
  if (!isObject(value) || Object.getPrototypeOf(value) !== Object.getPrototypeOf(now) && !(value instanceof Uint8Array)) {
    throw new TypeError("what was changed has become something else");
  }
  if (Object.isFrozen(value)) throw new Refused("the component changed a value of which nothing can be changed: it is frozen");
  if (Array.isArray(value)) {
    value.length = 0;
    for (const item of now) value.push(item);
  } else if (value instanceof Map) {
    value.clear();
    for (const [key, item] of now) value.set(key, item);
  } else if (value instanceof Set) {
    value.clear();
    for (const item of now) value.add(item);
  } else if (value instanceof Date) {
    value.setTime(now.getTime());
  } else if (value instanceof Uint8Array) {
    value.set(now);
  } else {
    for (const name of Object.keys(value)) delete value[name];
    for (const name of Object.keys(now)) define(value, name, now[name]);
  }
}
