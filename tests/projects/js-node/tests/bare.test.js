import assert from "node:assert";

import { globalName } from "./helper.js";

assert.equal(globalName, "helper");
