// Which of the collected tests run: what `.only`, the keyword and the host leave of them.

/** Says how tests are picked; `keyword` is a regular expression for the full name, as `vitest -t` takes it. */
export class Selection {
  #keyword;
  #only;
  #paths;

  /** Throws a `SyntaxError` for a keyword that is no regular expression. */
  constructor({ keyword, only, paths }) {
    this.#keyword = keyword ? new RegExp(keyword) : null;
    this.#only = new Set(only);
    this.#paths = paths;
  }

  /** Whether the host picks tests by their ids, so that the others are not even left out by a selection. */
  get picksIds() {
    return this.#only.size > 0;
  }

  /** The files to collect, of those that hold tests. */
  files(files) {
    const wanted = new Set(this.#paths.map((path) => path.split("::", 1)[0]));
    if (wanted.size === 0) return files;
    return [...new Set([...files.filter((file) => wanted.has(file)), ...wanted])];
  }

  /** Says of a test whether it runs: `"run"`, `"deselected"`, or `"unwanted"` when the host did not ask for it. */
  decide(test, { id, function: name }, isLeftOut) {
    if (this.picksIds) return this.#only.has(id) ? "run" : "unwanted";
    if (!this.#meant(id) && !this.#meant(name)) return "unwanted";
    if (isLeftOut || (this.#keyword && !this.#keyword.test(fullName(test)))) return "deselected";
    return "run";
  }

  /** The ids that the host asked for and no test has. */
  lacking(ids) {
    return [...this.#only].filter((id) => !ids.has(id));
  }

  /** Whether a test of this name was asked for: by its id, or by the name that all cases of a table have. */
  #meant(id) {
    const named = this.#paths.filter((path) => path.includes("::"));
    const whole = this.#paths.filter((path) => !path.includes("::"));
    if (this.#paths.length === 0 || whole.some((path) => id.startsWith(`${path}::`) || id === path)) return true;
    return named.some((name) => id === name || id.startsWith(`${name} > `));
  }
}

function fullName(test) {
  const names = [];
  for (let task = test; task && task !== task.file; task = task.suite) names.unshift(task.name);
  return names.join(" ");
}

/** Takes tests out of a file, and every `describe` that is empty then. */
export function keepOnly(suite, kept) {
  suite.tasks = suite.tasks.filter((task) => (task.type === "suite" ? (keepOnly(task, kept), task.tasks.length > 0) : kept.has(task)));
}

