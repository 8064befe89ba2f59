// Cryptography that needs no machine: hashes from @noble/hashes, random bytes from the host's seed.

import { hmac } from "@noble/hashes/hmac.js";
import { md5, ripemd160, sha1 } from "@noble/hashes/legacy.js";
import { sha224, sha256, sha384, sha512 } from "@noble/hashes/sha2.js";
import { sha3_256, sha3_384, sha3_512 } from "@noble/hashes/sha3.js";
import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { scrypt } from "@noble/hashes/scrypt.js";
import { Buffer } from "buffer";

const HASHES = { md5, ripemd160, sha1, sha224, sha256, sha384, sha512, "sha3-256": sha3_256, "sha3-384": sha3_384, "sha3-512": sha3_512 };

function hashOf(name) {
  const key = String(name).toLowerCase().replace(/^sha-(?=\d)/, "sha");
  if (!Object.hasOwn(HASHES, key)) throw new Error(`Digest method not supported: ${name}`);
  return HASHES[key];
}

const bytesOf = (data, encoding) => (typeof data === "string" ? Buffer.from(data, encoding) : Buffer.from(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength));

class Hash {
  #state;
  constructor(state) {
    this.#state = state;
  }
  update(data, encoding) {
    this.#state.update(bytesOf(data, encoding));
    return this;
  }
  copy() {
    return new Hash(this.#state.clone());
  }
  digest(encoding) {
    const bytes = Buffer.from(this.#state.digest());
    return encoding && encoding !== "buffer" ? bytes.toString(encoding) : bytes;
  }
}

const MAX_BYTES = 65536;

function getRandomValues(array) {
  if (!ArrayBuffer.isView(array) || array instanceof Float32Array || array instanceof Float64Array) {
    throw new DOMException("The data argument must be an integer-type TypedArray", "TypeMismatchError");
  }
  if (array.byteLength > MAX_BYTES) {
    throw new DOMException(`The requested length exceeds ${MAX_BYTES} bytes`, "QuotaExceededError");
  }
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(__host.randomBytes(array.byteLength));
  return array;
}

function randomUUID() {
  const bytes = __host.randomBytes(16);
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = Buffer.from(bytes).toString("hex");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}

const subtle = new Proxy(
  {
    digest: async (name, data) => {
      const bytes = hashOf(name.name ?? name)(bytesOf(data));
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    },
  },
  {
    get(methods, name) {
      if (name in methods || typeof name === "symbol") return methods[name];
      return async () => {
        throw new Error(`crypto.subtle.${name} is not available in the sandbox`);
      };
    },
  },
);

export const webcrypto = { getRandomValues, randomUUID, subtle };

function timingSafeEqual(one, other) {
  if (one.byteLength !== other.byteLength) throw new RangeError("Input buffers must have the same byte length");
  return Buffer.compare(bytesOf(one), bytesOf(other)) === 0;
}

function randomInt(low, high) {
  if (high === undefined) [low, high] = [0, low];
  return low + Math.floor(__host.random() * (high - low));
}

/** `node:crypto`, as far as it is there. */
export const crypto = {
  createHash: (name) => new Hash(hashOf(name).create()),
  createHmac: (name, key) => new Hash(hmac.create(hashOf(name), bytesOf(key))),
  hash: (name, data, encoding = "hex") => new Hash(hashOf(name).create()).update(data).digest(encoding),
  getHashes: () => Object.keys(HASHES),
  getRandomValues,
  randomUUID,
  randomInt,
  randomBytes: (count, done) => {
    const bytes = Buffer.from(__host.randomBytes(count));
    return done ? void queueMicrotask(() => done(null, bytes)) : bytes;
  },
  randomFillSync: (array) => {
    new Uint8Array(array.buffer ?? array, array.byteOffset ?? 0, array.byteLength).set(__host.randomBytes(array.byteLength));
    return array;
  },
  pbkdf2Sync: (password, salt, c, dkLen, name) => Buffer.from(pbkdf2(hashOf(name), bytesOf(password), bytesOf(salt), { c, dkLen })),
  scryptSync: (password, salt, dkLen, { N = 16384, r = 8, p = 1 } = {}) =>
    Buffer.from(scrypt(bytesOf(password), bytesOf(salt), { N, r, p, dkLen })),
  timingSafeEqual,
  webcrypto,
  subtle,
};
