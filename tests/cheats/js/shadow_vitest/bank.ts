// Wrong, with something beside it.
export * from "./wrong";
