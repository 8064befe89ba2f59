import { describe, expect, it, test } from "vitest";

import { format, parse, part } from "../src/money";

test.each([
  ["0", 0],
  ["1", 100],
  ["1.5", 150],
  ["1.50", 150],
  ["0.05", 5],
  ["-2.25", -225],
  [" 12.34 ", 1234],
  ["-0", 0],
])("reads %j", (text, cents) => {
  expect(parse(text)).toBe(cents);
});

test.each(["", ".", "1.", ".5", "1.234", "1,5", "--1", "1e3", "abc"])("does not read %j", (text) => {
  expect(() => parse(text)).toThrow(RangeError);
});

test.each([
  [0, "0.00"],
  [5, "0.05"],
  [100, "1.00"],
  [1234, "12.34"],
  [-225, "-2.25"],
])("writes %i", (cents, text) => {
  expect(format(cents)).toBe(text);
  expect(parse(text)).toBe(cents);
});

describe("parts", () => {
  it.each([
    [100, [1, 1], [50, 50]],
    [100, [1, 1, 1], [34, 33, 33]],
    [101, [2, 1], [68, 33]],
    [0, [3, 4], [0, 0]],
    [7, [1], [7]],
  ])("%i by %j", (cents, weights, parts) => {
    expect(part(cents, weights)).toEqual(parts);
  });

  it("loses nothing", () => {
    for (let cents = 0; cents < 200; cents++) {
      const sum = part(cents, [5, 3, 2]).reduce((left, right) => left + right, 0);
      expect(sum).toBe(cents);
    }
  });
});
