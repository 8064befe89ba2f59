// The names that a project has everywhere when its vitest configuration says `globals: true`.

import * as vitest from "vitest";

const NAMES = [
  "afterAll", "afterEach", "aroundAll", "aroundEach", "assert", "assertType", "beforeAll", "beforeEach", "chai", "describe", "expect",
  "expectTypeOf", "it", "onTestFailed", "onTestFinished", "suite", "test", "vi", "vitest",
];

export function installGlobals() {
  for (const name of NAMES) globalThis[name] = vitest[name];
}
