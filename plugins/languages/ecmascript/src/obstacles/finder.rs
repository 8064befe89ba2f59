//! Walks through one file of tests.

use oxc_ast::ast::{
    Argument, AssignmentExpression, AssignmentTarget, CallExpression, ExportAllDeclaration, Expression,
    IdentifierReference, ImportDeclaration, ImportDeclarationSpecifier, StaticMemberExpression, UnaryExpression,
    UnaryOperator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::{GetSpan, Span};

use super::{Modules, Obstacle, Whose, shared};
use crate::source::Source;
use crate::source::bindings::{Bindings, Meaning};
use crate::source::names::export_name;

/// Returns the obstacles of a file, in the order of its lines.
pub(super) fn in_file(source: &Source<'_>, modules: &Modules<'_>) -> Vec<Obstacle> {
    let bindings = Bindings::of(source.body());
    let mut finder = Finder { source, modules, bindings: &bindings, found: Vec::new(), explained: Vec::new() };
    finder.visit_program(source.program());
    let mut obstacles = finder.found;
    obstacles.sort_by_key(|obstacle| obstacle.place.as_ref().map(|place| (place.line, place.column)));
    obstacles.dedup();
    obstacles
}

struct Finder<'s> {
    source: &'s Source<'s>,
    modules: &'s Modules<'s>,
    bindings: &'s Bindings<'s>,
    found: Vec<Obstacle>,
    /// What an obstacle round it has explained already.
    explained: Vec<Span>,
}

impl Finder<'_> {
    /// Puts an obstacle on record. The offending text goes first.
    fn add(&mut self, node: &impl GetSpan, reason: &str) {
        let reason = format!("`{}`: {reason}", shortened(self.source.written(node)));
        self.found.push(Obstacle { reason, place: Some(self.source.place(node)) });
        self.explained.push(node.span());
    }

    fn is_explained(&self, span: Span) -> bool {
        self.explained.iter().any(|round| round.start <= span.start && span.end <= round.end)
    }

    fn call(&mut self, call: &CallExpression<'_>) {
        let Some(called) = self.bindings.resolve(&call.callee) else { return };
        if let Some(reason) = shared::of_call(&called) {
            self.add(call, reason);
            return;
        }
        let subject = call.arguments.first().and_then(Argument::as_expression);
        let Some(subject) = subject else { return };
        match replacing(&called) {
            Some(Replacing::Module) => {
                let module = match subject {
                    Expression::StringLiteral(text) => text.value.as_str(),
                    Expression::ImportExpression(import) => match &import.source {
                        Expression::StringLiteral(text) => text.value.as_str(),
                        _ => return,
                    },
                    _ => return,
                };
                self.module_replaced(call, module);
            }
            Some(Replacing::Member) => {
                let Some(mut target) = self.bindings.resolve(subject) else { return };
                if let Some(Expression::StringLiteral(name)) = call.arguments.get(1).and_then(Argument::as_expression) {
                    target = target.member(name.value.as_str());
                }
                self.replaced(call, &target);
            }
            None => {}
        }
    }

    fn module_replaced(&mut self, call: &CallExpression<'_>, module: &str) {
        if matches!(self.modules.whose(module), Whose::Component | Whose::Types) {
            let reason = "a suite cannot replace what it tests; replace a dependency";
            self.add(call, reason);
        } else if let Some(reason) = self.modules.unpromised_module(module) {
            self.add(call, &reason);
        } else if self.modules.whose(module) == Whose::Others {
            let reason = format!(
                "the component runs in another interpreter, where a replacement of `{module}` does nothing; replace a \
                 dependency, or pass the value as an argument"
            );
            self.add(call, &reason);
        }
    }

    /// Something is replaced for the time of a test.
    fn replaced(&mut self, node: &impl GetSpan, target: &Meaning) {
        match self.modules.whose(&target.module) {
            Whose::Component | Whose::Types => {
                let component = self.modules.component;
                let reason = format!(
                    "the component runs in another interpreter, where a change of `{component}` does nothing; replace what it \
                     calls on the dependency, for example `vi.spyOn(dependency, \"name\")`"
                );
                self.add(node, &reason);
            }
            Whose::Dependency => {}
            Whose::Others => {
                if let Some(reason) = shared::of_replacement(target) {
                    self.add(node, reason);
                }
            }
        }
    }
}

