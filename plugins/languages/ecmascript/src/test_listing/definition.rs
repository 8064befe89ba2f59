//! Reads what defines tests and suites: `test`, `describe.skip`, `it.each(table)`, and names that stand for one of these.

use oxc_ast::ast::{Argument, CallExpression, Expression};
use oxc_span::GetSpan;

use super::marks::Permit;
use crate::source::Source;
use crate::source::bindings::{Bindings, Meaning};
use crate::source::names::untyped;

/// What is defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Test,
    Suite,
    /// A measurement, which is no test.
    Bench,
}

/// An expression that defines tests or suites when it is called.
#[derive(Debug, Clone)]
pub(crate) struct Definer {
    pub(crate) kind: Kind,
    /// It belongs to `node:test`, where a test that is to be done runs nevertheless.
    pub(crate) is_of_node: bool,
    /// There is a table of cases.
    pub(crate) has_table: bool,
    /// The table has no row.
    pub(crate) is_empty: bool,
    pub(crate) is_only: bool,
    pub(super) permits: Vec<Permit>,
    /// The last modifier has to be called before what comes out defines anything.
    is_open: bool,
}

/// Names may stand for names; deeper chains are not followed.
const MAX_INDIRECTIONS: u32 = 4;

/// Returns what a call defines; `None` where it defines nothing.
pub(crate) fn of_call(call: &CallExpression<'_>, source: &Source<'_>, bindings: &Bindings<'_>) -> Option<Definer> {
    Reader { source, bindings }.read(&call.callee, 0).filter(|definer| !definer.is_open)
}

/// Returns the function of a definition: one that is written out, else what stands last and is neither options nor a limit.
pub(crate) fn handler<'c, 'a>(call: &'c CallExpression<'a>) -> Option<&'c Expression<'a>> {
    let arguments = || call.arguments.iter().skip(1).filter_map(Argument::as_expression);
    let is_function = |argument: &&Expression<'_>| {
        matches!(untyped(argument), Expression::ArrowFunctionExpression(_) | Expression::FunctionExpression(_))
    };
    let is_something_else = |argument: &&Expression<'_>| {
        let argument = untyped(argument);
        argument.is_literal() || argument.is_undefined() || matches!(argument, Expression::ObjectExpression(_))
    };
    arguments().find(is_function).or_else(|| arguments().rfind(|argument| !is_something_else(argument)))
}

struct Reader<'s> {
    source: &'s Source<'s>,
    bindings: &'s Bindings<'s>,
}

impl Reader<'_> {
    fn read(&self, expression: &Expression<'_>, indirections: u32) -> Option<Definer> {
        match untyped(expression) {
            Expression::CallExpression(call) => {
                let mut definer = self.read(&call.callee, indirections)?;
                // `test("name")` defines something and is nothing more.
                if !definer.is_open {
                    return None;
                }
                definer.is_open = false;
                if definer.has_table {
                    let table = call.arguments.first().and_then(Argument::as_expression).map(untyped);
                    definer.is_empty =
                        matches!(table, Some(Expression::ArrayExpression(rows)) if rows.elements.is_empty());
                }
                Some(definer)
            }
            Expression::TaggedTemplateExpression(template) => {
                let mut definer = self.read(&template.tag, indirections)?;
                let is_table = definer.is_open && definer.has_table;
                definer.is_open = false;
                is_table.then_some(definer)
            }
            Expression::ConditionalExpression(choice) => {
                let (one, other) =
                    (self.read(&choice.consequent, indirections), self.read(&choice.alternate, indirections));
                let permits = [&one, &other].into_iter().flatten().flat_map(|definer| &definer.permits);
                let permits = permits.map(Permit::under_a_condition).collect();
                Some(Definer { permits, is_only: false, ..one.or(other)? })
            }
            Expression::StaticMemberExpression(member) => match self.read(&member.object, indirections) {
                Some(definer) => self.modified(definer, member.property.name.as_str(), expression),
                None => self.base(expression),
            },
            Expression::Identifier(name) => match self.bindings.constant(name.name.as_str()) {
                Some(value) if indirections < MAX_INDIRECTIONS => {
                    let mut definer = self.read(value, indirections + 1)?;
                    // The place that counts is that which uses the name.
                    definer.permits.iter_mut().for_each(|permit| permit.place = expression.span());
                    Some(definer)
                }
                _ => self.base(expression),
            },
            _ => None,
        }
    }

    fn base(&self, expression: &Expression<'_>) -> Option<Definer> {
        let meaning = self.bindings.resolve(expression)?;
        let is_of_node = meaning.module == "node:test";
        let (kind, modifier) = base_kind(&meaning)?;
        let definer = Definer {
            kind,
            is_of_node,
            has_table: false,
            is_empty: false,
            is_only: false,
            permits: Vec::new(),
            is_open: false,
        };
        match modifier {
            Some(modifier) => self.modified(definer, modifier, expression),
            None => Some(definer),
        }
    }

    fn modified(&self, mut definer: Definer, modifier: &str, written: &Expression<'_>) -> Option<Definer> {
        if definer.is_open {
            return None;
        }
        let text = self.source.written(written);
        match modifier {
            "concurrent" | "sequential" | "shuffle" => {}
            "only" => definer.is_only = true,
            "each" | "for" => {
                definer.has_table = true;
                definer.is_open = true;
            }
            "skipIf" | "runIf" => {
                definer.permits.push(Permit::skip_if(text, written.span()));
                definer.is_open = true;
            }
            "extend" => definer.is_open = true,
            "skip" => definer.permits.push(Permit::skip(text, written.span())),
            "todo" => definer.permits.extend(Permit::todo(text, written.span(), definer.is_of_node)),
            "fails" => definer.permits.push(Permit::xfail(text, written.span())),
            "test" | "it" if definer.is_of_node => definer.kind = Kind::Test,
            "describe" | "suite" => definer.kind = Kind::Suite,
            _ => return None,
        }
        Some(definer)
    }
}

/// Returns what an import or a global defines, and the modifier in its own name.
fn base_kind(meaning: &Meaning) -> Option<(Kind, Option<&str>)> {
    let path = match meaning.module.as_str() {
        "vitest" => meaning.path.as_str(),
        // The module itself is a function that defines tests.
        "node:test" if meaning.path.is_empty() => "test",
        "node:test" => match meaning.path.strip_prefix("default") {
            Some("") => "test",
            Some(rest) => rest.strip_prefix('.')?,
            None => meaning.path.as_str(),
        },
        // Only where the settings say so; elsewhere the file does not run at all.
        "" => meaning.path.strip_prefix("globalThis.").unwrap_or(&meaning.path),
        _ => return None,
    };
    match path {
        "test" | "it" => Some((Kind::Test, None)),
        "describe" | "suite" => Some((Kind::Suite, None)),
        "bench" if meaning.module != "node:test" => Some((Kind::Bench, None)),
        // `import { skip } from "node:test"`.
        "skip" | "todo" | "only" if meaning.module == "node:test" => Some((Kind::Test, Some(path))),
        _ => None,
    }
}
