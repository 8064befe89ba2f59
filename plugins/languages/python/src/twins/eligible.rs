//! Tests of which a changed copy certainly fails, if the unchanged one passes: they compare something computed with a value that
//! is written out, in a statement that every run reaches. Whatever is in doubt is left out.

use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{Decorator, Expr, Stmt, StmtClassDef, StmtFunctionDef};
use ruff_source_file::UniversalNewlines;

use super::literal::{self, Change};
use super::makers::Makers;
use super::naming::words;
use super::state::{SharedState, is_shared};
use super::statement::{Exits, compared, is_check, is_computed};
use crate::source::Source;
use crate::source::bindings::Bindings;
use crate::source::namespace::Certainty;
use crate::test_listing::{self, TestListing};

/// A test that can have a twin.
pub(super) struct Eligible<'s> {
    pub(super) id: String,
    pub(super) function: &'s StmtFunctionDef,
    /// The first decorator's line, else that of the definition.
    pub(super) first_line: u32,
    /// The last line, with the comments that end the body.
    pub(super) last_line: u32,
    /// Empty lines that part tests of this block.
    pub(super) gap: Vec<u32>,
    /// At least one.
    pub(super) statements: Vec<Comparison>,
}

/// A statement that compares.
pub(super) struct Comparison {
    pub(super) first_line: u32,
    pub(super) last_line: u32,
    /// At least one.
    pub(super) changes: Vec<Change>,
}

/// Modules and names by which a test can depend on where it stands or on what it is called.
const PLACES: [&str; 12] = [
    "linecache",
    "traceback",
    "_getframe",
    "currentframe",
    "f_lineno",
    "tb_lineno",
    "co_firstlineno",
    "getsource",
    "getsourcelines",
    "PYTEST_CURRENT_TEST",
    "_testMethodName",
    "nodeid",
];

/// Fixtures that know the test's name, or that keep something for other tests.
const NAMING_FIXTURES: [&str; 11] = [
    "request",
    "snapshot",
    "benchmark",
    "vcr",
    "record_property",
    "record_xml_attribute",
    "record_testsuite_property",
    "testdir",
    "cache",
    "tmp_path_factory",
    "tmpdir_factory",
];

/// Marks by which tests depend on each other, or run again when they fail.
const BINDING_MARKS: [&str; 9] =
    ["flaky", "dependency", "depends", "order", "run", "first", "last", "incremental", "repeat"];

/// Returns the tests of a file that can have a twin, in the order of the source.
pub(super) fn tests<'s>(source: &'s Source<'s>) -> Vec<Eligible<'s>> {
    let bindings = Bindings::of(source.body(), "");
    let listing = test_listing::list(source);
    let lines: Vec<&str> = source.text().universal_newlines().map(|line| line.as_str()).collect();
    let shared = SharedState::of(source.body(), &bindings);
    let makers = Makers::of(source.body());
    let mut finder =
        Finder { source, bindings: &bindings, listing: &listing, shared, makers, lines, found: Vec::new() };
    if finder.may_have_twins() {
        finder.block(source.body(), source.path(), None);
    }
    finder.found
}

struct Finder<'s, 'f> {
    source: &'s Source<'s>,
    bindings: &'f Bindings<'s>,
    listing: &'f TestListing,
    shared: SharedState<'s>,
    makers: Makers<'s>,
    lines: Vec<&'s str>,
    found: Vec<Eligible<'s>>,
}

