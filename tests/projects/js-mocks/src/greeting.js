import { now, zone } from "./clock.js";

export const greeting = () => `${now()} ${zone}`;
