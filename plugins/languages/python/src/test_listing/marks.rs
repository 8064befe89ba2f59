//! Marks in a test source: what lets a test skip or fail by permission, declared or called.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Decorator, Expr, Stmt, StmtFunctionDef};
use ruff_text_size::Ranged;

use crate::source::Source;
use crate::source::bindings::Bindings;

/// What a mark permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    /// Skipped always.
    Skip,
    /// Skipped under a condition.
    SkipIf,
    /// Expected to fail.
    Xfail,
}

/// How a mark is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkForm {
    /// The framework applies it before the test runs.
    Declared,
    /// Code of the file does it while it runs.
    Called,
}

/// A mark with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// What it permits.
    pub kind: MarkKind,
    /// How it is written.
    pub form: MarkForm,
    /// As it is written, without arguments.
    pub text: String,
    /// The first line.
    pub first_line: u32,
    /// The last line.
    pub last_line: u32,
}

/// A list of parameters may name a list that names marks; deeper chains are not followed.
const MAX_INDIRECTIONS: u32 = 4;

/// Finds the marks of one file.
pub(super) struct Marks<'s> {
    source: &'s Source<'s>,
    bindings: &'s Bindings<'s>,
}

impl<'s> Marks<'s> {
    pub(super) fn new(source: &'s Source<'s>, bindings: &'s Bindings<'s>) -> Self {
        Self { source, bindings }
    }

    /// Returns the marks that decorators declare, those inside `pytest.param(..., marks=...)` and behind names included.
    pub(super) fn of_decorators(&self, decorators: &'s [Decorator]) -> Vec<Mark> {
        decorators.iter().flat_map(|decorator| self.declared(&decorator.expression)).collect()
    }

    /// Returns the marks that an expression declares: a decorator, or the value of `pytestmark`.
    pub(super) fn declared(&self, expression: &'s Expr) -> Vec<Mark> {
        let mut finder = Declarations { marks: self, place: expression, indirections: 0, found: Vec::new() };
        finder.visit_expr(expression);
        finder.found
    }

    /// Returns whether a decorator, without its arguments, makes a fixture: pytest's own, or that of a plugin.
    pub(super) fn makes_fixture(&self, decorator: &Expr) -> bool {
        self.bindings.resolve(decorator).is_some_and(|name| name.starts_with("pytest") && name.ends_with(".fixture"))
    }

    /// Returns the marks on cases of fixtures' parameters, wherever the fixtures stand.
    pub(super) fn of_fixtures(&self) -> Vec<Mark> {
        let mut finder = Fixtures { marks: self, found: Vec::new() };
        finder.visit_body(self.source.body());
        finder.found
    }

    /// Returns whether an expression applies `pytest.mark.parametrize`.
    pub(super) fn parametrises(&self, expression: &Expr) -> bool {
        match expression {
            Expr::Call(call) => self.parametrises(&call.func),
            Expr::List(list) => list.elts.iter().any(|element| self.parametrises(element)),
            Expr::Tuple(tuple) => tuple.elts.iter().any(|element| self.parametrises(element)),
            Expr::Name(name) => match self.bindings.assigned(name.id.as_str()) {
                Some(Expr::Call(call)) => self.is_named(&call.func, "pytest.mark.parametrize"),
                _ => false,
            },
            _ => self.is_named(expression, "pytest.mark.parametrize"),
        }
    }

    /// Returns whether an expression means this dotted name.
    pub(super) fn is_named(&self, expression: &Expr, name: &str) -> bool {
        self.bindings.resolve(expression).is_some_and(|found| found == name)
    }

    /// Returns the marks that code of the file sets while it runs, and whether one of them may skip the whole file.
    pub(super) fn calls(&self) -> (Vec<Mark>, bool) {
        let mut finder = Calls { marks: self, depth: 0, found: Vec::new(), skips_module: false };
        finder.visit_body(self.source.body());
        (finder.found, finder.skips_module)
    }

    fn declared_kind(&self, expression: &Expr) -> Option<MarkKind> {
        match self.bindings.resolve(expression)?.as_str() {
            "pytest.mark.skip" | "unittest.skip" => Some(MarkKind::Skip),
            "pytest.mark.skipif" | "unittest.skipIf" | "unittest.skipUnless" => Some(MarkKind::SkipIf),
            "pytest.mark.xfail" | "unittest.expectedFailure" => Some(MarkKind::Xfail),
            _ => None,
        }
    }

