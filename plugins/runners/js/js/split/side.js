// One of the two instances: sends requests, answers them, and knows what is whose. `tests-side` and `tested-side` say what is
// special to each: how a message leaves, what a name leads to, and what happens beside a call.

import { areChangeable, Arguments, update } from "./arguments.js";
import { Declared, make } from "./declared.js";
import * as errors from "./errors.js";
import { Held, methodOf, Owned, standInOf, unknownObject } from "./handles.js";
import { read } from "./reader.js";
import { CannotAnswer, CannotCross, ComponentLost, Refused } from "./refusals.js";
import { Writer } from "./writer.js";

/** A promise goes on at this moment of the tests' clock, in milliseconds; negative: when something else has happened. */
export class Waits {
  constructor(until) {
    this.until = until;
  }
}

/** What a request says beside its arguments when it makes an object. */
const NEW = "%new";

export class Side {
  owned = new Owned();
  held = new Held();
  /** Whether a function may be a field of an object that comes from the other side. */
  takesFunctions = true;

  constructor(findModule) {
    this.declared = new Declared(findModule);
  }

  // What is special to a side: `mine`, `exchange`, `find`, `nameOfClass`, `awaited`, `effects`, `remoteClass`.

  /** Does again what happened beside the call. */
  replay() {}

  placeAndDetail() {
    return [undefined, ""];
  }

  /** The error of this side that comes back. */
  original() {
    return undefined;
  }

  /** The node by which the tests' side finds an error of its own again. */
  originNode() {
    return undefined;
  }

  /** What was told of an error that was made here. */
  noteError() {}

  /** A value that is not what its type says: `[value, class, why]`. Asking forgets it. */
  unfit() {
    return undefined;
  }

  /** What becomes of an answer that cannot cross. */
  rest() {
    return undefined;
  }

  // Sending

  /** Calls the other side. Returns or throws what it returned or threw; `bind` becomes the stand-in of what is made. */
  send(target, name, positional, { madeWith, bind } = {}) {
    const writer = new Writer(this, madeWith);
    const indices = positional.map((value, at) => writer.add(value, `argument ${at + 1} of ${name}`));
    const named = bind ? [[NEW, writer.put(undefined, ["none"])]] : [];
    const request = { target, nodes: writer.nodes, positional: indices, named, released: this.held.takeDropped() };
    // What comes back may go on with the arguments, and change them later.
    const mayChange = madeWith !== undefined || areChangeable(writer.nodes);
    const reply = this.exchange(request);
    return this.#take(reply, name, writer.objects, mayChange ? writer.objects : undefined, bind);
  }

