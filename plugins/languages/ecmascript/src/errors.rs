//! The errors that JavaScript has without an import.

/// Returns whether a name is one of them.
pub(crate) fn is_builtin(name: &str) -> bool {
    matches!(
        name,
        "AggregateError"
            | "Error"
            | "EvalError"
            | "RangeError"
            | "ReferenceError"
            | "SyntaxError"
            | "TypeError"
            | "URIError"
    )
}
