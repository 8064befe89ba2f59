import { afterEach, beforeEach, expect, test, vi } from "vitest";
import rates, { UnknownCurrency } from "rates";
import {
  Account, arrange, Book, convert, convert_later, deposit, each, echo, InvalidAmount, later, open_book, running, seen, settle,
} from "bank";

beforeEach(() => {
  vi.spyOn(rates, "rate").mockReturnValue(2);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const account = () => new Account({ id: "a", balance: 10 });

test("a deposit adds", () => {
  expect(deposit(account(), 5)).toEqual(new Account({ id: "a", balance: 15, tags: ["deposit"] }));
  expect(deposit(account(), 5)).toBeInstanceOf(Account);
});
test("a negative deposit is refused", () => {
  expect(() => deposit(account(), -1)).toThrow(InvalidAmount);
  try {
    deposit(account(), -1);
  } catch (error) {
    expect(error.amount).toBe(-1);
  }
});
test("converts by the rate", () => {
  expect(convert(3, "EUR")).toBe(6);
  expect(rates.rate).toHaveBeenCalledWith("EUR");
});
test("an error of a dependency passes", () => {
  vi.spyOn(rates, "rate").mockImplementation(() => {
    throw new UnknownCurrency("XXX");
  });
  expect(() => convert(3, "XXX")).toThrow(UnknownCurrency);
});
test("converts later", async () => {
  vi.spyOn(rates, "fetch_rate").mockImplementation(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return 4;
  });
  expect(await convert_later(2, "EUR")).toBe(8);
  vi.spyOn(rates, "fetch_rate").mockRejectedValue(new UnknownCurrency("Y"));
  await expect(convert_later(2, "EUR")).rejects.toThrow(UnknownCurrency);
});
test("sums come one by one", () => {
  const sums = running([5, 20, -3]);
  expect(sums.next()).toEqual({ value: 5, done: false });
  expect([...sums]).toEqual([25, 22]);
});
test("amounts come later", async () => {
  const found = [];
  for await (const amount of later([1, 2, 3])) found.push(amount);
  expect(found).toEqual([1, 2, 3]);
});
test("arranges in place", () => {
  const amounts = [3, 1, 2];
  arrange(amounts);
  expect(amounts).toEqual([1, 2, 3]);
});
test("calls back", () => {
  const visit = vi.fn();
  expect(each([1, 2], visit)).toBe(2);
  expect(visit.mock.calls).toEqual([[1], [2]]);
});
test("counts its calls", () => {
  expect(seen()).toBe(1);
  expect(seen()).toBe(2);
});
test.each([
  [undefined], [null], [true], [0], [-0], [NaN], [Infinity], [1.5], [2n ** 70n], [7n], [""], ["\ud800x"], ["é😀"],
  [new Uint8Array([1, 2])], [[1, [2]]], [new Map([["a", 1], [2, [3]]])], [new Set([1, "a"])], [new Date(5)],
  [{ a: { b: 1 } }], [Object.freeze([1])],
])("a value comes back as it is: %s", (value) => {
  expect(echo([value])).toStrictEqual([value]);
  expect(echo(value)).toBe(value);
});
test("two accounts settle", async () => {
  const began = performance.now();
  const [one, two] = await Promise.all([settle([1, 2]), settle([3])]);
  expect([one, two]).toEqual([{ sum: 3 }, { sum: 3 }]);
  expect(performance.now() - began).toBeLessThan(150);
  expect(performance.now() - began).toBeGreaterThanOrEqual(100);
});
test("books stay apart", async () => {
  const book = new Book("Ann");
  const other = open_book("Bob");
  expect(other).toBeInstanceOf(Book);
  book.add(3);
  expect(book.add(4)).toBe(7);
  expect(other.add(1)).toBe(1);
  expect(await book.sync()).toBe(7);
  expect(() => book.add(-1)).toThrow(/Ann has no/);
  expect(() => book.add(-1)).toThrow(RangeError);
});
