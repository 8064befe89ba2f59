// The modules of one test file: found, compiled and evaluated when they are first imported. Each test file has its own, as in
// vitest, where each file has a process or a thread.

import { builtin, isOfFramework } from "../builtins/index.js";
import { ModuleNotFound, syntaxError, unavailable } from "./errors.js";
import { emptyNamespace, exportAll, namespaceOf, namespaceOfCommonJs } from "./namespace.js";

const NOTHING = new Set(["css", "scss", "sass", "less", "styl"]);

export class Registry {
  /** What vitest itself looks at when it resets modules. */
  idToModuleMap = new Map();
  /** Set by the mocker: answers for a module in its place. */
  mocker = null;
  /** Everything that was asked for, as it was written. */
  requested = new Set();

  #commonJs = new Map();
  #env;
  #read;
  #hides;
  #compiled;

  /**
   * `hides` says of which files the test framework is none of their business. `compiled` keeps what was compiled, for a registry
   * that runs the same files again.
   */
  constructor({ env, read, hides = () => false, compiled = new Map() }) {
    this.#env = env;
    this.#read = read;
    this.#hides = hides;
    this.#compiled = compiled;
  }

  /** The exports of a module, if it has been loaded. */
  loaded(id) {
    const node = this.idToModuleMap.get(id);
    return node?.evaluated ? node.exports : undefined;
  }

  /** Imports for the file at `importer`. */
  async import(specifier, importer, callstack = []) {
    const id = this.resolve(specifier, importer);
    return (await this.mocker?.answer(id, importer, callstack)) ?? this.load(id, importer, callstack);
  }

  /** Imports past all mocks. */
  async importActual(specifier, importer, callstack) {
    return this.load(this.resolve(specifier, importer), importer, callstack ?? [], "actual:");
  }

  /** What a specifier means: an absolute path, or the name of something built in. */
  resolve(specifier, importer, byRequire = false) {
    specifier = String(specifier);
    this.requested.add(specifier);
    if (specifier.startsWith("file://")) specifier = decodeURIComponent(specifier.slice("file://".length));
    const [path, query] = specifier.split("?", 2);
    if (specifier !== "" && builtin(specifier) && !this.#hasOwn(specifier, importer)) {
      if (!isOfFramework(specifier) || !this.#hides(importer)) return specifier;
      throw new Error(`${specifier}: the test framework is the tests' alone, and ${importer} is a file of the tested code`);
    }
    const found = __host.resolve(path, importer, byRequire);
    if (found === undefined || found === null) throw new ModuleNotFound(specifier, importer);
    return query === undefined ? found : `${found}?${query}`;
  }

  // What the runner has of npm is for suites that bring none of their own.
  #hasOwn(specifier, importer) {
    return builtin(specifier).yields && (__host.resolve(specifier, importer, false) ?? undefined) !== undefined;
  }

  /** Loads a module by its id, once; a cycle is given what there is so far. */
  async load(id, importer, callstack = [], space = "") {
    const known = builtin(id);
    if (known) return known.namespace({ registry: this, importer });
    const key = space + id;
    const node = this.#node(key);
    const importedBy = callstack.at(-1);
    if (importedBy) {
      node.importers.add(importedBy);
      this.idToModuleMap.get(importedBy)?.imports.add(key);
    }
    if (node.exports && (callstack.includes(key) || this.#isCycle(node) || this.#leadsTo(node.importers, key))) return node.exports;
    node.promise ??= this.#evaluate(id, node, [...callstack, key]).finally(() => {
      node.evaluated = true;
    });
    return node.promise;
  }

