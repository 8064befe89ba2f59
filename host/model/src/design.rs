//! The design document of a project of the reference (`design.json`): what it knew beyond components and decisions.
//!
//! Read, never written: all else in it follows from other files.

use serde::Deserialize;

use crate::decomposition::EngineeringDecision;
use crate::lenient;

/// What the reference noted about a project.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct DesignNotes {
    /// What the project is called.
    #[serde(default, deserialize_with = "lenient::text")]
    pub title: String,
    /// What it is, in some sentences.
    #[serde(default, deserialize_with = "lenient::text")]
    pub summary: String,
    /// What was decided.
    #[serde(default, deserialize_with = "lenient::list")]
    pub engineering_decisions: Vec<EngineeringDecision>,
    /// What went wrong on the way.
    #[serde(default, deserialize_with = "lenient::list")]
    pub failure_history: Vec<NotedFailure>,
    /// What was learnt, a sentence each.
    #[serde(default, deserialize_with = "lenient::texts_in_list")]
    pub lessons_learned: Vec<String>,
}

/// A failure that the reference noted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct NotedFailure {
    /// Of which component.
    #[serde(default, deserialize_with = "lenient::text")]
    pub component_id: String,
    /// What sort.
    #[serde(default, deserialize_with = "lenient::text")]
    pub failure_type: String,
    /// What happened.
    #[serde(default, deserialize_with = "lenient::text")]
    pub description: String,
    /// What was done about it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub resolution: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_read_with_what_they_lack_and_what_is_not_known() {
        let notes: DesignNotes = serde_json::from_str(
            r#"{"project_id": "p", "title": "Shop", "failure_history": [{"component_id": "bank", "timestamp": "t"}],
                "lessons_learned": ["Ask first."], "decomposition_tree": null, "version": 1}"#,
        )
        .unwrap();
        assert_eq!((notes.title.as_str(), notes.summary.as_str()), ("Shop", ""));
        assert_eq!(notes.failure_history[0].component_id, "bank");
        assert_eq!(notes.lessons_learned, ["Ask first."]);
    }
}
