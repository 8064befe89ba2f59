// What the sandbox does not have, said by name when somebody uses it.

const refuse = (name, why) =>
  function () {
    throw new Error(`${name}: ${why} not available in the sandbox`);
  };

export const missing = {
  fetch: async () => refuse("fetch", "the network is")(),
  XMLHttpRequest: refuse("XMLHttpRequest", "the network is"),
  WebSocket: refuse("WebSocket", "the network is"),
  EventSource: refuse("EventSource", "the network is"),
  Worker: refuse("Worker", "threads are"),
  SharedWorker: refuse("SharedWorker", "threads are"),
  BroadcastChannel: refuse("BroadcastChannel", "threads are"),
};
