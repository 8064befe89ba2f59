// `node:test`, on vitest's runner: the same tests under the same names.

import { afterAll, afterEach, beforeAll, beforeEach, describe, test } from "@vitest/runner";
import { fn, spyOn } from "@vitest/spy";

function parts(args) {
  const name = typeof args[0] === "string" ? args.shift() : undefined;
  const options = typeof args[0] === "object" && args[0] !== null ? args.shift() : {};
  const body = args.shift();
  return { name: name ?? body?.name ?? "<anonymous>", options, body };
}

function chosen(api, options) {
  if (options.skip) return api.skip;
  if (options.todo) return api.todo;
  return options.only ? api.only : api;
}

const timeoutOf = ({ timeout }) => (Number.isFinite(timeout) ? timeout : undefined);

/** What a test's function is given. */
class Context {
  #inner;
  constructor(inner) {
    this.#inner = inner;
  }
  get name() {
    return this.#inner.task.name;
  }
  get signal() {
    return this.#inner.signal;
  }
  diagnostic() {}
  skip(message) {
    this.#inner.skip(message);
  }
  todo(message) {
    this.#inner.skip(message);
  }
  after(hook) {
    this.#inner.onTestFinished(hook);
  }
  // A test inside of another runs at once: a failure is the outer one's.
  async test(...args) {
    const { name, options, body } = parts(args);
    if (options.skip || options.todo || !body) return;
    try {
      await body(this);
    } catch (error) {
      if (error instanceof Error) error.message = `${name}: ${error.message}`;
      throw error;
    }
  }
  get mock() {
    return mock;
  }
}

function run(body) {
  if (!body) return undefined;
  // Node gives a second parameter to a test that wants to be told when it is done.
  if (body.length >= 2) {
    return (inner) =>
      new Promise((resolve, reject) => body(new Context(inner), (error) => (error ? reject(error) : resolve())));
  }
  return (inner) => body(new Context(inner));
}

function nodeTestOf(api) {
  return (...args) => {
    const { name, options, body } = parts(args);
    chosen(api, options)(name, run(body), timeoutOf(options));
    return Promise.resolve();
  };
}

function nodeDescribeOf(api) {
  return (...args) => {
    const { name, options, body } = parts(args);
    chosen(api, options)(name, body);
    return Promise.resolve();
  };
}

const variants = (api, make) => Object.assign(make(api), { skip: make(api.skip), todo: make(api.todo), only: make(api.only) });

const mock = {
  fn: (original = () => undefined, implementation = original) => withCalls(fn(implementation)),
  method: (object, name, implementation) => {
    const original = Object.getOwnPropertyDescriptor(object, name);
    const spy = spyOn(object, name);
    if (implementation) spy.mockImplementation(implementation);
    const told = withCalls(spy);
    object[name] = told;
    told.mock.restore = () => {
      if (original) Object.defineProperty(object, name, original);
      else delete object[name];
    };
    return told;
  },
  restoreAll() {},
  reset() {},
};

// Node's mocks tell of each call as an object; what vitest's spies tell cannot be replaced.
function withCalls(spy) {
  const state = spy.mock;
  const told = function (...args) {
    return new.target ? Reflect.construct(spy, args) : Reflect.apply(spy, this, args);
  };
  told.mock = {
    get calls() {
      return state.calls.map((args, at) => {
        const { type, value } = state.results[at] ?? {};
        const threw = type === "throw";
        return { arguments: args, result: threw ? undefined : value, error: threw ? value : undefined, this: state.contexts[at] };
      });
    },
    callCount: () => state.calls.length,
    resetCalls: () => void spy.mockClear(),
    restore: () => void spy.mockRestore(),
    mockImplementation: (implementation) => void spy.mockImplementation(implementation),
  };
  return told;
}

const hook = (api) => (body, options = {}) => api(() => body.length > 0 ? new Promise((resolve, reject) => body({}, (error) => (error ? reject(error) : resolve()))) : body(), timeoutOf(options));

const it = variants(test, nodeTestOf);

export const nodeTest = Object.assign(
  (...args) => it(...args),
  it,
  {
    test: it,
    it,
    describe: variants(describe, nodeDescribeOf),
    suite: variants(describe, nodeDescribeOf),
    before: hook(beforeAll),
    after: hook(afterAll),
    beforeEach: hook(beforeEach),
    afterEach: hook(afterEach),
    mock,
  },
);
nodeTest.default = nodeTest;
