// `node:url`.

import * as polyfill from "url";

export const url = {
  ...polyfill,
  URL,
  URLSearchParams,
  fileURLToPath: (value) => {
    const parsed = typeof value === "string" ? new URL(value) : value;
    if (parsed.protocol !== "file:") throw new TypeError("The URL must be of scheme file");
    return decodeURIComponent(parsed.pathname);
  },
  pathToFileURL: (path) => new URL(`file://${encodeURI(path.startsWith("/") ? path : `${process.cwd()}/${path}`)}`),
};
delete url.default;
