import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { greeting } from "../src/greeting.js";
import { send } from "../src/mail.js";
import * as shape from "../src/shape.js";

const answers = vi.hoisted(() => ({ now: 42 }));
vi.mock("../src/clock.js", async (importOriginal) => ({ ...(await importOriginal()), now: () => answers.now }));
vi.mock("../src/mail.js");
vi.mock("../src/shape.js");

describe("modules", () => {
  it("a factory answers for a module, also where another imports it", () => {
    expect(greeting()).toBe("42 UTC");
  });

  it("a file below __mocks__ answers for the one beside it", () => {
    expect(send()).toBe("from __mocks__");
  });

  it("copies without behaviour", () => {
    expect(shape.scale(2)).toBeUndefined();
    expect(vi.isMockFunction(shape.scale)).toBe(true);
    expect(new shape.Shape().area()).toBeUndefined();
    expect(shape.names).toEqual([]);
  });

  it("the original is there", async () => {
    const actual = await vi.importActual("../src/shape.js");
    expect(actual.scale(2)).toBe(4);
  });

  it("resetting modules evaluates them again", async () => {
    const one = await import("../src/clock.js");
    vi.doUnmock("../src/clock.js");
    vi.resetModules();
    const other = await import("../src/clock.js");
    expect(other).not.toBe(one);
    expect(other.now()).toBeGreaterThan(42);
  });
});

describe("functions", () => {
  it("spies see calls", () => {
    const object = { add: (a, b) => a + b };
    const spy = vi.spyOn(object, "add");
    expect(object.add(1, 2)).toBe(3);
    expect(spy).toHaveBeenCalledWith(1, 2);
    spy.mockReturnValue(7);
    expect(object.add(1, 2)).toBe(7);
    spy.mockRestore();
    expect(object.add(1, 2)).toBe(3);
  });

  it("globals can be replaced", () => {
    vi.stubGlobal("answer", 42);
    expect(globalThis.answer).toBe(42);
    vi.unstubAllGlobals();
    expect(globalThis.answer).toBeUndefined();
  });
});

describe("time", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("goes on when it is told to", () => {
    const called = vi.fn();
    setTimeout(called, 1000);
    vi.advanceTimersByTime(999);
    expect(called).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(called).toHaveBeenCalledOnce();
  });

  it("is what it is set to", () => {
    vi.setSystemTime(new Date("2030-01-02T03:04:05Z"));
    expect(new Date().toISOString()).toBe("2030-01-02T03:04:05.000Z");
  });

  it("promises are served between timers", async () => {
    const steps = [];
    setTimeout(async () => {
      await null;
      steps.push("a");
      setTimeout(() => steps.push("b"), 10);
    }, 10);
    await vi.advanceTimersByTimeAsync(20);
    expect(steps).toEqual(["a", "b"]);
  });
});
