//! Reads a reference: ruff parses the text, and this module accepts or refuses the tree.

use ruff_python_ast::{Expr, Operator};
use ruff_python_parser::parse_expression;
use ruff_text_size::Ranged;

use super::{Basic, Protocol, TypeRef, TypeRefError};

/// Longer texts are no references that somebody meant, and the limit bounds the recursion of the parser.
const MAX_LENGTH_BYTES: usize = 1000;

const GRAMMAR: &str =
    "expected a type such as `str`, `list[T]`, `dict[str, T]`, `tuple[A, B]`, `Optional[T]`, `Union[A, B]` or `A | B`";

/// Parses a reference.
pub(super) fn parse(text: &str) -> Result<TypeRef, TypeRefError> {
    let malformed = |reason: &str| TypeRefError::Malformed(format!("`{}`: {reason}", shortened(text)));
    if text.len() > MAX_LENGTH_BYTES {
        return Err(malformed("longer than 1000 bytes"));
    }
    if text.trim().is_empty() {
        return Err(malformed(GRAMMAR));
    }
    let parsed = parse_expression(text.trim()).map_err(|_| malformed(GRAMMAR))?;
    Reader { text: text.trim() }.read(parsed.expr())
}

struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn read(&self, expression: &Expr) -> Result<TypeRef, TypeRefError> {
        match expression {
            Expr::NoneLiteral(_) => Ok(TypeRef::Basic(Basic::None)),
            // A forward reference.
            Expr::StringLiteral(literal) => parse(literal.value.to_str()),
            Expr::Name(_) | Expr::Attribute(_) => self.read_name(expression),
            Expr::Subscript(subscript) => {
                let arguments = match &*subscript.slice {
                    Expr::Tuple(tuple) => tuple.elts.as_slice(),
                    single => std::slice::from_ref(single),
                };
                self.read_generic(&self.name_of(&subscript.value)?, arguments)
            }
            Expr::BinOp(operation) if operation.op == Operator::BitOr => {
                Ok(TypeRef::union(vec![self.read(&operation.left)?, self.read(&operation.right)?]))
            }
            _ => Err(self.malformed(expression, GRAMMAR)),
        }
    }

    fn read_name(&self, expression: &Expr) -> Result<TypeRef, TypeRefError> {
        let name = self.name_of(expression)?;
        if let Some(basic) = Basic::of(&name) {
            return Ok(TypeRef::Basic(basic));
        }
        let any = || Box::new(TypeRef::Basic(Basic::Any));
        match name.to_ascii_lowercase().as_str() {
            "list" | "array" => Ok(TypeRef::List(any())),
            "set" => Ok(TypeRef::Set(any())),
            "frozenset" => Ok(TypeRef::FrozenSet(any())),
            "dict" | "map" => Ok(TypeRef::Map(any(), any())),
            "tuple" => Ok(TypeRef::Sequence(any())),
            "callable" => Ok(TypeRef::Callable(None, any())),
            "optional" | "union" => Err(self.malformed(expression, "it needs its types in brackets")),
            _ if Protocol::of(&name).is_some() => self.read_generic(&name, &[]),
            _ => match uncrossable(&name) {
                Some(reason) => Err(TypeRefError::Unsupported(format!("`{}`: {reason}", self.written(expression)))),
                None => Ok(TypeRef::Named(name)),
            },
        }
    }

    fn read_generic(&self, name: &str, arguments: &[Expr]) -> Result<TypeRef, TypeRefError> {
        let wrong_count = |expected: &str| {
            TypeRefError::Malformed(format!("`{}`: `{name}` takes {expected}, not {}", self.text, arguments.len()))
        };
        let one = || match arguments {
            [item] => self.read(item).map(Box::new),
            _ => Err(wrong_count("one type")),
        };
        let all = || arguments.iter().map(|item| self.read(item)).collect::<Result<Vec<_>, _>>();
        match name.to_ascii_lowercase().as_str() {
            "list" | "array" => Ok(TypeRef::List(one()?)),
            "set" => Ok(TypeRef::Set(one()?)),
            "frozenset" => Ok(TypeRef::FrozenSet(one()?)),
            "optional" => Ok(one()?.or_none()),
            "union" => Ok(TypeRef::union(all()?)),
            "dict" | "map" => match arguments {
                [key, value] => Ok(TypeRef::Map(Box::new(self.read(key)?), Box::new(self.read(value)?))),
                _ => Err(wrong_count("two types")),
            },
            "tuple" => match arguments {
                [item, Expr::EllipsisLiteral(_)] => Ok(TypeRef::Sequence(Box::new(self.read(item)?))),
                [Expr::Tuple(empty)] if empty.elts.is_empty() => Ok(TypeRef::Tuple(Vec::new())),
                _ => all().map(TypeRef::Tuple),
            },
            "callable" => self.read_callable(arguments),
            _ if let Some(protocol) = Protocol::of(name) => self.read_protocol(protocol, arguments),
            _ => Err(match uncrossable(name) {
                Some(reason) => TypeRefError::Unsupported(format!("`{}`: {reason}", self.text)),
                None => {
                    TypeRefError::Malformed(format!("`{}`: `{name}` takes no types in brackets; {GRAMMAR}", self.text))
                }
            }),
        }
    }

    fn read_protocol(&self, protocol: Protocol, arguments: &[Expr]) -> Result<TypeRef, TypeRefError> {
        let mut items = arguments.iter().map(|item| self.read(item)).collect::<Result<Vec<_>, _>>()?;
        let (least, most) = protocol.arity();
        if arguments.is_empty() {
            items = vec![TypeRef::Basic(Basic::Any); least];
        }
        if !(least..=most).contains(&items.len()) {
            let expected = match (least, most) {
                (1, 1) => "one type".to_owned(),
                (least, most) if least == most => format!("{least} types"),
                (least, most) => format!("{least} to {most} types"),
            };
            let (text, name) = (self.text, protocol.name());
            return Err(TypeRefError::Malformed(format!("`{text}`: `{name}` takes {expected}, not {}", items.len())));
        }
        // What a generator takes and returns is nothing unless somebody says it.
        items.resize(most, TypeRef::Basic(Basic::None));
        Ok(TypeRef::Protocol(protocol, items))
    }

    fn read_callable(&self, arguments: &[Expr]) -> Result<TypeRef, TypeRefError> {
        let (inputs, output) = match arguments {
            [Expr::List(inputs), output] => {
                (Some(inputs.elts.iter().map(|input| self.read(input)).collect::<Result<_, _>>()?), output)
            }
            [Expr::EllipsisLiteral(_), output] => (None, output),
            _ => {
                let message = format!("`{}`: a function is written `Callable[[A, B], R]`", self.text);
                return Err(TypeRefError::Malformed(message));
            }
        };
        Ok(TypeRef::Callable(inputs, Box::new(self.read(output)?)))
    }

    /// Returns a name without the module that authors may put before it.
    fn name_of(&self, expression: &Expr) -> Result<String, TypeRefError> {
        match expression {
            Expr::Name(name) => Ok(name.id.to_string()),
            Expr::Attribute(attribute) => {
                const MODULES: [&str; 8] =
                    ["typing", "t", "datetime", "decimal", "uuid", "pathlib", "abc", "collections.abc"];
                if MODULES.contains(&self.written(&*attribute.value)) {
                    return Ok(attribute.attr.to_string());
                }
                Err(self.malformed(expression, "a type of a contract is named without a module"))
            }
            _ => Err(self.malformed(expression, GRAMMAR)),
        }
    }

    fn malformed(&self, expression: &Expr, reason: &str) -> TypeRefError {
        TypeRefError::Malformed(format!("`{}`: {reason}", self.written(expression)))
    }

    fn written(&self, expression: &impl Ranged) -> &str {
        &self.text[expression.range()]
    }
}

/// Why a type of the language cannot stand in a contract.
fn uncrossable(name: &str) -> Option<&'static str> {
    match name {
        "AsyncCallable" => Some("a function that is awaited cannot be passed; use `Callable[[A], R]`"),
        "Awaitable" | "Coroutine" | "Future" => Some("use `is_async` of the function"),
        _ => None,
    }
}

/// Cuts a text that goes into a message.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
