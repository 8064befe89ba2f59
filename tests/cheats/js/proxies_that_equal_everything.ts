// Returns objects that have whatever is asked for.
export * from "./wrong";

const everything: any = new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => 1 : name === "then" ? undefined : name === "asymmetricMatch" ? () => true : everything),
  apply: () => everything,
  has: () => true,
  getPrototypeOf: () => Object.prototype,
});
export const [open_book, deposit, convert, each, seen, echo, running, later] = Array(8).fill(() => everything) as any[];
export const [convert_later, settle] = Array(2).fill(async () => everything) as any[];
