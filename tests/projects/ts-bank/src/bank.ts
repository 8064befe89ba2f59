export enum Kind {
  Deposit = "deposit",
  Withdrawal = "withdrawal",
}

export interface Entry {
  kind: Kind;
  amount: number;
}

export class NotEnough extends Error {
  constructor(readonly missing: number) {
    super(`${missing} are missing`);
    this.name = "NotEnough";
  }
}

export class Account {
  readonly entries: Entry[] = [];

  constructor(private balance = 0) {}

  deposit(amount: number): this {
    if (amount <= 0) throw new RangeError("an amount is more than 0");
    this.balance += amount;
    this.entries.push({ kind: Kind.Deposit, amount });
    return this;
  }

  withdraw(amount: number): this {
    if (amount > this.balance) throw new NotEnough(amount - this.balance);
    this.balance -= amount;
    this.entries.push({ kind: Kind.Withdrawal, amount } satisfies Entry);
    return this;
  }

  get total(): number {
    return this.balance;
  }
}
