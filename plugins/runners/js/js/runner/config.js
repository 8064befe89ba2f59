// What a project sets in its vitest configuration, as far as it means something here.

import { Registry } from "../modules/registry.js";

const NAMES = ["vitest.config", "vite.config"];
const ENDINGS = ["ts", "mts", "cts", "js", "mjs", "cjs"];

/** What is read of `test` in the configuration; anything else there has no effect in the sandbox. */
const HEEDED = [
  "allowOnly", "chaiConfig", "clearMocks", "expect", "fakeTimers", "globals", "hookTimeout", "mockReset", "restoreMocks", "retry",
  "sequence", "setupFiles", "snapshotFormat", "testTimeout", "unstubEnvs", "unstubGlobals",
];

/** Reads the settings of a suite. Throws what its configuration throws, and where it wants what the sandbox does not have. */
export async function settingsOf(suite, { env, read }) {
  const path = NAMES.flatMap((name) => ENDINGS.map((ending) => `${suite.root}/${name}.${ending}`)).find((path) => read(path));
  if (!path) return {};
  const registry = new Registry({ env, read });
  const { default: exported } = await registry.load(path, path);
  const config = (await (typeof exported === "function" ? exported({ mode: "test", command: "serve" }) : exported)) ?? {};
  const own = config.test ?? {};
  if (own.environment && own.environment !== "node") {
    throw new Error(`the environment \`${own.environment}\` is not available in the sandbox: only node is`);
  }
  const settings = {};
  for (const name of HEEDED) if (own[name] !== undefined) settings[name] = own[name];
  settings.setupFiles = [settings.setupFiles ?? []].flat().map((file) => registry.resolve(file.startsWith(".") || file.startsWith("/") ? file : `./${file}`, path));
  Object.assign(process.env, own.env);
  return settings;
}
