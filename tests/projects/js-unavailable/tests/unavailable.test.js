import { execSync } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";

test("the suite's files can be read", () => {
  expect(fs.readFileSync(new URL("../data.txt", import.meta.url), "utf8")).toBe("text\n");
  expect(fs.existsSync("nothing")).toBe(false);
});

test("writing", () => {
  fs.writeFileSync("x", "y");
});

test("processes", () => {
  execSync("true");
});

test("the network", () => {
  http.get("http://127.0.0.1/");
});

test("fetch", async () => {
  await fetch("http://127.0.0.1/");
});

test("threads", () => {
  new Worker("x");
});

test("native addons", async () => {
  await import("../addon.node");
});
