import { expect, test } from "vitest";

const forever = (value) => 1 + forever(value);

function nested(depth) {
  let value = [];
  for (let at = 0; at < depth; at++) value = [value];
  return value;
}

const DEEP = 4_000;

/** What recurses in the engine itself ends: with a value, or with an error that can be caught. */
function ends(deep) {
  try {
    deep();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
  }
}

test("functions", () => {
  expect(() => forever(1)).toThrow(RangeError);
});
test("methods", () => {
  const object = { get self() { return this.self; } };
  expect(() => object.self).toThrow(RangeError);
});
test("callbacks of natives", () => {
  const again = () => [1].map(again);
  expect(again).toThrow(RangeError);
});
test("sorting", () => {
  const again = () => [2, 1].sort(again);
  expect(again).toThrow(RangeError);
});
test("JSON is written", () => {
  const value = nested(DEEP);
  ends(() => JSON.stringify(value));
});
test("JSON is read", () => {
  ends(() => JSON.parse("[".repeat(DEEP) + "]".repeat(DEEP)));
});
test("toString", () => {
  const value = nested(DEEP);
  ends(() => String(value));
});
test("proxies", () => {
  const proxy = new Proxy({}, { get: (_, name) => proxy[name] });
  expect(() => proxy.x).toThrow(RangeError);
});
test("constructors", () => {
  class Again { constructor() { this.inner = new Again(); } }
  expect(() => new Again()).toThrow(RangeError);
});
test("regular expressions", () => {
  ends(() => new RegExp("(".repeat(DEEP) + ")".repeat(DEEP)));
});
test("source text", () => {
  ends(() => new Function(`return ${"(".repeat(DEEP)}1${")".repeat(DEEP)}`));
});
test("replacing", () => {
  const again = () => "a".replace("a", again);
  expect(again).toThrow(RangeError);
});
test("generators", () => {
  function* again() { yield* again(); }
  expect(() => [...again()]).toThrow(RangeError);
});
test("promises", async () => {
  async function again() { await again(); }
  await expect(again()).rejects.toThrow(RangeError);
});
test("the others go on", () => {
  expect(1 + 1).toBe(2);
});
