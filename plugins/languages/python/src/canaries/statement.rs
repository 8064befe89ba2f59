//! Statements of a test: what they compare, and whether they leave it.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{CmpOp, Expr, Stmt, StmtClassDef};

/// Returns the two sides of a comparison, if a statement is one.
pub(super) fn compared<'s>(statement: &'s Stmt, class: Option<&StmtClassDef>) -> Option<(&'s Expr, &'s Expr)> {
    match statement {
        Stmt::Assert(assert) => {
            let Expr::Compare(compare) = &*assert.test else { return None };
            match (&*compare.ops, &*compare.comparators) {
                ([CmpOp::Eq], [right]) => Some((&compare.left, right)),
                _ => None,
            }
        }
        Stmt::Expr(statement) => {
            let Expr::Call(call) = &*statement.value else { return None };
            let Expr::Attribute(method) = &*call.func else { return None };
            let is_of_unittest = matches!(&*method.value, Expr::Name(name) if name.id.as_str() == "self")
                && method.attr.as_str() == "assertEqual"
                && class.is_some_and(|class| !class.bases().is_empty());
            match &*call.arguments.args {
                [left, right] | [left, right, _] if is_of_unittest => Some((left, right)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Returns whether a statement does nothing but look.
pub(super) fn is_check(statement: &Stmt) -> bool {
    match statement {
        Stmt::Assert(_) | Stmt::Pass(_) => true,
        Stmt::Expr(statement) => match &*statement.value {
            Expr::Call(call) => call.func.as_attribute_expr().is_some_and(|method| {
                matches!(&*method.value, Expr::Name(name) if name.id.as_str() == "self")
                    && method.attr.as_str().starts_with("assert")
            }),
            _ => false,
        },
        _ => false,
    }
}

/// Returns whether an expression is more than literals.
pub(super) fn is_computed(expression: &Expr) -> bool {
    let mut finder = Computed(false);
    finder.visit_expr(expression);
    finder.0
}

struct Computed(bool);

impl<'a> Visitor<'a> for Computed {
    fn visit_expr(&mut self, expression: &'a Expr) {
        self.0 |= matches!(expression, Expr::Name(_) | Expr::Call(_));
        walk_expr(self, expression);
    }
}

/// Ways out of a function. Functions within are not its own.
#[derive(Default)]
pub(super) struct Exits {
    pub(super) returns: bool,
    pub(super) yields: bool,
}

impl<'a> Visitor<'a> for Exits {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::FunctionDef(_) | Stmt::ClassDef(_) => {}
            Stmt::Return(_) => self.returns = true,
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Lambda(_) => {}
            Expr::Yield(_) | Expr::YieldFrom(_) => self.yields = true,
            _ => walk_expr(self, expression),
        }
    }
}
