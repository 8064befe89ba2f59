export let count = 0;
export function increase() {
  count += 1;
}
export default class Counter {}
export * from "./data.js";
export * as data from "./data.js";