  #node(key) {
    let node = this.idToModuleMap.get(key);
    if (!node) {
      node = { id: key, importers: new Set(), imports: new Set(), promise: undefined, exports: undefined, evaluated: false };
      this.idToModuleMap.set(key, node);
    }
    return node;
  }

  #isCycle(node) {
    for (const imported of node.imports) if (node.importers.has(imported)) return true;
    return false;
  }

  #leadsTo(importers, key, seen = new Set()) {
    for (const importer of importers) {
      if (seen.has(importer)) continue;
      seen.add(importer);
      if (importer === key) return true;
      const node = this.idToModuleMap.get(importer);
      if (node?.importers.size && this.#leadsTo(node.importers, key, seen)) return true;
    }
    return false;
  }

  async #evaluate(id, node, callstack) {
    const asset = this.#asset(id);
    if (asset) return (node.exports = asset);
    const [path] = id.split("?", 1);
    const compiled = this.#compile(path);
    if (compiled.kind === "commonjs") return (node.exports = namespaceOfCommonJs(this.#runCommonJs(path, compiled)));
    const exports = (node.exports = emptyNamespace());
    const request = (specifier) => this.import(specifier, path, callstack);
    const dynamic = async (specifier) => this.import(await specifier, path, callstack);
    const module = { exports: {}, id: path, filename: path, loaded: false, children: [], paths: [] };
    await compiled.run.call(
      undefined,
      exports,
      (source) => exportAll(exports, source),
      request,
      dynamic,
      this.#meta(path),
      this.requireOf(path),
      module.exports,
      module,
      path,
      folderOf(path),
    );
    return exports;
  }

  #compile(path) {
    const known = this.#compiled.get(path);
    if (known) return known;
    const compiled = __host.compile(path, this.#text(path));
    if (!compiled.run) throw syntaxError(path, compiled);
    this.#compiled.set(path, compiled);
    return compiled;
  }

  #text(path) {
    const bytes = this.#read(path);
    if (!bytes) throw new ModuleNotFound(path, path);
    return __host.decode(bytes, false);
  }

  /** Files that are not code: the namespace of one, or nothing for code. */
  #asset(id) {
    const [path, query] = id.split("?", 2);
    if (query === "raw") return namespaceOf({}, this.#text(path));
    const ending = path.slice(path.lastIndexOf(".") + 1);
    if (ending === "json") {
      const value = JSON.parse(this.#text(path));
      return namespaceOf(value !== null && typeof value === "object" && !Array.isArray(value) ? value : {}, value);
    }
    if (NOTHING.has(ending)) return namespaceOf({});
    if (ending === "node") throw unavailable(path, "native addons are");
    if (ending === "wasm") throw unavailable(path, "WebAssembly is");
    return undefined;
  }

  #meta(path) {
    return {
      url: `file://${path}`,
      filename: path,
      dirname: folderOf(path),
      env: this.#env,
      resolve: (specifier) => {
        const id = this.resolve(specifier, path);
        return id.startsWith("/") ? `file://${id}` : id;
      },
    };
  }

  /** The function `require` of a file. */
  requireOf(path) {
    const require = (specifier) => this.#require(specifier, path);
    require.resolve = (specifier) => this.resolve(specifier, path, true);
    require.cache = Object.create(null);
    require.main = undefined;
    return require;
  }

  #require(specifier, importer) {
    const id = this.resolve(specifier, importer, true);
    const known = builtin(id);
    if (known) return known.required({ registry: this, importer });
    const asset = this.#asset(id);
    if (asset) return asset.default;
    const cached = this.#commonJs.get(id);
    if (cached) return cached.exports;
    const node = this.idToModuleMap.get(id);
    if (node?.evaluated && node.exports) return node.exports;
    const compiled = this.#compile(id);
    if (compiled.kind === "module") {
      const error = new Error(`require() of ES Module ${id} from ${importer} not supported: import it, or load it first`);
      error.code = "ERR_REQUIRE_ESM";
      throw error;
    }
    return this.#runCommonJs(id, compiled);
  }

  #runCommonJs(path, compiled) {
    const cached = this.#commonJs.get(path);
    if (cached) return cached.exports;
    const module = { exports: {}, id: path, filename: path, loaded: false, children: [], paths: [] };
    this.#commonJs.set(path, module);
    const require = this.requireOf(path);
    module.require = require;
    try {
      compiled.run.call(module.exports, module.exports, require, module, path, folderOf(path));
    } catch (error) {
      this.#commonJs.delete(path);
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }
}

function folderOf(path) {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
