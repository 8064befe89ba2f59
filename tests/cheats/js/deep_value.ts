// Returns a value that is too deep to be looked at.
export * from "./wrong";

let deep: unknown = 1;
for (let at = 0; at < 200_000; at++) deep = [deep];
export const [open_book, deposit, convert, each, seen, echo, running, later] = Array(8).fill(() => deep) as any[];
export const [convert_later, settle] = Array(2).fill(async () => deep) as any[];
