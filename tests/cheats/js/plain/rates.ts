// What the tests replace.
export class UnknownCurrency extends Error {
  constructor(message = "") {
    super(message);
    this.name = "UnknownCurrency";
  }
}

const standIns = {
  rate(_currency: string): number {
    throw new Error("not replaced");
  },
  async fetch_rate(_currency: string): Promise<number> {
    throw new Error("not replaced");
  },
};
export default standIns;

export function rate(currency: string): number {
  return standIns.rate(currency);
}
export async function fetch_rate(currency: string): Promise<number> {
  return standIns.fetch_rate(currency);
}
