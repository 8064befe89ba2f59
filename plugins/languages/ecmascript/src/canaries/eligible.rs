//! Tests that certainly fail once one value is changed, if they pass as they are: they compare something computed with a value
//! that is written out, in a statement that every run reaches. Whatever is in doubt is left out.

use oxc_ast::ast::{ArrowFunctionBody, CallExpression, Expression, FormalParameters, Statement};
use oxc_span::{GetSpan, Span};

use super::literal::{self, Change, Within};
use super::state;
use super::statement::{Compared, compared, is_check, is_computed, returns};
use super::tables::{Tables, table};
use crate::source::Source;
use crate::source::bindings::Bindings;
use crate::source::names::untyped;
use crate::test_listing::definition::{self, Definer, Kind};
use crate::test_listing::{self, Certainty, TestFunction, TestListing};

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

/// A canary runs all cases of its function twice. Above this it would cost more than it shows.
const MOST_CASES: usize = 32;

/// Words by which a test keeps something for other tests, or runs again when it fails.
const BINDING_WORDS: [&str; 7] =
    ["retry", "repeats", "onTestFailed", "onTestFinished", "toMatchSnapshot", "toMatchInlineSnapshot", "soft"];

/// Returns the tests of a file that can be changed, in the order of the source.
pub(super) fn tests<'s>(source: &'s Source<'s>) -> Vec<Eligible> {
    let bindings = Bindings::of(source.body());
    let listing = test_listing::list(source);
    let mut finder = Finder { source, bindings: &bindings, listing: &listing, found: Vec::new() };
    if finder.may_change() {
        finder.block(source.body(), 1);
    }
    finder.found
}

struct Finder<'s, 'f> {
    source: &'s Source<'s>,
    bindings: &'f Bindings<'s>,
    listing: &'f TestListing,
    found: Vec<Eligible>,
}

/// The function of a test.
struct Handler<'s> {
    parameters: &'s FormalParameters<'s>,
    body: &'s [Statement<'s>],
    place: Span,
}

impl<'s> Finder<'s, '_> {
    fn may_change(&self) -> bool {
        // A helper or a hook that skips may skip any test.
        let skips = self.listing.calls.iter().any(|call| {
            !self.listing.functions.iter().any(|test| (test.first_line..=test.last_line).contains(&call.first_line))
        });
        // An equality of the file's own may hold for anything.
        let is_own = words(self.source.text()).any(|word| word == "addEqualityTesters");
        !skips && !is_own && !state::is_shared(self.source, self.bindings)
    }

    fn block(&mut self, body: &'s [Statement<'s>], cases: usize) {
        for statement in body {
            let Statement::ExpressionStatement(statement) = statement else { continue };
            let Expression::CallExpression(call) = &statement.expression else { continue };
            let Some(definer) = definition::of_call(call, self.source, self.bindings) else { continue };
            let Some(cases) = multiplied(cases, call, &definer) else { continue };
            match definer.kind {
                Kind::Suite => {
                    if let Some(body) = definition::handler(call).and_then(state::body_of) {
                        self.block(body, cases);
                    }
                }
                Kind::Test => self.test(call),
                Kind::Bench => {}
            }
        }
    }

    fn test(&mut self, call: &'s CallExpression<'s>) {
        let (Some(test), Some(handler)) = (self.trusted(call), definition::handler(call).and_then(handler_of)) else {
            return;
        };
        let tables = Tables::of(call, handler.parameters, self.source.written(&handler.place));
        let statements = self.comparisons(&handler, &tables);
        if !statements.is_empty() {
            self.found.push(Eligible { id: test.id.clone(), line: test.first_line, statements });
        }
    }

    /// Returns a test that runs under this id only, whose failures count.
    fn trusted(&self, call: &CallExpression<'_>) -> Option<&TestFunction> {
        let first_line = self.source.first_line(call);
        let mut listed = self.listing.functions.iter().filter(|test| test.first_line == first_line);
        let (Some(test), None) = (listed.next(), listed.next()) else { return None };
        let may_skip =
            self.listing.calls.iter().any(|mark| (test.first_line..=test.last_line).contains(&mark.first_line));
        let numbered = format!("{}#", test.id);
        let is_single =
            !test.id.contains('#') && !self.listing.functions.iter().any(|other| other.id.starts_with(&numbered));
        let is_bound = words(self.source.written(call)).any(|word| BINDING_WORDS.contains(&word));
        let is_trusted =
            test.certainty == Certainty::Defined && test.marks.is_empty() && !may_skip && is_single && !is_bound;
        is_trusted.then_some(test)
    }

    /// Finds the comparisons that every run reaches.
    fn comparisons(&self, handler: &Handler<'s>, tables: &Tables<'s>) -> Vec<Comparison> {
        let mut found = Vec::new();
        let mut may_have_returned = false;
        for statement in handler.body {
            let compared = compared(statement, self.bindings);
            // After a failure nobody would clean up, and other tests may find what is left.
            if compared.is_none() && !is_check(statement, self.bindings) {
                found.clear();
            }
            if let (Some(compared), false) = (compared, may_have_returned) {
                let changes = self.changes(&compared, tables);
                if !changes.is_empty() {
                    found.push(Comparison {
                        first_line: self.source.first_line(statement),
                        last_line: self.source.last_line(statement),
                        changes,
                    });
                }
            }
            may_have_returned |= returns(statement);
        }
        found
    }

    /// Returns the changes of the side that is written out; none when both are, or neither is.
    fn changes(&self, compared: &Compared<'s, 's>, tables: &Tables<'s>) -> Vec<Change> {
        let of = |computed: &Expression<'_>, expected: &Expression<'_>| {
            // A matcher that stands in a value is equal to many.
            let has_matcher = words(self.source.written(computed)).any(|word| word == "expect");
            if is_computed(computed) && !has_matcher {
                literal::changes(expected, compared.within, self.source, tables)
            } else {
                Vec::new()
            }
        };
        let changes = of(compared.found, compared.expected);
        if changes.is_empty() && compared.within == Within::Value {
            of(compared.expected, compared.found)
        } else {
            changes
        }
    }
}

/// Returns how many cases there are with a definition's own table; `None` where that are too many or nobody knows.
fn multiplied(cases: usize, call: &CallExpression<'_>, definer: &Definer) -> Option<usize> {
    if !definer.has_table {
        return Some(cases);
    }
    let (_, rows) = table(call)?;
    Some(cases.saturating_mul(rows.len())).filter(|cases| *cases <= MOST_CASES)
}

fn handler_of<'s>(function: &'s Expression<'s>) -> Option<Handler<'s>> {
    match untyped(function) {
        Expression::ArrowFunctionExpression(function) => match &function.body {
            ArrowFunctionBody::FunctionBody(body) => {
                Some(Handler { parameters: &function.params, body: &body.statements, place: body.span })
            }
            _ => None,
        },
        Expression::FunctionExpression(function) => {
            let body = function.body.as_ref()?;
            Some(Handler { parameters: &function.params, body: &body.statements, place: body.span() })
        }
        _ => None,
    }
}

/// Returns the words of a text in which names can stand.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    let separates = |character: char| !character.is_alphanumeric() && character != '_' && character != '$';
    text.split(separates).filter(|word| !word.is_empty())
}
