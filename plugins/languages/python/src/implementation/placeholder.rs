//! Bodies that do nothing and comments that admit it.

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{Expr, Stmt, StmtFunctionDef};

use super::{Finding, Severity};
use crate::interface::Interface;
use crate::source::Source;

/// Returns the placeholders of a file.
pub(super) fn in_file(source: &Source<'_>, interface: &Interface) -> Vec<Finding> {
    let mut finder = Finder { source, interface, scopes: Vec::new(), findings: Vec::new() };
    finder.visit_body(source.body());
    let mut findings = finder.findings;
    for (comment, place) in source.comments() {
        let text = comment.trim_start_matches('#').trim_start();
        let word: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
        if matches!(word.as_str(), "TODO" | "FIXME" | "PLACEHOLDER" | "STUB") {
            let message = format!("a comment says that something is unfinished: `{}`", shortened(comment));
            findings.push(Finding { severity: Severity::Warning, code: "unfinished-comment", message, place });
        }
    }
    findings
}

struct Finder<'s> {
    source: &'s Source<'s>,
    interface: &'s Interface,
    /// The classes and functions round the place.
    scopes: Vec<&'s str>,
    findings: Vec<Finding>,
}

impl<'s> Visitor<'s> for Finder<'s> {
    fn visit_stmt(&mut self, statement: &'s Stmt) {
        let scope = match statement {
            Stmt::FunctionDef(function) => {
                self.check(function);
                Some(function.name.as_str())
            }
            // A protocol's or an abstract class's methods are empty on purpose.
            Stmt::ClassDef(class) if is_abstract(class.bases()) => return,
            Stmt::ClassDef(class) => Some(class.name.as_str()),
            _ => None,
        };
        self.scopes.extend(scope);
        walk_stmt(self, statement);
        if scope.is_some() {
            self.scopes.pop();
        }
    }

    fn visit_expr(&mut self, _: &'s Expr) {}
}

impl Finder<'_> {
    fn check(&mut self, function: &StmtFunctionDef) {
        let name = function.name.as_str();
        // `__init__` and its like are often empty for good reason; an overload has no body by design.
        let is_special = name.starts_with("__") && name.ends_with("__");
        let is_declaration = function.decorator_list.iter().any(|decorator| is_declaring(&decorator.expression));
        if is_special || is_declaration || !is_empty(&function.body) {
            return;
        }
        let is_promised = match self.scopes.as_slice() {
            [] => self.interface.functions.iter().any(|promised| promised.name == name),
            [class] => {
                let promised = self.interface.classes.iter().find(|promised| promised.name == *class);
                promised.is_some_and(|class| class.methods.iter().any(|method| method.name == name))
            }
            _ => false,
        };
        let severity = if is_promised { Severity::Error } else { Severity::Warning };
        let message = format!("the body of `{name}` is a placeholder");
        self.findings.push(Finding {
            severity,
            code: "placeholder",
            message,
            place: self.source.place(&function.name),
        });
    }
}

fn is_empty(body: &[Stmt]) -> bool {
    body.iter().enumerate().all(|(index, statement)| match statement {
        Stmt::Pass(_) => true,
        Stmt::Expr(expression) => match &*expression.value {
            Expr::EllipsisLiteral(_) => true,
            Expr::StringLiteral(_) => index == 0,
            _ => false,
        },
        Stmt::Raise(raise) => raise.exc.as_deref().is_some_and(|exception| {
            let class = match exception {
                Expr::Call(call) => &*call.func,
                class => class,
            };
            matches!(class, Expr::Name(name) if name.id.as_str() == "NotImplementedError")
        }),
        _ => false,
    })
}

fn is_abstract(bases: &[Expr]) -> bool {
    bases.iter().any(|base| last_name(base).is_some_and(|name| matches!(name, "Protocol" | "ABC")))
}

fn is_declaring(decorator: &Expr) -> bool {
    last_name(decorator).is_some_and(|name| matches!(name, "overload" | "abstractmethod"))
}

/// `typing.Protocol[T]` and `Protocol` are called `Protocol`.
fn last_name(expression: &Expr) -> Option<&str> {
    match expression {
        Expr::Name(name) => Some(name.id.as_str()),
        Expr::Attribute(attribute) => Some(attribute.attr.as_str()),
        Expr::Subscript(subscript) => last_name(&subscript.value),
        _ => None,
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
