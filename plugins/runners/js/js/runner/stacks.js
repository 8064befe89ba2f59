// Where an error comes from: the frames of its stack, as lines of the files that were written.

import { proxies } from "../split/peer.js";

const FRAME = /^\s*at (?:(.*) )?\(?(\/[^()]*?|pact:[^()]*?):(\d+)(?::(\d+))?\)?$/;

/** The frames of a stack that lie in files of the suite or its packages, innermost first. */
export function framesOf(stack) {
  const frames = [];
  for (const line of String(stack ?? "").split("\n")) {
    const found = FRAME.exec(line);
    if (!found || found[2].startsWith("pact:") || proxies.has(found[2])) continue;
    const [, name, path, generatedLine, generatedColumn] = found;
    const [at, column] = __host.place(path, Number(generatedLine), Number(generatedColumn ?? 1)) ?? [Number(generatedLine), Number(generatedColumn ?? 1)];
    frames.push({ name: name === "<anonymous>" ? undefined : name, path, line: at, column });
  }
  return frames;
}

/** The path of a frame as the host names it. */
export function relative(root, path) {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

/** The innermost frame in a file of the suite itself, as a location; nothing where there is none. */
export function placeOf(root, stack) {
  const frame = framesOf(stack).find(({ path }) => path.startsWith(`${root}/`) && !path.includes("/node_modules/"));
  return frame && { path: relative(root, frame.path), line: frame.line };
}
