// The objects that the language itself has, as they were when the tested code began: put back when its modules are dropped.

/** What is reached from the global object without looking into anything that code has made. */
export class Globals {
  #noted = new Map();

  constructor() {
    const waiting = [globalThis, Object.getPrototypeOf(function* () {}), Object.getPrototypeOf(async function* () {})];
    waiting.push(Object.getPrototypeOf(async () => {}), Object.getPrototypeOf([][Symbol.iterator]()));
    while (waiting.length > 0) {
      const object = waiting.pop();
      if (this.#noted.has(object)) continue;
      const properties = Reflect.ownKeys(object).map((name) => [name, Object.getOwnPropertyDescriptor(object, name)]);
      this.#noted.set(object, properties);
      for (const [, { value, get, set }] of properties) {
        for (const part of [value, get, set]) {
          if (typeof part === "function" || (typeof part === "object" && part !== null)) waiting.push(part);
        }
      }
      const prototype = Object.getPrototypeOf(object);
      if (prototype !== null) waiting.push(prototype);
    }
  }

  /** Puts everything back that can be. */
  restore() {
    for (const [object, properties] of this.#noted) {
      const names = ownKeys(object);
      if (names.length !== properties.length) {
        const known = new Set(properties.map(([name]) => name));
        for (const name of names) if (!known.has(name)) deleteProperty(object, name);
      }
      for (const [name, before] of properties) {
        if (!isSame(getOwnPropertyDescriptor(object, name), before)) defineProperty(object, name, before);
      }
    }
  }
}

const { deleteProperty, defineProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
const { is } = Object;

function isSame(now, before) {
  return now !== undefined && is(now.value, before.value) && now.get === before.get && now.set === before.set;
}
