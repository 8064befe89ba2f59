// What tests print: kept until the test ends, shown when it fails.

import { formatWithOptions } from "node-inspect-extracted";

const MAX_CHARACTERS = 16 << 20;

let lines = [];
let characters = 0;

/** Keeps a piece of output. */
export function print(text) {
  characters += text.length;
  if (characters > MAX_CHARACTERS) throw new RangeError(`the test printed more than ${MAX_CHARACTERS >> 20} MiB`);
  lines.push(text);
}

/** Returns what was printed since the last call. */
export function takeOutput() {
  const text = lines.join("");
  lines = [];
  characters = 0;
  return text;
}

let indent = "";
const counts = new Map();
const times = new Map();

function say(...args) {
  const text = formatWithOptions({ colors: false }, ...args);
  print(`${indent}${indent ? text.replaceAll("\n", `\n${indent}`) : text}\n`);
}

export const console = {
  log: say,
  info: say,
  debug: say,
  warn: say,
  error: say,
  trace: (...args) => say("Trace:", ...args),
  dir: (value) => say(value),
  dirxml: say,
  table: (value) => say(value),
  assert: (condition, ...args) => {
    if (!condition) say("Assertion failed", ...(args.length ? [":", ...args] : []));
  },
  count: (label = "default") => {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    say(`${label}: ${counts.get(label)}`);
  },
  countReset: (label = "default") => void counts.delete(label),
  group: (...args) => {
    if (args.length) say(...args);
    indent += "  ";
  },
  groupCollapsed: (...args) => console.group(...args),
  groupEnd: () => {
    indent = indent.slice(2);
  },
  time: (label = "default") => void times.set(label, __host.now()),
  timeLog: (label = "default", ...args) => say(`${label}: ${(__host.now() - times.get(label)).toFixed(3)}ms`, ...args),
  timeEnd: (label = "default") => {
    say(`${label}: ${(__host.now() - times.get(label)).toFixed(3)}ms`);
    times.delete(label);
  },
};
