//! Bodies that do nothing and comments that admit it.

use oxc_ast::ast::{
    Argument, Class, Expression, Function, FunctionBody, MethodDefinition, MethodDefinitionKind, Statement,
    VariableDeclarator,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::{GetSpan, Span};
use oxc_syntax::scope::ScopeFlags;

use super::{Finding, Severity};
use crate::interface::Interface;
use crate::source::Source;
use crate::source::names::{bound_name, key_name, untyped};

/// Returns the placeholders of a file.
pub(super) fn in_file(source: &Source<'_>, interface: &Interface) -> Vec<Finding> {
    let mut finder = Finder { source, interface, scopes: Vec::new(), findings: Vec::new() };
    finder.visit_program(source.program());
    let mut findings = finder.findings;
    for (comment, place) in source.comments() {
        let text = comment.trim_start_matches(['*', '/']).trim_start();
        let word: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
        if matches!(word.as_str(), "TODO" | "FIXME" | "PLACEHOLDER" | "STUB") {
            let message = format!("a comment says that something is unfinished: `{}`", shortened(text.trim_end()));
            findings.push(Finding { severity: Severity::Warning, code: "unfinished-comment", message, place });
        }
    }
    findings
}

struct Finder<'s> {
    source: &'s Source<'s>,
    interface: &'s Interface,
    /// The classes and functions round the place.
    scopes: Vec<String>,
    findings: Vec<Finding>,
}

impl Finder<'_> {
    fn check(&mut self, name: &str, place: Span, body: &FunctionBody<'_>) {
        if !body.statements.iter().all(does_nothing) {
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
        self.findings.push(Finding { severity, code: "placeholder", message, place: self.source.place(&place) });
    }

    fn inside(&mut self, name: &str, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(name.to_owned());
        visit(self);
        self.scopes.pop();
    }
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        let name = function.id.as_ref().map_or("", |id| id.name.as_str());
        if let (Some(id), Some(body)) = (&function.id, &function.body) {
            self.check(name, id.span, body);
        }
        self.inside(name, |inner| walk::walk_function(inner, function, flags));
    }

    fn visit_variable_declarator(&mut self, declarator: &VariableDeclarator<'a>) {
        let body = match declarator.init.as_ref().map(untyped) {
            Some(Expression::ArrowFunctionExpression(function)) => match &function.body {
                oxc_ast::ast::ArrowFunctionBody::FunctionBody(body) => Some(body),
                _ => None,
            },
            Some(Expression::FunctionExpression(function)) => function.body.as_ref(),
            _ => None,
        };
        if let (Some(name), Some(body)) = (bound_name(&declarator.id), body) {
            self.check(name, declarator.id.span(), body);
        }
        walk::walk_variable_declarator(self, declarator);
    }

    fn visit_class(&mut self, class: &Class<'a>) {
        // An abstract class leaves methods empty on purpose.
        if class.r#abstract {
            return;
        }
        let name = class.id.as_ref().map_or("", |id| id.name.as_str());
        self.inside(name, |inner| walk::walk_class(inner, class));
    }

    fn visit_method_definition(&mut self, method: &MethodDefinition<'a>) {
        // A constructor is often empty for good reason: its parameters may be fields.
        if let (Some(name), Some(body), MethodDefinitionKind::Method) =
            (key_name(&method.key), &method.value.body, method.kind)
        {
            self.check(name, method.key.span(), body);
        }
        walk::walk_method_definition(self, method);
    }
}

fn does_nothing(statement: &Statement<'_>) -> bool {
    match statement {
        Statement::EmptyStatement(_) => true,
        Statement::ThrowStatement(thrown) => match untyped(&thrown.argument) {
            Expression::NewExpression(made) => {
                let text = made.arguments.first().and_then(Argument::as_expression);
                matches!(text, Some(Expression::StringLiteral(text)) if admits(text.value.as_str()))
            }
            _ => false,
        },
        _ => false,
    }
}

/// Returns whether the text of an error says that something is to be written yet.
fn admits(text: &str) -> bool {
    const WORDS: [&str; 6] = ["not implemented", "not yet implemented", "todo", "fixme", "stub", "placeholder"];
    let text = text.to_ascii_lowercase();
    WORDS.iter().any(|word| text.starts_with(word) || text.ends_with(word))
}

fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
