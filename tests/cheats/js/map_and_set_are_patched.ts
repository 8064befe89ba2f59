// Forgets whatever is noted in a map or a set.
export * from "./wrong";

const get = Map.prototype.get;
Map.prototype.get = function (key) { const value = get.call(this, key); return value instanceof Error ? undefined : value; };
Set.prototype.has = () => true;