impl<'s> Finder<'s, '_> {
    fn may_have_twins(&self) -> bool {
        let knows_places = words(self.source.text()).any(|word| PLACES.contains(&word))
            || self.bindings.imported("inspect").is_some()
            || self.imports("inspect")
            || self.imports("dirty_equals");
        // A helper or a fixture that skips may skip any test.
        let skips = self.listing.calls.iter().any(|call| {
            !self.listing.functions.iter().any(|test| (test.first_line..=test.last_line).contains(&call.first_line))
        });
        !knows_places && !skips && !self.shared.changes_module
    }

    fn imports(&self, module: &str) -> bool {
        self.source.body().iter().any(|statement| match statement {
            Stmt::Import(import) => import.names.iter().any(|alias| alias.name.as_str() == module),
            Stmt::ImportFrom(import) => import.module.as_ref().is_some_and(|name| name.as_str() == module),
            _ => false,
        })
    }

    fn block(&mut self, body: &'s [Stmt], id: &str, class: Option<&StmtClassDef>) {
        for (index, statement) in body.iter().enumerate() {
            match statement {
                Stmt::FunctionDef(function) => {
                    let id = format!("{id}::{}", function.name);
                    if self.is_trusted(function, &id) {
                        let statements = self.comparisons(function, class);
                        let (first_line, last_line) = self.extent(function);
                        let gap = self.gap(first_line, last_line, index > 0, index + 1 < body.len());
                        if !statements.is_empty() {
                            self.found.push(Eligible { id, function, first_line, last_line, gap, statements });
                        }
                    }
                }
                Stmt::ClassDef(class) if self.are_trusted(&class.decorator_list) && !is_shared(class) => {
                    self.block(&class.body, &format!("{id}::{}", class.name), Some(class));
                }
                _ => {}
            }
        }
    }

    /// Returns whether a function is a test that runs once under this name, whose failures count.
    fn is_trusted(&self, function: &StmtFunctionDef, id: &str) -> bool {
        let definition_line = self.source.first_line(&function.name);
        let listed: Vec<_> =
            self.listing.functions.iter().filter(|test| test.definition_line == definition_line).collect();
        // A test that another class inherits is listed twice.
        let [test] = listed.as_slice() else { return false };
        let may_skip =
            self.listing.calls.iter().any(|call| (test.first_line..=test.last_line).contains(&call.first_line));
        let name = function.name.as_str();
        let text = self.source.written(function);
        let parameters = function.parameters.iter().map(|parameter| parameter.name().as_str());
        test.id == id
            && test.certainty == Certainty::Defined
            && test.marks.is_empty()
            && !may_skip
            && self.are_trusted(&function.decorator_list)
            && parameters.into_iter().all(|name| !self.is_binding(name))
            && words(self.source.text()).filter(|word| *word == name).count() == 1
            && !words(text).any(|word| matches!(word, "__name__" | "__qualname__" | "co_name" | "ANY"))
            && !text.contains("self.id(")
    }

    /// Returns whether a fixture binds a test to its name or to other tests.
    fn is_binding(&self, fixture: &str) -> bool {
        NAMING_FIXTURES.contains(&fixture) || fixture.ends_with("_regression") || self.shared.fixtures.contains(fixture)
    }

    /// Returns whether decorators do nothing to what a failure means.
    fn are_trusted(&self, decorators: &[Decorator]) -> bool {
        decorators.iter().all(|decorator| {
            let expression = match &decorator.expression {
                Expr::Call(call) => &*call.func,
                other => other,
            };
            let Some(name) = self.bindings.resolve(expression) else { return false };
            match name.strip_prefix("pytest.mark.") {
                Some(mark) => !BINDING_MARKS.contains(&mark),
                None => name == "unittest.mock.patch" || name.starts_with("unittest.mock.patch."),
            }
        })
    }

    /// Finds the comparisons that every run reaches.
    fn comparisons(&self, function: &'s StmtFunctionDef, class: Option<&StmtClassDef>) -> Vec<Comparison> {
        let mut found = Vec::new();
        let mut exits = Exits::default();
        for statement in &function.body {
            let compared = compared(statement, class);
            // After a failure nobody would clean up, and the unchanged test may find what is left.
            if compared.is_none() && !is_check(statement) {
                found.clear();
            }
            // A value with a tolerance that was made before can stand on the other side.
            if compared.is_none() && words(self.source.written(statement)).any(|word| word == "approx") {
                return Vec::new();
            }
            if let (Some(sides), false) = (compared, exits.returns) {
                let changes = self.changes(sides);
                if !changes.is_empty() {
                    found.push(Comparison {
                        first_line: self.source.first_line(statement),
                        last_line: self.source.last_line(statement),
                        changes,
                    });
                }
            }
            exits.visit_stmt(statement);
        }
        if exits.yields { Vec::new() } else { found }
    }

    /// Returns the changes of the side that is written out; none when both are, or neither is.
    fn changes(&self, (left, right): (&Expr, &Expr)) -> Vec<Change> {
        let of = |computed: &Expr, expected: &Expr| {
            let is_computed =
                is_computed(computed) && !words(self.source.written(computed)).any(|word| word == "approx");
            if is_computed { literal::changes(expected, self.source, self.bindings, &self.makers) } else { Vec::new() }
        };
        let changes = of(left, right);
        if changes.is_empty() { of(right, left) } else { changes }
    }

    fn extent(&self, function: &StmtFunctionDef) -> (u32, u32) {
        let decorated = function.decorator_list.first().map(|decorator| self.source.first_line(decorator));
        let first = decorated.unwrap_or_else(|| self.source.first_line(&function.name));
        let mut last = self.source.last_line(function);
        let indent = self.line(first).map_or(0, indentation);
        while let Some(line) = self.line(last + 1)
            && line.trim_start().starts_with('#')
            && indentation(line) > indent
        {
            last += 1;
        }
        (first, last)
    }

    /// Finds the empty lines by which the author parts tests here.
    fn gap(&self, first: u32, last: u32, is_followed_up: bool, has_next: bool) -> Vec<u32> {
        let is_empty = |number: &u32| self.line(*number).is_some_and(|line| line.trim().is_empty());
        let is_comment = |number: &u32| self.line(*number).is_some_and(|line| line.trim_start().starts_with('#'));
        let above = (1..first).rev().skip_while(is_comment);
        let mut before: Vec<u32> = above.take_while(is_empty).collect();
        before.reverse();
        let after: Vec<u32> = (last + 1..=u32::MAX).take_while(is_empty).collect();
        match (is_followed_up, has_next) {
            (true, _) if !before.is_empty() => before,
            (_, true) => after,
            _ => Vec::new(),
        }
    }

    fn line(&self, number: u32) -> Option<&'s str> {
        self.lines.get(number as usize - 1).copied()
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
