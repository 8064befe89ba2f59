// `process`, as far as a sandbox has one.

import EventEmitter from "events";

import { print } from "./output.js";

/** Called when tested code wants to end the process; the test that runs fails, whatever the code makes of the error. */
export const exits = { report() {} };

const stream = (fd) => ({
  fd,
  isTTY: false,
  columns: 80,
  writable: true,
  write: (text) => {
    print(String(text));
    return true;
  },
  on() {},
  once() {},
  end() {},
});

function exit(code) {
  const wanted = code ?? process.exitCode ?? 0;
  const error = new Error(`process.exit unexpectedly called with "${wanted}"`);
  exits.report(error, Number(wanted) || 0);
  throw error;
}

function unavailable(name) {
  return function () {
    throw new Error(`process.${name} is not available in the sandbox`);
  };
}

function hrtime(since) {
  const now = __host.now();
  const seconds = Math.floor(now / 1e3);
  const nanoseconds = Math.floor((now - seconds * 1e3) * 1e6);
  if (!since) return [seconds, nanoseconds];
  const borrow = nanoseconds < since[1] ? 1 : 0;
  return [seconds - since[0] - borrow, nanoseconds - since[1] + borrow * 1e9];
}
hrtime.bigint = () => BigInt(Math.floor(__host.now() * 1e6));

let folder = "/";

/** Sets what `process.cwd()` answers. */
export function enter(root) {
  folder = root;
}

export const process = Object.assign(new EventEmitter(), {
  title: "node",
  argv: ["node", "vitest"],
  argv0: "node",
  execArgv: [],
  execPath: "/node",
  env: {},
  exitCode: undefined,
  pid: 1,
  ppid: 0,
  arch: "wasm32",
  platform: "linux",
  version: "v22.0.0",
  versions: { node: "22.0.0" },
  release: { name: "node" },
  features: {},
  config: {},
  stdout: stream(1),
  stderr: stream(2),
  stdin: { fd: 0, isTTY: false, on() {}, once() {} },
  cwd: () => folder,
  chdir: unavailable("chdir"),
  exit,
  reallyExit: exit,
  abort: () => exit(134),
  kill: unavailable("kill"),
  nextTick: (callback, ...args) => queueMicrotask(() => callback(...args)),
  hrtime,
  uptime: () => __host.now() / 1e3,
  memoryUsage: Object.assign(() => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }), { rss: () => 0 }),
  cpuUsage: () => ({ user: Math.floor(__host.now() * 1e3), system: 0 }),
  umask: () => 0o22,
  getuid: () => 0,
  getgid: () => 0,
  emitWarning: (warning) => print(`(warning) ${warning?.message ?? warning}\n`),
  binding: unavailable("binding"),
  dlopen: unavailable("dlopen"),
});
