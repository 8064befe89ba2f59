//! Writes a source again with some blocks twice, and keeps where each line comes from.

use ruff_source_file::UniversalNewlines;
use ruff_text_size::{TextRange, TextSize};

use super::LineRun;

/// A text for a range of the author's source. Both are within one line.
pub(super) struct Replacement {
    pub(super) range: TextRange,
    pub(super) text: String,
}

/// Lines that are written twice. One-based.
pub(super) struct Block<'a> {
    pub(super) first_line: u32,
    pub(super) last_line: u32,
    /// The lines that part the two, which are empty in the author's source.
    pub(super) gap: &'a [u32],
}

/// A source that is being written.
pub(super) struct Rewriting<'t> {
    lines: Vec<Line<'t>>,
    /// The next line of the author's, one-based.
    next: u32,
    /// The ending of the first line, for one that has none.
    ending: &'t str,
    written: Vec<(u32, String)>,
}

struct Line<'t> {
    text: &'t str,
    start: TextSize,
}

impl<'t> Rewriting<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let lines: Vec<Line> = text
            .universal_newlines()
            .map(|line| Line { text: &text[line.full_range()], start: line.start() })
            .collect();
        let ending = lines.first().map_or("\n", |line| ending(line.text));
        Self { lines, next: 1, ending: if ending.is_empty() { "\n" } else { ending }, written: Vec::new() }
    }

    /// Writes everything before a block as it is, then the block twice. Returns the lines at which the two begin.
    pub(super) fn write_twice(&mut self, block: &Block, first: &[&Replacement], second: &[&Replacement]) -> (u32, u32) {
        self.copy(self.next, block.first_line, &[]);
        let first_begins = self.position();
        self.copy(block.first_line, block.last_line + 1, first);
        for line in block.gap {
            self.copy(*line, line + 1, &[]);
        }
        let second_begins = self.position();
        self.copy(block.first_line, block.last_line + 1, second);
        self.next = block.last_line + 1;
        (first_begins, second_begins)
    }

    /// Writes the rest and returns the text, and where its lines come from.
    pub(super) fn finish(mut self) -> (String, Vec<LineRun>) {
        self.copy(self.next, u32::MAX, &[]);
        let mut text = String::new();
        let mut runs: Vec<LineRun> = Vec::new();
        for ((original, line), twinned) in self.written.iter().zip(1..) {
            // The author's last line may have no ending, and be no longer the last.
            if !text.is_empty() && !text.ends_with(['\n', '\r']) {
                text.push_str(self.ending);
            }
            text.push_str(line);
            match runs.last_mut() {
                Some(run) if run.original + run.count == *original => run.count += 1,
                _ => runs.push(LineRun { twinned, original: *original, count: 1 }),
            }
        }
        (text, runs)
    }

    /// Returns the number of the line that is written next.
    fn position(&self) -> u32 {
        u32::try_from(self.written.len()).map_or(u32::MAX, |count| count.saturating_add(1))
    }

    /// Writes the author's lines from `from` to before `to`.
    fn copy(&mut self, from: u32, to: u32, replacements: &[&Replacement]) {
        let count = to.saturating_sub(from) as usize;
        let lines = self.lines.iter().zip(1..).skip(from as usize - 1).take(count);
        self.written.extend(lines.map(|(line, number)| (number, line.with(replacements))));
    }
}

impl Line<'_> {
    fn with(&self, replacements: &[&Replacement]) -> String {
        let end = self.start + TextSize::of(self.text);
        let mut here: Vec<&&Replacement> = replacements
            .iter()
            .filter(|replacement| replacement.range.start() >= self.start && replacement.range.end() <= end)
            .collect();
        here.sort_by_key(|replacement| std::cmp::Reverse(replacement.range.start()));
        let mut text = self.text.to_owned();
        for replacement in here {
            let range = replacement.range - self.start;
            text.replace_range(std::ops::Range::<usize>::from(range), &replacement.text);
        }
        text
    }
}

fn ending(line: &str) -> &str {
    &line[line.trim_end_matches(['\r', '\n']).len()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twice(text: &str, block: &Block, first: &[&Replacement], second: &[&Replacement]) -> (String, Vec<LineRun>) {
        let mut rewriting = Rewriting::new(text);
        rewriting.write_twice(block, first, second);
        rewriting.finish()
    }

    fn at(start: u32, end: u32, text: &str) -> Replacement {
        Replacement { range: TextRange::new(start.into(), end.into()), text: text.to_owned() }
    }

    #[test]
    fn a_block_is_written_twice_with_the_lines_that_part_it() {
        let (ab, three) = (at(3, 5, "longer"), at(6, 7, "3"));
        let block = Block { first_line: 2, last_line: 2, gap: &[1] };
        let (text, lines) = twice("\nx\nab 1\n", &Block { first_line: 3, last_line: 3, ..block }, &[&three], &[&ab]);
        assert_eq!(text, "\nx\nab 3\n\nlonger 1\n");
        let run = |twinned, original, count| LineRun { twinned, original, count };
        assert_eq!(lines, [run(1, 1, 3), run(4, 1, 1), run(5, 3, 1)]);
    }

    #[test]
    fn a_last_line_without_ending_gets_that_of_the_others() {
        let block = Block { first_line: 2, last_line: 2, gap: &[] };
        assert_eq!(twice("a\r\nb", &block, &[], &[]).0, "a\r\nb\r\nb");
    }
}
