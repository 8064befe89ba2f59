//! Reads a rule, by recursive descent. The host reads the same grammar; no code is shared across the interface of plugins, so the
//! table of validators is what holds both together.

use std::fmt;

use super::token::{Token, cut};
use super::{Expression, Operator, Relation, Ty};

/// How deep a rule may nest. Each level costs stack.
const MAX_DEPTH: u32 = 32;
/// Longer texts are no rules of one value.
const MAX_LENGTH_BYTES: usize = 1000;

/// A text that is no rule of the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    expected: &'static str,
    column: usize,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {} at character {}", self.expected, self.column)
    }
}

/// Reads a whole rule.
pub(super) fn parse(text: &str) -> Result<Expression, Unreadable> {
    let at = |bytes: usize, expected| Unreadable { expected, column: text[..bytes].chars().count() + 1 };
    if text.len() > MAX_LENGTH_BYTES {
        return Err(Unreadable { expected: "at most 1000 bytes", column: 1 });
    }
    let tokens = cut(text).map_err(|bytes| at(bytes, "a name, a number, a text in quotes or a sign"))?;
    let mut parser = Parser { tokens: &tokens, next: 0, depth: 0 };
    let read = parser
        .any()
        .and_then(|read| if parser.next == tokens.len() { Ok(read) } else { Err("an operator or the end") });
    read.map_err(|expected| at(tokens.get(parser.next).map_or(text.len(), |(bytes, _)| *bytes), expected))
}

struct Parser<'tokens> {
    tokens: &'tokens [(usize, Token)],
    next: usize,
    depth: u32,
}

type Read = Result<Expression, &'static str>;

