//! The formats of the four roles.

use pact_model::component_id::ComponentId;
use pact_model::contract::ComponentContract;
use pact_model::decomposition::{EngineeringDecision, ProposedComponent};
use pact_model::test_suite::PlannedCase;
use serde::Deserialize;
use serde_json::Value;

use super::{Block, Reply, ReplyError};

/// What `decompose` answers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct DecomposeReply {
    /// The components.
    pub components: Vec<ProposedComponent>,
    /// What was decided where the task leaves a choice.
    #[serde(default)]
    pub decisions: Vec<EngineeringDecision>,
}

/// What `author_tests` answers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TestsReply {
    /// The cases in words.
    pub test_cases: Vec<PlannedCase>,
    /// The whole test file.
    #[serde(default)]
    pub code: String,
}

/// What `implement` answers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct CodeReply {
    /// All files of the component.
    pub files: Vec<ReplyFile>,
}

/// A file in a reply.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ReplyFile {
    /// Relative to the component's source folder.
    pub path: String,
    /// The whole text; may stand in a block of its own.
    #[serde(default)]
    pub content: Option<String>,
}

/// Reads a decomposition.
///
/// # Errors
/// [`ReplyError`] with the place.
pub fn read_decomposition(text: &str) -> Result<DecomposeReply, ReplyError> {
    Reply::parse(text)?.object_as().map(|(reply, _)| reply)
}

/// Reads a contract for `component`. Its id may be left out: there is only one that it can be about.
///
/// # Errors
/// [`ReplyError`] with the place.
pub fn read_contract(text: &str, component: &ComponentId) -> Result<ComponentContract, ReplyError> {
    let mut reply = Reply::parse(text)?;
    if let Value::Object(fields) = &mut reply.object {
        fields.entry("component_id").or_insert_with(|| Value::String(component.to_string()));
        fields.entry("name").or_insert_with(|| Value::String(component.to_string()));
    }
    reply.object_as().map(|(contract, _)| contract)
}

/// Reads a suite whose code goes into the file `name`.
///
/// # Errors
/// [`ReplyError`] with the place.
pub fn read_tests(text: &str, name: &str) -> Result<TestsReply, ReplyError> {
    let (mut reply, blocks): (TestsReply, _) = Reply::parse(text)?.object_as()?;
    if reply.code.trim().is_empty() {
        reply.code = file_block(&blocks, name)?;
    }
    Ok(reply)
}

/// Reads an implementation.
///
/// # Errors
/// [`ReplyError`] with the place.
pub fn read_implementation(text: &str) -> Result<Vec<(String, String)>, ReplyError> {
    let (reply, blocks): (CodeReply, _) = Reply::parse(text)?.object_as()?;
    let contents = reply.files.into_iter().map(|file| {
        let content = match file.content {
            Some(content) => content,
            None => file_block(&blocks, &file.path)?,
        };
        Ok((file.path, content))
    });
    contents.collect()
}

fn file_block(blocks: &[Block<'_>], path: &str) -> Result<String, ReplyError> {
    let block = blocks.iter().find(|block| block.is_file(path));
    block.map(|block| block.body.to_owned()).ok_or_else(|| ReplyError::NoContent { path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_may_stand_in_a_block_of_its_own() {
        let text = "```json\n{\"files\": [{\"path\": \"a.py\"}, {\"path\": \"b.py\", \"content\": \"\"}]}\n```\n```python a.py\nx = 1\n```\n";
        assert_eq!(
            read_implementation(text),
            Ok(vec![("a.py".to_owned(), "x = 1\n".to_owned()), ("b.py".to_owned(), String::new())])
        );
    }

    #[test]
    fn a_file_without_content_is_named() {
        let error = read_implementation("{\"files\": [{\"path\": \"a.py\"}]}").expect_err("no content");
        assert!(error.to_string().starts_with("`a.py` has no content"), "{error}");
    }

    #[test]
    fn a_wrong_shape_is_named_with_its_place_in_the_object() {
        let id = ComponentId::new("bank").expect("an id");
        let text = "{\"description\": \"d\", \"functions\": [{\"name\": \"pay\", \"description\": \"d\", \"output_type\": 3}]}";
        let error = read_contract(text, &id).expect_err("a number is no type");
        assert!(error.to_string().starts_with("at `functions[0].output_type` of the JSON object"), "{error}");
    }

    #[test]
    fn a_component_id_that_leads_elsewhere_is_refused() {
        let text = "{\"components\": [{\"id\": \"../etc\", \"description\": \"d\"}]}";
        let error = read_decomposition(text).expect_err("a path is no id");
        assert!(error.to_string().contains("`../etc` is no component id"), "{error}");
    }
}
