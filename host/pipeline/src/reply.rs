//! Reads what models answer: one JSON object somewhere in a text, and blocks of code beside it.
//!
//! Tolerant about what stands round the object, strict about the object itself; every error says where, because it goes
//! back to the author.

pub(crate) mod blocks;
mod formats;

use serde::de::DeserializeOwned;
use serde_json::Value;

use blocks::Block;

pub use formats::{
    CodeReply, DecomposeReply, ReplyFile, TestsReply, read_contract, read_decomposition, read_implementation,
    read_tests,
};

/// A reply that is not in the format that the brief asks for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplyError {
    /// No object at all.
    #[error("the reply holds no JSON object; put it into a fence that begins with ```json")]
    NoObject,
    /// It does not parse.
    #[error("line {line}, column {column} of the reply: {message}")]
    Syntax {
        /// Of the reply, counting from one.
        line: usize,
        /// Counts from one.
        column: usize,
        /// The parser's words.
        message: String,
    },
    /// It parses and is something else.
    #[error("at `{at}` of the JSON object: {message}")]
    Shape {
        /// The path in the object.
        at: String,
        /// What was expected.
        message: String,
    },
    /// A file without content.
    #[error("`{path}` has no content: neither in the JSON object nor in a fence whose first line ends in ` {path}`")]
    NoContent {
        /// The file.
        path: String,
    },
}

/// A reply, taken apart.
#[derive(Debug)]
struct Reply<'text> {
    object: Value,
    blocks: Vec<Block<'text>>,
}

impl<'text> Reply<'text> {
    fn parse(text: &'text str) -> Result<Self, ReplyError> {
        let blocks = blocks::find(text);
        let fenced = blocks.iter().find(|block| block.info.split_whitespace().next() == Some("json"));
        let object = match fenced {
            Some(block) => {
                serde_json::from_str(block.body).map_err(|error| ReplyError::syntax(&error, block.first_line))?
            }
            None => Self::bare_object(text)?,
        };
        Ok(Self { object, blocks })
    }

    // Models that leave the fence out begin with the object, or with a sentence before it.
    fn bare_object(text: &str) -> Result<Value, ReplyError> {
        let start = text.find('{').ok_or(ReplyError::NoObject)?;
        let line = text[..start].matches('\n').count() + 1;
        let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
        match values.next() {
            Some(Ok(value)) => Ok(value),
            Some(Err(error)) => Err(ReplyError::syntax(&error, line)),
            None => Err(ReplyError::NoObject),
        }
    }

    fn object_as<T: DeserializeOwned>(self) -> Result<(T, Vec<Block<'text>>), ReplyError> {
        let value = serde_path_to_error::deserialize(self.object)
            .map_err(|error| ReplyError::Shape { at: error.path().to_string(), message: error.inner().to_string() })?;
        Ok((value, self.blocks))
    }
}

impl ReplyError {
    fn syntax(error: &serde_json::Error, first_line: usize) -> Self {
        let text = error.to_string();
        // The parser's text ends in its own position, which counts from the object.
        let message = text.rsplit_once(" at line ").map_or(text.as_str(), |(message, _)| message).to_owned();
        Self::Syntax { line: first_line + error.line().max(1) - 1, column: error.column(), message }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn object(text: &str) -> Result<Value, ReplyError> {
        Reply::parse(text).map(|reply| reply.object)
    }

    #[test]
    fn finds_the_object_in_a_fence_among_prose() {
        let text = "Sure! {not this}\n\n```json\n{\"a\": 1}\n```\nDone.";
        assert_eq!(object(text), Ok(json!({"a": 1})));
    }

    #[test]
    fn finds_an_object_without_a_fence() {
        assert_eq!(object("Here: {\"a\": \"}\"} and more"), Ok(json!({"a": "}"})));
    }

    #[test]
    fn says_where_in_the_reply_the_object_breaks() {
        let error = object("One line.\n```json\n{\"a\": 1,\n \"b\" 2}\n```").expect_err("broken");
        assert_eq!(error.to_string(), "line 4, column 6 of the reply: expected `:`");
        let error = object("One line.\n{\"a\": 1,\n \"b\" 2}").expect_err("broken");
        assert_eq!(error.to_string(), "line 3, column 6 of the reply: expected `:`");
    }

    #[test]
    fn says_that_there_is_no_object() {
        assert_eq!(object("I cannot do that."), Err(ReplyError::NoObject));
        assert_eq!(object(""), Err(ReplyError::NoObject));
    }
}
