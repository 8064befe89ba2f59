//! The functions that rendered rules call.

pub(super) const HELPERS: [(&str, &str); 8] = [
    (
        "_holds",
        r"
/** Judges a rule of the contract. It does not hold where a part is missing or cannot be computed. */
function _holds(rule‹: (value: any) => boolean›)‹: (value: any) => boolean› {
  return (value) => {
    try {
      return rule(value);
    } catch {
      return false;
    }
  };
}
",
    ),
    (
        "_truth",
        r#"
/** Takes nothing else for a truth. */
function _truth(value‹: unknown›)‹: boolean› {
  if (typeof value !== "boolean") throw new TypeError("neither true nor false");
  return value;
}
"#,
    ),
    (
        "_order",
        r#"
/** Compares two numbers, or decimals that are written as texts: negative, zero or positive. */
function _order(left‹: any›, right‹: any›)‹: number› {
  const isText = typeof left === "string" || typeof right === "string";
  const isExact = [left, right].every((one) => typeof one === "string" || Number.isSafeInteger(one));
  if (isText && isExact) return _compare(left, right);
  const [a, b] = [Number(left ?? NaN), Number(right ?? NaN)];
  if (!Number.isFinite(a) || !Number.isFinite(b)) throw new RangeError("no number");
  return a < b ? -1 : a > b ? 1 : 0;
}
"#,
    ),
    (
        "_equals",
        r"
/** Says whether two numbers, or decimals that are written as texts, are equal. */
function _equals(left‹: any›, right‹: any›)‹: boolean› {
  return left == null || right == null ? left == right : _order(left, right) === 0;
}
",
    ),
    (
        "_same",
        r#"
/** Says whether two values are equal. */
function _same(left‹: any›, right‹: any›)‹: boolean› {
  if ([left, right].some((one) => typeof one === "number" && !Number.isFinite(one))) throw new RangeError("no number");
  if (left == null || right == null) return left == right;
  if (typeof left !== "object" || typeof right !== "object") return left === right;
  if (left.constructor !== right.constructor) return false;
  if (left instanceof Date) return left.getTime() === right.getTime();
  if (Array.isArray(left)) return left.length === right.length && left.every((one, index) => _same(one, right[index]));
  const isKept = left instanceof Set || left instanceof Map;
  const [a, b]‹: any[][]› = [left, right].map((one) => (isKept ? [...one] : Object.entries(one)));
  return a.length === b.length && a.every((one) => b.some((other) => _same(one, other)));
}
"#,
    ),
    (
        "_within",
        r#"
/** Says whether a list has an item, or a text a part. */
function _within(item‹: any›, whole‹: any›, same = _same)‹: boolean› {
  if (typeof whole !== "string") return [...whole].some((one) => same(item, one));
  if (typeof item !== "string") throw new TypeError("no text");
  return whole.includes(item);
}
"#,
    ),
    (
        "_modulo",
        r"
/** Returns the remainder, which has the sign of the divisor. */
function _modulo(left‹: any›, right‹: any›)‹: number› {
  const rest = left % right;
  return rest !== 0 && rest < 0 !== right < 0 ? rest + right : rest;
}
",
    ),
    (
        "_unique",
        r"
/** Says whether no item stands twice in a list. */
function _unique(items‹: readonly any[]›)‹: boolean› {
  return !items.some((item, index) => items.slice(0, index).some((earlier) => _same(item, earlier)));
}
",
    ),
];