impl Parser<'_> {
    fn any(&mut self) -> Read {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err("fewer than 32 nested brackets");
        }
        let mut items = vec![self.all()?];
        while self.takes_one(&["or", "||"]) {
            items.push(self.all()?);
        }
        self.depth -= 1;
        Ok(single_or(items, Expression::Any))
    }

    fn all(&mut self) -> Read {
        let mut items = vec![self.not()?];
        while self.takes_one(&["and", "&&"]) {
            items.push(self.not()?);
        }
        Ok(single_or(items, Expression::All))
    }

    fn not(&mut self) -> Read {
        let mut times = 0;
        while self.takes_one(&["not", "!"]) {
            times += 1;
            if times > MAX_DEPTH {
                return Err("fewer negations");
            }
        }
        let mut read = self.comparison()?;
        for _ in 0..times {
            read = Expression::Not(Box::new(read));
        }
        Ok(read)
    }

    fn comparison(&mut self) -> Read {
        let first = self.sum()?;
        let mut others = Vec::new();
        while let Some(relation) = self.relation()? {
            others.push((relation, self.sum()?));
        }
        Ok(if others.is_empty() { first } else { Expression::Comparison(Box::new(first), others) })
    }

    fn relation(&mut self) -> Result<Option<Relation>, &'static str> {
        let signs = [
            ("<=", Relation::LessOrEqual),
            ("≤", Relation::LessOrEqual),
            (">=", Relation::GreaterOrEqual),
            ("≥", Relation::GreaterOrEqual),
            ("==", Relation::Equal),
            ("!=", Relation::NotEqual),
            ("<", Relation::Less),
            (">", Relation::Greater),
            ("in", Relation::In),
        ];
        for (sign, relation) in signs {
            if self.takes(sign) {
                return Ok(Some(relation));
            }
        }
        if self.takes("is") {
            return Ok(Some(if self.takes("not") { Relation::NotEqual } else { Relation::Equal }));
        }
        if self.takes("not") {
            return if self.takes("in") { Ok(Some(Relation::NotIn)) } else { Err("`in`") };
        }
        Ok(None)
    }

    fn sum(&mut self) -> Read {
        self.chain(&[("+", Operator::Plus), ("-", Operator::Minus)], Self::product)
    }

    fn product(&mut self) -> Read {
        self.chain(&[("*", Operator::Times), ("/", Operator::Divided), ("%", Operator::Modulo)], Self::unary)
    }

    fn chain(&mut self, operators: &[(&str, Operator)], part: impl Fn(&mut Self) -> Read) -> Read {
        let mut left = part(self)?;
        let mut length = 0;
        while let Some((_, operator)) = operators.iter().find(|(sign, _)| self.takes(sign)) {
            length += 1;
            if length > MAX_DEPTH {
                return Err("fewer operators in a row");
            }
            left = Expression::Arithmetic(Box::new(left), *operator, Box::new(part(self)?));
        }
        Ok(left)
    }

    fn unary(&mut self) -> Read {
        if !self.takes("-") {
            return self.member();
        }
        Ok(match self.member()? {
            Expression::Number(number) => Expression::Number(number.negated()),
            other => Expression::Negative(Box::new(other)),
        })
    }

    fn member(&mut self) -> Read {
        let mut read = self.atom()?;
        let mut length = 0;
        while self.takes(".") {
            let name = self.name().ok_or("the name of a field")?;
            length += 1;
            if self.peeks("(") || length > MAX_DEPTH {
                self.next -= 1;
                return Err("a field: the language has no methods");
            }
            read = Expression::Member(Box::new(read), name, Ty::Other);
        }
        Ok(read)
    }

    fn atom(&mut self) -> Read {
        if self.takes("(") {
            let inner = self.any()?;
            return if self.takes(")") { Ok(inner) } else { Err("`)`") };
        }
        if self.takes("[") {
            return self.list();
        }
        match self.tokens.get(self.next).map(|(_, token)| token) {
            Some(Token::Number(number)) => {
                self.next += 1;
                Ok(Expression::Number(number.clone()))
            }
            Some(Token::Text(text)) => {
                self.next += 1;
                Ok(Expression::Text(text.clone()))
            }
            _ => {
                let name = self.name().ok_or("a value")?;
                if !self.peeks("(") {
                    return Ok(named(name));
                }
                if name != "len" {
                    self.next -= 1;
                    return Err("`len`, the only function of the language");
                }
                self.next += 1;
                let inner = self.any()?;
                if self.takes(")") { Ok(Expression::Length(Box::new(inner))) } else { Err("`)`") }
            }
        }
    }

    fn list(&mut self) -> Read {
        let mut items = Vec::new();
        if self.takes("]") {
            return Ok(Expression::List(items));
        }
        items.push(self.any()?);
        while self.takes(",") {
            items.push(self.any()?);
        }
        if self.takes("]") { Ok(Expression::List(items)) } else { Err("`,` or `]`") }
    }

    fn name(&mut self) -> Option<String> {
        let Some((_, Token::Word(word))) = self.tokens.get(self.next) else { return None };
        if ["and", "or", "not", "in", "is"].contains(&word.as_str()) {
            return None;
        }
        self.next += 1;
        Some(word.clone())
    }

    fn takes_one(&mut self, spellings: &[&str]) -> bool {
        spellings.iter().any(|spelling| self.takes(spelling))
    }

    fn takes(&mut self, spelling: &str) -> bool {
        let found = self.peeks(spelling);
        self.next += usize::from(found);
        found
    }

    fn peeks(&self, spelling: &str) -> bool {
        match self.tokens.get(self.next) {
            Some((_, Token::Sign(sign))) => *sign == spelling,
            Some((_, Token::Word(word))) => word == spelling,
            _ => false,
        }
    }
}

fn named(name: String) -> Expression {
    match name.as_str() {
        "True" | "true" => Expression::Truth(true),
        "False" | "false" => Expression::Truth(false),
        "None" | "null" => Expression::None,
        _ => Expression::Name(name, Ty::Other),
    }
}

fn single_or(mut items: Vec<Expression>, many: fn(Vec<Expression>) -> Expression) -> Expression {
    if items.len() == 1 { items.remove(0) } else { many(items) }
}
