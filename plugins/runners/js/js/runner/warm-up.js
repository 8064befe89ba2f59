// What is done once when the component is built, so that no run has to.

import { configuration, install } from "./worker.js";

export function warmUp() {
  // Whoever looks for the state before a run has begun finds the defaults.
  install(configuration("/work", {}));
}
