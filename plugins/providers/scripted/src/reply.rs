//! One reply: cut into the parts that a host polls for, with the tokens that it stands for.
//!
//! Nothing counts tokens here as a model would. Four bytes are taken for one token, which is near enough for English and
//! code, and the prices are zero, so that no bill depends on it.

use std::collections::VecDeque;

const BYTES_PER_TOKEN: u64 = 4;

/// A reply arrives in pieces of at most this size, so that a host which shows progress has something to show.
const PIECE_BYTES: usize = 2048;

/// What a reply consists of, in the order in which it is handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// The next piece of the text.
    Text(String),
    /// The tokens of the brief and of what was said.
    Usage {
        /// Tokens of the brief.
        input_tokens: u64,
        /// Tokens of the reply, after it was cut off.
        output_tokens: u64,
    },
    /// The end.
    Finished {
        /// The text was longer than was asked for.
        cut_off: bool,
    },
}

/// A reply that is handed out part by part.
#[derive(Debug)]
pub struct Reply {
    parts: VecDeque<Part>,
}

impl Reply {
    /// Prepares a reply to a brief of `brief_bytes` bytes, at most `max_tokens` long.
    pub fn new(text: &str, brief_bytes: usize, max_tokens: u32) -> Self {
        let allowed = usize::try_from(u64::from(max_tokens) * BYTES_PER_TOKEN).unwrap_or(usize::MAX);
        let said = &text[..text.floor_char_boundary(allowed)];
        let mut parts: VecDeque<Part> = pieces(said).map(|piece| Part::Text(piece.to_owned())).collect();
        parts.push_back(Part::Usage { input_tokens: tokens(brief_bytes), output_tokens: tokens(said.len()) });
        parts.push_back(Part::Finished { cut_off: said.len() < text.len() });
        Self { parts }
    }

    /// Returns the next part, or none after the end.
    pub fn next_part(&mut self) -> Option<Part> {
        self.parts.pop_front()
    }
}

/// Cuts a text into pieces that are as long as allowed and end between characters.
fn pieces(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (piece, rest) = text.split_at(text.floor_char_boundary(PIECE_BYTES));
        text = rest;
        (!piece.is_empty()).then_some(piece)
    })
}

fn tokens(bytes: usize) -> u64 {
    (bytes as u64).div_ceil(BYTES_PER_TOKEN)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, max_tokens: u32) -> Vec<Part> {
        let mut reply = Reply::new(text, 10, max_tokens);
        std::iter::from_fn(|| reply.next_part()).collect()
    }

    fn text_of(parts: &[Part]) -> String {
        parts.iter().filter_map(|part| if let Part::Text(text) = part { Some(text.as_str()) } else { None }).collect()
    }

    #[test]
    fn a_short_reply_is_one_piece_then_its_tokens_then_the_end() {
        assert_eq!(
            parts("hello", 100),
            [
                Part::Text("hello".to_owned()),
                Part::Usage { input_tokens: 3, output_tokens: 2 },
                Part::Finished { cut_off: false },
            ]
        );
    }

    #[test]
    fn the_pieces_of_a_long_reply_are_the_reply() {
        // Three bytes a character, so that no piece may end at its full size.
        let text = "€".repeat(3000);
        let parts = parts(&text, u32::MAX);
        assert_eq!(text_of(&parts), text);
        assert_eq!(parts.len(), 5 + 2, "9000 bytes in pieces of 2046");
    }

    #[test]
    fn a_reply_is_cut_off_at_the_limit_and_says_so() {
        let parts = parts("12345678€", 2);
        assert_eq!(text_of(&parts), "12345678");
        assert_eq!(parts.last(), Some(&Part::Finished { cut_off: true }));
    }

    #[test]
    fn a_reply_as_long_as_the_limit_is_whole() {
        assert_eq!(parts("12345678", 2).last(), Some(&Part::Finished { cut_off: false }));
    }

    #[test]
    fn an_empty_reply_has_no_text() {
        assert_eq!(
            parts("", 5),
            [Part::Usage { input_tokens: 3, output_tokens: 0 }, Part::Finished { cut_off: false }]
        );
    }
}
