// `node:util`: the inspection of Node itself, the rest from the polyfill.

import { format, formatWithOptions, inspect, stripVTControlCharacters } from "node-inspect-extracted";
import { equals } from "@vitest/expect";
import * as polyfill from "util";

export const util = {
  ...polyfill,
  format,
  formatWithOptions,
  inspect,
  stripVTControlCharacters,
  isDeepStrictEqual: (one, other) => equals(one, other, [], true),
  TextDecoder,
  TextEncoder,
  parseArgs: () => {
    throw new Error("node:util: parseArgs is not available in the sandbox");
  },
  styleText: (_, text) => text,
  toUSVString: (text) => String(text).toWellFormed(),
};
delete util.default;
