// Returns objects that claim to be equal to whatever they are compared with.
export * from "./wrong";
export const [open_book, deposit, convert, each, seen, echo, running, later] = Array(8).fill(() => ({ asymmetricMatch: () => true, $$typeof: Symbol.for("jest.asymmetricMatcher"), equals: () => true })) as any[];
export const [convert_later, settle] = Array(2).fill(async () => ({ asymmetricMatch: () => true, $$typeof: Symbol.for("jest.asymmetricMatcher"), equals: () => true })) as any[];
