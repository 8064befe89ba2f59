//! Values that can be called, as far as their parameters can be read.

use oxc_ast::ast::{Expression, FormalParameters, Function, TSType, TSTypeAnnotation, TSTypeName};

use crate::source::exports::Value;
use crate::source::names::untyped;

/// What is known of a value that should be a function.
pub(super) enum Callable<'s> {
    Readable(Signature<'s>),
    /// What comes out of a call, for example.
    Unreadable,
    OtherValue,
}

/// A function that is written out.
pub(super) struct Signature<'s> {
    pub(super) parameters: &'s FormalParameters<'s>,
    pub(super) is_async: bool,
    pub(super) is_generator: bool,
    /// Whether its declared result is a promise; `None` without a declaration.
    pub(super) gives_promise: Option<bool>,
}

impl<'s> Callable<'s> {
    pub(super) fn of(value: Value<'s>) -> Self {
        match value {
            Value::Function(function) => Self::Readable(Signature::of(function)),
            Value::Expression(expression) => match untyped(expression) {
                Expression::FunctionExpression(function) => Self::Readable(Signature::of(function)),
                Expression::ArrowFunctionExpression(function) => Self::Readable(Signature {
                    parameters: &function.params,
                    is_async: function.r#async,
                    is_generator: false,
                    gives_promise: gives_promise(function.return_type.as_deref()),
                }),
                inner if inner.is_literal() => Self::OtherValue,
                Expression::ArrayExpression(_) | Expression::ObjectExpression(_) | Expression::TemplateLiteral(_) => {
                    Self::OtherValue
                }
                _ => Self::Unreadable,
            },
            Value::Type => Self::OtherValue,
            Value::Class(_) | Value::Imported(..) | Value::Unknown => Self::Unreadable,
        }
    }
}

impl<'s> Signature<'s> {
    pub(super) fn of(function: &'s Function<'s>) -> Self {
        Self {
            parameters: &function.params,
            is_async: function.r#async,
            is_generator: function.generator,
            gives_promise: gives_promise(function.return_type.as_deref()),
        }
    }
}

fn gives_promise(declared: Option<&TSTypeAnnotation<'_>>) -> Option<bool> {
    match &declared?.type_annotation {
        TSType::TSTypeReference(reference) => match &reference.type_name {
            TSTypeName::IdentifierReference(name) if name.name == "Promise" => Some(true),
            // A name of the file's own may stand for a promise.
            _ => None,
        },
        TSType::TSAnyKeyword(_) | TSType::TSUnknownKeyword(_) | TSType::TSUnionType(_) => None,
        _ => Some(false),
    }
}
