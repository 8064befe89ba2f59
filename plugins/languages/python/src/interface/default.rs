//! Default values: the text of the contract becomes a Python expression of the field's type, or a fault.

use ruff_python_ast::Expr;
use ruff_python_parser::parse_expression;

use super::constraint::literal;
use crate::render::python::quoted;
use crate::type_ref::{Basic, Protocol, Spelling, TypeRef};

/// A default value as a Python expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DefaultValue {
    /// The expression as rendered classes need it ([`Spelling::Private`]).
    pub expression: String,
    /// The expression for reading ([`Spelling::Plain`]).
    pub plain: String,
    /// Two calls must not share the value.
    pub is_mutable: bool,
}

/// What a name of the contract means for its default values.
pub enum Named<'a> {
    /// A struct has no literal.
    Struct,
    /// Python names and contract values of an enumeration.
    Enumeration(&'a [(String, String)]),
    /// Another name for a type.
    Alias(&'a TypeRef),
}

const MAX_LENGTH_BYTES: usize = 2000;

impl DefaultValue {
    /// The default of what may be left out.
    pub fn none() -> Self {
        Self { expression: "None".to_owned(), plain: "None".to_owned(), is_mutable: false }
    }

    /// Reads a default. `named` says what the names of the contract are. The error says what is wrong with the text.
    pub fn read<'a>(
        text: &str,
        type_ref: &TypeRef,
        named: &impl Fn(&str) -> Option<Named<'a>>,
    ) -> Result<Self, String> {
        let spelt = type_ref.spell(Spelling::Plain);
        let fail = || format!("`{text}` is no value of `{spelt}` that can be a default");
        if text.len() > MAX_LENGTH_BYTES {
            return Err("longer than 2000 bytes".to_owned());
        }
        let parsed = parse_expression(text.trim()).ok();
        let read = |spelling| {
            let reader = Reader { named, spelling };
            let read = parsed.as_ref().and_then(|parsed| reader.read(parsed.expr(), type_ref));
            // Authors write texts without quotation marks, and those need not parse.
            read.or_else(|| reader.read_text(text, type_ref))
        };
        let expression = read(Spelling::Private).ok_or_else(fail)?;
        let plain = read(Spelling::Plain).ok_or_else(fail)?;
        let is_mutable = expression.starts_with(['[', '{']) || expression.starts_with("set(");
        Ok(Self { expression, plain, is_mutable })
    }
}

struct Reader<'n, F> {
    named: &'n F,
    spelling: Spelling,
}

impl<'a, F: Fn(&str) -> Option<Named<'a>>> Reader<'_, F> {
    fn read(&self, expression: &Expr, type_ref: &TypeRef) -> Option<String> {
        match type_ref {
            TypeRef::Basic(basic) => read_basic(expression, *basic, self.spelling),
            TypeRef::Named(name) => match (self.named)(name)? {
                Named::Struct => None,
                Named::Alias(target) => self.read(expression, target),
                Named::Enumeration(members) => {
                    let word = match expression {
                        Expr::Name(word) => word.id.as_str(),
                        Expr::StringLiteral(literal) => literal.value.to_str(),
                        Expr::Attribute(attribute) if matches!(&*attribute.value, Expr::Name(owner) if owner.id.as_str() == name) => {
                            attribute.attr.as_str()
                        }
                        _ => return None,
                    };
                    member(name, word, members)
                }
            },
            TypeRef::Optional(item) => {
                if is_none(expression) {
                    Some("None".to_owned())
                } else {
                    self.read(expression, item)
                }
            }
            TypeRef::Union(items) => items.iter().find_map(|item| self.read(expression, item)),
            TypeRef::List(item) => Some(format!("[{}]", self.read_all(elements(expression)?, item)?)),
            TypeRef::Sequence(item) => {
                let items = elements(expression)?;
                Some(tuple(&self.read_all(items, item)?, items.len()))
            }
            TypeRef::Tuple(types) => {
                let items = elements(expression)?;
                let pairs = (items.len() == types.len()).then(|| items.iter().zip(types))?;
                let read: Option<Vec<_>> = pairs.map(|(item, type_ref)| self.read(item, type_ref)).collect();
                Some(tuple(&read?.join(", "), items.len()))
            }
            TypeRef::Set(item) => Some(format!("set([{}])", self.read_all(elements(expression)?, item)?)),
            TypeRef::FrozenSet(item) => Some(format!("frozenset([{}])", self.read_all(elements(expression)?, item)?)),
            TypeRef::Map(key, value) => {
                let Expr::Dict(dict) = expression else { return None };
                let entries: Option<Vec<_>> = dict
                    .items
                    .iter()
                    .map(|item| {
                        Some(format!("{}: {}", self.read(item.key.as_ref()?, key)?, self.read(&item.value, value)?))
                    })
                    .collect();
                Some(format!("{{{}}}", entries?.join(", ")))
            }
            TypeRef::Protocol(Protocol::Sequence | Protocol::Iterable, items) => {
                self.read(expression, &TypeRef::Sequence(Box::new(items.first()?.clone())))
            }
            TypeRef::Protocol(Protocol::Mapping, items) => {
                let [key, value] = items.as_slice() else { return None };
                self.read(expression, &TypeRef::Map(Box::new(key.clone()), Box::new(value.clone())))
            }
            TypeRef::Protocol(..) | TypeRef::Callable(..) => None,
        }
    }

    fn read_all(&self, items: &[Expr], type_ref: &TypeRef) -> Option<String> {
        let read: Option<Vec<_>> = items.iter().map(|item| self.read(item, type_ref)).collect();
        Some(read?.join(", "))
    }

    /// Reads a text without quotation marks.
    fn read_text(&self, text: &str, type_ref: &TypeRef) -> Option<String> {
        match type_ref {
            TypeRef::Basic(Basic::Str | Basic::Any) => Some(quoted(text)),
            TypeRef::Optional(item) => self.read_text(text, item),
            TypeRef::Union(items) => items.iter().find_map(|item| self.read_text(text, item)),
            TypeRef::Named(name) => match (self.named)(name)? {
                Named::Alias(target) => self.read_text(text, target),
                Named::Enumeration(members) => member(name, text.trim(), members),
                Named::Struct => None,
            },
            _ => None,
        }
    }
}

