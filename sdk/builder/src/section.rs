//! Custom sections of a wasm binary: what a plugin carries besides its code. Says nothing about what is in them.

use std::{borrow::Cow, ops::Range};

use wasm_encoder::{CustomSection, Encode, Section};
use wasmparser::{Parser, Payload};

/// The section that holds `plugin.toml`.
pub const MANIFEST_SECTION: &str = "pact:manifest";

/// The section that holds the notices of everything that went into the plugin, as plain text.
pub const LICENSES_SECTION: &str = "pact:licenses";

/// The bytes are not a wasm binary.
#[derive(Debug, thiserror::Error)]
#[error("failed to read the wasm binary")]
pub struct SectionError(#[from] wasmparser::BinaryReaderError);

/// Returns the first top-level custom section called `name`.
///
/// # Errors
/// When the bytes are not a wasm module or component.
pub fn read_section<'a>(wasm: &'a [u8], name: &str) -> Result<Option<&'a [u8]>, SectionError> {
    Ok(top_sections(wasm)?.into_iter().find_map(|section| match section.custom {
        Some((found, data)) if found == name => Some(data),
        _ => None,
    }))
}

/// Returns the names of all top-level custom sections, in order.
pub(crate) fn names(wasm: &[u8]) -> Result<Vec<&str>, SectionError> {
    Ok(top_sections(wasm)?.into_iter().filter_map(|section| Some(section.custom?.0)).collect())
}

/// Returns `wasm` with the section `name` at its end. An earlier top-level one of that name is dropped.
pub(crate) fn with_section(wasm: &[u8], name: &str, data: &[u8]) -> Result<Vec<u8>, SectionError> {
    let mut out = without_sections(wasm, |found| found == name)?;
    let section = CustomSection { name: Cow::Borrowed(name), data: Cow::Borrowed(data) };
    out.push(section.id());
    section.encode(&mut out);
    Ok(out)
}

/// Returns `wasm` without the top-level custom sections that `drop` picks by name.
pub(crate) fn without_sections(wasm: &[u8], drop: impl Fn(&str) -> bool) -> Result<Vec<u8>, SectionError> {
    let sections = top_sections(wasm)?;
    let header = sections.first().map_or(wasm.len(), |first| first.span.start);
    let mut out = Vec::with_capacity(wasm.len());
    out.extend_from_slice(&wasm[..header]);
    for section in sections {
        if !section.custom.is_some_and(|(name, _)| drop(name)) {
            out.extend_from_slice(&wasm[section.span]);
        }
    }
    Ok(out)
}

struct TopSection<'a> {
    /// Where it lies, its id and length included.
    span: Range<usize>,
    /// Name and content, of a custom section.
    custom: Option<(&'a str, &'a [u8])>,
}

fn top_sections(wasm: &[u8]) -> Result<Vec<TopSection<'_>>, SectionError> {
    let mut sections = Vec::new();
    let mut depth = 0usize;
    // A payload's range leaves out id and length, so a section starts where the one before it ended.
    let mut start = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if depth == 0 {
            if let Payload::Version { range, .. } = &payload {
                start = offset(range.end);
            } else if let Some((_, range)) = payload.as_section() {
                let custom = match &payload {
                    Payload::CustomSection(section) => Some((section.name(), section.data())),
                    _ => None,
                };
                let span = start..offset(range.end);
                start = span.end;
                sections.push(TopSection { span, custom });
            }
        }
        match payload {
            Payload::ModuleSection { .. } | Payload::ComponentSection { .. } => depth += 1,
            Payload::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(sections)
}

fn offset(position: u64) -> usize {
    usize::try_from(position).expect("a position in a slice fits the address space")
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{Component, Module, ModuleSection};

    use super::*;

    fn component_with_module() -> Vec<u8> {
        let mut module = Module::new();
        module.section(&CustomSection { name: "inner".into(), data: b"1".as_slice().into() });
        let mut component = Component::new();
        component.section(&CustomSection { name: "outer".into(), data: b"2".as_slice().into() });
        component.section(&ModuleSection(&module));
        component.finish()
    }

    #[test]
    fn an_embedded_section_is_read_back() {
        let wasm = with_section(&component_with_module(), MANIFEST_SECTION, b"id = \"x\"").unwrap();
        assert_eq!(read_section(&wasm, MANIFEST_SECTION).unwrap(), Some(b"id = \"x\"".as_slice()));
        assert_eq!(read_section(&wasm, "outer").unwrap(), Some(b"2".as_slice()));
    }

    #[test]
    fn embedding_again_replaces_what_was_there() {
        let first = with_section(&component_with_module(), MANIFEST_SECTION, b"a longer first text").unwrap();
        let second = with_section(&first, MANIFEST_SECTION, b"2").unwrap();
        assert_eq!(second, with_section(&component_with_module(), MANIFEST_SECTION, b"2").unwrap());
    }

    #[test]
    fn a_section_of_a_nested_module_is_neither_read_nor_dropped() {
        let wasm = component_with_module();
        assert_eq!(read_section(&wasm, "inner").unwrap(), None);
        let stripped = without_sections(&wasm, |_| true).unwrap();
        assert_eq!(read_section(&stripped, "outer").unwrap(), None);
        assert!(stripped.windows(5).any(|window| window == b"inner"));
    }

    #[test]
    fn text_is_refused() {
        assert!(read_section(b"not wasm", MANIFEST_SECTION).is_err());
    }
}
