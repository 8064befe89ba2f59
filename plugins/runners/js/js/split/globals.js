// The objects that the language itself has, as they were when the component was built: put back when the modules of the tested
// code are dropped, and compared where tests and code share one instance.

const { deleteProperty, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const { is } = Object;

const isObject = (value) => (typeof value === "object" && value !== null) || typeof value === "function";

/** Objects with their properties: `roots` are objects with the names that they have for people. What lies below `roots` is looked into, unless `isFlat` is set, where it is no mere function. */
export class Noted {
  #noted;

  constructor(roots, isFlat = false) {
    const noted = new Map();
    const waiting = [...roots];
    while (waiting.length > 0) {
      const [object, path] = waiting.shift();
      if (noted.has(object)) continue;
      const names = ownKeys(object);
      const before = names.map((name) => getOwnPropertyDescriptor(object, name));
      const plain = names.map((_, at) => at).filter((at) => "value" in before[at] && typeof names[at] === "string");
      const values = plain.map((at) => before[at].value);
      noted.set(object, { object, path, names, before, plain: plain.map((at) => names[at]), values });
      for (const [at, name] of names.entries()) {
        const { value } = before[at];
        if (!isFlat && isObject(value) && hasContent(value)) waiting.push([value, pathOf(path, name)]);
      }
    }
    this.#noted = [...noted.values()];
  }

  /** Puts everything back that can be. */
  restore() {
    this.each((path, now, putBack) => putBack());
  }

  /**
   * Tells each change: its path, the property that is there now if one is, and what undoes it. By index only, because the tested
   * code may have changed what it means to iterate. An object whose values are the same is not looked at, unless `isThorough` is
   * set: then a property that computes the value that was there is a change, too.
   */
  each(tell, isThorough = false) {
    for (let at = 0; at < this.#noted.length; at++) {
      const { object, path, names, before } = this.#noted[at];
      const now = ownKeys(object);
      if (!isThorough && now.length === names.length && hasSameValues(this.#noted[at])) continue;
      let isSameList = now.length === names.length;
      for (let index = 0; index < names.length; index++) {
        const name = names[index];
        isSameList &&= now[index] === name;
        const there = getOwnPropertyDescriptor(object, name);
        if (!isSame(there, before[index])) tell(pathOf(path, name), there, () => defineProperty(object, name, before[index]), false);
      }
      for (let index = 0; !isSameList && index < now.length; index++) {
        const name = now[index];
        if (holds(names, name)) continue;
        tell(pathOf(path, name), getOwnPropertyDescriptor(object, name), () => deleteProperty(object, name), true);
      }
    }
  }
}

function hasSameValues({ object, plain, values }) {
  for (let at = 0; at < plain.length; at++) {
    const value = object[plain[at]];
    if (value !== values[at] && !is(value, values[at])) return false;
  }
  return true;
}

function holds(names, wanted) {
  for (let at = 0; at < names.length; at++) if (names[at] === wanted) return true;
  return false;
}

const { apply } = Reflect;
const { toString: symbolToString } = Symbol.prototype;

function pathOf(path, name) {
  const said = typeof name === "symbol" ? `[${apply(symbolToString, name, [])}]` : name;
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
