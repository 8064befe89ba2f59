// A failure in words: the error, what was expected and what came, the lines around its place, the way to it.

import { DETAIL } from "../split/told.js";
import { framesOf, relative } from "./stacks.js";

const CONTEXT = 2;
const MAX_FRAMES = 12;

/** The one line that stands for a failure. */
export function messageOf(error) {
  const message = String(error?.message ?? error);
  const name = error?.name && error.name !== "AssertionError" ? `${error.name}: ` : "";
  return clean(name + (message.split("\n", 1)[0] || "(no message)"));
}

/** What people read of a failure; `output` is what was printed meanwhile. */
export function detailOf(errors, { root, read, output }) {
  const parts = errors.map((error) => describe(error, root, read));
  if (output) parts.push(`printed:\n${output.replace(/\n$/, "")}`);
  return clean(parts.join("\n\n"));
}

function describe(error, root, read) {
  const lines = [`${error?.name ?? "Error"}: ${error?.message ?? error}`];
  if (error?.diff && error.diff !== "undefined") lines.push("", error.diff);
  const frames = framesOf(error?.stack);
  const own = frames.find(({ path }) => path.startsWith(`${root}/`));
  if (own) lines.push("", ...frame(own, read));
  for (const { name, path, line, column } of frames.slice(0, MAX_FRAMES)) {
    lines.push(`    at ${name ? `${name} (` : ""}${relative(root, path)}:${line}:${column}${name ? ")" : ""}`);
  }
  const told = error?.[DETAIL];
  if (typeof told === "string") lines.push("", "in the component:", told);
  if (error?.cause) lines.push("", `caused by: ${describe(error.cause, root, read)}`);
  return lines.join("\n");
}

function frame({ path, line, column }, read) {
  const bytes = read(path);
  if (!bytes) return [];
  const source = __host.decode(bytes, false).split("\n");
  const first = Math.max(1, line - CONTEXT);
  const last = Math.min(source.length, line + CONTEXT);
  const width = String(last).length;
  const lines = [];
  for (let at = first; at <= last; at++) {
    lines.push(`  ${String(at).padStart(width)} | ${source[at - 1]}`);
    if (at === line) lines.push(`  ${" ".repeat(width)} | ${" ".repeat(Math.max(0, column - 1))}^`);
  }
  return [...lines, ""];
}

/** Text that the boundary can carry: a lone surrogate would end the session. */
export function clean(text) {
  return String(text).toWellFormed();
}
