//! Walks through one file of tests.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, ExprAttribute, ExprCall, ExprContext, ExprName, Stmt, StmtImport, StmtImportFrom};
use ruff_text_size::Ranged;

use super::{Modules, Obstacle, Whose, fixtures, patches, shared};
use crate::source::bindings::{Bindings, imported_module};
use crate::source::{Source, module_name, package_of};

/// Returns the obstacles of a file, in the order of its lines.
pub(super) fn in_file(source: &Source<'_>, modules: &Modules<'_>) -> Vec<Obstacle> {
    let module = module_name(source.path(), &[]);
    let package = package_of(source.path(), &module);
    let bindings = Bindings::of(source.body(), &package);
    let mut finder = Finder { source, modules, package, bindings, found: Vec::new(), explained: BTreeSet::new() };
    finder.visit_body(source.body());
    let mut obstacles = finder.found;
    obstacles.sort_by_key(|obstacle| obstacle.place.as_ref().map(|place| (place.line, place.column)));
    obstacles.dedup();
    obstacles
}

pub(super) struct Finder<'s> {
    source: &'s Source<'s>,
    pub(super) modules: &'s Modules<'s>,
    package: String,
    pub(super) bindings: Bindings<'s>,
    found: Vec<Obstacle>,
    /// Where expressions begin that an obstacle round them has explained already.
    explained: BTreeSet<u32>,
}

impl<'s> Visitor<'s> for Finder<'s> {
    fn visit_stmt(&mut self, statement: &'s Stmt) {
        match statement {
            Stmt::Import(import) => self.import(import),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::FunctionDef(function) => {
                for (node, name) in fixtures::of_parameters(function, &self.bindings) {
                    self.fixture(node, name);
                }
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'s Expr) {
        match expression {
            Expr::Call(call) => self.call(call),
            Expr::Attribute(attribute) if !self.is_explained(expression) && self.attribute(expression, attribute) => {
                return;
            }
            Expr::Subscript(subscript) if subscript.ctx != ExprContext::Load => {
                if let Some(target) = self.bindings.resolve(&subscript.value) {
                    self.change(expression, &target);
                    self.explain(&subscript.value);
                }
            }
            Expr::Name(name) if !self.is_explained(expression) => self.name(expression, name),
            _ => {}
        }
        walk_expr(self, expression);
    }
}

impl<'s> Finder<'s> {
    /// Puts an obstacle on record. The offending text goes first.
    pub(super) fn add(&mut self, node: &impl Ranged, reason: &str) {
        let reason = format!("`{}`: {reason}", shortened(self.source.written(node)));
        self.found.push(Obstacle { reason, place: Some(self.source.place(node)) });
    }

    pub(super) fn explain(&mut self, expression: &Expr) {
        self.explained.insert(expression.start().to_u32());
    }

    fn is_explained(&self, expression: &Expr) -> bool {
        self.explained.contains(&expression.start().to_u32())
    }

    pub(super) fn fixture(&mut self, node: &impl Ranged, name: &str) {
        self.add(node, fixtures::reason(name));
    }

    fn import(&mut self, import: &'s StmtImport) {
        for alias in &import.names {
            let module = alias.name.as_str();
            if let Some(rest) = module.strip_prefix(self.modules.component).and_then(|rest| rest.strip_prefix('.')) {
                let reason = format!("the contract of `{}` has no module `{rest}`", self.modules.component);
                self.add(import, &format!("{reason}; use only what it promises"));
            } else if let Some(reason) = shared::of_import(module) {
                self.add(import, reason);
            }
        }
    }

    fn import_from(&mut self, import: &'s StmtImportFrom) {
        let module = imported_module(import, &self.package);
        if let Some(reason) = shared::of_import(&module) {
            self.add(import, reason);
        }
        for alias in import.names.iter().filter(|alias| alias.name.as_str() != "*") {
            if let Some(reason) = self.modules.unpromised(&format!("{module}.{}", alias.name)) {
                // The statement may list a dozen names: the one that is wrong, with its own place.
                let written = format!("from {module} import {}", alias.name);
                let reason = format!("`{written}`: {reason}");
                self.found.push(Obstacle { reason, place: Some(self.source.place(alias)) });
            }
        }
    }

    fn call(&mut self, call: &'s ExprCall) {
        if let Some(patch) = patches::of_call(call, &self.bindings) {
            self.patch(call, &patch);
            return;
        }
        for name in fixtures::of_call(call, &self.bindings) {
            self.fixture(call, name);
        }
        let target = self.bindings.resolve(&call.func);
        if let Some(reason) = shared::of_call(call, target.as_deref()) {
            self.add(call, reason);
            call.arguments.args.iter().for_each(|argument| self.explain(argument));
            return;
        }
        // `getattr(bank, "deposit")` is `bank.deposit`.
        if let Expr::Name(function) = &*call.func
            && matches!(function.id.as_str(), "getattr" | "hasattr")
            && let [subject, Expr::StringLiteral(name), ..] = &*call.arguments.args
            && let Some(module) = self.bindings.resolve(subject)
            && self.modules.whose(&module) == Whose::Component
        {
            self.explain(subject);
            if let Some(reason) = self.modules.unpromised(&format!("{module}.{}", name.value.to_str())) {
                self.add(call, &reason);
            }
        }
    }

    fn patch(&mut self, call: &'s ExprCall, patch: &patches::Patch<'s>) {
        if let Some(subject) = patch.subject {
            self.explain(subject);
        }
        self.change(call, &patch.target);
    }

    /// Something of `target` is replaced.
    fn change(&mut self, node: &impl Ranged, target: &str) {
        let component = self.modules.component;
        match self.modules.whose(target) {
            Whose::Component => {
                let first = target.split('.').next().unwrap_or_default();
                let reason = format!(
                    "the component runs in another interpreter, where a change of `{first}` does nothing; replace what \
                     `{component}` calls on the dependency's module, for example `monkeypatch.setattr(dependency, \"name\", fake)`"
                );
                self.add(node, &reason);
            }
            Whose::Others => {
                let reason = format!(
                    "`{target}` of the tests is not that of the component, which runs in another interpreter; pass the value as an \
                     argument, or replace a function of a dependency"
                );
                self.add(node, &reason);
            }
            Whose::Dependency | Whose::Tests => {}
        }
    }

    /// Returns whether the expression has been dealt with as a whole.
    fn attribute(&mut self, expression: &'s Expr, attribute: &'s ExprAttribute) -> bool {
        let Some(target) = self.bindings.resolve(expression) else { return false };
        if attribute.ctx != ExprContext::Load {
            self.change(expression, &target);
            return true;
        }
        if let Some(reason) = self.modules.unpromised(&target) {
            self.add(expression, &reason);
            return true;
        }
        // Nothing further inside of it: the module is the beginning of a name, not a value.
        self.modules.whose(&target) == Whose::Component
    }

    fn name(&mut self, expression: &'s Expr, name: &'s ExprName) {
        if name.ctx == ExprContext::Load && self.bindings.imported(name.id.as_str()) == Some(self.modules.component) {
            let reason = format!(
                "the module of `{}` is used as a value; its functions and types can be used by name, and nothing else of it is here",
                self.modules.component
            );
            self.add(expression, &reason);
        }
    }
}

/// Cuts a text that goes into a message, and puts it on one line.
fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
