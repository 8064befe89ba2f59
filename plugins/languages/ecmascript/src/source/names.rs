//! The names of things in a tree: properties, exports, patterns.

use oxc_ast::ast::{BindingPattern, Expression, ModuleExportName, PropertyKey};

/// Returns the name of a property that is written out: `a`, `"a"` or `["a"]`.
pub fn key_name<'k>(key: &'k PropertyKey<'_>) -> Option<&'k str> {
    match key {
        PropertyKey::StaticIdentifier(name) => Some(name.name.as_str()),
        PropertyKey::StringLiteral(text) => Some(text.value.as_str()),
        _ => None,
    }
}

/// Returns the name that an import or an export spells.
pub fn export_name<'n>(name: &'n ModuleExportName<'_>) -> &'n str {
    match name {
        ModuleExportName::IdentifierName(name) => name.name.as_str(),
        ModuleExportName::IdentifierReference(name) => name.name.as_str(),
        ModuleExportName::StringLiteral(text) => text.value.as_str(),
    }
}

/// Returns the name that a pattern binds, when it binds one value as it is.
pub fn bound_name<'p>(pattern: &'p BindingPattern<'_>) -> Option<&'p str> {
    match pattern {
        BindingPattern::BindingIdentifier(name) => Some(name.name.as_str()),
        BindingPattern::AssignmentPattern(pattern) => bound_name(&pattern.left),
        _ => None,
    }
}

/// Calls `visit` with every name that a pattern binds.
pub fn each_bound_name<'p>(pattern: &'p BindingPattern<'_>, visit: &mut impl FnMut(&'p str)) {
    match pattern {
        BindingPattern::BindingIdentifier(name) => visit(name.name.as_str()),
        BindingPattern::AssignmentPattern(pattern) => each_bound_name(&pattern.left, visit),
        BindingPattern::ObjectPattern(pattern) => {
            pattern.properties.iter().for_each(|property| each_bound_name(&property.value, visit));
            if let Some(rest) = &pattern.rest {
                each_bound_name(&rest.argument, visit);
            }
        }
        BindingPattern::ArrayPattern(pattern) => {
            pattern.elements.iter().flatten().for_each(|element| each_bound_name(element, visit));
            if let Some(rest) = &pattern.rest {
                each_bound_name(&rest.argument, visit);
            }
        }
    }
}

/// Returns an expression without what only the type checker reads: `x as T`, `x!`, `x satisfies T`.
pub fn untyped<'e, 'a>(expression: &'e Expression<'a>) -> &'e Expression<'a> {
    let mut inner = expression;
    loop {
        inner = match inner {
            Expression::TSAsExpression(typed) => &typed.expression,
            Expression::TSSatisfiesExpression(typed) => &typed.expression,
            Expression::TSNonNullExpression(typed) => &typed.expression,
            Expression::TSTypeAssertion(typed) => &typed.expression,
            Expression::TSInstantiationExpression(typed) => &typed.expression,
            Expression::ParenthesizedExpression(wrapped) => &wrapped.expression,
            inner => return inner,
        };
    }
}
