// Errors: taken apart where they were thrown, thrown again on the other side as the first of their classes that both sides know:
// those that the contract declares, and those of the language.

import { ZodError, ZodRealError } from "zod";

import { className } from "./refusals.js";
import { DETAIL } from "./told.js";
import { define } from "./reader.js";

const LANGUAGE = new Map([AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, Error].map((cls) => [cls.name, cls]));
const NAME_OF = new Map([...LANGUAGE].map(([name, cls]) => [cls, name]));

/** Names that no attribute can have. */
const MESSAGE = "%message";
const ORIGIN = "%origin";
/** A value was thrown that is no error. */
const THROWN_VALUE = "%value";
const ZOD = "zod.ZodError";

/** Attributes that an error has without being asked, or that it must not be given. */
const UNCARRIED = new Set(["stack", "message", "constructor", "__proto__", "prototype", DETAIL]);
/** Those that a constructor makes so that they are not listed. */
const UNLISTED = ["cause", "errors"];

/** By error that was made here for one of the tests: the handle of that. */
const originals = new WeakMap();

/** What an error says, whatever its class does when asked. */
export function messageOf(error) {
  try {
    return String(error instanceof Error ? error.message : error).toWellFormed();
  } catch {
    return `<${className(error)} that cannot be printed>`;
  }
}

/** Takes apart what was thrown. */
export function describe(error, writer, place, detail) {
  const told = { message: messageOf(error), place, detail, arguments: [], attributes: [] };
  if (!(error instanceof Error)) {
    const index = writer.tryAdd(error) ?? writer.put(undefined, ["text", told.message]);
    return { ...told, classes: [THROWN_VALUE], arguments: [index] };
  }
  return { ...told, classes: classesOf(error, writer.side), attributes: attributesOf(error, writer) };
}

/** Makes what the other side threw. */
export function restore(raised, objects, side) {
  const attributes = raised.attributes.map(([name, index]) => [name, objects[index]]);
  const original = side.original(attributes);
  if (original) return original;
  if (raised.classes[0] === THROWN_VALUE && raised.arguments.length === 1) return objects[raised.arguments[0]];
  return made(raised.classes, raised.message, attributes, side);
}

/** The node of an error that is passed as a value, not thrown. */
export function take(writer, error) {
  const name = classesOf(error, writer.side).find((name) => isKnown(name, writer.side)) ?? "Error";
  const fields = [[MESSAGE, writer.put(undefined, ["text", messageOf(error)])], ...attributesOf(error, writer)];
  return ["structure", name, fields.map(([name]) => name), fields.map(([, index]) => index)];
}

/** Makes an error that was passed as a value; nothing where the name is none of an error. */
export function readValue(name, fields, side) {
  if (!isKnown(name, side)) return undefined;
  const original = side.original(fields);
  if (original) return original;
  const message = fields.find(([field]) => field === MESSAGE)?.[1];
  return made([name], typeof message === "string" ? message : "", fields, side);
}

/** The origin among attributes. */
export function originOf(attributes) {
  return attributes.find(([name]) => name === ORIGIN)?.[1];
}

export const ORIGIN_NAME = ORIGIN;

function isKnown(name, side) {
  return name === ZOD || LANGUAGE.has(name) || side.declared.named(name)?.isError === true;
}

function classesOf(error, side) {
  const classes = [];
  if (error instanceof ZodError) classes.push(ZOD);
  for (let prototype = Object.getPrototypeOf(error); prototype && prototype !== Object.prototype; prototype = Object.getPrototypeOf(prototype)) {
    const cls = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
    if (typeof cls !== "function") continue;
    const name = side.declared.ofClass(cls)?.name ?? NAME_OF.get(cls) ?? cls.name;
    if (typeof name === "string" && name && name.length < 200) classes.push(name.toWellFormed());
  }
  return classes.length > 0 ? classes : ["Error"];
}

function attributesOf(error, writer) {
  const names = [...Object.keys(error), ...UNLISTED.filter((name) => Object.hasOwn(error, name))];
  if (error instanceof ZodError) names.push("issues");
  const attributes = [];
  writer.inside(error, () => {
    for (const name of new Set(names)) {
      if (UNCARRIED.has(name) || name.startsWith("%") || !name.isWellFormed()) continue;
      const index = writer.tryAdd(error[name]);
      if (index !== undefined) attributes.push([name, index]);
    }
  });
  const origin = writer.side.originNode(error, originals.get(error));
  if (origin) attributes.push([ORIGIN, writer.put(undefined, origin)]);
  return attributes;
}

function made(classes, message, attributes, side) {
  const error = makeOne(classes, message, attributes, side);
  // Not `ZodRealError`, of which every error claims to be an instance.
  if (error instanceof ZodError) return error;
  for (const [name, value] of attributes) {
    if (UNCARRIED.has(name) || name.startsWith("%") || typeof value === "function") continue;
    if (UNLISTED.includes(name)) Object.defineProperty(error, name, { value, writable: true, configurable: true, enumerable: false });
    else define(error, name, value);
  }
  const origin = originOf(attributes);
  if (origin !== undefined) originals.set(error, origin);
  return error;
}

function makeOne(classes, message, attributes, side) {
  for (const name of classes) {
    if (name === ZOD) {
      const issues = attributes.find(([key]) => key === "issues")?.[1];
      if (Array.isArray(issues)) return new ZodRealError(issues.map((issue) => ({ ...issue })));
    }
    const shape = side.declared.named(name);
    const cls = shape?.isError ? shape.cls : LANGUAGE.get(name);
    if (!cls) continue;
    // An error of the language's own making, so that it has a stack; its class has run on the other side already.
    const error = new Error(message);
    return Object.setPrototypeOf(error, cls.prototype);
  }
  return new Error(message);
}
