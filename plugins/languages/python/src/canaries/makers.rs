//! Functions of a test file that only fill in a class: `def eur(minor): return Money(minor=minor, currency="EUR")`.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};

use crate::source::namespace::{Certainty, Meaning, Namespace};

/// By name, what such a function hands on.
pub(super) struct Makers<'s>(BTreeMap<&'s str, Maker<'s>>);

/// A function that fills in a class.
pub(super) struct Maker<'s> {
    /// In order.
    parameters: Vec<&'s str>,
    /// Those that the class gets as they are.
    handed_on: BTreeSet<&'s str>,
}

impl<'s> Makers<'s> {
    pub(super) fn of(body: &'s [Stmt]) -> Self {
        let members = Namespace::of(body);
        let defined = members.members().filter(|member| member.certainty == Certainty::Defined);
        let functions = defined.filter_map(|member| match member.meaning {
            Meaning::Function(function) => Some((member.name, Maker::of(function)?)),
            _ => None,
        });
        Self(functions.collect())
    }

    pub(super) fn get(&self, function: &Expr) -> Option<&Maker<'s>> {
        function.as_name_expr().and_then(|name| self.0.get(name.id.as_str()))
    }
}

impl<'s> Maker<'s> {
    fn of(function: &'s StmtFunctionDef) -> Option<Self> {
        let is_docstring = |statement: &&Stmt| {
            statement.as_expr_stmt().is_some_and(|statement| statement.value.is_string_literal_expr())
        };
        let mut body = function.body.iter().skip_while(is_docstring);
        let (Some(Stmt::Return(returned)), None) = (body.next(), body.next()) else { return None };
        let called = returned.value.as_deref()?.as_call_expr()?;
        let is_plain = function.decorator_list.is_empty()
            && !function.is_async
            && function.parameters.vararg.is_none()
            && function.parameters.kwarg.is_none();
        if !is_plain || !is_class(&called.func) {
            return None;
        }
        let parameters: Vec<&str> = function.parameters.iter().map(|parameter| parameter.name().as_str()).collect();
        let by_position = called.arguments.args.iter();
        let values = by_position.chain(called.arguments.keywords.iter().map(|keyword| &keyword.value));
        let names = values.filter_map(|value| value.as_name_expr()).map(|name| name.id.as_str());
        let handed_on = names.filter(|name| parameters.contains(name)).collect();
        Some(Self { parameters, handed_on })
    }

    /// Returns whether the class gets an argument as it is: the one of this name, or else of this position.
    pub(super) fn hands_on(&self, position: usize, name: Option<&str>) -> bool {
        let parameter = name.or_else(|| self.parameters.get(position).copied());
        parameter.is_some_and(|parameter| self.handed_on.contains(parameter))
    }
}

/// Returns whether an expression is named as classes are: a capital, and not only capitals.
pub(super) fn is_class(expression: &Expr) -> bool {
    let name = match expression {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => return false,
    };
    name.starts_with(char::is_uppercase) && name.contains(char::is_lowercase)
}
