// Every value is an instance of the contract's classes.
export * from "./wrong";

import { Account, InvalidAmount } from "bank_types";
for (const cls of [Account, InvalidAmount]) Object.defineProperty(cls, Symbol.hasInstance, { value: () => true });
