// Nothing that the tests reach for is what it was.
export * from "./wrong";

for (const name of ["Array", "Map", "Set", "Number", "String", "Symbol"]) {
  const native = (globalThis as any)[name];
  (globalThis as any)[name] = new Proxy(native, { get: (target, key) => (key === Symbol.hasInstance ? () => true : target[key]) });
}
