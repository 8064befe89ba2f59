// What the runner offers to a proxy, as far as a type checker needs it.
declare module "pact:peer" {
  interface Component {
    call(name: string, given: unknown[]): any;
    callAsync(name: string, given: unknown[]): Promise<any>;
    stream(name: string, given: unknown[]): any;
    streamAsync(name: string, given: unknown[]): any;
  }
  export function component(
    name: string,
    about: { typeModules: string[] },
  ): Component;
  export class Remote {
    constructor(component: Component, name: string, given: unknown[]);
    _pactCall(name: string, given: unknown[]): any;
    _pactCallAsync(name: string, given: unknown[]): Promise<any>;
    _pactStream(name: string, given: unknown[]): any;
    _pactStreamAsync(name: string, given: unknown[]): any;
  }
}
