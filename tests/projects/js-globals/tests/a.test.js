import { afterAll, expect, test, vi } from "vitest";

// Each file finds the globals as no other file has left them, while it is collected and while it runs.
const before = [globalThis.shared, [].first, typeof structuredClone, process.env.SHARED, expect.shared];
globalThis.shared = "a";
Array.prototype.first = function () {
  return this[0];
};
globalThis.structuredClone = undefined;
process.env.SHARED = "a";

test("finds what nobody has changed", () => {
  expect(before).toEqual([undefined, undefined, "function", undefined, undefined]);
});

test("finds what it has changed itself", () => {
  expect(globalThis.shared).toBe("a");
  expect(["a"].first()).toBe("a");
  expect(globalThis.structuredClone).toBeUndefined();
  expect(process.env.SHARED).toBe("a");
});

test("still has the runner's environment", () => {
  expect(process.env.NODE_ENV).toBe("test");
  expect(import.meta.env.MODE).toBe("test");
});

afterAll(() => {
  globalThis.shared = "after a";
});

// Nobody puts the real timers back: no other file must notice.
test("has timers that are its own to fake", () => {
  expect(vi.isFakeTimers()).toBe(false);
  vi.useFakeTimers({ now: 1000 });
  expect(Date.now()).toBe(1000);
});
