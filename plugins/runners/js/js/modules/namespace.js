// Namespaces: the objects that `import` gives.

/** Makes an empty namespace, which a module fills by defining getters. */
export function emptyNamespace() {
  const namespace = Object.create(null);
  Object.defineProperty(namespace, Symbol.toStringTag, { value: "Module", enumerable: false, configurable: false });
  return namespace;
}

/** Makes a namespace of values that are there already. */
export function namespaceOf(values, defaultValue = values) {
  const namespace = emptyNamespace();
  for (const name of Object.keys(values)) define(namespace, name, () => values[name]);
  define(namespace, "default", () => defaultValue);
  return namespace;
}

/** `export * from`: names that are there already win, and `default` is none of them. */
export function exportAll(target, source) {
  if (target === source || source === null || (typeof source !== "object" && typeof source !== "function")) return;
  for (const name in source) {
    if (name !== "default" && name !== "__esModule" && !(name in target)) define(target, name, () => source[name]);
  }
}

function define(namespace, name, get) {
  Object.defineProperty(namespace, name, { enumerable: true, configurable: true, get });
}

const isPrimitive = (value) => value === null || (typeof value !== "object" && typeof value !== "function");

/**
 * What `import` gives of a CommonJS module. A module that was compiled from one with `export default` says so by `__esModule`;
 * its `default` is the value that is meant, as vitest decides it.
 */
export function namespaceOfCommonJs(exports) {
  const namespace = emptyNamespace();
  if (isPrimitive(exports)) {
    define(namespace, "default", () => exports);
    return namespace;
  }
  for (const name in exports) if (name !== "default") define(namespace, name, () => exports[name]);
  const compiled = exports.__esModule && "default" in exports;
  define(namespace, "default", () => (compiled ? exports.default : exports));
  return namespace;
}
