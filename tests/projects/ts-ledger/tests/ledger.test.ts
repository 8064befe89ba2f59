import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { confirmed, type Entry, Ledger, Refused } from "../src/ledger";

describe("a ledger", () => {
  let ledger: Ledger;

  beforeEach(() => {
    ledger = new Ledger();
    ledger.book(1, "ada", 10_000);
  });

  it("begins with what was booked", () => {
    expect(ledger.entries).toEqual([{ day: 1, account: "ada", cents: 10_000 }]);
  });

  it("knows nobody else", () => {
    expect(ledger.balance("bob")).toBe(0);
  });

  it.each([
    [1, 10_001],
    [99, 10_099],
    [100, 10_100],
    [12_345, 22_345],
    [-1, 9_999],
    [-9_999, 1],
    [-10_000, 0],
  ])("books %i and has %i", (cents, balance) => {
    ledger.book(2, "ada", cents);
    expect(ledger.balance("ada")).toBe(balance);
  });

  it.each([-10_001, -20_000, 0.5, Number.NaN, Infinity])("refuses %d", (cents) => {
    expect(() => ledger.book(2, "ada", cents)).toThrow(Refused);
    expect(ledger.balance("ada")).toBe(10_000);
  });

  it("says whom it refuses", () => {
    expect(() => ledger.book(2, "bob", -1)).toThrow(
      expect.objectContaining({ name: "Refused", account: "bob", message: "bob: not enough" }),
    );
  });

  it("moves money", () => {
    ledger.transfer(3, "ada", "bob", 2_500);
    expect([ledger.balance("ada"), ledger.balance("bob")]).toStrictEqual([7_500, 2_500]);
  });

  it("moves nothing that is not there", () => {
    expect(() => ledger.transfer(3, "bob", "ada", 1)).toThrow("not enough");
    expect(ledger.entries).toHaveLength(1);
  });

  it.each([0, 1, 2, 3, 4])("has a balance for day %i", (day) => {
    ledger.book(3, "ada", 500);
    const expected = day < 1 ? 0 : day < 3 ? 10_000 : 10_500;
    expect(ledger.balance("ada", day)).toBe(expected);
  });

  it("keeps entries as they are", () => {
    const entry = ledger.book(2, "bob", 1);
    expect(entry).toSatisfy(Object.isFrozen);
    expect(() => Object.assign(entry, { cents: 2 })).toThrow(TypeError);
  });

  describe("with a watcher", () => {
    const watcher = vi.fn<(entry: Entry) => void>();
    let stop: () => void;

    beforeEach(() => {
      stop = ledger.watch(watcher);
    });
    afterEach(() => {
      watcher.mockReset();
    });

    it("tells it of each entry", () => {
      ledger.transfer(2, "ada", "bob", 100);
      expect(watcher.mock.calls.map(([entry]) => entry.cents)).toEqual([-100, 100]);
    });

    it("tells it of nothing that was refused", () => {
      expect(() => ledger.book(2, "bob", -1)).toThrow();
      expect(watcher).not.toHaveBeenCalled();
    });

    it("stops when it is told to", () => {
      stop();
      ledger.book(2, "ada", 1);
      expect(watcher).not.toHaveBeenCalled();
    });
  });
});

describe("the bank", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("answers after a second", async () => {
    const answer = confirmed({ day: 7, account: "ada", cents: 1 });
    const seen = vi.fn();
    void answer.then(seen);
    await vi.advanceTimersByTimeAsync(999);
    expect(seen).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(seen).toHaveBeenCalledWith("ada@7");
  });
});
