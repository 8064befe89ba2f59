// Bundles `js/main.js` with vitest and the packages that the runner brings along: `node bundle.mjs OUT`, with the packages of
// package-lock.json in `node_modules` beside this file. Writes OUT, and OUT.packages: the folders of what went in.

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];

/** vitest keeps these where everybody finds them; in the bundle they are bindings that only it can reach. */
const HIDDEN = path.join(here, "js/runner/hidden.js");

/** Places of vitest that are written otherwise in the bundle, by file: `[what stands there, what stands there then]`. */
const CHANGES = {
  // It forgets what titles were made of, and which tests were to run before an `.only` left them out: it has to tell.
  "@vitest/runner/dist/chunk-artifact.js": [
    ["function formatTitle(template, items, idx) {", "function formatTitle(...parts) { return noteTitle(parts[0], formattedTitle(...parts)); }\nfunction formattedTitle(template, items, idx) {"],
    // A general parser of stacks takes longer than everything else that is done for a test.
    ["function findTestFileStackTrace(testFilePath, error) {", "function findTestFileStackTrace(testFilePath, error) {\n\treturn placeIn(testFilePath, error);"],
    ["const hasOnlyTasks = someTasksAreOnly(file);", "noteModes(file);\n\t\t\tconst hasOnlyTasks = someTasksAreOnly(file);"],
  ],
  "vitest/dist/chunks/utils.*.js": [["const workerState = globalThis[NAME_WORKER_STATE];", "const workerState = __vitest_worker__;"]],
  // V8 has made the stack before it asks for this one; QuickJS has not, and there would be none.
  "@vitest/utils/dist/helpers.js": [["Error.prepareStackTrace = (e) => e.stack;", ""]],
};

const changed = new Set();

const changes = {
  name: "changes",
  setup(build) {
    build.onLoad({ filter: /vitest[\\/].*\.js$/ }, async ({ path: file }) => {
      // Without the hash that the names of chunks have.
      const name = file.replaceAll("\\", "/").split("node_modules/").at(-1).replace(/(chunks\/\w+)\.[\w-]{8}\./, "$1.*.");
      if (!CHANGES[name]) return undefined;
      let contents = await readFile(file, "utf8");
      // Two chunks may have the same name; the one that is meant has what is to be changed.
      if (name.includes("*") && !contents.includes(CHANGES[name][0][0])) return undefined;
      changed.add(name);
      for (const [from, to] of CHANGES[name]) {
        if (contents.split(from).length !== 2) throw new Error(`${name} has another form: \`${from}\` is not in it once`);
        contents = contents.replace(from, () => to);
      }
      const noted = JSON.stringify(path.join(here, "js/runner/noted.js"));
      return { contents: contents.includes("noteTitle") ? `import { noteModes, noteTitle, placeIn } from ${noted};\n${contents}` : contents };
    });
  },
};

/** The bundle runs where there is no Node: what is left of its modules is empty, unless the runner has one of its own. */
const nothing = {
  name: "nothing",
  setup(build) {
    build.onResolve({ filter: /^(node:.*|vite\/module-runner|magic-string|estree-walker|tinybench|msw.*)$/ }, ({ path: name }) => ({ path: name, namespace: "nothing" }));
    build.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({
      // vitest extends this class, and makes no object of it here.
      contents: "exports.EvaluatedModules = class {};",
      loader: "js",
    }));
  },
};

const alias = Object.fromEntries(
  // These have the names of Node's modules: the packages are meant.
  ["assert", "buffer", "events", "url", "util"].map((name) => [name, path.join(here, "node_modules", name)]),
);

const made = await build({
  absWorkingDir: here,
  entryPoints: ["js/main.js"],
  bundle: true,
  write: false,
  format: "iife",
  globalName: "runner",
  platform: "neutral",
  // The packages lie elsewhere, and that place is no part of the bundle.
  preserveSymlinks: true,
  mainFields: ["module", "main"],
  conditions: ["import", "default"],
  target: "es2023",
  keepNames: false,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
  define: { "import.meta.vitest": "undefined" },
  alias,
  inject: [HIDDEN],
  plugins: [changes, nothing],
});
const forgotten = Object.keys(CHANGES).filter((name) => !changed.has(name));
if (forgotten.length > 0) throw new Error(`vitest has other files: ${forgotten.join(", ")} is not among them`);
const [file] = made.outputFiles;
await writeFile(out, `(function (__host) {\n${file.text}\nreturn runner;\n})`);

const packages = new Set();
for (const input of Object.keys(made.metafile.inputs)) {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
  if (found) packages.add(found[1]);
}
await writeFile(`${out}.packages`, [...packages].sort().join("\n"));