fn read_basic(expression: &Expr, basic: Basic, spelling: Spelling) -> Option<String> {
    match basic {
        Basic::Str => match expression {
            Expr::StringLiteral(literal) => Some(quoted(literal.value.to_str())),
            _ => None,
        },
        Basic::Int => literal(expression).filter(|(_, is_whole)| *is_whole).map(|(number, _)| number),
        Basic::Float | Basic::Complex => literal(expression).map(|(number, _)| number),
        Basic::Decimal => {
            let (number, _) = literal(expression)?;
            Some(format!("{}({})", TypeRef::Basic(Basic::Decimal).spell(spelling), quoted(&number)))
        }
        Basic::Bool => match expression {
            Expr::BooleanLiteral(literal) => Some(if literal.value { "True" } else { "False" }.to_owned()),
            Expr::Name(name) if name.id.as_str() == "true" => Some("True".to_owned()),
            Expr::Name(name) if name.id.as_str() == "false" => Some("False".to_owned()),
            _ => None,
        },
        Basic::None => is_none(expression).then(|| "None".to_owned()),
        Basic::Any => read_any(expression),
        Basic::Path => match expression {
            Expr::StringLiteral(literal) => {
                let path = TypeRef::Basic(Basic::Path).spell(spelling);
                Some(format!("{path}({})", quoted(literal.value.to_str())))
            }
            _ => None,
        },
        // Their literals are calls; such a default belongs into the implementation.
        Basic::Bytes | Basic::Datetime | Basic::Date | Basic::Time | Basic::Timedelta | Basic::Uuid => None,
    }
}

/// The first kind of literal that it is.
fn read_any(expression: &Expr) -> Option<String> {
    if is_none(expression) {
        return Some("None".to_owned());
    }
    match expression {
        Expr::List(list) => {
            let items: Option<Vec<_>> = list.elts.iter().map(read_any).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Expr::Dict(dict) => {
            let entries: Option<Vec<_>> = dict
                .items
                .iter()
                .map(|item| Some(format!("{}: {}", read_any(item.key.as_ref()?)?, read_any(&item.value)?)))
                .collect();
            Some(format!("{{{}}}", entries?.join(", ")))
        }
        _ => [Basic::Bool, Basic::Float, Basic::Str]
            .into_iter()
            .find_map(|basic| read_basic(expression, basic, Spelling::Plain)),
    }
}

fn is_none(expression: &Expr) -> bool {
    match expression {
        Expr::NoneLiteral(_) => true,
        Expr::Name(name) => matches!(name.id.as_str(), "null" | "none"),
        _ => false,
    }
}

fn elements(expression: &Expr) -> Option<&[Expr]> {
    match expression {
        Expr::List(list) => Some(&list.elts),
        Expr::Tuple(tuple) => Some(&tuple.elts),
        Expr::Set(set) => Some(&set.elts),
        _ => None,
    }
}

/// One element needs a comma to be a tuple.
fn tuple(items: &str, count: usize) -> String {
    if count == 1 { format!("({items},)") } else { format!("({items})") }
}

fn member(enumeration: &str, word: &str, members: &[(String, String)]) -> Option<String> {
    let (name, _) = members.iter().find(|(name, value)| name == word || value == word)?;
    Some(format!("{enumeration}.{name}"))
}
