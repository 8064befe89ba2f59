//! Fenced blocks of a text, as Markdown writes them.
//!
//! Not a Markdown parser, on purpose: a block inside of a list or a quotation is code to us all the same, and an object
//! outside of any fence must be found as well.

/// A fenced block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block<'text> {
    /// What stands behind the opening fence.
    pub(crate) info: &'text str,
    /// The lines between the fences.
    pub(crate) body: &'text str,
    /// The line of the text in which the body begins, counting from one.
    pub(crate) first_line: usize,
}

impl Block<'_> {
    /// Answers whether the block is the content of a file: its info string ends in the path.
    pub(crate) fn is_file(&self, path: &str) -> bool {
        self.info.split_whitespace().next_back() == Some(path)
    }
}

/// Returns all blocks. A fence that is never closed reaches to the end.
pub(crate) fn find(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<(usize, &str, usize, usize)> = None;
    let mut offset = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let trimmed = line.trim();
        let ticks = trimmed.bytes().take_while(|byte| *byte == b'`').count();
        match open {
            None if ticks >= 3 => open = Some((ticks, trimmed[ticks..].trim(), offset + line.len(), index + 2)),
            // Only a fence that is as long as the opening one closes it, so code may hold shorter ones.
            Some((width, info, start, first_line)) if ticks >= width && ticks == trimmed.len() => {
                blocks.push(Block { info, body: &text[start..offset], first_line });
                open = None;
            }
            _ => {}
        }
        offset += line.len();
    }
    if let Some((_, info, start, first_line)) = open {
        blocks.push(Block { info, body: &text[start.min(text.len())..], first_line });
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_fence_holds_a_shorter_one() {
        let text = "a\n````python x.py\n```\nb\n```\n````\nc\n```json\n{}\n```\n";
        let blocks = find(text);
        assert_eq!(blocks.len(), 2);
        assert_eq!((blocks[0].info, blocks[0].body, blocks[0].first_line), ("python x.py", "```\nb\n```\n", 3));
        assert!(blocks[0].is_file("x.py") && !blocks[0].is_file("python"));
        assert_eq!((blocks[1].info, blocks[1].body), ("json", "{}\n"));
    }

    #[test]
    fn a_fence_without_an_end_reaches_to_the_end() {
        assert_eq!(find("```json\n{}")[0].body, "{}");
        assert_eq!(find("```json")[0].body, "");
    }
}
