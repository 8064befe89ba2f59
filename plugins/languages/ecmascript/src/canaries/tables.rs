//! Expected values that stand in a table of cases: `test.each([[1, 2], [3, 4]])("…", (amount, expected) => { … })`.

use std::collections::BTreeMap;

use oxc_ast::ast::{BindingPattern, CallExpression, Expression, FormalParameters, ObjectPropertyKind};

use super::eligible::words;
use super::literal::items;
use crate::source::names::{key_name, untyped};

/// By name, the values of the parameters of one test that are written out in its table.
///
/// Only parameters that the test's body names once: where one is used elsewhere too, another value may fail elsewhere.
#[derive(Default)]
pub(super) struct Tables<'s>(BTreeMap<&'s str, Vec<&'s Expression<'s>>>);

/// Where a parameter finds its value in a row.
enum Column<'s> {
    Index(usize),
    Key(&'s str),
    Row,
}

impl<'s> Tables<'s> {
    /// Reads the table of a definition: `call` is the outer one, which names the test.
    pub(super) fn of(call: &'s CallExpression<'s>, parameters: &'s FormalParameters<'s>, body: &str) -> Self {
        let mut tables = Self::default();
        let Some((spreads, rows)) = table(call) else { return tables };
        for (name, column) in columns(parameters, spreads) {
            if words(body).filter(|word| *word == name).count() == 1 {
                tables.0.insert(name, rows.iter().filter_map(|row| value(row, &column, spreads)).collect());
            }
        }
        tables
    }

    /// Returns the values of a parameter, one for each row that has it; none for what is no such parameter.
    pub(super) fn values(&self, name: &str) -> Option<&[&'s Expression<'s>]> {
        self.0.get(name).map(Vec::as_slice)
    }
}

/// Returns the rows of a table that is written out, and whether a row that is an array gives each item to a parameter of its
/// own: `.each` does, `.for` does not.
pub(super) fn table<'s>(call: &'s CallExpression<'s>) -> Option<(bool, Vec<&'s Expression<'s>>)> {
    let Expression::CallExpression(with_table) = &call.callee else { return None };
    let Expression::StaticMemberExpression(member) = &with_table.callee else { return None };
    let spreads = match member.property.name.as_str() {
        "each" => true,
        "for" => false,
        _ => return None,
    };
    Some((spreads, items(with_table.arguments.first()?.as_expression()?)?))
}

fn columns<'s>(parameters: &'s FormalParameters<'s>, spreads: bool) -> Vec<(&'s str, Column<'s>)> {
    let mut columns = Vec::new();
    let considered = if spreads { parameters.items.len() } else { 1 };
    for (index, parameter) in parameters.items.iter().take(considered).enumerate() {
        match &parameter.pattern {
            BindingPattern::BindingIdentifier(name) => {
                let column = if spreads { Column::Index(index) } else { Column::Row };
                columns.push((name.name.as_str(), column));
            }
            BindingPattern::ObjectPattern(pattern) if index == 0 => {
                for property in &pattern.properties {
                    if let (Some(key), BindingPattern::BindingIdentifier(name)) =
                        (key_name(&property.key), &property.value)
                    {
                        columns.push((name.name.as_str(), Column::Key(key)));
                    }
                }
            }
            BindingPattern::ArrayPattern(pattern) if !spreads => {
                for (index, element) in pattern.elements.iter().enumerate() {
                    if let Some(BindingPattern::BindingIdentifier(name)) = element {
                        columns.push((name.name.as_str(), Column::Index(index)));
                    }
                }
            }
            _ => {}
        }
    }
    columns
}

fn value<'s>(row: &'s Expression<'s>, column: &Column<'_>, spreads: bool) -> Option<&'s Expression<'s>> {
    match column {
        Column::Row => Some(row),
        Column::Index(index) => match items(row) {
            Some(items) => items.get(*index).copied(),
            // A row that is no array is the first parameter.
            None => (spreads && *index == 0).then_some(row),
        },
        Column::Key(key) => {
            let Expression::ObjectExpression(object) = untyped(row) else { return None };
            let mut values = object.properties.iter().filter_map(|property| match property {
                ObjectPropertyKind::ObjectProperty(property) if !property.method && !property.shorthand => {
                    (key_name(&property.key) == Some(*key)).then_some(&property.value)
                }
                _ => None,
            });
            values.next_back()
        }
    }
}
