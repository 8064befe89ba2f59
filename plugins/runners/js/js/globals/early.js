// The engine has no threads and so no `Atomics`. Node's own inspection, which is part of the bundle, looks through it as it loads.

globalThis.Atomics ??= {};
