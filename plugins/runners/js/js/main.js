// The bundle's entry. Evaluated when the component is built; what it gives back is what Rust calls in a run.

import "./globals/index.js";

import { setSafeTimers } from "@vitest/utils/timers";

import { fire } from "./globals/timers.js";
import { describe } from "./runner/identity.js";
import { noteIntrinsics } from "./split/globals.js";
import { testedSide } from "./split/tested-side.js";
import { noteFramework } from "./runner/integrity.js";
import { Session } from "./runner/session.js";
import { warmUp } from "./runner/warm-up.js";

let session;

export { describe };
export { answer, goOn, reset, serve } from "./split/tested-side.js";

/** Brings the bundle into the state that every run starts from. */
export function warm() {
  delete process.env.NO_COLOR;
  setSafeTimers();
  warmUp();
  noteIntrinsics();
  noteFramework();
}

/** Begins a run; `turn` says when it is over. */
export function start(suite) {
  session = new Session(suite);
  session.run();
}

/** Called whenever no job is left: nothing when the run is over, else the milliseconds until it goes on, and -1 when it cannot. */
export function turn() {
  return session.isOver ? undefined : fire((error) => session.unhandled(error));
}

/** Nothing is left that could go on: ends the run with a word about what waits. */
export function stuck() {
  session.stuck();
}

/** A promise was rejected and nobody looked, or somebody looked after all. */
export function rejected(promise, reason, isHandled) {
  (session ?? testedSide())?.rejected(promise, reason, isHandled);
}

export function summary() {
  return session.summary();
}
