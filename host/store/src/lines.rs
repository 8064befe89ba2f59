//! The line of a place in a JSON document, for faults in files that a person wrote.
//!
//! JSON is read as YAML here, because that reader keeps positions. Only for messages: a document that it does not read the
//! same way gets no line.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

/// Returns the line of a JSON pointer, counting from one.
pub(crate) fn line_of(document: &str, pointer: &str) -> Option<u32> {
    let root: Spanned<Node> = serde_saphyr::from_str(document).ok()?;
    let mut at = &root;
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        // What is missing is shown at the place that lacks it.
        match at.value.child(&part) {
            Some(child) => at = child,
            None => break,
        }
    }
    u32::try_from(at.referenced.line()).ok().filter(|line| *line > 0)
}

enum Node {
    Scalar,
    List(Vec<Spanned<Node>>),
    Object(Vec<(String, Spanned<Node>)>),
}

impl Node {
    fn child(&self, part: &str) -> Option<&Spanned<Self>> {
        match self {
            Self::Scalar => None,
            Self::List(items) => items.get(part.parse::<usize>().ok()?),
            Self::Object(fields) => fields.iter().find(|(name, _)| name == part).map(|(_, value)| value),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_str<E>(self, _: &str) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        Node::deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Node::Scalar)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Node, A::Error> {
        let mut object = Vec::new();
        while let Some(field) = fields.next_entry()? {
            object.push(field);
        }
        Ok(Node::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str =
        "{\n  \"a\": [\n    {\"b\": null},\n    {\n      \"c/d\": 1.5\n    }\n  ],\n  \"e\": {\"f\": true}\n}\n";

    #[test]
    fn finds_the_line_of_a_place() {
        for (pointer, line) in [("", 1), ("/a/0/b", 3), ("/a/1/c~1d", 5), ("/e/f", 8)] {
            assert_eq!(line_of(DOCUMENT, pointer), Some(line), "{pointer}");
        }
    }

    #[test]
    fn what_is_missing_is_shown_where_it_is_missed() {
        assert_eq!(line_of(DOCUMENT, "/a/1/name"), Some(4));
    }

    #[test]
    fn a_document_that_does_not_parse_has_no_lines() {
        assert_eq!(line_of("{", "/a"), None);
    }
}
