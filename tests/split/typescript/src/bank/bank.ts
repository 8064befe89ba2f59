import { fetch_rate, rate } from "rates";
import { Account, InvalidAmount } from "bank_types";
export * from "bank_types";

let calls = 0;

export class Book {
  #owner: string;
  #sum = 0;
  constructor(owner: string) {
    this.#owner = owner;
  }
  add(amount: number): number {
    if (amount < 0) throw new RangeError(`${this.#owner} has no such amount`);
    return (this.#sum += amount);
  }
  async sync(): Promise<number> {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return this.#sum;
  }
}

export function open_book(owner: string): Book {
  return new Book(owner);
}

export function deposit(account: Account, amount: number): Account {
  if (amount < 0) throw new InvalidAmount("negative", { amount });
  return new Account({ id: account.id, balance: account.balance + amount, tags: [...account.tags, "deposit"] });
}

export function convert(amount: number, currency: string): number {
  return amount * rate(currency);
}

export async function convert_later(amount: number, currency: string): Promise<number> {
  return amount * (await fetch_rate(currency));
}

export function* running(amounts: number[]): IterableIterator<number> {
  let sum = 0;
  for (const amount of amounts) yield (sum += amount);
}

export async function* later(amounts: number[]): AsyncIterableIterator<number> {
  for (const amount of amounts) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    yield amount;
  }
}

export function arrange(amounts: number[]): void {
  amounts.sort((a, b) => a - b);
}

export function each(amounts: number[], visit: (amount: number) => void): number {
  for (const amount of amounts) visit(amount);
  return amounts.length;
}

export function seen(): number {
  return ++calls;
}

export function echo(value: unknown): unknown {
  return value;
}

export async function settle(amounts: number[]): Promise<Record<string, number>> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  return { sum: amounts.reduce((a, b) => a + b, 0) };
}
