import { test } from "vitest";
test("state is new, one", () => {});