    fn called_kind(&self, function: &Expr) -> Option<MarkKind> {
        // `self.skipTest(...)`: what `self` is cannot be known, and no other framework has the name.
        if matches!(function, Expr::Attribute(attribute) if attribute.attr.as_str() == "skipTest") {
            return Some(MarkKind::Skip);
        }
        match self.bindings.resolve(function)?.as_str() {
            "pytest.skip" | "pytest.skip.Exception" | "unittest.SkipTest" | "unittest.case.SkipTest" => {
                Some(MarkKind::Skip)
            }
            "pytest.importorskip" => Some(MarkKind::SkipIf),
            "pytest.xfail" | "pytest.xfail.Exception" => Some(MarkKind::Xfail),
            _ => None,
        }
    }

    fn mark(&self, kind: MarkKind, form: MarkForm, written: &Expr, place: &impl Ranged) -> Mark {
        Mark {
            kind,
            form,
            text: self.source.written(written).to_owned(),
            first_line: self.source.first_line(place),
            last_line: self.source.last_line(place),
        }
    }
}

/// Walks what is declared; the place of a mark behind a name is the place that uses the name.
struct Declarations<'m, 's> {
    marks: &'m Marks<'s>,
    place: &'s Expr,
    indirections: u32,
    found: Vec<Mark>,
}

impl<'s> Visitor<'s> for Declarations<'_, 's> {
    fn visit_expr(&mut self, expression: &'s Expr) {
        if let Some(kind) = self.marks.declared_kind(expression) {
            self.found.push(self.marks.mark(kind, MarkForm::Declared, expression, self.place));
            return;
        }
        if let Expr::Name(name) = expression
            && let Some(value) = self.marks.bindings.assigned(name.id.as_str())
            && self.indirections < MAX_INDIRECTIONS
        {
            self.indirections += 1;
            self.visit_expr(value);
            self.indirections -= 1;
            return;
        }
        walk_expr(self, expression);
    }
}

/// Walks the whole file for fixtures. The place of a mark is all decorators of its fixture.
struct Fixtures<'m, 's> {
    marks: &'m Marks<'s>,
    found: Vec<Mark>,
}

impl<'s> Fixtures<'_, 's> {
    fn add(&mut self, function: &'s StmtFunctionDef) {
        let (Some(first), Some(last)) = (function.decorator_list.first(), function.decorator_list.last()) else {
            return;
        };
        let (first_line, last_line) = (self.marks.source.first_line(first), self.marks.source.last_line(last));
        for decorator in &function.decorator_list {
            if let Expr::Call(call) = &decorator.expression
                && self.marks.makes_fixture(&call.func)
                && let Some(params) = call.arguments.find_keyword("params")
            {
                let marks = self.marks.declared(&params.value).into_iter();
                self.found.extend(marks.map(|mark| Mark { first_line, last_line, ..mark }));
            }
        }
    }
}

impl<'s> Visitor<'s> for Fixtures<'_, 's> {
    fn visit_stmt(&mut self, statement: &'s Stmt) {
        if let Stmt::FunctionDef(function) = statement {
            self.add(function);
        }
        walk_stmt(self, statement);
    }
}

/// Walks the whole file for calls.
struct Calls<'m, 's> {
    marks: &'m Marks<'s>,
    /// How many functions are round the place.
    depth: u32,
    found: Vec<Mark>,
    skips_module: bool,
}

impl Calls<'_, '_> {
    fn add(&mut self, kind: MarkKind, written: &Expr, place: &impl Ranged) {
        self.found.push(self.marks.mark(kind, MarkForm::Called, written, place));
        self.skips_module |= self.depth == 0 && kind != MarkKind::Xfail;
    }
}

impl<'s> Visitor<'s> for Calls<'_, 's> {
    fn visit_stmt(&mut self, statement: &'s Stmt) {
        match statement {
            Stmt::FunctionDef(function) => {
                // Decorators are declarations, and run outside the function.
                self.depth += 1;
                self.visit_body(&function.body);
                self.depth -= 1;
            }
            Stmt::Raise(raise) => {
                if let Some(exception) = raise.exc.as_deref()
                    && !exception.is_call_expr()
                    && let Some(kind) = self.marks.called_kind(exception)
                {
                    self.add(kind, exception, statement);
                }
                walk_stmt(self, statement);
            }
            _ => walk_stmt(self, statement),
        }
    }

    fn visit_decorator(&mut self, _: &'s Decorator) {}

    fn visit_expr(&mut self, expression: &'s Expr) {
        if let Expr::Call(call) = expression
            && let Some(kind) = self.marks.called_kind(&call.func)
        {
            self.add(kind, &call.func, expression);
        }
        // A mark that code adds to a running test, for example `request.applymarker(pytest.mark.xfail)`.
        if self.depth > 0
            && let Some(kind) = self.marks.declared_kind(expression)
        {
            self.add(kind, expression, expression);
        }
        walk_expr(self, expression);
    }
}
