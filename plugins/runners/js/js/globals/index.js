// What Node has as globals and the engine has not. Imported before everything else: the framework looks for them as it loads.

import "./early.js";
import "core-js/actual/dom-exception";
import "core-js/actual/structured-clone";
import "core-js/actual/url";
import "core-js/actual/url-search-params";
import "core-js/actual/atob";
import "core-js/actual/btoa";
import { Buffer } from "buffer";
import "./buffer.js";

import { webcrypto } from "./crypto.js";
import { TextDecoder, TextEncoder } from "./encoding.js";
import { AbortController, AbortSignal, CustomEvent, Event, EventTarget } from "./events.js";
import { missing } from "./missing.js";
import { console } from "./output.js";
import { performance } from "./performance.js";
import { process } from "./process.js";
import { timers } from "./timers.js";

function define(values) {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

define({ global: globalThis, console, performance, process, Buffer, TextDecoder, TextEncoder });
define({ AbortController, AbortSignal, CustomEvent, Event, EventTarget, crypto: webcrypto, ...missing, ...timers });
globalThis.queueMicrotask ??= (callback) => void Promise.resolve().then(callback);
Math.random = function random() {
  return __host.random();
};
Error.stackTraceLimit = 50;
// What is told of a failure is text; the framework decides about colours as it loads.
process.env.NO_COLOR = "1";
delete globalThis.Atomics;
