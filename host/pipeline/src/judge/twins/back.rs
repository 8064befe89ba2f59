//! From a twinned source back to the author's: names, places, and texts that quote them.

use std::collections::HashMap;

use pact_model::suite::{CollectionError, Location, TestCase};
use pact_model::twin::{LineRun, Twin};
use pact_model::verdict::TestReport;

use crate::judge::record::Record;

/// How interpreters write the line of a file into a traceback; the path stands before it.
const LINE_FORMS: [&str; 2] = [":", "\", line "];

/// Leads back to the author's source.
#[derive(Debug, Default)]
pub(in crate::judge) struct Back {
    /// The author's function for each function that has a twin.
    functions: HashMap<String, String>,
    files: HashMap<String, File>,
}

#[derive(Debug)]
struct File {
    /// Each name that the author did not give, and the one that they gave.
    names: HashMap<String, String>,
    lines: Vec<LineRun>,
}

impl Back {
    pub(super) fn add(&mut self, path: &str, twins: &[Twin], lines: Vec<LineRun>) {
        let mut names = HashMap::new();
        for twin in twins {
            let original = name(&twin.original);
            for function in [&twin.unchanged, &twin.changed] {
                self.functions.insert(function.clone(), twin.original.clone());
                if name(function) != original {
                    names.insert(name(function).to_owned(), original.to_owned());
                }
            }
        }
        self.files.insert(path.to_owned(), File { names, lines });
    }

    /// Returns the id of a case as its author's source has it.
    pub(in crate::judge) fn id(&self, case: &TestCase) -> String {
        match (self.functions.get(&case.function), case.id.strip_prefix(case.function.as_str())) {
            (Some(original), Some(parameters)) => format!("{original}{parameters}"),
            _ => case.id.clone(),
        }
    }

    /// Returns a case as its author's source has it.
    pub(super) fn case(&self, case: &TestCase) -> TestCase {
        let function = self.functions.get(&case.function).unwrap_or(&case.function).clone();
        let location = self.place(&case.location).unwrap_or_else(|| case.location.clone());
        TestCase { id: self.id(case), function, location }
    }

    /// Returns a report under the id that its author's source has. `path` is the file of the test.
    pub(super) fn report(&self, report: &TestReport, id: String, path: &str) -> TestReport {
        TestReport {
            id,
            message: self.text_of(&report.message, Some(path)),
            detail: self.text_of(&report.detail, Some(path)),
            ..report.clone()
        }
    }

    pub(super) fn error(&self, error: &CollectionError) -> CollectionError {
        let path = Some(error.location.path.as_str());
        CollectionError {
            location: self.place(&error.location).unwrap_or_else(|| error.location.clone()),
            message: self.text_of(&error.message, path),
            detail: self.text_of(&error.detail, path),
            missing_module: error.missing_module.clone(),
        }
    }

    /// Returns a text that may be about any file.
    pub(in crate::judge) fn text(&self, text: &str) -> String {
        self.text_of(text, None)
    }

    pub(super) fn record(&self, record: &mut Record) {
        for entry in &mut record.entries {
            let id = self.id(&entry.case);
            entry.report = entry.report.as_ref().map(|report| self.report(report, id, &entry.case.location.path));
            // A place that the author's source does not have is no place of a mark.
            entry.raised_at = entry.raised_at.take().and_then(|at| self.place(&at));
            entry.case = self.case(&entry.case);
        }
        record.collection_errors = record.collection_errors.iter().map(|error| self.error(error)).collect();
        record.breaches = record.breaches.iter().map(|breach| self.text(breach)).collect();
    }

    /// Returns a place in the author's source; none for a line that it does not have.
    fn place(&self, place: &Location) -> Option<Location> {
        match self.files.get(&place.path) {
            Some(file) => Some(Location { path: place.path.clone(), line: file.line(place.line)? }),
            None => Some(place.clone()),
        }
    }

    // A name is only changed in texts about its file: another file may have the same one.
    fn text_of(&self, text: &str, about: Option<&str>) -> String {
        let files = self.files.iter().filter(|(path, _)| about.is_none_or(|about| about == path.as_str()));
        let text = rename(text, files.map(|(_, file)| &file.names));
        self.files.iter().fold(text, |text, (path, file)| file.relocate(&text, path))
    }
}

