// The objects that the language itself has, as they were when the component was built: put back when the modules of the tested
// code are dropped, and compared where tests and code share one instance.

const { deleteProperty, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { is } = Object;

const isObject = (value) => (typeof value === "object" && value !== null) || typeof value === "function";

/** Objects with their properties. What lies below `roots` is looked into, unless `isFlat` is set, where it is no mere function. */
export class Noted {
  #noted = new Map();

  constructor(roots, isFlat = false) {
    const waiting = roots.map((root) => [root, ""]);
    while (waiting.length > 0) {
      const [object, path] = waiting.shift();
      if (this.#noted.has(object)) continue;
      const properties = ownKeys(object).map((name) => [name, getOwnPropertyDescriptor(object, name)]);
      this.#noted.set(object, { path, properties });
      for (const [name, { value }] of isFlat ? [] : properties) {
        if (isObject(value) && hasContent(value)) waiting.push([value, path ? `${path}.${String(name)}` : String(name)]);
      }
    }
  }

  /** Puts everything back that can be. */
  restore() {
    this.#eachChange((object, name, before) => {
      if (before) defineProperty(object, name, before);
      else deleteProperty(object, name);
    });
  }

  /** What is not as it was, as `[path, value]`. */
  changes() {
    const changes = [];
    this.#eachChange((object, name, _, now, path) => {
      changes.push([path ? `${path}.${String(name)}` : String(name), now?.value ?? now?.get]);
    });
    return changes;
  }

  #eachChange(tell) {
    for (const [object, { path, properties }] of this.#noted) {
      const names = ownKeys(object);
      if (names.length !== properties.length || names.some((name, at) => name !== properties[at][0])) {
        const known = new Set(properties.map(([name]) => name));
        for (const name of names) if (!known.has(name)) tell(object, name, undefined, getOwnPropertyDescriptor(object, name), path);
      }
      for (const [name, before] of properties) {
        const now = getOwnPropertyDescriptor(object, name);
        if (!isSame(now, before)) tell(object, name, before, now, path);
      }
    }
  }
}

// A function that is no class has only its name and its length.
function hasContent(value) {
  if (typeof value === "function") return isObject(getOwnPropertyDescriptor(value, "prototype")?.value);
  return true;
}

function isSame(now, before) {
  return now !== undefined && is(now.value, before.value) && now.get === before.get && now.set === before.set;
}

/** The language's own objects that no global leads to. */
function hidden() {
  const iterator = getPrototypeOf([][Symbol.iterator]());
  return [
    getPrototypeOf(iterator),
    iterator,
    getPrototypeOf(new Map()[Symbol.iterator]()),
    getPrototypeOf(new Set()[Symbol.iterator]()),
    getPrototypeOf(""[Symbol.iterator]()),
    getPrototypeOf(function* () {}),
    getPrototypeOf(async function* () {}),
    getPrototypeOf(async () => {}),
    getPrototypeOf(Uint8Array),
  ];
}

let intrinsics;

/** Notes what is there: when the component is built. */
export function noteIntrinsics() {
  intrinsics = new Noted([globalThis, ...hidden()]);
}

/** What was there when the component was built. */
export function intrinsicObjects() {
  return intrinsics;
}
