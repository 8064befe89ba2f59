import { fetch_rate, rate } from "rates";
import { Account, InvalidAmount } from "bank_types";
export * from "bank_types";

let calls = 0;

export class Book {
  #owner;
  #sum = 0;
  constructor(owner) {
    this.#owner = owner;
  }
  add(amount) {
    if (amount < 0) throw new RangeError(`${this.#owner} has no such amount`);
    return (this.#sum += amount);
  }
  async sync() {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return this.#sum;
  }
}

export function open_book(owner) {
  return new Book(owner);
}

export function deposit(account, amount) {
  if (amount < 0) throw new InvalidAmount("negative", { amount });
  return new Account({ id: account.id, balance: account.balance + amount, tags: [...account.tags, "deposit"] });
}

export function convert(amount, currency) {
  return amount * rate(currency);
}

export async function convert_later(amount, currency) {
  return amount * (await fetch_rate(currency));
}

export function* running(amounts) {
  let sum = 0;
  for (const amount of amounts) yield (sum += amount);
}

export async function* later(amounts) {
  for (const amount of amounts) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    yield amount;
  }
}

export function arrange(amounts) {
  amounts.sort((a, b) => a - b);
}

export function each(amounts, visit) {
  for (const amount of amounts) visit(amount);
  return amounts.length;
}

export function seen() {
  return ++calls;
}

export function echo(value) {
  return value;
}

export async function settle(amounts) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  return { sum: amounts.reduce((a, b) => a + b, 0) };
}
