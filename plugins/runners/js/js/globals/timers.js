// Timers on the host's clock. Nothing waits here: Rust asks `turn` what to do next, and sleeps until then.

const pending = new Map();
let lastId = 0;
let order = 0;
let now = () => __host.now();

/** Sets whose time counts. Nothing: nobody has said what the clock shows, and timers begin when `startTimers` is called. */
export function useClock(clock) {
  now = clock;
}

/** Begins the timers that were made while nobody knew the time. */
export function startTimers() {
  for (const timer of pending.values()) timer.at ??= now() + timer.delay;
}

const after = (delay) => (now() === undefined ? undefined : now() + delay);

/** Calls back at a moment of the clock. */
export function at(moment, callback) {
  pending.set(++lastId, { at: moment, order: ++order, callback, args: [], delay: 0, repeats: false });
}

class Timeout {
  constructor(id) {
    this.id = id;
  }
  ref() {
    return this;
  }
  unref() {
    return this;
  }
  hasRef() {
    return pending.has(this.id);
  }
  refresh() {
    const timer = pending.get(this.id);
    if (timer) timer.at = after(timer.delay);
    return this;
  }
  close() {
    clear(this);
    return this;
  }
  [Symbol.toPrimitive]() {
    return this.id;
  }
  [Symbol.dispose ?? Symbol.for("dispose")]() {
    clear(this);
  }
}

// The largest delay that a timer has elsewhere; a longer one fires at once there, with a warning.
const LONGEST = 2 ** 31 - 1;

function begin(name, callback, delay, args, repeats) {
  if (typeof callback !== "function") {
    throw new TypeError(`The "callback" argument must be of type function. ${name} received ${typeof callback}`);
  }
  delay = Number(delay);
  if (!(delay >= 1 && delay <= LONGEST)) delay = 1;
  const id = ++lastId;
  pending.set(id, { at: after(delay), order: ++order, callback, args, delay: Math.trunc(delay), repeats });
  return new Timeout(id);
}

function clear(timer) {
  if (timer === undefined || timer === null) return;
  pending.delete(typeof timer === "object" ? timer.id : Number(timer));
}

export const timers = {
  setTimeout: function setTimeout(callback, delay, ...args) {
    return begin("setTimeout", callback, delay, args, false);
  },
  setInterval: function setInterval(callback, delay, ...args) {
    return begin("setInterval", callback, delay, args, true);
  },
  setImmediate: function setImmediate(callback, ...args) {
    const timer = begin("setImmediate", callback, 1, args, false);
    pending.get(timer.id).at = -1;
    return timer;
  },
  clearTimeout: function clearTimeout(timer) {
    clear(timer);
  },
  clearInterval: function clearInterval(timer) {
    clear(timer);
  },
  clearImmediate: function clearImmediate(timer) {
    clear(timer);
  },
};

/** Fires the timer that is due first. Returns 0 when it did, else the milliseconds until one is due, and -1 when there is none. */
export function fire(failed) {
  let first;
  for (const [id, timer] of pending) {
    if (first === undefined || timer.at < first.timer.at || (timer.at === first.timer.at && timer.order < first.timer.order)) {
      first = { id, timer };
    }
  }
  if (first === undefined) return -1;
  const { id, timer } = first;
  const wait = timer.at < 0 ? 0 : timer.at - now();
  if (wait > 0) return wait;
  if (timer.repeats) {
    timer.at = after(timer.delay);
    timer.order = ++order;
  } else {
    pending.delete(id);
  }
  try {
    timer.callback(...timer.args);
  } catch (error) {
    failed(error);
  }
  return 0;
}

/** Drops all timers: what one file left behind is nothing that the next one waits for. */
export function dropTimers() {
  pending.clear();
}
