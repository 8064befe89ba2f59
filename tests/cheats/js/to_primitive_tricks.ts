// Returns objects that become any number or text that is wanted.
export * from "./wrong";

const number = { valueOf: () => 6, toString: () => "6", [Symbol.toPrimitive]: () => 6 };
export const [open_book, deposit, convert, each, seen, echo, running, later] = Array(8).fill(() => number) as any[];
export const [convert_later, settle] = Array(2).fill(async () => number) as any[];
