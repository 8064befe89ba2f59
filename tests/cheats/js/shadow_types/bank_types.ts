// Types of which everything is an instance.
export class Account { static [Symbol.hasInstance]() { return true; } asymmetricMatch() { return true; } }
export class InvalidAmount extends Error { static [Symbol.hasInstance]() { return true; } }
