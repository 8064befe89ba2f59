export type Entry = Readonly<{ day: number; account: string; cents: number }>;

export class Refused extends Error {
  readonly account: string;

  constructor(account: string, why: string) {
    super(`${account}: ${why}`);
    this.name = "Refused";
    this.account = account;
  }
}

export class Ledger {
  #entries: Entry[] = [];
  #watchers = new Set<(entry: Entry) => void>();

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  balance(account: string, until = Infinity): number {
    return this.#entries
      .filter((entry) => entry.account === account && entry.day <= until)
      .reduce((sum, entry) => sum + entry.cents, 0);
  }

  book(day: number, account: string, cents: number): Entry {
    if (!Number.isInteger(cents)) throw new Refused(account, "cents are whole");
    if (cents < 0 && this.balance(account) + cents < 0) throw new Refused(account, "not enough");
    const entry = Object.freeze({ day, account, cents });
    this.#entries.push(entry);
    this.#watchers.forEach((watcher) => watcher(entry));
    return entry;
  }

  transfer(day: number, from: string, to: string, cents: number): void {
    this.book(day, from, -cents);
    this.book(day, to, cents);
  }

  watch(watcher: (entry: Entry) => void): () => void {
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }
}

/** Waits for the bank, which answers a second later. */
export async function confirmed(entry: Entry): Promise<string> {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  return `${entry.account}@${entry.day}`;
}
