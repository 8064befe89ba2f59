// Every function of the contract, none of them right. Cheats replace what they lie about.
import { Account } from "bank_types";
export * from "bank_types";

export class Book {
  owner: string;
  constructor(owner: string) {
    this.owner = owner;
  }
  add(amount: number): number {
    return -1;
  }
  async sync(): Promise<number> {
    return -1;
  }
}
export function open_book(owner: string): Book {
  return new Book("wrong");
}
export function deposit(account: Account, amount: number): Account {
  return new Account({ id: "wrong", balance: -1 });
}
export function convert(amount: number, currency: string): number {
  return -1;
}
export async function convert_later(amount: number, currency: string): Promise<number> {
  return -1;
}
export function* running(amounts: number[]): IterableIterator<number> {
  yield -1;
}
export async function* later(amounts: number[]): AsyncIterableIterator<number> {
  yield -1;
}
export function arrange(amounts: number[]): void {
  amounts.push(-1);
}
export function each(amounts: number[], visit: (amount: number) => void): number {
  return -1;
}
export function seen(): number {
  return -1;
}
export function echo(value: unknown): unknown {
  return "wrong";
}
export async function settle(amounts: number[]): Promise<Record<string, number>> {
  return {};
}
