//! Source text on lines of a width: what is in brackets stands on one line where it fits, else each part on its own.

/// A part of an expression.
#[derive(Debug, Clone)]
pub enum Pretty {
    /// Text that stays on its line.
    Text(String),
    /// Parts in brackets.
    Group {
        /// What opens it, for example `Account(`.
        open: String,
        /// What is in it.
        parts: Vec<Pretty>,
        /// What closes it.
        close: &'static str,
        /// What stands inside of both brackets on one line: a space, or nothing.
        padding: &'static str,
    },
    /// A name or key, and its value.
    Pair(String, Box<Pretty>),
    /// What opens, one part that keeps its own brackets on the same line, and what closes: `call(name, {…})`.
    Hugging(String, Box<Pretty>, &'static str),
}

impl Pretty {
    /// Makes brackets round parts.
    pub fn group(open: impl Into<String>, parts: Vec<Pretty>, close: &'static str, padding: &'static str) -> Self {
        Self::Group { open: open.into(), parts, close, padding }
    }

    /// Writes it behind `column` letters of a line that begins with `indent` of them. Below is indented by `step` more; `after`
    /// letters follow on its last line.
    pub fn write(&self, indent: usize, column: usize, after: usize, layout: &Layout) -> String {
        let flat = self.flat();
        if column + flat.chars().count() + after <= layout.width {
            return flat;
        }
        match self {
            Self::Text(text) => text.clone(),
            Self::Pair(name, value) => {
                format!("{name}{}", value.write(indent, column + name.chars().count(), after, layout))
            }
            Self::Hugging(open, inner, close) => {
                let after = after + close.chars().count();
                format!("{open}{}{close}", inner.write(indent, column + open.chars().count(), after, layout))
            }
            Self::Group { open, parts, close, .. } if parts.is_empty() => format!("{open}{close}"),
            Self::Group { open, parts, close, .. } => {
                let inner = indent + layout.step;
                let pad = " ".repeat(inner);
                let lines: String =
                    parts.iter().map(|part| format!("{pad}{},\n", part.write(inner, inner, 1, layout))).collect();
                format!("{open}\n{lines}{}{close}", " ".repeat(indent))
            }
        }
    }

    /// Writes it on one line.
    pub fn flat(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Pair(name, value) => format!("{name}{}", value.flat()),
            Self::Hugging(open, inner, close) => format!("{open}{}{close}", inner.flat()),
            Self::Group { open, parts, close, .. } if parts.is_empty() => format!("{open}{close}"),
            Self::Group { open, parts, close, padding } => {
                let parts: Vec<String> = parts.iter().map(Self::flat).collect();
                format!("{open}{padding}{}{padding}{close}", parts.join(", "))
            }
        }
    }
}

/// How a language's formatter lays out lines.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Letters of a line.
    pub width: usize,
    /// Letters by which what is in brackets is indented.
    pub step: usize,
}

/// Ruff and black.
pub const PYTHON: Layout = Layout { width: 88, step: 4 };
/// Prettier.
pub const ECMASCRIPT: Layout = Layout { width: 80, step: 2 };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_stands_on_lines_of_its_own() {
        let text = |text: &str| Pretty::Text(text.to_owned());
        let inner = Pretty::group("[", vec![text("1"), text("2")], "]", "");
        let call = Pretty::group("f(", vec![Pretty::Pair("a=".to_owned(), Box::new(inner)), text("b")], ")", "");
        let narrow = |width| call.write(0, 0, 0, &Layout { width, step: 4 });
        assert_eq!(narrow(14), "f(a=[1, 2], b)");
        assert_eq!(narrow(13), "f(\n    a=[1, 2],\n    b,\n)");
        assert_eq!(narrow(12), "f(\n    a=[\n        1,\n        2,\n    ],\n    b,\n)");
    }
}
