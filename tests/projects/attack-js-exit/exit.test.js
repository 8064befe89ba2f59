// Ends the process in every way that Node has, always with the code of a success.
import { expect, test } from "vitest";

test("before", () => {});
test("exit", () => {
  process.exit(0);
});
test("a caught exit", () => {
  try {
    process.exit(0);
  } catch {
    // Nobody is told.
  }
});
test("abort", () => {
  process.abort();
});
test("kill", () => {
  process.kill(process.pid, "SIGKILL");
});
test("throws what is no error", () => {
  throw undefined;
});
test("throws something that answers to everything", () => {
  throw new Proxy({}, { get: () => () => "passed" });
});
test("after", () => {
  expect(1).toBe(1);
});
