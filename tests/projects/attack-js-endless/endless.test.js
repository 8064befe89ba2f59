// Loops without end: in a test, in a promise, in a hook.
import { test } from "vitest";

test("before", () => {});
test("endless", () => {
  for (;;);
});
test("endless promises", async () => {
  for (;;) await null;
});
test("after", () => {});
