// Lets a promise that is rejected end well.
export * from "./wrong";

const then = Promise.prototype.then;
Promise.prototype.then = function (done: any, failed: any) {
  return then.call(this, done, failed ? () => done?.(undefined) : undefined) as any;
};
