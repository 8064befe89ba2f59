import { expect, test } from "vitest";

import * as counter from "../src/counter.mjs";
import Counter, { called, increase, ready } from "../src/counter.mjs";
import { both } from "../src/cycle-a.js";
import old, { four } from "../src/old.cjs";
import { view } from "../src/view.jsx";

test("bindings are live", () => {
  expect(counter.count).toBe(0);
  increase();
  expect(counter.count).toBe(1);
  expect(new Counter()).toBeInstanceOf(counter.default);
});

test("stars, names and JSON", () => {
  expect(ready).toBe("ready");
  expect(called).toBe("values");
  expect(counter.data.values).toEqual({ name: "values", list: [1, 2, 3] });
  expect(Object.keys(counter).sort()).toEqual(["called", "count", "data", "default", "increase", "ready", "values"]);
});

test("a cycle", () => {
  expect(both()).toBe("aab");
});

test("CommonJS", () => {
  expect(old).toEqual({ base: "old.cjs", four: 4 });
  expect(four).toBe(4);
});

test("JSX", () => {
  expect(view).toEqual({ tag: "p", props: { title: "x" }, children: ["text"] });
});

test("dynamic imports give the same module", async () => {
  expect(await import("../src/counter.mjs")).toBe(counter);
  expect((await import("@/data.js")).ready).toBe("ready");
});

test("import.meta", () => {
  expect(import.meta.url).toMatch(/^file:.*\/tests\/modules\.test\.js$/);
  expect(import.meta.dirname.endsWith("/tests")).toBe(true);
  expect(import.meta.env.MODE).toBe("test");
});

test("a module that is not there", async () => {
  await expect(import("./nothing.js")).rejects.toThrow("Cannot find module './nothing.js'");
});
