import { test } from "vitest";

test("never collected", () => {
  const = 1;
});
