// The modules that need no file: the framework, Node's own as far as they are here, and packages that the runner brings along.

import * as runnerUtils from "@vitest/runner/utils";
import * as vitestRunner from "@vitest/runner";
import * as vitestExpect from "@vitest/expect";
import * as vitestSpy from "@vitest/spy";
import assert from "assert";
import { Buffer, SlowBuffer, INSPECT_MAX_BYTES, kMaxLength } from "buffer";
import * as chai from "chai";
import EventEmitter from "events";
import path from "path-browserify";
import * as vitest from "vitest";
import * as zod from "zod";

import { unavailable } from "../modules/errors.js";
import { namespaceOf } from "../modules/namespace.js";
import { crypto } from "../globals/crypto.js";
import { files } from "./fs.js";
import { nodeTest } from "./node-test.js";
import { os } from "./os.js";
import { timersPromises } from "./timers.js";
import { url } from "./url.js";
import { util } from "./util.js";

/** Node's modules by name, each as the object that `require` gives. */
const NODE = {
  assert,
  "assert/strict": assert.strict,
  buffer: { Buffer, SlowBuffer, INSPECT_MAX_BYTES, kMaxLength, constants: { MAX_LENGTH: kMaxLength }, atob, btoa },
  console: globalThis.console,
  crypto,
  events: Object.assign(EventEmitter, { EventEmitter }),
  fs: files,
  "fs/promises": files.promises,
  os,
  path,
  "path/posix": path,
  perf_hooks: { performance },
  process,
  test: nodeTest,
  timers: { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate, promises: timersPromises },
  "timers/promises": timersPromises,
  url,
  util,
  "util/types": util.types,
};
path.posix = path;

/** What Node has and the sandbox has not, with the words that say so. */
const MISSING = {
  async_hooks: "asynchronous hooks are",
  child_process: "processes are",
  cluster: "processes are",
  dgram: "the network is",
  diagnostics_channel: "diagnostics channels are",
  dns: "the network is",
  "dns/promises": "the network is",
  http: "the network is",
  http2: "the network is",
  https: "the network is",
  inspector: "the inspector is",
  net: "the network is",
  querystring: "this module is",
  readline: "a terminal is",
  "readline/promises": "a terminal is",
  repl: "a terminal is",
  sqlite: "databases are",
  stream: "streams are",
  "stream/promises": "streams are",
  "stream/web": "streams are",
  string_decoder: "this module is",
  tls: "the network is",
  tty: "a terminal is",
  v8: "V8 is",
  vm: "contexts of their own are",
  wasi: "WebAssembly is",
  worker_threads: "threads are",
  zlib: "compression is",
};

const FRAMEWORK = {
  vitest,
  "@vitest/expect": vitestExpect,
  "@vitest/runner": vitestRunner,
  "@vitest/runner/utils": runnerUtils,
  "@vitest/spy": vitestSpy,
  "vitest/config": {
    defineConfig: (config) => config,
    defineProject: (config) => config,
    defineWorkspace: (config) => config,
    mergeConfig: (one, other) => ({ ...one, ...other, test: { ...one.test, ...other.test } }),
    configDefaults: { include: [], exclude: [] },
  },
};

/** Packages of npm that a suite may bring itself; then its own are taken. */
const PACKAGES = { chai, zod };

/**
 * What is built in under a name, as `{ namespace, required, yields }`: what `import` gives, what `require` gives, and whether a
 * package of the suite goes first. Nothing for any other name.
 */
export function builtin(name) {
  return table.get(name);
}

const table = new Map();

function add(name, value, yields = false) {
  // A namespace each, and one for all files: what a test spies on is the object itself.
  let namespace;
  const make = () => (namespace ??= open(value.default === undefined ? namespaceOf(value) : namespaceOf(value, value.default), value));
  table.set(name, { namespace: make, required: () => value, yields });
}

/** A name that a namespace does not have is looked for in the value: some of them answer to every name, by saying why not. */
function open(namespace, value) {
  return new Proxy(namespace, { get: (own, name) => (name in own ? own[name] : value[name]) });
}

/** Adds a module that is there in this run only. */
export function provide(name, namespace) {
  table.set(name, { namespace, required: namespace, yields: false });
}

/** Whether a name is that of the test framework, or of a part of it. */
export function isOfFramework(name) {
  return name === "vitest" || name.startsWith("vitest/") || name.startsWith("@vitest/") || name === "node:test" || name === "chai";
}

for (const [name, value] of Object.entries(FRAMEWORK)) add(name, value);
for (const [name, value] of Object.entries(PACKAGES)) add(name, value, true);
for (const [name, value] of Object.entries(NODE)) {
  add(`node:${name}`, value);
  // `node:test` has no other name: `test` is a package like any other.
  if (name !== "test") add(name, value);
}
for (const [name, what] of Object.entries(MISSING)) {
  const value = absent(`node:${name}`, what);
  add(`node:${name}`, value);
  add(name, value);
}
for (const name of ["module", "node:module"]) {
  const made = ({ registry }) => ({
    createRequire: (from) => registry.requireOf(String(from).replace(/^file:\/\//, "")),
    builtinModules: Object.keys(NODE),
    isBuiltin: (other) => table.has(other),
  });
  table.set(name, { namespace: (from) => namespaceOf(made(from)), required: made, yields: false });
}

/** A module that can be imported, and says what is missing as soon as something of it is used. */
function absent(name, what) {
  const refuse = (property) =>
    function () {
      throw unavailable(`${name}: ${property}`, what);
    };
  return new Proxy(Object.create(null), {
    get: (target, property) => {
      if (typeof property === "symbol" || property === "then" || property === "__esModule") return target[property];
      return property === "default" ? absent(name, what) : refuse(property);
    },
    has: (_, property) => typeof property === "string" && property !== "then",
  });
}
