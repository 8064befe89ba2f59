// The module `pact:peer`, by which rendered proxies call, on both sides.

import { namespaceOf } from "../modules/namespace.js";
import { Handle, handleOf, mark } from "./handles.js";

/** The files of rendered proxies: nobody looks for a mistake there. */
export const proxies = new Set();

/** A component as a proxy sees it. */
class Component {
  #side;
  #name;

  constructor(side, name) {
    this.#side = side;
    this.#name = name;
  }

  call(name, positional) {
    return this.#side.send([`${this.#name}.${name}`], `${this.#name}.${name}`, positional);
  }

  async callAsync(name, positional) {
    return this.call(name, positional);
  }

  stream(name, positional) {
    return this.call(name, positional);
  }

  streamAsync(name, positional) {
    return this.call(name, positional);
  }

  static make(component, cls, positional, bind) {
    const name = `${component.#name}.${cls}`;
    component.#side.send([name], name, positional, { bind });
  }
}

/** A class of a component, whose objects stay where they are. */
class Remote {
  constructor(component, name, positional) {
    Component.make(component, name, positional, this);
  }

  _pactCall(method, positional) {
    return handleOf(this).call(method, positional);
  }

  async _pactCallAsync(method, positional) {
    return handleOf(this).call(method, positional);
  }

  _pactStream(method, positional) {
    return handleOf(this).call(method, positional);
  }

  _pactStreamAsync(method, positional) {
    return handleOf(this).call(method, positional);
  }
}

/** Lets an object stand for one of the other side. */
export function bind(side, object, node) {
  return side.held.keep(handleFor(side, node), mark(object, { name: node[4], id: node[2] }));
}

/** A reference to an object of the other side. */
export function handleFor(side, node, madeWith) {
  return new Handle(side, node, madeWith);
}

/** Stands for an object of a class of a proxy. No constructor runs. */
export function unbound(cls, handle) {
  return mark(Object.create(cls.prototype), handle);
}

/** Whether a value is a class that a proxy has for those of a component. */
export function isRemoteClass(value) {
  return typeof value === "function" && value.prototype instanceof Remote;
}

/** What the file at `importer` imports; `sideOf` gives the side of a registry. */
export function peerModule(sideOf) {
  return ({ registry, importer }) =>
    namespaceOf({
      component(name, { typeModules = [] } = {}) {
        proxies.add(importer);
        const side = sideOf(registry);
        side.declared.add(typeModules);
        side.proxyFiles.set(name, importer);
        return new Component(side, name);
      },
      Remote,
    });
}
