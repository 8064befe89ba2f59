//! Default values: the text of the contract becomes a value of the field's type, or a fault.

use ruff_python_ast::Expr;
use ruff_python_parser::parse_expression;

use super::constraint::literal;
use crate::type_ref::{Basic, Protocol, Spelling, TypeRef};

/// A default value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum DefaultValue {
    None,
    Bool(bool),
    /// As the contract's expressions write it: with a point or an exponent where it need not be whole.
    Number(String),
    Decimal(String),
    Text(String),
    Path(String),
    List(Vec<DefaultValue>),
    Tuple(Vec<DefaultValue>),
    Set(Vec<DefaultValue>),
    FrozenSet(Vec<DefaultValue>),
    Map(Vec<(DefaultValue, DefaultValue)>),
    /// Of an enumeration: the name of its member in the language.
    Member(String, String),
}

/// What a name of the contract means for its default values.
pub enum Named<'a> {
    /// A struct has no literal.
    Struct,
    /// Names in the language and contract values of an enumeration.
    Enumeration(&'a [(String, String)]),
    /// Another name for a type.
    Alias(&'a TypeRef),
}

const MAX_LENGTH_BYTES: usize = 2000;

impl DefaultValue {
    /// Reads a default. `named` says what the names of the contract are. The error says what is wrong with the text.
    pub fn read<'a>(
        text: &str,
        type_ref: &TypeRef,
        named: &impl Fn(&str) -> Option<Named<'a>>,
    ) -> Result<Self, String> {
        if text.len() > MAX_LENGTH_BYTES {
            return Err("longer than 2000 bytes".to_owned());
        }
        let reader = Reader { named };
        let parsed = parse_expression(text.trim()).ok();
        let read = parsed.and_then(|parsed| reader.read(parsed.expr(), type_ref));
        // Authors write texts without quotation marks, and those need not parse.
        read.or_else(|| reader.read_text(text, type_ref)).ok_or_else(|| {
            format!("`{text}` is no value of `{}` that can be a default", type_ref.spell(Spelling::Plain))
        })
    }

    /// Returns whether two calls must not share the value.
    pub fn is_mutable(&self) -> bool {
        matches!(self, Self::List(_) | Self::Set(_) | Self::Map(_))
    }
}

struct Reader<'n, F> {
    named: &'n F,
}

impl<'a, F: Fn(&str) -> Option<Named<'a>>> Reader<'_, F> {
    fn read(&self, expression: &Expr, type_ref: &TypeRef) -> Option<DefaultValue> {
        match type_ref {
            TypeRef::Basic(basic) => read_basic(expression, *basic),
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
                    Some(DefaultValue::None)
                } else {
                    self.read(expression, item)
                }
            }
            TypeRef::Union(items) => items.iter().find_map(|item| self.read(expression, item)),
            TypeRef::List(item) => Some(DefaultValue::List(self.read_all(expression, item)?)),
            TypeRef::Sequence(item) => Some(DefaultValue::Tuple(self.read_all(expression, item)?)),
            TypeRef::Set(item) => Some(DefaultValue::Set(self.read_all(expression, item)?)),
            TypeRef::FrozenSet(item) => Some(DefaultValue::FrozenSet(self.read_all(expression, item)?)),
            TypeRef::Tuple(types) => {
                let items = elements(expression)?;
                let pairs = (items.len() == types.len()).then(|| items.iter().zip(types))?;
                let read: Option<_> = pairs.map(|(item, type_ref)| self.read(item, type_ref)).collect();
                Some(DefaultValue::Tuple(read?))
            }
            TypeRef::Map(key, value) => {
                let Expr::Dict(dict) = expression else { return None };
                let entries: Option<_> = dict
                    .items
                    .iter()
                    .map(|item| Some((self.read(item.key.as_ref()?, key)?, self.read(&item.value, value)?)))
                    .collect();
                Some(DefaultValue::Map(entries?))
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

    fn read_all(&self, expression: &Expr, type_ref: &TypeRef) -> Option<Vec<DefaultValue>> {
        elements(expression)?.iter().map(|item| self.read(item, type_ref)).collect()
    }

    /// Reads a text without quotation marks.
    fn read_text(&self, text: &str, type_ref: &TypeRef) -> Option<DefaultValue> {
        match type_ref {
            TypeRef::Basic(Basic::Str | Basic::Any) => Some(DefaultValue::Text(text.to_owned())),
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

fn read_basic(expression: &Expr, basic: Basic) -> Option<DefaultValue> {
    let text = || expression.as_string_literal_expr().map(|literal| literal.value.to_str().to_owned());
    match basic {
        Basic::Str => text().map(DefaultValue::Text),
        Basic::Int => {
            literal(expression).filter(|(_, is_whole)| *is_whole).map(|(number, _)| DefaultValue::Number(number))
        }
        Basic::Float | Basic::Complex => literal(expression).map(|(number, _)| DefaultValue::Number(number)),
        Basic::Decimal => literal(expression).map(|(number, _)| DefaultValue::Decimal(number)),
        Basic::Bool => match expression {
            Expr::BooleanLiteral(literal) => Some(DefaultValue::Bool(literal.value)),
            Expr::Name(name) if name.id.as_str() == "true" => Some(DefaultValue::Bool(true)),
            Expr::Name(name) if name.id.as_str() == "false" => Some(DefaultValue::Bool(false)),
            _ => None,
        },
        Basic::None => is_none(expression).then_some(DefaultValue::None),
        Basic::Any => read_any(expression),
        Basic::Path => text().map(DefaultValue::Path),
        // Their literals are calls; such a default belongs into the implementation.
        Basic::Bytes | Basic::Datetime | Basic::Date | Basic::Time | Basic::Timedelta | Basic::Uuid => None,
    }
}

/// The first kind of literal that it is.
fn read_any(expression: &Expr) -> Option<DefaultValue> {
    if is_none(expression) {
        return Some(DefaultValue::None);
    }
    match expression {
        Expr::List(list) => {
            let items: Option<_> = list.elts.iter().map(read_any).collect();
            Some(DefaultValue::List(items?))
        }
        Expr::Dict(dict) => {
            let entries: Option<_> =
                dict.items.iter().map(|item| Some((read_any(item.key.as_ref()?)?, read_any(&item.value)?))).collect();
            Some(DefaultValue::Map(entries?))
        }
        _ => [Basic::Bool, Basic::Float, Basic::Str].into_iter().find_map(|basic| read_basic(expression, basic)),
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

fn member(enumeration: &str, word: &str, members: &[(String, String)]) -> Option<DefaultValue> {
    let (name, _) = members.iter().find(|(name, value)| name == word || value == word)?;
    Some(DefaultValue::Member(enumeration.to_owned(), name.clone()))
}
