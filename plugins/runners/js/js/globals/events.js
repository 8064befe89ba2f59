// Events as the web has them: EventTarget, Event, AbortController.

export class Event {
  #type;
  #init;
  #prevented = false;
  #stopped = false;
  target = null;
  currentTarget = null;
  #timeStamp;

  constructor(type, init = {}) {
    this.#type = String(type);
    this.#init = init;
  }
  // Asked for when it is looked at: whoever fires an event does not read the clock.
  get timeStamp() {
    return (this.#timeStamp ??= __host.now());
  }
  get type() {
    return this.#type;
  }
  get bubbles() {
    return Boolean(this.#init.bubbles);
  }
  get cancelable() {
    return Boolean(this.#init.cancelable);
  }
  get composed() {
    return Boolean(this.#init.composed);
  }
  get defaultPrevented() {
    return this.#prevented;
  }
  preventDefault() {
    if (this.cancelable) this.#prevented = true;
  }
  stopPropagation() {}
  stopImmediatePropagation() {
    this.#stopped = true;
  }
  /** Whether no further listener is called. */
  static isStopped(event) {
    return event.#stopped;
  }
}

export class CustomEvent extends Event {
  #detail;
  constructor(type, init = {}) {
    super(type, init);
    this.#detail = init.detail ?? null;
  }
  get detail() {
    return this.#detail;
  }
}

export class EventTarget {
  #listeners = new Map();

  addEventListener(type, listener, options) {
    if (!listener) return;
    const { once = false, signal } = typeof options === "object" && options !== null ? options : {};
    if (signal?.aborted) return;
    const listeners = this.#listeners.get(type) ?? [];
    if (listeners.some((known) => known.listener === listener)) return;
    this.#listeners.set(type, [...listeners, { listener, once }]);
    signal?.addEventListener("abort", () => this.removeEventListener(type, listener), { once: true });
  }
  removeEventListener(type, listener) {
    this.#listeners.set(type, (this.#listeners.get(type) ?? []).filter((known) => known.listener !== listener));
  }
  dispatchEvent(event) {
    event.target = event.currentTarget = this;
    const byProperty = this[`on${event.type}`];
    if (typeof byProperty === "function") byProperty.call(this, event);
    for (const { listener, once } of this.#listeners.get(event.type) ?? []) {
      if (Event.isStopped(event)) break;
      if (once) this.removeEventListener(event.type, listener);
      if (typeof listener === "function") listener.call(this, event);
      else listener.handleEvent(event);
    }
    event.currentTarget = null;
    return !event.defaultPrevented;
  }
}

// Who may make a signal: only what is in this file.
const OWN = Symbol("own");

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason;
  onabort = null;

  constructor(own) {
    if (own !== OWN) throw new TypeError("Illegal constructor");
    super();
  }
  get aborted() {
    return this.#aborted;
  }
  get reason() {
    return this.#reason;
  }
  throwIfAborted() {
    if (this.#aborted) throw this.#reason;
  }
  static make() {
    return new AbortSignal(OWN);
  }
  static fire(signal, reason) {
    if (signal.#aborted) return;
    signal.#aborted = true;
    signal.#reason = reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
    signal.dispatchEvent(new Event("abort"));
  }
  static abort(reason) {
    const signal = AbortSignal.make();
    AbortSignal.fire(signal, reason);
    return signal;
  }
  static timeout(delay) {
    const signal = AbortSignal.make();
    const reason = () => new DOMException("The operation was aborted due to timeout", "TimeoutError");
    setTimeout(() => AbortSignal.fire(signal, reason()), delay);
    return signal;
  }
  static any(signals) {
    const signal = AbortSignal.make();
    for (const other of signals) {
      if (other.aborted) AbortSignal.fire(signal, other.reason);
      else other.addEventListener("abort", () => AbortSignal.fire(signal, other.reason), { once: true });
    }
    return signal;
  }
}

export class AbortController {
  #signal = AbortSignal.make();
  get signal() {
    return this.#signal;
  }
  abort(reason) {
    AbortSignal.fire(this.#signal, reason);
  }
}
