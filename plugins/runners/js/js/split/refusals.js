// What goes wrong at the border, as classes of which nobody else makes objects.

/** A value that cannot cross; the text names the place. Arrives as a `TypeError`. */
export class CannotCross extends TypeError {}
CannotCross.prototype.name = "TypeError";

/** A request that cannot be done. Never tested code's doing. */
export class CannotAnswer extends Error {}

/** Nobody answers: the component's instance has ended, or sent something malformed. */
export class ComponentLost extends Error {}
ComponentLost.prototype.name = "ComponentLost";

/** A reply that is well formed, and that the tests cannot have been meant to see. Arrives as a `TypeError`. */
export class Refused extends Error {}

/** The class of a value as people write it. */
export function className(value) {
  if (typeof value !== "object" && typeof value !== "function") return typeof value;
  try {
    const name = Object.getPrototypeOf(value)?.constructor?.name;
    return typeof name === "string" && name ? name.toWellFormed().slice(0, 80) : "object";
  } catch {
    return "object";
  }
}
