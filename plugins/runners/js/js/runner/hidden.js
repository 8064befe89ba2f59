// What vitest's modules share with each other, and nobody else: tested code that found it could say of itself that it passed.
// `bundle.mjs` puts these bindings where vitest looks for globals of the same names.

export let __vitest_worker__;
export let __vitest_mocker__;

export function setWorker(state) {
  __vitest_worker__ = state;
}

export function setMocker(mocker) {
  __vitest_mocker__ = mocker;
}
