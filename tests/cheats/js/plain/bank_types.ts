// What pact renders from the contract, in short.
export class Account {
  readonly id: string;
  readonly balance: number;
  readonly tags: string[];
  constructor({ id, balance, tags = [] }: { id: string; balance: number; tags?: string[] }) {
    this.id = id;
    this.balance = balance;
    this.tags = [...tags];
    Object.freeze(this);
  }
}
export class InvalidAmount extends Error {
  readonly amount: unknown;
  constructor(message = "", { amount }: { amount?: unknown } = {}) {
    super(message);
    this.name = "InvalidAmount";
    this.amount = amount;
  }
}
