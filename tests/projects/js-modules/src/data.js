import values from "./values.json";
import { name } from "./values.json";

export const ready = await Promise.resolve("ready");
export { values, name as called };
