// Gives arrays that are whatever iterates over them.
export * from "./wrong";

class Liar extends Array { static get [Symbol.species]() { return Array; } get length() { return 3; } set length(_: number) {} *[Symbol.iterator]() { yield* [25, 22]; } }
export const [open_book, deposit, convert, each, seen, echo, running, later] = Array(8).fill(() => new Liar()) as any[];
export const [convert_later, settle] = Array(2).fill(async () => new Liar()) as any[];
