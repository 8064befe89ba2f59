import { expect, test } from "vitest";
import { rate, fetch_rate, UnknownCurrency } from "rates";

test("euro", () => {
  expect(rate("EUR")).toBe(1.25);
});
test("unknown", () => {
  expect(() => rate("XXX")).toThrow(UnknownCurrency);
});
test("later", async () => {
  await expect(fetch_rate("XXX")).rejects.toThrow(UnknownCurrency);
});
