//! Which line of a source a line of the generated code comes from.

/// The places of one file, in the order of the generated code. Lines and columns count from zero.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    places: Vec<Place>,
}

#[derive(Debug, Clone, Copy)]
struct Place {
    generated: (u32, u32),
    source: (u32, u32),
}

impl Lines {
    /// Adds a place. They come in the order of the generated code.
    pub(crate) fn push(&mut self, generated: (u32, u32), source: (u32, u32)) {
        self.places.push(Place { generated, source });
    }

    /// Returns where the code at a generated place was written: of the last place at or before it in the same line, else of
    /// the first one after it.
    pub(crate) fn source_of(&self, line: u32, column: u32) -> Option<(u32, u32)> {
        let after = self.places.partition_point(|place| place.generated <= (line, column));
        let before = after.checked_sub(1).and_then(|at| self.places.get(at));
        let same_line = before.filter(|place| place.generated.0 == line);
        same_line.or_else(|| self.places.get(after)).or(before).map(|place| place.source)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_between_two_known_ones_is_that_of_the_one_before_it_in_its_line() {
        let mut lines = Lines::default();
        lines.push((0, 0), (4, 0));
        lines.push((2, 4), (7, 2));
        lines.push((2, 9), (7, 11));
        assert_eq!(lines.source_of(0, 30), Some((4, 0)));
        assert_eq!(lines.source_of(2, 0), Some((7, 2)), "nothing before it in its line");
        assert_eq!(lines.source_of(2, 10), Some((7, 11)));
        assert_eq!(lines.source_of(9, 0), Some((7, 11)), "behind the last one");
        assert_eq!(Lines::default().source_of(0, 0), None);
    }
}
