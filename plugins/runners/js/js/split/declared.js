// The classes of the contract, which both instances have: how their values are taken apart and put together.

import { define } from "./reader.js";

/** The classes of some modules, by name. */
export class Declared {
  #find;
  #modules = new Map();
  #byName = new Map();
  #byClass = new Map();

  /** `find` gives the exports of a module, if it is loaded. */
  constructor(find) {
    this.#find = find;
  }

  add(modules) {
    for (const module of modules) if (!this.#modules.has(module)) this.#modules.set(module, false);
  }

  /** The shape of the class `module.Name`, if it is one of the contract. */
  named(name) {
    this.#look();
    return this.#byName.get(name);
  }

  /** The shape of a class. */
  ofClass(cls) {
    this.#look();
    return this.#byClass.get(cls);
  }

  /** The shape of the nearest class of a value that is a structure of the contract. */
  ofValue(value) {
    this.#look();
    if (this.#byClass.size === 0) return undefined;
    for (let prototype = Object.getPrototypeOf(value); prototype !== null; prototype = Object.getPrototypeOf(prototype)) {
      const shape = this.#byClass.get(prototype.constructor);
      if (shape && !shape.isError && shape.cls.prototype === prototype) return shape;
    }
    return undefined;
  }

  #look() {
    for (const [module, isRead] of this.#modules) {
      const exports = isRead ? undefined : this.#find(module);
      if (!exports) continue;
      this.#modules.set(module, true);
      for (const key of Object.keys(exports)) {
        const cls = exports[key];
        if (typeof cls !== "function" || !cls.prototype) continue;
        const shape = this.#byClass.get(cls) ?? { cls, name: `${module}.${key}`, isError: cls.prototype instanceof Error };
        this.#byClass.set(cls, shape);
        this.#byName.set(`${module}.${key}`, shape);
      }
    }
  }
}

/** A value of a class with these fields. No constructor runs. */
export function make({ cls }, fields) {
  const value = Object.create(cls.prototype);
  for (const [name, part] of fields) define(value, name, part);
  return Object.freeze(value);
}

/** Why a value of a class is none: what its fields hold is not what they are declared to hold. Nothing is converted. */
export function whyUnfit({ cls }, value) {
  let made;
  try {
    made = new cls({ ...value });
  } catch (error) {
    const issue = error?.issues?.[0];
    return issue ? `${issue.path.join(".")}: ${issue.message}` : String(error?.message ?? error);
  }
  for (const name of new Set([...Object.keys(made), ...Object.keys(value)])) {
    if (!isSame(made[name], value[name])) return `${name}: it is not what its type says`;
  }
  return undefined;
}

// What a class has made of a field is what was given to it: nothing was left out, converted or filled in.
function isSame(one, other) {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (one instanceof Map || one instanceof Set) {
    if (one.size !== other.size) return false;
    const [left, right] = [[...one].flat(1), [...other].flat(1)];
    return left.every((item, at) => isSame(item, right[at]));
  }
  if (one instanceof Date) return Object.is(one.getTime(), other.getTime());
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]));
}