impl File {
    fn line(&self, line: u32) -> Option<u32> {
        let run = self.lines.iter().find(|run| line >= run.twinned && line - run.twinned < run.count)?;
        run.original.checked_add(line - run.twinned)
    }

    /// Replaces the lines that stand behind the path.
    fn relocate(&self, text: &str, path: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(path) {
            out.push_str(before);
            out.push_str(path);
            rest = after;
            let Some(form) = LINE_FORMS.iter().find(|form| rest.starts_with(**form)) else { continue };
            let digits: String = rest.chars().skip(form.chars().count()).take_while(char::is_ascii_digit).collect();
            let Some(line) = digits.parse().ok().and_then(|line| self.line(line)) else { continue };
            out.push_str(&format!("{form}{line}"));
            rest = rest.get(form.len() + digits.len()..).unwrap_or_default();
        }
        out.push_str(rest);
        out
    }
}

/// Replaces whole names.
fn rename<'a>(text: &str, names: impl Iterator<Item = &'a HashMap<String, String>>) -> String {
    let names: Vec<_> = names.filter(|names| !names.is_empty()).collect();
    if names.is_empty() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let word_end = rest.find(|c| !is_of_a_name(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(word_end);
        out.push_str(names.iter().find_map(|names| names.get(word)).map_or(word, String::as_str));
        let next = after.find(is_of_a_name).unwrap_or(after.len());
        let (between, after) = after.split_at(next);
        out.push_str(between);
        rest = after;
    }
    out
}

/// The last name in a function's id: nothing here knows how a runner separates names.
fn name(function: &str) -> &str {
    let start = function.char_indices().rev().find(|(_, c)| !is_of_a_name(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    function.get(start..).unwrap_or(function)
}

fn is_of_a_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back() -> Back {
        let twin = |original: &str, unchanged: &str, changed: &str| Twin {
            original: format!("t/a.x::{original}"),
            unchanged: format!("t/a.x::{unchanged}"),
            changed: format!("t/a.x::{changed}"),
            first_line: 1,
            last_line: 1,
        };
        let run = |twinned, original, count| LineRun { twinned, original, count };
        let mut back = Back::default();
        let twins = [twin("one", "one_b", "one"), twin("G::two", "G::two", "G::two_b")];
        // Lines 1–4 stay, a copy of line 4 follows, then the rest.
        back.add("t/a.x", &twins, vec![run(1, 1, 4), run(5, 4, 1), run(6, 5, 10)]);
        back
    }

    fn case(id: &str, function: &str, line: u32) -> TestCase {
        let location = Location { path: "t/a.x".to_owned(), line };
        TestCase { id: id.to_owned(), function: function.to_owned(), location }
    }

    #[test]
    fn a_case_gets_the_name_and_the_place_that_its_author_gave() {
        let found = back().case(&case("t/a.x::one_b[3]", "t/a.x::one_b", 5));
        assert_eq!(found, case("t/a.x::one[3]", "t/a.x::one", 4));
        let other = case("t/a.x::three", "t/a.x::three", 7);
        assert_eq!(back().case(&other), case("t/a.x::three", "t/a.x::three", 6));
    }

    #[test]
    fn a_text_names_what_its_author_named_where_its_author_wrote_it() {
        let text = "in one_b\n/r/t/a.x:6: bad\n  File \"t/a.x\", line 5, in one_b\none_bb \"t/a.x\", line 99 t/a.x:é é";
        let said = "in one\n/r/t/a.x:5: bad\n  File \"t/a.x\", line 4, in one\none_bb \"t/a.x\", line 99 t/a.x:é é";
        assert_eq!(back().text(text), said);
        assert_eq!(back().text("two_b, two, one"), "two, two, one");
    }

    #[test]
    fn a_name_of_another_file_stays() {
        assert_eq!(back().text_of("one_b", Some("t/b.x")), "one_b");
    }

    #[test]
    fn a_line_that_the_author_never_wrote_is_no_place() {
        assert_eq!(back().place(&Location { path: "t/a.x".to_owned(), line: 16 }), None);
        let elsewhere = Location { path: "t/b.x".to_owned(), line: 16 };
        assert_eq!(back().place(&elsewhere), Some(elsewhere));
    }

    #[test]
    fn a_long_text_takes_one_look() {
        // Quadratic work on this would take minutes.
        let text = "one_b é ".repeat(1 << 20);
        assert_eq!(back().text(&text).len(), text.len() - 2 * (1 << 20));
    }
}
