//! Tests that certainly fail once one value is changed, if they pass as they are: they compare something computed with a value
//! that is written out, in a statement that every run reaches. Whatever is in doubt is left out.

use ruff_python_ast::visitor::Visitor;
use ruff_python_ast::{Decorator, Expr, Stmt, StmtClassDef, StmtFunctionDef};

use super::literal::{self, Change};
use super::makers::Makers;
use super::state::{SharedState, is_shared};
use super::statement::{Exits, compared, is_check, is_computed};
use super::tables::Tables;
use crate::source::Source;
use crate::source::bindings::Bindings;
use crate::source::namespace::Certainty;
use crate::test_listing::{self, TestListing};

/// A test that can be changed.
pub(super) struct Eligible {
    pub(super) id: String,
    /// Where it is defined.
    pub(super) line: u32,
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

/// Fixtures that know the test's parameters, or that keep something for other tests.
const BINDING_FIXTURES: [&str; 11] = [
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

/// A canary runs all cases of its function twice. Above this it would cost more than it shows.
const MOST_CASES: usize = 32;

/// Returns the tests of a file that can be changed, in the order of the source.
pub(super) fn tests<'s>(source: &'s Source<'s>) -> Vec<Eligible> {
    let bindings = Bindings::of(source.body(), "");
    let listing = test_listing::list(source);
    let shared = SharedState::of(source.body(), &bindings);
    let makers = Makers::of(source.body());
    let mut finder = Finder { source, bindings: &bindings, listing: &listing, shared, makers, found: Vec::new() };
    if finder.may_change() {
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
    found: Vec<Eligible>,
}

impl<'s> Finder<'s, '_> {
    fn may_change(&self) -> bool {
        // A helper or a fixture that skips may skip any test.
        let skips = self.listing.calls.iter().any(|call| {
            !self.listing.functions.iter().any(|test| (test.first_line..=test.last_line).contains(&call.first_line))
        });
        !skips && self.listing.fixtures.is_empty() && !self.shared.changes_module && !self.imports("dirty_equals")
    }

    fn imports(&self, module: &str) -> bool {
        self.source.body().iter().any(|statement| match statement {
            Stmt::Import(import) => import.names.iter().any(|alias| alias.name.as_str() == module),
            Stmt::ImportFrom(import) => import.module.as_ref().is_some_and(|name| name.as_str() == module),
            _ => false,
        })
    }

    fn block(&mut self, body: &'s [Stmt], id: &str, class: Option<&StmtClassDef>) {
        for statement in body {
            match statement {
                Stmt::FunctionDef(function) => {
                    let id = format!("{id}::{}", function.name);
                    if self.is_trusted(function, &id) {
                        let statements = self.comparisons(function, class);
                        if !statements.is_empty() {
                            self.found.push(Eligible { id, line: self.source.first_line(&function.name), statements });
                        }
                    }
                }
                Stmt::ClassDef(class)
                    if self.are_trusted(&class.decorator_list)
                        && self.has_few_cases(&class.decorator_list)
                        && !is_shared(class) =>
                {
                    self.block(&class.body, &format!("{id}::{}", class.name), Some(class));
                }
                _ => {}
            }
        }
    }

    /// Returns whether a function is a test that runs under this name only, whose failures count.
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
            && self.has_few_cases(&function.decorator_list)
            && parameters.into_iter().all(|name| !self.is_binding(name))
            && words(self.source.text()).filter(|word| *word == name).count() == 1
            && !words(text).any(|word| word == "ANY")
    }

    /// Returns whether a fixture binds a test to its parameters or to other tests.
    fn is_binding(&self, fixture: &str) -> bool {
        BINDING_FIXTURES.contains(&fixture)
            || fixture.ends_with("_regression")
            || self.shared.fixtures.contains(fixture)
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

    /// Returns whether a test has so few cases that they may run twice, as far as its own decorators say.
    fn has_few_cases(&self, decorators: &[Decorator]) -> bool {
        let tables = decorators.iter().filter_map(|decorator| match &decorator.expression {
            Expr::Call(call) if self.bindings.resolve(&call.func).as_deref() == Some("pytest.mark.parametrize") => {
                Some(call)
            }
            _ => None,
        });
        let mut cases: usize = 1;
        for table in tables {
            let rows = match table.arguments.find_argument_value("argvalues", 1) {
                Some(Expr::List(list)) => &list.elts,
                Some(Expr::Tuple(tuple)) => &tuple.elts,
                _ => return false,
            };
            if rows.iter().any(|row| matches!(row, Expr::Starred(_))) {
                return false;
            }
            cases = cases.saturating_mul(rows.len());
        }
        cases <= MOST_CASES
    }

    /// Finds the comparisons that every run reaches.
    fn comparisons(&self, function: &'s StmtFunctionDef, class: Option<&StmtClassDef>) -> Vec<Comparison> {
        let mut found = Vec::new();
        let tables = Tables::of(function, self.source, self.bindings);
        let mut exits = Exits::default();
        for statement in &function.body {
            let compared = compared(statement, class);
            // After a failure nobody would clean up, and other tests may find what is left.
            if compared.is_none() && !is_check(statement) {
                found.clear();
            }
            // A value with a tolerance that was made before can stand on the other side.
            if compared.is_none() && words(self.source.written(statement)).any(|word| word == "approx") {
                return Vec::new();
            }
            if let (Some(sides), false) = (compared, exits.returns) {
                let changes = self.changes(sides, &tables);
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
    fn changes(&self, (left, right): (&Expr, &Expr), tables: &Tables) -> Vec<Change> {
        let of = |computed: &Expr, expected: &Expr| {
            let is_computed =
                is_computed(computed) && !words(self.source.written(computed)).any(|word| word == "approx");
            if is_computed {
                literal::changes(expected, self.source, self.bindings, &self.makers, tables)
            } else {
                Vec::new()
            }
        };
        let changes = of(left, right);
        if changes.is_empty() { of(right, left) } else { changes }
    }
}

/// Returns the words of a text in which names can stand.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let separates = |character: char| !character.is_alphanumeric() && character != '_';
    text.split(separates).filter(|word| !word.is_empty())
}
