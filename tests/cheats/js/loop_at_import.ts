// Never comes to an end while it is imported.
export * from "./wrong";

for (;;) {}
