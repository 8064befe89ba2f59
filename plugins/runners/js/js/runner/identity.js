// Who this runner is. The versions are those that the bundle was made of.

import vitest from "vitest/package.json";
import chai from "chai/package.json";
import zod from "zod/package.json";

const OF_JAVASCRIPT = ["js", "mjs", "cjs", "jsx"];
const OF_TYPESCRIPT = ["ts", "mts", "cts", "tsx"];

/** What vitest collects by default, and what it loads beside that. */
const patterns = (endings) => [
  ...["test", "spec"].map((kind) => `**/*.${kind}.{${endings.join(",")}}`),
  `**/vitest.{config,setup}.{${endings.join(",")}}`,
  "**/__snapshots__/**",
  "**/__mocks__/**",
];

export function describe() {
  return {
    languages: [
      { name: "javascript", testPatterns: patterns(OF_JAVASCRIPT) },
      { name: "typescript", testPatterns: patterns([...OF_JAVASCRIPT, ...OF_TYPESCRIPT]) },
    ],
    engine: `QuickJS-ng, vitest ${vitest.version}, chai ${chai.version}, zod ${zod.version}`,
    installHint: "npm install --prefix {packages} --install-strategy hoisted --ignore-scripts {module}",
  };
}
