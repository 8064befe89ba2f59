//! The functions that rendered checks are made of. A module has those that it uses.

use super::schema::Vocabulary;
use crate::dialect::Dialect;
use crate::render::text::of_dialect;

mod rules;

/// Returns the helpers that a module uses, directly or through one another.
pub(super) fn used(body: &str, vocabulary: Vocabulary, dialect: Dialect) -> String {
    let own: &[(&str, &str)] = match vocabulary {
        Vocabulary::Zod => &ZOD,
        Vocabulary::Checks | Vocabulary::Lenient => &CHECKS,
    };
    let all: Vec<&(&str, &str)> = SHARED.iter().chain(&rules::HELPERS).chain(own).collect();
    let mut used = vec![false; all.len()];
    loop {
        let before = used.clone();
        for (index, (name, _)) in all.iter().enumerate() {
            let by_helper = all.iter().zip(&before).any(|((_, text), used)| *used && names(text, name));
            used[index] |= by_helper || names(body, name);
        }
        if used == before {
            break;
        }
    }
    let texts = all.iter().zip(used).filter(|(_, used)| *used).map(|((_, text), _)| of_dialect(text, dialect));
    let texts: String = texts.collect();
    let needs_type = dialect == Dialect::TypeScript && texts.contains("_Check<");
    let head = if needs_type { "\ntype _Check<T> = (value: unknown, at: string) => T;\n" } else { "" };
    format!("{head}{texts}")
}

fn names(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(start, _)| {
        let end = text.get(start + name.len()..).and_then(|rest| rest.chars().next());
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let is_word =
            |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric() || letter == '_');
        !is_word(end) && !is_word(before)
    })
}

const SHARED: [(&str, &str); 8] = [
    ("_DATE", "\nconst _DATE = /^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$/;\n"),
    ("_TIME", "\nconst _TIME = /^([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,6})?)?(Z|[+-]\\d{2}:\\d{2})?$/;\n"),
    ("_DECIMAL", "\nconst _DECIMAL = /^-?\\d+(\\.\\d+)?$/;\n"),
    ("_UUID", "\nconst _UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;\n"),
    (
        "_compare",
        r#"
/** Compares two decimals that are written as texts: negative, zero or positive. */
function _compare(left‹: any›, right‹: any›)‹: number› {
  const [a, b] = [String(left).split("."), String(right).split(".")];
  const places = Math.max(a[1]?.length ?? 0, b[1]?.length ?? 0);
  const scaled = ([whole, part = ""]‹: string[]›) => BigInt(whole + part.padEnd(places, "0"));
  const difference = scaled(a) - scaled(b);
  return difference < BigInt(0) ? -1 : difference > BigInt(0) ? 1 : 0;
}
"#,
    ),
    (
        "_length",
        r#"
/** Counts the letters of a text, the items of a collection or the entries of an object. */
function _length(value‹: any›)‹: number› {
  if (typeof value === "string") return [...value].length;
  return value.length ?? value.size ?? Object.keys(value).length;
}
"#,
    ),
    (
        "_isMultiple",
        r#"
/** Says whether a number, or a decimal that is written as a text, is a whole multiple of another one. */
function _isMultiple(value‹: any›, step‹: string›)‹: boolean› {
  const [a, b] = [String(value).split("."), step.split(".")];
  const places = Math.max(a[1]?.length ?? 0, b[1]?.length ?? 0);
  const scaled = ([whole, part = ""]‹: string[]›) => BigInt(whole + part.padEnd(places, "0"));
  return scaled(a) % scaled(b) === BigInt(0);
}
"#,
    ),
    (
        "_written",
        r#"
/** Takes a number for the text of a decimal. */
function _written(value‹: unknown›)‹: unknown› {
  return typeof value === "number" ? String(value) : value;
}
"#,
    ),
];

