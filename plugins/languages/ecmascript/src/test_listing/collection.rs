//! Walks through a file and collects what is defined on the way.

use std::collections::HashMap;

use oxc_ast::ast::{
    ArrowFunctionBody, ArrowFunctionExpression, BindingPattern, CallExpression, Class, ConditionalExpression,
    DoWhileStatement, Expression, ForInStatement, ForOfStatement, ForStatement, FormalParameters, Function,
    IfStatement, LogicalExpression, SwitchStatement, TryStatement, WhileStatement,
};
use oxc_ast_visit::{Visit, walk};
use oxc_span::GetSpan;
use oxc_syntax::scope::ScopeFlags;

use super::definition::{self, Definer, Kind};
use super::marks::{self, Permit};
use super::{Certainty, Mark, MarkForm, MarkKind, TestFunction, TestListing, title};
use crate::source::Source;
use crate::source::bindings::Bindings;
use crate::source::names::{bound_name, key_name, untyped};

/// Lists the tests of a file that has been parsed.
pub(crate) fn list(source: &Source<'_>) -> TestListing {
    let bindings = Bindings::of(source.body());
    let mut collection = Collection {
        source,
        bindings: &bindings,
        round: Surroundings::default(),
        uncertain: 0,
        contexts: Vec::new(),
        within_test: false,
        found: Vec::new(),
        calls: Vec::new(),
    };
    collection.visit_program(source.program());
    let Collection { mut found, calls, .. } = collection;
    leave_out_others(&mut found, source);
    number(&mut found);
    TestListing { functions: found.into_iter().map(|found| found.test).collect(), calls }
}

/// What the suites round a test contribute to it.
#[derive(Clone, Default)]
struct Surroundings {
    names: Vec<String>,
    is_computed: bool,
    permits: Vec<Permit>,
    is_parametrised: bool,
    is_empty: bool,
    only: Option<oxc_span::Span>,
}

/// A test, and the place that selects it from the others.
struct Found {
    test: TestFunction,
    only: Option<oxc_span::Span>,
}

/// What a function that a framework calls can skip with.
enum Context {
    /// `(context) => context.skip()`
    Named(String),
    /// `({ skip }) => skip()`
    Skip(String),
}

struct Collection<'s> {
    source: &'s Source<'s>,
    bindings: &'s Bindings<'s>,
    round: Surroundings,
    /// How many conditions, loops and functions are round the place.
    uncertain: u32,
    contexts: Vec<Context>,
    within_test: bool,
    found: Vec<Found>,
    calls: Vec<Mark>,
}

