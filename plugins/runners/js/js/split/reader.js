// The value of each node of a message. Nothing that the sender names is imported or called; what is malformed is an error.

import { decodeSurrogates } from "./surrogates.js";
import { Refused } from "./refusals.js";
import { BARE_OBJECT, FROZEN_OBJECT, OBJECT, VALUE } from "./writer.js";

/** Reads nodes. `known` are the objects of the nodes that come first; `sent` those of the request that is answered. */
export function read(nodes, side, { known = [], sent = [], madeWith = undefined } = {}) {
  const objects = [...known];
  for (let at = known.length; at < nodes.length; at++) objects.push(readNode(nodes, at, objects, side, sent, madeWith));
  return objects;
}

function readNode(nodes, at, objects, side, sent, madeWith) {
  const [kind, one, two, three] = nodes[at];
  switch (kind) {
    case "none":
      return undefined;
    case "boolean":
    case "floating":
    case "text":
      return one;
    case "integer":
      return BigInt(one);
    case "surrogate-text":
      return decodeSurrogates(one);
    case "bytes":
    case "mutable-bytes":
      return one;
    case "scalar":
      return readScalar(one, two);
    case "sequence":
      return readSequence(one, two.map((index) => objects[index]));
    case "mapping": {
      const map = new Map();
      for (let index = 0; index < one.length; index += 2) map.set(objects[one[index]], objects[one[index + 1]]);
      return map;
    }
    case "structure":
      if (one === OBJECT || one === FROZEN_OBJECT || one === BARE_OBJECT) {
        // A function in there could answer for the whole of it: `then`, `toJSON`, `asymmetricMatch`.
        const held = side.takesFunctions ? -1 : three.findIndex((index) => typeof objects[index] === "function");
        if (held >= 0) throw new Refused(`a function in an object (\`${two[held]}\`) cannot cross to the tests`);
        return readObject(one, two, three, objects);
      }
      return side.readStructure(one, fieldsOf(two, three, objects));
    case "enumeration":
      if (one === VALUE && two === "null") return null;
      throw new TypeError(`\`${one}\` is no enumeration`);
    case "object":
      return side.readHandle(nodes[at], madeWith);
    case "argument":
      return sent[one];
    default:
      throw new TypeError(`\`${kind}\` is no node`);
  }
}

function readScalar(kind, text) {
  if (kind === "big-integer") return BigInt(text);
  if (kind === "datetime") return new Date(text);
  throw new TypeError(`a scalar of the kind \`${kind}\` is none of this language`);
}

function readSequence(kind, items) {
  if (kind === "list") return items;
  if (kind === "tuple") return Object.freeze(items);
  return new Set(items);
}

function readObject(kind, names, indices, objects) {
  const object = kind === BARE_OBJECT ? Object.create(null) : {};
  names.forEach((name, at) => define(object, name, objects[indices[at]]));
  return kind === FROZEN_OBJECT ? Object.freeze(object) : object;
}

/** Gives an object a field, whatever its name. */
export function define(object, name, value) {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

function fieldsOf(names, indices, objects) {
  return names.map((name, at) => [name, objects[indices[at]]]);
}

