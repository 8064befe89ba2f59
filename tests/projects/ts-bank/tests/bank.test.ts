import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";

import { Account, Kind, NotEnough } from "../src/bank";
import { later } from "../src/later.js";

describe("an account", () => {
  let account: Account;
  const closed = vi.fn<(total: number) => void>();

  beforeEach(() => {
    account = new Account(10);
  });
  afterEach(() => {
    closed(account.total);
  });

  it("takes what it is given", () => {
    expect(account.deposit(5).total).toBe(15);
    expect(account.entries).toEqual([{ kind: Kind.Deposit, amount: 5 }]);
  });

  it("gives no more than it has", () => {
    expect(() => account.withdraw(11)).toThrow(NotEnough);
    expect(() => account.withdraw(11)).toThrowError("1 are missing");
  });

  it.each([
    [1, 11],
    [2, 12],
  ])("adds %i to ten and has %i", (amount, total) => {
    expect(account.deposit(amount).total).toBe(total);
  });

  it("was closed after each", () => {
    expect(closed.mock.calls).toEqual([[15], [10], [11], [12]]);
  });

  it("is wrong about this", () => {
    expect(account.total).toBe(11);
  });
});

test("waiting takes no time", async () => {
  const start = Date.now();
  await expect(later("x")).resolves.toBe("x");
  expect(Date.now() - start).toBeGreaterThanOrEqual(4000);
}, 5000);

test("waiting for too long is a failure", async () => {
  await later("x", 6000);
});