impl Collection<'_> {
    fn define(&mut self, call: &CallExpression<'_>, definer: &Definer) {
        let (permits, is_only) = marks::of_options(call, definer.is_of_node);
        let mut round = self.round.clone();
        round.permits.extend(definer.permits.iter().cloned().chain(permits));
        round.is_parametrised |= definer.has_table;
        round.is_empty |= definer.is_empty;
        if is_only || definer.is_only {
            round.only = Some(call.callee.span());
        }
        let title = call.arguments.first().and_then(|argument| argument.as_expression());
        let known = title.and_then(|title| title::known(title, self.bindings));
        round.is_computed |= known.is_none();
        round.names.push(known.unwrap_or_else(|| self.shown(title)));
        match definer.kind {
            Kind::Bench => {}
            Kind::Suite => {
                let outer = std::mem::replace(&mut self.round, round);
                self.visit_handler(call);
                self.round = outer;
            }
            Kind::Test => {
                // Inside of another test the framework knows it under names that are made while it runs.
                if !self.within_test {
                    self.add(call, definer, round);
                }
                let outer = std::mem::replace(&mut self.within_test, true);
                self.visit_handler(call);
                self.within_test = outer;
            }
        }
    }

    fn add(&mut self, call: &CallExpression<'_>, definer: &Definer, mut round: Surroundings) {
        let handler = definition::handler(call);
        if handler.is_none() && !definer.is_of_node && round.permits.is_empty() {
            // vitest takes a test without a function for one that is to be done.
            round.permits.push(Permit::skip(self.source.written(&call.callee), call.callee.span()));
        }
        let certainty = match (round.is_computed, self.uncertain > 0 || round.is_empty) {
            (true, _) => Certainty::Bound,
            (false, true) => Certainty::Conditional,
            (false, false) => Certainty::Defined,
        };
        let marks: Vec<Mark> =
            round.permits.iter().map(|permit| permit.mark(self.source, MarkForm::Declared)).collect();
        // Under an id that nobody can foretell the marks are found by their place.
        if certainty != Certainty::Defined {
            let (first_line, last_line) = (self.source.first_line(call), self.source.last_line(&call.callee));
            let of_place =
                marks.iter().map(|mark| Mark { form: MarkForm::Called, first_line, last_line, ..mark.clone() });
            self.calls.extend(of_place);
        }
        let test = TestFunction {
            id: format!("{}::{}", self.source.path(), round.names.join(" > ")),
            certainty,
            first_line: self.source.first_line(call),
            definition_line: self.source.first_line(&call.arguments.first().map_or(call.span, GetSpan::span)),
            last_line: self.source.last_line(call),
            is_async: handler.is_some_and(|handler| match untyped(handler) {
                Expression::ArrowFunctionExpression(function) => function.r#async,
                Expression::FunctionExpression(function) => function.r#async,
                _ => false,
            }),
            is_parametrised: round.is_parametrised,
            marks,
        };
        self.found.push(Found { test, only: round.only });
    }

    /// Visits the function of a suite or a test, which runs exactly when it is collected.
    fn visit_handler(&mut self, call: &CallExpression<'_>) {
        match definition::handler(call).map(untyped) {
            Some(Expression::ArrowFunctionExpression(function)) => {
                let known = self.enter(&function.params);
                self.visit_arrow_function_body(&function.body);
                self.contexts.truncate(known);
            }
            Some(Expression::FunctionExpression(function)) => {
                let known = self.enter(&function.params);
                if let Some(body) = &function.body {
                    self.visit_function_body(body);
                }
                self.contexts.truncate(known);
            }
            Some(other) => self.visit_expression(other),
            None => {}
        }
    }

    /// Returns how many contexts were known before.
    fn enter(&mut self, parameters: &FormalParameters<'_>) -> usize {
        let known = self.contexts.len();
        for parameter in &parameters.items {
            match &parameter.pattern {
                BindingPattern::ObjectPattern(pattern) => {
                    let skip = pattern.properties.iter().find(|property| key_name(&property.key) == Some("skip"));
                    let name = skip.and_then(|property| bound_name(&property.value));
                    self.contexts.extend(name.map(|name| Context::Skip(name.to_owned())));
                }
                pattern => self.contexts.extend(bound_name(pattern).map(|name| Context::Named(name.to_owned()))),
            }
        }
        known
    }

    fn called(&mut self, call: &CallExpression<'_>) {
        let kind = match &call.callee {
            Expression::Identifier(name) => {
                let is_skip = |context: &Context| matches!(context, Context::Skip(skip) if skip == name.name.as_str());
                self.contexts.iter().any(is_skip).then_some(MarkKind::Skip)
            }
            Expression::StaticMemberExpression(member) => {
                let Expression::Identifier(object) = &member.object else { return };
                let is_context =
                    |context: &Context| matches!(context, Context::Named(name) if name == object.name.as_str());
                let is_context = self.contexts.iter().any(is_context);
                match member.property.name.as_str() {
                    "skip" if is_context => Some(MarkKind::Skip),
                    "todo" if is_context => Some(MarkKind::Xfail),
                    _ => None,
                }
            }
            _ => None,
        };
        let Some(kind) = kind else { return };
        let text = self.source.written(&call.callee).to_owned();
        let (first_line, last_line) = (self.source.first_line(call), self.source.last_line(call));
        self.calls.push(Mark { kind, form: MarkForm::Called, text, first_line, last_line });
    }

    fn shown(&self, title: Option<&Expression<'_>>) -> String {
        let written = title.map_or("", |title| self.source.written(title));
        written.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn uncertainly(&mut self, visit: impl FnOnce(&mut Self)) {
        self.uncertain += 1;
        visit(self);
        self.uncertain -= 1;
    }
}

