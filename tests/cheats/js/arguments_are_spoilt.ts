// Changes what it was given, so that what is expected is what came.
export * from "./wrong";

export function each(amounts: number[], visit: (amount: number) => void): number { visit(amounts[0]); amounts.length = 0; return 0; }
export function echo(value: any): unknown { if (Array.isArray(value)) value.length = 0; return []; }
export function arrange(amounts: number[]): void { amounts.splice(0, 3, 1, 2, 3); }
