import { nameOfB } from "./cycle-b.js";

export const a = "a";
export function both() {
  return a + nameOfB();
}
