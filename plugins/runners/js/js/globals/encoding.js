// Text as bytes and back: the work is done in Rust.

const wellFormed = (text) => String.prototype.toWellFormed.call(text);

export class TextEncoder {
  get encoding() {
    return "utf-8";
  }
  encode(text = "") {
    return __host.encode(wellFormed(String(text)));
  }
  encodeInto(text, target) {
    let read = 0;
    let written = 0;
    for (const character of String(text)) {
      const bytes = this.encode(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      read += character.length;
      written += bytes.length;
    }
    return { read, written };
  }
}

const LABELS = ["utf-8", "utf8", "unicode-1-1-utf-8"];

export class TextDecoder {
  #strict;
  #keepsMark;
  constructor(label = "utf-8", options = {}) {
    if (!LABELS.includes(String(label).trim().toLowerCase())) {
      throw new RangeError(`The "${label}" encoding is not available in the sandbox: only utf-8 is`);
    }
    this.#strict = Boolean(options.fatal);
    this.#keepsMark = Boolean(options.ignoreBOM);
  }
  get encoding() {
    return "utf-8";
  }
  get fatal() {
    return this.#strict;
  }
  get ignoreBOM() {
    return this.#keepsMark;
  }
  decode(input) {
    if (input === undefined) return "";
    const bytes = ArrayBuffer.isView(input)
      ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
      : new Uint8Array(input);
    const text = __host.decode(bytes, this.#strict);
    return !this.#keepsMark && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }
}