const ZOD: [(&str, &str); 2] = [
    (
        "_made",
        r#"
/** Takes a value of a class, or the fields of one. */
function _made‹<T>›(type‹: () => new (fields: any) => T›)‹: z.ZodType<T>› {
  return z.any().transform((value, context)‹: T› => {
    if (value instanceof type()) return value‹ as T›;
    try {
      return new (type())(value);
    } catch (error) {
      if (!(error instanceof z.ZodError)) throw error;
      for (const { message, path } of error.issues) context.addIssue({ code: "custom", message, path });
      return z.NEVER;
    }
  })‹ as unknown as z.ZodType<T>›;
}
"#,
    ),
    (
        "_instance",
        r"
/** Takes a value of a class. */
function _instance‹<T>›(type‹: () => new (...values: any[]) => T›)‹: z.ZodType<T>› {
  return z.custom‹<T>›((value) => value instanceof type());
}
",
    ),
];

const CHECKS: [(&str, &str); 26] = [
    (
        "_fail",
        r"
function _fail(at‹: string›, problem‹: string›)‹: never› {
  throw new TypeError(`${at}: ${problem}`);
}
",
    ),
    (
        "_fields",
        r#"
/** Takes an object that has no other fields than those that are known. */
function _fields(name‹: string›, fields‹: any›, known‹: string[]›)‹: any› {
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) _fail(name, "expected an object of its fields");
  const other = Object.keys(fields).find((field) => !known.includes(field));
  return other === undefined ? fields : _fail(name, `it has no field \`${other}\``);
}
"#,
    ),
    (
        "_string",
        r#"
function _string(value‹: unknown›, at‹: string›)‹: string› {
  return typeof value === "string" ? value : _fail(at, "expected a text");
}
"#,
    ),
    (
        "_integer",
        r#"
function _integer(value‹: unknown›, at‹: string›)‹: number› {
  return Number.isSafeInteger(value) ? (value‹ as number›) : _fail(at, "expected a whole number that is exact");
}
"#,
    ),
    (
        "_number",
        r#"
function _number(value‹: unknown›, at‹: string›)‹: number› {
  return Number.isFinite(value) ? (value‹ as number›) : _fail(at, "expected a number");
}
"#,
    ),
    (
        "_amount",
        r#"
function _amount(value‹: unknown›, at‹: string›)‹: string› {
  return _format(_DECIMAL, "a decimal number as a text, for example 12.50")(_written(value), at);
}
"#,
    ),
    (
        "_boolean",
        r#"
function _boolean(value‹: unknown›, at‹: string›)‹: boolean› {
  return typeof value === "boolean" ? value : _fail(at, "expected true or false");
}
"#,
    ),
    (
        "_bytes",
        r#"
function _bytes(value‹: unknown›, at‹: string›)‹: Uint8Array› {
  return value instanceof Uint8Array ? value : _fail(at, "expected a Uint8Array");
}
"#,
    ),
    (
        "_moment",
        r#"
function _moment(value‹: unknown›, at‹: string›)‹: Date› {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value : _fail(at, "expected a Date");
}
"#,
    ),
    (
        "_nothing",
        r#"
function _nothing(value‹: unknown›, at‹: string›)‹: undefined› {
  return value === undefined || value === null ? undefined : _fail(at, "expected nothing");
}
"#,
    ),
    (
        "_anything",
        r"
function _anything(value‹: unknown, _at: string›)‹: any› {
  return value;
}
",
    ),
    (
        "_function",
        r#"
function _function‹<T>›()‹: _Check<T>› {
  return (value, at) => (typeof value === "function" ? (value‹ as T›) : _fail(at, "expected a function"));
}
"#,
    ),
    (
        "_format",
        r#"
function _format(pattern‹: RegExp›, what‹: string›)‹: _Check<string>› {
  return (value, at) => (typeof value === "string" && pattern.test(value) ? value : _fail(at, `expected ${what}`));
}
"#,
    ),
    (
        "_one",
        r#"
function _one‹<T>›(values‹: T[]›)‹: _Check<T>› {
  return (value, at) => (values.includes(value‹ as T›) ? (value‹ as T›) : _fail(at, `expected one of ${values.join(", ")}`));
}
"#,
    ),
    (
        "_list",
        r#"
function _list‹<T>›(item‹: _Check<T>›)‹: _Check<T[]>› {
  return (value, at) =>
    Array.isArray(value) ? value.map((one, index) => item(one, `${at}[${index}]`)) : _fail(at, "expected an array");
}
"#,
    ),
    (
        "_set",
        r#"
function _set‹<T>›(item‹: _Check<T>›)‹: _Check<Set<T>>› {
  return (value, at) =>
    value instanceof Set ? new Set([...value].map((one) => item(one, at))) : _fail(at, "expected a Set");
}
"#,
    ),
    (
        "_record",
        r#"
function _record‹<T>›(key‹: _Check<string>›, item‹: _Check<T>›)‹: _Check<Record<string, T>>› {
  return (value, at) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return _fail(at, "expected an object");
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [key(name, at), item(one, `${at}.${name}`)]));
  };
}
"#,
    ),
    (
        "_map",
        r#"
function _map‹<K, V>›(key‹: _Check<K>›, item‹: _Check<V>›)‹: _Check<Map<K, V>>› {
  return (value, at) =>
    value instanceof Map
      ? new Map([...value].map(([name, one])‹: [K, V]› => [key(name, at), item(one, `${at}[${name}]`)]))
      : _fail(at, "expected a Map");
}
"#,
    ),
    (
        "_tuple",
        r"
function _tuple‹<T>›(items‹: _Check<unknown>[]›)‹: _Check<T>› {
  return (value, at) =>
    Array.isArray(value) && value.length === items.length
      ? (items.map((item, index) => item(value[index], `${at}[${index}]`))‹ as T›)
      : _fail(at, `expected an array of ${items.length}`);
}
",
    ),
    (
        "_optional",
        r"
function _optional‹<T>›(check‹: _Check<T>›)‹: _Check<T | undefined>› {
  return (value, at) => (value === undefined || value === null ? undefined : check(value, at));
}
",
    ),
    (
        "_either",
        r#"
function _either‹<T>›(checks‹: _Check<T>[]›)‹: _Check<T>› {
  return (value, at) => {
    const problems = [];
    for (const check of checks) {
      try {
        return check(value, at);
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
    }
    return _fail(at, problems.join("; or "));
  };
}
"#,
    ),
    (
        "_made",
        r"
/** Takes a value of a class, or the fields of one. */
function _made‹<T>›(type‹: () => new (fields: any) => T›)‹: _Check<T>› {
  return (value) => (value instanceof type() ? (value‹ as T›) : new (type())(value));
}
",
    ),
    (
        "_instance",
        r"
/** Takes a value of a class. */
function _instance‹<T>›(type‹: () => new (...values: any[]) => T›)‹: _Check<T>› {
  return (value, at) => (value instanceof type() ? (value‹ as T›) : _fail(at, `expected a ${type().name}`));
}
",
    ),
    (
        "_where",
        r"
function _where‹<T>›(check‹: _Check<T>›, holds‹: (value: T) => boolean›, problem‹: string›)‹: _Check<T>› {
  return (value, at) => {
    const checked = check(value, at);
    return holds(checked) ? checked : _fail(at, problem);
  };
}
",
    ),
    (
        "_default",
        r"
function _default‹<T>›(check‹: _Check<T>›, make‹: () => T›)‹: _Check<T>› {
  return (value, at) => (value === undefined ? make() : check(value, at));
}
",
    ),
    (
        "_lenient",
        r"
/** Reads a value as its type says, and keeps it as it is where that cannot be. */
function _lenient‹<T>›(check‹: _Check<T>›)‹: _Check<T>› {
  return (value, at) => {
    try {
      return check(value, at);
    } catch {
      return value‹ as T›;
    }
  };
}
",
    ),
];
