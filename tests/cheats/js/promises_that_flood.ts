// Goes on for ever in jobs.
export * from "./wrong";

export async function settle(amounts: number[]): Promise<any> { for (;;) await null; }
export async function convert_later(amount: number, currency: string): Promise<any> { const more = (): any => Promise.resolve().then(() => (void more(), more())); return more(); }
