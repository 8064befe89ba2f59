// What vitest's runner forgets while it collects, noted for later: the templates of titles, and which tests were to run before
// an `.only` elsewhere left them out. `bundle.mjs` has the runner call these.

let templates = new Map();
let modes = new WeakMap();

/** Begins a file. Returns its titles, which are filled while it is collected. */
export function beginFile() {
  templates = new Map();
  return templates;
}

/** The innermost place in a file that a stack names, as `{ line, column }`; nothing where it names none. */
export function placeIn(path, stack) {
  const at = stack.indexOf(`${path}:`);
  if (at < 0) return undefined;
  const [line, column] = stack.slice(at + path.length + 1, at + path.length + 32).split(/[:)\n]/, 2);
  return { line: Number(line), column: Number(column) || 1 };
}

/** A title was made of a template. */
export function noteTitle(template, title) {
  templates.set(title, template);
  return title;
}

/** A file was collected, and nothing was left out yet. */
export function noteModes(suite) {
  for (const task of suite.tasks) {
    modes.set(task, task.mode);
    if (task.type === "suite") noteModes(task);
  }
}

/** Whether a test that does not run would have, but for an `.only`. */
export function wasLeftOut(test) {
  for (let task = test; task && task !== task.file; task = task.suite) {
    const mode = modes.get(task);
    if (mode === "skip" || mode === "todo") return false;
  }
  return test.mode === "skip";
}
