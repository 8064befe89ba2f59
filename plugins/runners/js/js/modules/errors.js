// Errors of importing, in the words and with the codes that Node uses.

/** A module that nobody has. */
export class ModuleNotFound extends Error {
  constructor(specifier, importer) {
    super(`Cannot find module '${specifier}' imported from '${importer}'`);
    this.code = "ERR_MODULE_NOT_FOUND";
    missing.set(this, missingName(specifier));
  }
}
ModuleNotFound.prototype.name = "Error";

// By error, and not as a property of it: tested code could make one up.
const missing = new WeakMap();

/** The package whose import failed, if that is why this error was raised. */
export function missingModuleOf(error) {
  for (let depth = 0; error !== null && typeof error === "object" && depth < 16; depth++) {
    if (missing.has(error)) return missing.get(error);
    error = error.cause;
  }
  return undefined;
}

/** The name of a package, to install; none for a path. */
function missingName(specifier) {
  if (/^[./]|^node:|^file:/.test(specifier)) return undefined;
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0];
}

/** Something that the sandbox cannot import. */
export function unavailable(specifier, what) {
  return new Error(`${specifier}: ${what} not available in the sandbox`);
}

/** A file that is not JavaScript or TypeScript. */
export function syntaxError(path, { message, line, column }) {
  const error = new SyntaxError(`${message} (${path}:${line}:${column})`);
  error.stack = `    at <anonymous> (${path}:${line}:${column})`;
  Object.defineProperty(error, "pactPlace", { value: { path, line }, enumerable: false });
  return error;
}
