import leftPad from "left-pad-that-nobody-has";
import { test } from "vitest";

test("never collected", () => leftPad);
