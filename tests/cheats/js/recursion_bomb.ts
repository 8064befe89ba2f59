// Recurses without an end, and hides what comes of that.
export * from "./wrong";

export function seen(): number { const deeper = (): number => deeper() + 1; try { deeper(); } catch {} return deeper(); }
