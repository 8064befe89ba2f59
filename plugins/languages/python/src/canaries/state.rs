//! What tests of a file share and change. One that is changed stops early, and one that runs apart lacks what the others did:
//! a test that counts on either would fail for that.
//!
//! Only what this file says: fixtures of other files and the state of what is tested are not seen.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt, StmtClassDef, StmtFunctionDef};

use crate::source::bindings::Bindings;
use crate::source::namespace::{Meaning, Namespace};

/// What is shared in one file.
pub(super) struct SharedState<'s> {
    /// Fixtures that several tests get one value of, directly or through another fixture.
    pub(super) fixtures: BTreeSet<&'s str>,
    /// What is assigned at the top level is changed by functions.
    pub(super) changes_module: bool,
}

/// What the framework runs once for many tests.
const MODULE_SETUPS: [&str; 2] = ["setUpModule", "setup_module"];
const CLASS_SETUPS: [&str; 2] = ["setUpClass", "setup_class"];

impl<'s> SharedState<'s> {
    pub(super) fn of(body: &'s [Stmt], bindings: &Bindings) -> Self {
        let changed = Changed::by(body);
        let names = Namespace::of(body);
        let changes_module = names.members().any(|member| {
            let is_assigned = matches!(member.meaning, Meaning::Bound(..)) && bindings.imported(member.name).is_none();
            MODULE_SETUPS.contains(&member.name) || (is_assigned && changed.names.contains(member.name))
        });
        let mut finder = Fixtures { bindings, found: Vec::new() };
        finder.visit_body(body);
        Self { fixtures: wide(&finder.found), changes_module }
    }
}

/// Returns whether the tests of a class change something that the class has.
pub(super) fn is_shared(class: &StmtClassDef) -> bool {
    let changed = Changed::by(&class.body);
    Namespace::of(&class.body).members().any(|member| {
        let is_assigned = matches!(member.meaning, Meaning::Bound(..));
        CLASS_SETUPS.contains(&member.name)
            || (is_assigned
                && (changed.attributes.contains(member.name) || changed.names.contains(class.name.as_str())))
    })
}

/// Returns the fixtures of a wide scope and those that take them.
fn wide<'s>(found: &[(&'s StmtFunctionDef, bool)]) -> BTreeSet<&'s str> {
    let mut wide: BTreeSet<&str> =
        found.iter().filter(|(_, is_wide)| *is_wide).map(|(function, _)| function.name.as_str()).collect();
    loop {
        let before = wide.len();
        for (function, _) in found {
            if function.parameters.iter().any(|parameter| wide.contains(parameter.name().as_str())) {
                wide.insert(function.name.as_str());
            }
        }
        if wide.len() == before {
            return wide;
        }
    }
}

struct Fixtures<'s, 'b> {
    bindings: &'b Bindings<'b>,
    found: Vec<(&'s StmtFunctionDef, bool)>,
}

impl<'s> Visitor<'s> for Fixtures<'s, '_> {
    fn visit_stmt(&mut self, statement: &'s Stmt) {
        if let Stmt::FunctionDef(function) = statement {
            for decorator in &function.decorator_list {
                let (name, scope) = match &decorator.expression {
                    Expr::Call(call) => {
                        (&*call.func, call.arguments.find_keyword("scope").map(|keyword| &keyword.value))
                    }
                    other => (other, None),
                };
                let is_narrow = match scope {
                    None => true,
                    Some(Expr::StringLiteral(literal)) => literal.value.to_str() == "function",
                    Some(_) => false,
                };
                if self.bindings.resolve(name).as_deref() == Some("pytest.fixture") {
                    self.found.push((function, !is_narrow));
                }
            }
        }
        walk_stmt(self, statement);
    }
}

/// What functions change in place.
#[derive(Default)]
struct Changed<'s> {
    /// The names at which the changed things begin.
    names: BTreeSet<&'s str>,
    /// Of `self` and `cls`.
    attributes: BTreeSet<&'s str>,
    depth: u32,
}

impl<'s> Changed<'s> {
    fn by(body: &'s [Stmt]) -> Self {
        let mut changed = Self::default();
        changed.visit_body(body);
        changed
    }

    /// Adds the thing at which an expression begins: `a` for `a.b[0].c`, the attribute `b` for `self.b.c`.
    fn add(&mut self, expression: &'s Expr) {
        let mut attribute = None;
        let mut inner = expression;
        loop {
            inner = match inner {
                Expr::Attribute(found) => {
                    attribute = Some(found.attr.as_str());
                    &found.value
                }
                Expr::Subscript(found) => &found.value,
                Expr::Call(found) => &found.func,
                Expr::Name(name) => {
                    match attribute.filter(|_| matches!(name.id.as_str(), "self" | "cls")) {
                        Some(attribute) => self.attributes.insert(attribute),
                        None => self.names.insert(name.id.as_str()),
                    };
                    return;
                }
                _ => return,
            };
        }
    }

    fn add_target(&mut self, target: &'s Expr) {
        // A plain name is the function's own; one of the module's is declared `global`.
        if !target.is_name_expr() {
            self.add(target);
        }
    }
}

impl<'s> Visitor<'s> for Changed<'s> {
    fn visit_stmt(&mut self, statement: &'s Stmt) {
        if self.depth > 0 {
            match statement {
                // What is called and thrown away is called for what it does.
                Stmt::Expr(called) => {
                    if let Expr::Call(call) = &*called.value
                        && call.func.is_attribute_expr()
                    {
                        self.add(&call.func);
                    }
                }
                Stmt::Assign(assign) => assign.targets.iter().for_each(|target| self.add_target(target)),
                Stmt::AugAssign(assign) => self.add_target(&assign.target),
                Stmt::Delete(delete) => delete.targets.iter().for_each(|target| self.add_target(target)),
                Stmt::Global(global) => self.names.extend(global.names.iter().map(ruff_python_ast::Identifier::as_str)),
                _ => {}
            }
        }
        let is_function = statement.is_function_def_stmt();
        self.depth += u32::from(is_function);
        walk_stmt(self, statement);
        self.depth -= u32::from(is_function);
    }

    fn visit_expr(&mut self, expression: &'s Expr) {
        if let Expr::Call(call) = expression
            && matches!(&*call.func, Expr::Name(name) if name.id.as_str() == "next")
            && let [iterated, ..] = &*call.arguments.args
        {
            self.add(iterated);
        }
        walk_expr(self, expression);
    }
}
