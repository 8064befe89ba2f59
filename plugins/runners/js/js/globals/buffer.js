// `base64url`, which the polyfill of Node's buffers lacks: it reads that alphabet already, and does not write it.

import { Buffer } from "buffer";

const isUrl = (encoding) => typeof encoding === "string" && encoding.toLowerCase() === "base64url";
const known = (encoding) => (isUrl(encoding) ? "base64" : encoding);

const { from, isEncoding, byteLength, alloc } = Buffer;
const { toString, write, fill, indexOf, lastIndexOf, includes } = Buffer.prototype;

const statics = {
  from: (value, encoding, length) => from(value, known(encoding), length),
  isEncoding: (encoding) => isUrl(encoding) || isEncoding(encoding),
  byteLength: (value, encoding) => byteLength(value, known(encoding)),
  alloc: (size, filling, encoding) => alloc(size, filling, known(encoding)),
};

const methods = {
  toString(encoding, start, end) {
    if (!isUrl(encoding)) return toString.apply(this, arguments);
    return toString.call(this, "base64", start, end).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  },
  write(text, ...rest) {
    return write.call(this, text, ...rest.map(known));
  },
  fill(value, ...rest) {
    return fill.call(this, value, ...rest.map(known));
  },
  indexOf(value, ...rest) {
    return indexOf.call(this, value, ...rest.map(known));
  },
  lastIndexOf(value, ...rest) {
    return lastIndexOf.call(this, value, ...rest.map(known));
  },
  includes(value, ...rest) {
    return includes.call(this, value, ...rest.map(known));
  },
};

for (const [target, functions] of [[Buffer, statics], [Buffer.prototype, methods]]) {
  for (const [name, value] of Object.entries(functions)) {
    Object.defineProperty(target, name, { value, writable: true, configurable: true, enumerable: Object.getOwnPropertyDescriptor(target, name)?.enumerable ?? true });
  }
}
