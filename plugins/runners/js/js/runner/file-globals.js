// What a test file has made of the globals is there while it is collected and while it runs, and for no other file: in vitest each
// has a process or a thread of its own.

import { vi } from "vitest";

import { apply, intrinsicObjects } from "../split/globals.js";

const { isFakeTimers, useFakeTimers, useRealTimers } = vi;

export class FileGlobals {
  /** What the runner itself has set before any file. */
  #base;
  #current;
  #left = new Map();

  /** From now on the globals are those of this file. */
  enter(path) {
    if (path === this.#current) return;
    if (this.#current === undefined) {
      this.#base = { taken: intrinsicObjects().take(), isFake: false };
    } else {
      // vitest puts real timers back where its fake ones stand, so that is done while they do.
      const isFake = Reflect.apply(isFakeTimers, vi, []);
      if (isFake) Reflect.apply(useRealTimers, vi, []);
      this.#left.set(this.#current, { taken: intrinsicObjects().take(), isFake });
    }
    const { taken, isFake } = this.#left.get(path) ?? this.#base;
    apply(taken);
    if (isFake) Reflect.apply(useFakeTimers, vi, []);
    this.#current = path;
  }
}
