//! What has begun and has not ended, in all instances of a session.

/// So deep a profile goes: deeper calls are folded into one node. Far beyond what a picture can show.
const DEPTH: usize = 256;
/// So many calls in calls are followed at all; of more only the number is kept.
const FOLLOWED: usize = 10_000;
/// How far a function that ends is searched for: an interpreter that is at the end of its own stack leaves out some words.
const SEARCHED: usize = 256;

/// The calls that have not ended.
#[derive(Debug, Default)]
pub(super) struct Stack {
    frames: Vec<(Option<u32>, u32)>,
    /// Calls beyond what is followed.
    beyond: u64,
    /// Where a border between instances is: what is below cannot be ended by who is above.
    borders: Vec<Border>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Border {
    /// The tests' side has called the tested one.
    Called(usize),
    /// The tested side has asked back.
    Asked(usize),
}

impl Border {
    fn height(self) -> usize {
        match self {
            Self::Called(height) | Self::Asked(height) => height,
        }
    }
}

impl Stack {
    /// Returns the node of what runs.
    pub(super) fn top(&self) -> Option<u32> {
        self.frames.last().map(|(_, node)| *node)
    }

    /// Tells whether what is called now is folded.
    pub(super) fn is_deep(&self) -> bool {
        self.frames.len() >= DEPTH
    }

    pub(super) fn push(&mut self, function: Option<u32>, node: u32) {
        if self.frames.len() >= FOLLOWED {
            self.beyond += 1;
        } else {
            self.frames.push((function, node));
        }
    }

    /// Ends a function and what began in it. Tells whether it had begun, on this side of the last border.
    pub(super) fn leave(&mut self, function: Option<u32>) -> bool {
        if self.beyond > 0 {
            self.beyond -= 1;
            return true;
        }
        let floor = self.borders.last().map_or(0, |border| border.height());
        let lowest = floor.max(self.frames.len().saturating_sub(SEARCHED));
        let own = self.frames[lowest..].iter().rposition(|(begun, _)| *begun == function);
        if let Some(found) = own {
            self.frames.truncate(lowest + found);
        }
        own.is_some()
    }

    pub(super) fn call(&mut self) {
        self.borders.push(Border::Called(self.frames.len()));
    }

    pub(super) fn called(&mut self, asks: bool) {
        if asks {
            self.borders.push(Border::Asked(self.frames.len()));
        } else if matches!(self.borders.last(), Some(Border::Called(_))) {
            self.cross_back();
        }
    }

    pub(super) fn answer(&mut self) {
        if matches!(self.borders.last(), Some(Border::Asked(_))) {
            self.cross_back();
        }
    }

    /// What began beyond the border has ended with it.
    fn cross_back(&mut self) {
        if let Some(border) = self.borders.pop() {
            self.frames.truncate(border.height());
            self.beyond = 0;
        }
    }
}
