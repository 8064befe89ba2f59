// The state that vitest's own modules look for in the process of a test file.

import { setWorker } from "./hidden.js";
import { SnapshotFiles } from "./snapshots.js";

/** What a project sets in its vitest configuration and this runner heeds, with vitest's defaults. */
const DEFAULTS = {
  name: "",
  passWithNoTests: false,
  allowOnly: true,
  testTimeout: 5000,
  hookTimeout: 10000,
  retry: 0,
  maxConcurrency: 5,
  includeTaskLocation: true,
  tags: [],
  strictTags: false,
  clearMocks: false,
  mockReset: false,
  restoreMocks: false,
  unstubEnvs: false,
  unstubGlobals: false,
  setupFiles: [],
};

export function configuration(root, own) {
  const config = {
    ...DEFAULTS,
    ...own,
    root,
    mode: "test",
    sequence: { hooks: "stack", setupFiles: "list", shuffle: false, concurrent: false, seed: 0, ...own.sequence },
    expect: { poll: {}, ...own.expect },
    chaiConfig: own.chaiConfig,
    fakeTimers: { loopLimit: 10_000, shouldClearNativeTimers: true, ...own.fakeTimers },
    experimental: { viteModuleRunner: true, importDurations: { limit: 0 } },
    snapshotOptions: {
      // What is not stored is nothing that a verdict could rest on: so no snapshot is made up here.
      updateSnapshot: "none",
      expand: false,
      snapshotFormat: { printBasicPrototype: false, escapeString: false, ...own.snapshotFormat },
      snapshotEnvironment: new SnapshotFiles(),
    },
  };
  // Tests take turns, and in one order: several at once would end in an order that nobody wrote down.
  Object.assign(config.sequence, { concurrent: false, shuffle: false });
  return config;
}

/** Puts the state in its place, and returns it. */
export function install(config) {
  const state = {
    ctx: { pool: "threads" },
    config,
    environment: { name: "node" },
    metaEnv: environment(),
    providedContext: {},
    evaluatedModules: { idToModuleMap: new Map() },
    resolvingModules: new Set(),
    moduleExecutionInfo: new Map(),
    rpc: { snapshotSaved: async () => {} },
    current: undefined,
    filepath: undefined,
    onCleanup() {},
  };
  setWorker(state);
  return state;
}

/** `import.meta.env`, which is `process.env` as well. */
function environment() {
  Object.assign(process.env, { NODE_ENV: "test", TEST: "true", VITEST: "true", MODE: "test", BASE_URL: "/", DEV: "1", PROD: "", SSR: "1" });
  return new Proxy(process.env, {
    get: (env, name) => (name === "DEV" || name === "SSR" || name === "PROD" ? env[name] === "1" : env[name]),
  });
}
