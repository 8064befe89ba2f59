// Waits for ever while it is imported.
export * from "./wrong";

await new Promise(() => {});
