// `node:fs`: reads the files of the suite. Everything else says that it is not here.

import { Buffer } from "buffer";

const pathOf = (path) => {
  const text = path instanceof URL ? decodeURIComponent(path.pathname) : String(path);
  return text.startsWith("/") ? text : `${process.cwd()}/${text}`;
};

function noSuchFile(call, path) {
  const error = new Error(`ENOENT: no such file or directory, ${call} '${path}'`);
  return Object.assign(error, { code: "ENOENT", errno: -2, syscall: call, path });
}

function readFileSync(path, options) {
  const bytes = __host.read(pathOf(path));
  if (!bytes) throw noSuchFile("open", path);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const encoding = typeof options === "string" ? options : options?.encoding;
  return encoding ? buffer.toString(encoding) : buffer;
}

function statSync(path, options) {
  const kind = __host.kind(pathOf(path)) ?? undefined;
  if (kind === undefined) {
    if (options?.throwIfNoEntry === false) return undefined;
    throw noSuchFile("stat", path);
  }
  const size = kind === "file" ? __host.read(pathOf(path)).length : 0;
  return {
    size,
    isFile: () => kind === "file",
    isDirectory: () => kind === "folder",
    isSymbolicLink: () => false,
    mtimeMs: 0,
    mtime: new Date(0),
  };
}

function readdirSync(path, options) {
  const names = __host.list(pathOf(path)) ?? undefined;
  if (names === undefined) throw noSuchFile("scandir", path);
  if (!options?.withFileTypes) return names;
  return names.map((name) => {
    const found = statSync(`${pathOf(path)}/${name}`);
    return { name, parentPath: String(path), isFile: found.isFile, isDirectory: found.isDirectory, isSymbolicLink: () => false };
  });
}

function accessSync(path) {
  statSync(path);
}

const sync = {
  accessSync,
  existsSync: (path) => (__host.kind(pathOf(path)) ?? undefined) !== undefined,
  lstatSync: statSync,
  readdirSync,
  readFileSync,
  realpathSync: (path) => {
    statSync(path);
    return pathOf(path);
  },
  statSync,
};

const NAMES = { access: accessSync, lstat: statSync, readdir: readdirSync, readFile: readFileSync, realpath: sync.realpathSync, stat: statSync };

const promises = Object.fromEntries(Object.entries(NAMES).map(([name, call]) => [name, async (...args) => call(...args)]));

const callbacks = Object.fromEntries(
  Object.keys(NAMES).map((name) => [
    name,
    (...args) => {
      const done = args.pop();
      promises[name](...args).then((value) => done(null, value), done);
    },
  ]),
);

function refusing(values, name) {
  return new Proxy(values, {
    get(target, property) {
      if (property in target || typeof property === "symbol" || property === "then" || property === "__esModule" || property === "default") {
        return target[property];
      }
      return () => {
        throw new Error(`${name}: ${property} is not available in the sandbox, which reads files and writes none`);
      };
    },
  });
}

export const files = refusing({ ...sync, ...callbacks, constants: { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 }, promises: refusing(promises, "node:fs/promises") }, "node:fs");
