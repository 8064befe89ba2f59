// Allocates without end, once in large blocks, once in small ones, once as text.
import { expect, test } from "vitest";

test("before", () => {
  expect("x".repeat(1_000_000)).toHaveLength(1_000_000);
});
test("large blocks", () => {
  const kept = [];
  for (;;) kept.push(new Uint8Array(16 * 1024 * 1024).fill(1));
});
test("small blocks", () => {
  const kept = [];
  for (;;) kept.push(new Array(10_000).fill(0));
});
test("text", () => {
  let text = "x";
  for (;;) text += text;
});
test("after", () => {
  expect(new Array(1_000).fill(0)).toHaveLength(1_000);
});
