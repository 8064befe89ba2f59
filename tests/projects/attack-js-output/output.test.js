// Prints without end.
import { test } from "vitest";

test("before", () => {
  console.log("a line");
});
test("prints", () => {
  for (;;) console.log("x".repeat(100_000));
});
test("prints past the console", () => {
  for (;;) process.stdout.write("x".repeat(100_000));
});
test("after", () => {});