impl<'a> Visit<'a> for Collection<'_> {
    fn visit_call_expression(&mut self, call: &CallExpression<'a>) {
        if let Some(definer) = definition::of_call(call, self.source, self.bindings) {
            self.define(call, &definer);
            return;
        }
        self.called(call);
        walk::walk_call_expression(self, call);
    }

    fn visit_arrow_function_expression(&mut self, function: &ArrowFunctionExpression<'a>) {
        let known = self.enter(&function.params);
        self.uncertainly(|inner| walk::walk_arrow_function_expression(inner, function));
        self.contexts.truncate(known);
    }

    fn visit_function(&mut self, function: &Function<'a>, flags: ScopeFlags) {
        let known = self.enter(&function.params);
        self.uncertainly(|inner| walk::walk_function(inner, function, flags));
        self.contexts.truncate(known);
    }

    fn visit_arrow_function_body(&mut self, body: &ArrowFunctionBody<'a>) {
        walk::walk_arrow_function_body(self, body);
    }

    fn visit_class(&mut self, class: &Class<'a>) {
        self.uncertainly(|inner| walk::walk_class(inner, class));
    }

    fn visit_if_statement(&mut self, statement: &IfStatement<'a>) {
        self.uncertainly(|inner| walk::walk_if_statement(inner, statement));
    }

    fn visit_for_statement(&mut self, statement: &ForStatement<'a>) {
        self.uncertainly(|inner| walk::walk_for_statement(inner, statement));
    }

    fn visit_for_of_statement(&mut self, statement: &ForOfStatement<'a>) {
        self.uncertainly(|inner| walk::walk_for_of_statement(inner, statement));
    }

    fn visit_for_in_statement(&mut self, statement: &ForInStatement<'a>) {
        self.uncertainly(|inner| walk::walk_for_in_statement(inner, statement));
    }

    fn visit_while_statement(&mut self, statement: &WhileStatement<'a>) {
        self.uncertainly(|inner| walk::walk_while_statement(inner, statement));
    }

    fn visit_do_while_statement(&mut self, statement: &DoWhileStatement<'a>) {
        self.uncertainly(|inner| walk::walk_do_while_statement(inner, statement));
    }

    fn visit_switch_statement(&mut self, statement: &SwitchStatement<'a>) {
        self.uncertainly(|inner| walk::walk_switch_statement(inner, statement));
    }

    fn visit_try_statement(&mut self, statement: &TryStatement<'a>) {
        self.uncertainly(|inner| walk::walk_try_statement(inner, statement));
    }

    fn visit_conditional_expression(&mut self, expression: &ConditionalExpression<'a>) {
        self.uncertainly(|inner| walk::walk_conditional_expression(inner, expression));
    }

    fn visit_logical_expression(&mut self, expression: &LogicalExpression<'a>) {
        self.uncertainly(|inner| walk::walk_logical_expression(inner, expression));
    }
}

/// Where one test is selected with `.only`, the framework skips the others.
fn leave_out_others(found: &mut [Found], source: &Source<'_>) {
    let selected = found.iter().find_map(|found| found.only.map(|only| (only, found.test.certainty)));
    let Some((only, certainty)) = selected else { return };
    let permit = match certainty {
        Certainty::Defined => Permit::skip(source.written(&only), only),
        _ => Permit::skip_if(source.written(&only), only),
    };
    for other in found.iter_mut().filter(|found| found.only.is_none()) {
        other.test.marks.push(permit.mark(source, MarkForm::Declared));
    }
}

/// Tells tests of one id apart. Behind one that may be missing nobody knows the number.
fn number(found: &mut [Found]) {
    let mut seen: HashMap<String, (u32, bool)> = HashMap::new();
    for Found { test, .. } in found.iter_mut() {
        let (count, is_certain) = seen.entry(test.id.clone()).or_insert((0, true));
        *count += 1;
        if *count > 1 {
            test.id = format!("{}#{count}", test.id);
            if !*is_certain && test.certainty == Certainty::Defined {
                test.certainty = Certainty::Conditional;
            }
        }
        *is_certain &= test.certainty == Certainty::Defined;
    }
}
