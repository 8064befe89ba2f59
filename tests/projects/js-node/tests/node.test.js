import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash, randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import path from "node:path";
import { after, before, describe, it, mock, test } from "node:test";
import { fileURLToPath } from "node:url";
import { inspect, promisify } from "node:util";

describe("node's modules", () => {
  it("assert", () => {
    assert.deepEqual({ a: [1] }, { a: [1] });
    assert.throws(() => assert.equal(1, 2), assert.AssertionError);
  });
  it("buffer", () => {
    assert.equal(Buffer.from("grüße").toString("hex"), "6772c3bcc39f65");
    assert.equal(Buffer.from("ÿþ?>").toString("base64url"), "w7_Dvj8-");
    assert.equal(Buffer.from("w7_Dvj8-", "base64url").toString(), "ÿþ?>");
  });
  it("crypto", () => {
    assert.equal(
      createHash("sha256").update("abc").digest("hex"),
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    );
    assert.match(randomUUID(), /^[0-9a-f]{8}-/);
  });
  it("events", () => {
    const emitter = new EventEmitter();
    const seen = [];
    emitter.on("x", (value) => seen.push(value));
    emitter.emit("x", 1);
    assert.deepEqual(seen, [1]);
  });
  it("path and url", () => {
    assert.equal(path.join("/a", "../b", "c.js"), "/b/c.js");
    assert.equal(fileURLToPath("file:///a/b.js"), "/a/b.js");
  });
  it("util", async () => {
    assert.equal(inspect(new Map([["a", { b: 1 }]])), "Map(1) { 'a' => { b: 1 } }");
    assert.equal(await promisify((value, done) => done(null, value))(3), 3);
  });
});

describe("hooks", () => {
  const steps = [];
  before(() => steps.push("before"));
  after(() => assert.deepEqual(steps, ["before", "test"]));
  it("run", () => steps.push("test"));
});

test("a test inside of another", async (t) => {
  await t.test("runs", () => {});
  await assert.rejects(t.test("fails", () => assert.fail("as it is to")), /fails: as it is to/);
});

test("is skipped", { skip: true }, () => {});

test("fails", () => {
  assert.equal(1, 2);
});

test("mocks", () => {
  const add = mock.fn((a, b) => a + b);
  assert.equal(add(1, 2), 3);
  assert.equal(add.mock.callCount(), 1);
  assert.deepEqual(add.mock.calls[0].arguments, [1, 2]);
});
