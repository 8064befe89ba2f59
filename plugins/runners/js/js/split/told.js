// What the tests' side was told about errors of the component, for the report.

const told = new WeakMap();

/** Notes where the component threw an error, and what it says about that. */
export function note(error, place, detail) {
  if (typeof error === "object" && error !== null && !told.has(error)) told.set(error, { place, detail });
}

/** What was noted of an error. */
export function toldOf(error) {
  return typeof error === "object" && error !== null ? told.get(error) : undefined;
}
