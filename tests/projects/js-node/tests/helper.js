export const globalName = "helper";
