// Returns a value that contains itself.
export * from "./wrong";

const self: any = {}; self.self = self;
export const [open_book, deposit, convert, each, seen, echo, running, later] = Array(8).fill(() => self) as any[];
export const [convert_later, settle] = Array(2).fill(async () => self) as any[];
