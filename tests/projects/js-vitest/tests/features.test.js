import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, test, vi } from "vitest";
import { z } from "zod";

describe("marks", () => {
  it.skip("is skipped", () => {
    throw new Error("never runs");
  });
  it.todo("is to be written");
  it.fails("fails, as it says", () => {
    expect(1).toBe(2);
  });
  it.fails("says that it fails, and does not", () => {});
  it.skipIf(true)("is skipped if", () => {});
  it.runIf(true)("runs if", () => {});
  it("skips itself", (context) => {
    context.skip("not today");
  });
});

describe("tables", () => {
  it.for([{ a: 1, sum: 2 }])("one more than $a", ({ a, sum }) => {
    expect(a + 1).toBe(sum);
  });
  it.each`
    a    | b
    ${1} | ${"x"}
    ${2} | ${"y"}
  `("$a and $b", ({ a, b }) => {
    expect("0xy"[a]).toBe(b);
  });
  describe.each(["one", "two"])("of suites: %s", (name) => {
    it("has a name", () => {
      expect(name).toHaveLength(3);
    });
  });
  it("the same", () => {});
  it("the same", () => {});
});

describe("fixtures", () => {
  const extended = test.extend({
    list: async ({}, use) => {
      const list = [];
      await use(list);
      list.length = 0;
    },
  });
  extended("are made", ({ list }) => {
    list.push(1);
    expect(list).toEqual([1]);
  });
  extended("are made again", ({ list, expect: own }) => {
    own(list).toEqual([]);
  });
});

describe("hooks", () => {
  const steps = [];
  beforeAll(() => {
    steps.push("before all");
    return () => steps.push("cleaned up");
  });
  beforeEach(() => void steps.push("before"));
  afterEach(() => void steps.push("after"));
  afterAll(() => {
    expect(steps.at(-1)).toBe("after");
  });
  it("run in order", () => {
    onTestFinished(() => void steps.push("finished"));
    expect(steps).toEqual(["before all", "before"]);
  });
  it("run after, too", () => {
    expect(steps).toEqual(["before all", "before", "after", "finished", "before"]);
  });
});

describe("a hook that fails", () => {
  beforeAll(() => {
    throw new Error("no");
  });
  it("is an error of what needs it", () => {});
});

describe("a hook that fails afterwards", () => {
  afterAll(() => {
    throw new Error("no");
  });
  it("passes first", () => {});
  it("is an error of the last test", () => {});
});

describe("assertions", () => {
  expect.extend({
    toBeEven(received) {
      return { pass: received % 2 === 0, message: () => `${received} is not even` };
    },
  });
  it("can be added", () => {
    expect(2).toBeEven();
    expect(() => expect(3).toBeEven()).toThrow("3 is not even");
  });
  it("are soft", () => {
    expect.soft(1).toBe(2);
    expect.soft(1).toBe(3);
  });
  it("are asked again", async () => {
    let value = 0;
    setTimeout(() => (value = 1), 100);
    await expect.poll(() => value).toBe(1);
  });
  it("compare asymmetrically", () => {
    expect({ id: 7, name: "ab", when: new Date(0) }).toEqual({
      id: expect.any(Number),
      name: expect.stringMatching(/^a/),
      when: expect.anything(),
    });
    expect([1, 2, 3]).toEqual(expect.arrayContaining([3, 1]));
  });
  it("are counted", () => {
    expect.assertions(1);
    expect(true).toBe(true);
  });
  it("are too few", () => {
    expect.hasAssertions();
  });
  it("of chai", () => {
    expect({ a: 1 }).to.have.property("a", 1);
  });
  it("of zod", () => {
    const schema = z.object({ name: z.string().min(1) });
    expect(schema.parse({ name: "a" })).toEqual({ name: "a" });
    expect(schema.safeParse({ name: "" }).success).toBe(false);
  });
});

describe("snapshots", () => {
  it("of files", () => {
    expect({ a: [1, 2] }).toMatchSnapshot();
  });
  it("in the line", () => {
    expect({ a: 1 }).toMatchInlineSnapshot(`
      {
        "a": 1,
      }
    `);
  });
  it("that nobody wrote", () => {
    expect(1).toMatchSnapshot();
  });
});

describe("time", () => {
  it("is over", async () => {
    await new Promise(() => {});
  }, 100);
  let tries = 0;
  it("is given again", { retry: 2 }, () => {
    expect(++tries).toBe(3);
  });
  it.concurrent("is shared", async ({ expect }) => {
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(1).toBe(1);
  });
});

describe("nobody waits", () => {
  it("for a promise that is rejected", () => {
    Promise.reject(new Error("nobody looks"));
  });
  it("for a timer that throws", async () => {
    setTimeout(() => {
      throw new Error("nobody catches");
    }, 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
  });
  it("and this is fine", async () => {
    await expect(Promise.reject(new Error("seen"))).rejects.toThrow("seen");
  });
});

test("random numbers are those of the seed", () => {
  expect(Math.random()).not.toBe(Math.random());
  expect(crypto.randomUUID()).toMatch(/^[0-9a-f-]{36}$/);
});

test("vi.waitFor", async () => {
  let ready = false;
  setTimeout(() => (ready = true), 30);
  await vi.waitFor(() => expect(ready).toBe(true));
});
