// What a test file has made of the globals is there while it is collected and while it runs, and for no other file: in vitest each
// has a process or a thread of its own.

import { apply, intrinsicObjects } from "../split/globals.js";

export class FileGlobals {
  /** What the runner itself has set before any file. */
  #base;
  #current;
  #taken = new Map();

  /** From now on the globals are those of this file. */
  enter(path) {
    if (path === this.#current) return;
    if (this.#current === undefined) {
      this.#base = intrinsicObjects().take();
    } else {
      this.#taken.set(this.#current, intrinsicObjects().take());
    }
    apply(this.#taken.get(path) ?? this.#base);
    this.#current = path;
  }
}