enum Replacing {
    /// `vi.mock("module")`
    Module,
    /// `vi.spyOn(object, "name")`
    Member,
}

fn replacing(called: &Meaning) -> Option<Replacing> {
    match called.module.as_str() {
        "vitest" | "" => match called.path.strip_prefix("vi.").or_else(|| called.path.strip_prefix("vitest."))? {
            "mock" | "doMock" | "unmock" | "doUnmock" => Some(Replacing::Module),
            "spyOn" => Some(Replacing::Member),
            _ => None,
        },
        "node:test" if called.path.ends_with("mock.module") => Some(Replacing::Module),
        "node:test" if called.path.ends_with("mock.method") => Some(Replacing::Member),
        _ => None,
    }
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_import_declaration(&mut self, import: &ImportDeclaration<'a>) {
        let module = import.source.value.as_str();
        if let Some(reason) = self.modules.unpromised_module(module) {
            self.add(import, &reason);
            return;
        }
        if self.modules.whose(module) != Whose::Component {
            return;
        }
        for specifier in import.specifiers.iter().flatten() {
            let name = match specifier {
                ImportDeclarationSpecifier::ImportSpecifier(one) => export_name(&one.imported),
                ImportDeclarationSpecifier::ImportDefaultSpecifier(_) => "default",
                ImportDeclarationSpecifier::ImportNamespaceSpecifier(_) => continue,
            };
            if let Some(reason) = self.modules.unpromised(name) {
                self.add(&specifier.span(), &reason);
            }
        }
    }

    fn visit_export_all_declaration(&mut self, export: &ExportAllDeclaration<'a>) {
        if let Some(reason) = self.modules.unpromised_module(export.source.value.as_str()) {
            self.add(export, &reason);
        }
    }

    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        self.call(call);
        walk::walk_call_expression(self, call);
    }

    fn visit_import_expression(&mut self, import: &oxc_ast::ast::ImportExpression<'a>) {
        if let Expression::StringLiteral(module) = &import.source
            && !self.is_explained(import.span)
            && let Some(reason) = self.modules.unpromised_module(module.value.as_str())
        {
            self.add(import, &reason);
        }
        walk::walk_import_expression(self, import);
    }

    fn visit_assignment_expression(&mut self, assignment: &AssignmentExpression<'a>) {
        let target = match &assignment.left {
            AssignmentTarget::StaticMemberExpression(member) => {
                self.bindings.resolve(&member.object).map(|meaning| meaning.member(member.property.name.as_str()))
            }
            AssignmentTarget::ComputedMemberExpression(member) => self.bindings.resolve(&member.object),
            _ => None,
        };
        if let Some(target) = target {
            self.replaced(assignment, &target);
        }
        walk::walk_assignment_expression(self, assignment);
    }

    fn visit_unary_expression(&mut self, unary: &UnaryExpression<'a>) {
        if unary.operator == UnaryOperator::Delete
            && let Some(target) = self.bindings.resolve(&unary.argument)
        {
            self.replaced(unary, &target);
        }
        walk::walk_unary_expression(self, unary);
    }

    fn visit_static_member_expression(&mut self, member: &StaticMemberExpression<'a>) {
        // `import * as bank`: then a name of the contract stands behind the dot.
        if let Expression::Identifier(name) = &member.object
            && let Some(meaning) = self.bindings.imported(name.name.as_str())
            && meaning.path.is_empty()
            && self.modules.whose(&meaning.module) == Whose::Component
        {
            if let Some(reason) =
                self.modules.unpromised(member.property.name.as_str()).filter(|_| !self.is_explained(member.span))
            {
                self.add(member, &reason);
            }
            return;
        }
        walk::walk_static_member_expression(self, member);
    }

    fn visit_identifier_reference(&mut self, name: &IdentifierReference<'a>) {
        let meaning = self.bindings.imported(name.name.as_str()).filter(|meaning| meaning.path.is_empty());
        let is_module = meaning.is_some_and(|meaning| self.modules.whose(&meaning.module) == Whose::Component);
        if is_module && !self.is_explained(name.span) {
            let reason = format!(
                "the module of `{}` is used as a value; its functions and types can be used by name, and nothing else of it is here",
                self.modules.component
            );
            self.add(&name.span, &reason);
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
