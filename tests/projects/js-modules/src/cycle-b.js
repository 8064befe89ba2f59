import { a } from "./cycle-a.js";

export function nameOfB() {
  return `${a}b`;
}
