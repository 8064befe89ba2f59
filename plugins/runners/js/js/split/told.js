// What the tests' side was told about errors of the component, for the report. It is kept at the error itself: the framework
// reports copies of errors.

export const DETAIL = "pactDetail";

/** Notes what the component says about an error that it threw. */
export function note(error, detail) {
  if (error instanceof Error && detail && !Object.hasOwn(error, DETAIL)) {
    Object.defineProperty(error, DETAIL, { value: detail, enumerable: false, configurable: true });
  }
}