  #take(reply, name, sent, madeWith, bind) {
    let objects;
    let thrown;
    try {
      objects = this.#read(reply, name, sent, madeWith, bind);
      if (reply.raised) {
        thrown = errors.restore(reply.raised, objects, this);
        this.noteError(thrown, reply.raised);
      }
    } catch (error) {
      if (error instanceof Refused) throw new CannotCross(`what came of ${name}: ${error.message}`);
      throw this.lost(`a reply of the other instance is malformed: ${errors.messageOf(error)}`);
    }
    this.replay(reply.effects);
    if (reply.raised) throw thrown;
    return reply.waits === undefined ? objects[reply.returned] : new Waits(reply.waits);
  }

  #read(reply, name, sent, madeWith, bind) {
    if (bind && !reply.raised) {
      const node = reply.nodes[reply.returned];
      if (node?.[0] !== "object" || node[1] === this.mine) throw new TypeError("what was made is not an object");
      this.bind(bind, node);
    }
    const objects = read(reply.nodes, this, { sent, madeWith });
    const unfit = this.unfit();
    if (unfit) {
      const [value, cls, why] = unfit;
      throw new Refused(`${objects[reply.returned] === value ? "it" : "something in it"} is not a \`${cls}\`: ${why}`);
    }
    for (const [before, now] of reply.changed) update(sent[before], objects[now]);
    return objects;
  }

  /** Nobody answers. */
  lost(why) {
    return new ComponentLost(why);
  }

  // Answering

  /** Does what a request asks for, at once. */
  answer(request) {
    const call = this.begin(request);
    if (call.error) return this.reply(call);
    try {
      call.result = call.run(...call.positional);
    } catch (error) {
      call.error = { thrown: error };
    }
    return this.reply(call);
  }

  /** Reads a request: what it calls, with what. Never throws. */
  begin({ target, nodes, positional, named, released }) {
    const call = { name: "the call", isFunction: target.length === 1 };
    try {
      this.owned.release(released);
      const isNew = named.some(([name]) => name === NEW);
      let earlier;
      if (call.isFunction) {
        call.name = target[0];
        const found = this.find(target[0]);
        call.run = isNew ? (...args) => Reflect.construct(found, args) : found;
        call.makes = isNew ? target[0] : undefined;
      } else {
        const [id, method] = target;
        call.entry = this.owned.entry(id);
        call.method = method;
        earlier = call.entry.madeWith;
        const { kind, name } = call.entry;
        call.name = kind === "function" || kind === "coroutine" ? name : `${name}.${method}`;
        call.run = kind === "coroutine" ? this.methodOfPromise(call.entry, method) : methodOf(call.entry, method);
      }
      call.given = new Arguments(this, nodes, earlier);
      const unfit = this.unfit();
      if (unfit) throw new CannotCross(`what ${call.name} was given holds a \`${unfit[1]}\` that is none: ${unfit[2]}`);
      call.positional = positional.map((index) => call.given.objects[index]);
    } catch (error) {
      call.error = { thrown: error };
    }
    return call;
  }

  /** Makes the reply: what came of a call, what it changed, and what happened beside it. */
  reply({ result, error, given, name, isFunction, makes }) {
    const writer = new Writer(this, [], given);
    writer.madeWith = given?.mayChange ? given : undefined;
    const reply = { changed: [] };
    try {
      if (!error) Object.assign(reply, this.#outcome(writer, result, name, isFunction, makes));
      if (given) reply.changed = given.changed(writer, name);
    } catch (failure) {
      error = { thrown: failure };
      delete reply.returned;
      delete reply.waits;
    }
    if (error) reply.raised = errors.describe(error.thrown, writer, ...this.placeAndDetail(error.thrown));
    return { ...reply, nodes: writer.nodes, effects: this.effects() };
  }

  #outcome(writer, result, name, isFunction, makes) {
    if (result instanceof Waits) return { waits: result.until };
    if (makes !== undefined) {
      const { id, kind, name } = this.give(result, "instance", makes);
      return { returned: writer.put(result, ["object", this.mine, id, kind, name]) };
    }
    try {
      return { returned: writer.add(result, `what ${name} returned`) };
    } catch (error) {
      const entry = isFunction ? this.rest(result) : undefined;
      if (!entry) throw error;
      return { returned: writer.put(result, ["object", this.mine, entry.id, entry.kind, entry.name]) };
    }
  }

  // Handles

  /** The entry of an object of this side. */
  give(value, kind, name, madeWith) {
    const entry = this.owned.give(value, kind, name, madeWith);
    if (kind === "coroutine" && !entry.state) {
      entry.state = { isSettled: false };
      const settle = (state) => Object.assign(entry.state, { isSettled: true }, state);
      Promise.resolve(value).then(
        (result) => settle({ result }),
        (thrown) => settle({ error: { thrown } }),
      );
    }
    return entry;
  }

  /** The object that a node leads to, or what stands for it. */
  readHandle(node, madeWith) {
    const [, owner, id, kind, name] = node;
    if (owner === this.mine) return this.owned.entry(id).object;
    const known = this.held.standIn(id);
    if (known) return known;
    const handle = this.handle(node, madeWith);
    if (kind === "coroutine") return this.held.keep(handle, this.awaited(handle));
    if (kind !== "instance") return this.held.keep(handle, standInOf(handle));
    const cls = this.remoteClass(name);
    return this.held.keep(handle, cls ? this.unbound(cls, handle) : this.unknownObject(handle));
  }

  unknownObject(handle) {
    return unknownObject(handle);
  }

  /** The value or error that a structure says. */
  readStructure(name, fields) {
    const shape = this.declared.named(name);
    if (shape && !shape.isError) return make(shape, fields);
    const error = errors.readValue(name, fields, this);
    if (!error) throw new TypeError(`\`${name}\` is no structure of the contract`);
    return error;
  }

  methodOfPromise(entry, method) {
    throw new CannotAnswer(`\`${entry.name}\` has no \`${method}\` that could be called from the other instance`);
  }
}
