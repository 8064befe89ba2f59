// The objects that the language itself has, as they were when the component was built: put back when the modules of the tested
// code are dropped, and compared where tests and code share one instance.

const { deleteProperty, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { is } = Object;

const isObject = (value) => (typeof value === "object" && value !== null) || typeof value === "function";

/**
 * Objects with their properties: `roots` are objects with the names that they have for people. What lies below `roots` is looked
 * into, unless `isFlat` is set, where it is no mere function.
 */
export class Noted {
  #noted;
  #number;

  constructor(roots, isFlat = false) {
    const noted = new Map();
    const waiting = [...roots];
    while (waiting.length > 0) {
      const [object, path] = waiting.shift();
      if (noted.has(object)) continue;
      const names = ownKeys(object);
      const before = names.map((name) => getOwnPropertyDescriptor(object, name));
      noted.set(object, { object, path, names, before });
      for (const [at, name] of names.entries()) {
        const { value } = before[at];
        if (!isFlat && isObject(value) && hasContent(value)) waiting.push([value, pathOf(path, name)]);
      }
    }
    this.#noted = [...noted.values()];
    this.#number = __host.note(this.#noted.map(({ object }) => object));
  }

  /** Puts everything back that can be. */
  restore() {
    this.each((path, now, putBack) => putBack());
  }

  /** Puts everything back that can be, and returns what was there instead, for `apply`. */
  take() {
    const taken = [];
    this.each((path, now, putBack, isNew, object, name) => {
      taken[taken.length] = [object, name, now];
      putBack();
    });
    return taken;
  }

  /**
   * Tells each change: its path, the property that is there now if one is, what undoes it, and whether nothing was there. By
   * index only, because the tested code may have changed what it means to iterate.
   */
  each(tell) {
    const changed = __host.changed(this.#number);
    for (let place = 0; place < changed.length; place++) {
      const { object, path, names, before } = this.#noted[changed[place]];
      const now = ownKeys(object);
      for (let index = 0; index < names.length; index++) {
        const name = names[index];
        const there = getOwnPropertyDescriptor(object, name);
        if (isSame(there, before[index])) continue;
        tell(pathOf(path, name), there, () => defineProperty(object, name, before[index]), false, object, name);
      }
      for (let index = 0; index < now.length; index++) {
        const name = now[index];
        if (holds(names, name)) continue;
        tell(pathOf(path, name), getOwnPropertyDescriptor(object, name), () => deleteProperty(object, name), true, object, name);
      }
    }
  }
}

/** Puts back what `take` took away. */
export function apply(taken) {
  for (let at = 0; at < taken.length; at++) {
    const [object, name, property] = taken[at];
    if (property) defineProperty(object, name, property);
    else deleteProperty(object, name);
  }
}

function holds(names, wanted) {
  for (let at = 0; at < names.length; at++) if (names[at] === wanted) return true;
  return false;
}

const { apply: call } = Reflect;
const { toString: symbolToString } = Symbol.prototype;

function pathOf(path, name) {
  const said = typeof name === "symbol" ? `[${call(symbolToString, name, [])}]` : name;
  return path ? `${path}.${said}` : said;
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
    [Function.prototype, "Function.prototype"],
    [getPrototypeOf(iterator), "Iterator.prototype"],
    [iterator, "ArrayIterator.prototype"],
    [getPrototypeOf(new Map()[Symbol.iterator]()), "MapIterator.prototype"],
    [getPrototypeOf(new Set()[Symbol.iterator]()), "SetIterator.prototype"],
    [getPrototypeOf(""[Symbol.iterator]()), "StringIterator.prototype"],
    [getPrototypeOf(function* () {}), "GeneratorFunction.prototype"],
    [getPrototypeOf(async function* () {}), "AsyncGeneratorFunction.prototype"],
    [getPrototypeOf(async () => {}), "AsyncFunction.prototype"],
    [getPrototypeOf(Uint8Array), "TypedArray"],
  ];
}

let intrinsics;

/** Notes what is there: when the component is built. */
export function noteIntrinsics() {
  intrinsics = new Noted([...hidden(), [globalThis, ""]]);
}

/** What was there when the component was built. */
export function intrinsicObjects() {
  return intrinsics;
}
