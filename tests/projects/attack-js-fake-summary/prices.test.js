import { expect, test } from "vitest";

import { total } from "./prices.js";

test("total", () => {
  expect(total([1, 2])).toBe(3);
});
test("nothing", () => {
  expect(total([])).toBe(1);
});
