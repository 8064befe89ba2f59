// `node:timers/promises`.

const aborted = (signal) => signal?.aborted && Promise.reject(signal.reason);

export const timersPromises = {
  setTimeout: (delay, value, { signal } = {}) =>
    aborted(signal) ||
    new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, delay, value);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
  setImmediate: (value, { signal } = {}) => aborted(signal) || new Promise((resolve) => setImmediate(resolve, value)),
  async *setInterval(delay, value) {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, delay));
      yield value;
    }
  },
  scheduler: { wait: (delay) => new Promise((resolve) => setTimeout(resolve, delay)), yield: () => new Promise((resolve) => setImmediate(resolve)) },
};
