// Only the tests and what is named as theirs can import the framework. Tested code may find it there.
export { getCurrentTest } from "@vitest/runner";
