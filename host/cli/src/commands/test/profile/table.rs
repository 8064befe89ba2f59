//! What matters of a profile, for people. Everything from a guest is made safe.

use comfy_table::CellAlignment;
use pact_pipeline::judge::Profiled;

use crate::commands::run::summary::{table, trimmed};
use crate::commands::test::report::{plural, title};
use crate::ui::{Paint, line};

const TESTS: usize = 10;
const FUNCTIONS: usize = 15;

/// The tests and functions that used most fuel; nothing where the runner cannot be profiled.
pub(in crate::commands::test) fn tables(profiled: &Profiled, paint: Paint) -> String {
    let Some(profile) = &profiled.profile else { return String::new() };
    let mut text = title("fuel by test", paint);
    let tests = profile.tests();
    let mut rows = table(["fuel", "framework", "test"]);
    for test in tests.iter().take(TESTS) {
        rows.add_row([digits(test.fuel), digits(test.framework_fuel), line(&test.id)]);
    }
    text.push_str(&numbers_to_the_right(rows, 2));
    text.push_str(&more(tests.len(), TESTS, "test"));
    text.push_str(&title("fuel by function", paint));
    let functions = profile.by_function();
    let mut rows = table(["self", "total", "calls", "function", "place"]);
    for cost in functions.iter().take(FUNCTIONS) {
        let function = &cost.function;
        let place = format!("{}:{}", line(&function.path), function.line);
        rows.add_row([
            digits(cost.self_fuel),
            digits(cost.total_fuel),
            digits(cost.calls),
            line(&function.name),
            place,
        ]);
    }
    text.push_str(&numbers_to_the_right(rows, 3));
    text.push_str(&more(functions.len(), FUNCTIONS, "function"));
    text.push_str(&format!(
        "note: profiled in a run of its own; {} fuel for the measuring is in none of these numbers\n",
        digits(profile.measuring_fuel)
    ));
    if profile.folded_calls > 0 {
        text.push_str(&format!("note: {} calls are beyond the limits of a profile\n", digits(profile.folded_calls)));
    }
    if profile.unmatched > 0 {
        text.push_str(&format!(
            "note: {} functions ended that had not begun, so that some fuel stands in the wrong place\n",
            digits(profile.unmatched)
        ));
    }
    if let Some(cut) = &profiled.cut {
        text.push_str(&format!("note: the profile is of a part of the suite: {}\n", line(cut)));
    }
    text.push('\n');
    text
}

fn numbers_to_the_right(mut table: comfy_table::Table, count: usize) -> String {
    for column in table.column_iter_mut().take(count) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    trimmed(&table)
}

fn more(count: usize, shown: usize, noun: &str) -> String {
    if count > shown { format!("and {} more\n", plural(count - shown, noun)) } else { String::new() }
}

/// A number in groups of three digits.
fn digits(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut groups: Vec<&str> = if first > 0 { vec![&digits[..first]] } else { Vec::new() };
    groups.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    groups.join(",")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::profiled;
    use super::*;

    #[test]
    fn numbers_have_groups_of_three() {
        assert_eq!([0, 999, 1000, 123_456].map(digits), ["0", "999", "1,000", "123,456"]);
    }

    #[test]
    fn what_used_most_stands_first_and_no_name_reaches_the_terminal_raw() {
        let text = tables(&profiled(), Paint::new(false));
        let (tests, functions) = text.split_once("fuel by function").expect("there are two tables");
        assert!(tests.find("::sells") < tests.find("::a;b"), "{text}");
        assert!(functions.find("script") < functions.find("shop.x:3"), "{text}");
        assert!(text.contains("1,234,567") && text.contains("2 calls are beyond the limits"), "{text}");
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
    }
}
