//! A plugin as a file: the component with its `plugin.toml` inside.

use std::borrow::Cow;

use pact_grants::{Manifest, ManifestError};
use sha2::{Digest, Sha256};
use wasmparser::{Parser, Payload};

use crate::engine::hex;

/// The custom section that holds the `plugin.toml`.
pub const MANIFEST_SECTION: &str = "pact:manifest";

/// The custom section that holds the notices of everything that went into the plugin.
pub const LICENSES_SECTION: &str = "pact:licenses";

/// The bytes of a plugin, with where they came from.
#[derive(Debug, Clone)]
pub struct PluginFile {
    /// For messages: a path, or `embedded`.
    pub origin: String,
    /// The component.
    pub bytes: Cow<'static, [u8]>,
    /// SHA-256 of the bytes in hexadecimal, where it is known already. It is trusted: only give what was computed by the
    /// build that embedded the bytes.
    pub known_digest: Option<String>,
    /// What [`precompile`](crate::precompile) made of the bytes, where it came with the executable. It is trusted: never give
    /// what came from anywhere else.
    pub native_code: Option<&'static [u8]>,
}

/// Why a file is no plugin.
#[derive(Debug, thiserror::Error)]
pub enum PluginFileError {
    /// Not a WebAssembly component.
    #[error("it is no WebAssembly component: {0}")]
    NotAComponent(String),
    /// Built without its manifest.
    #[error("it has no `plugin.toml` inside; build it with `pact plugin build`")]
    NoManifest,
    /// A manifest that cannot be read.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
}

impl PluginFile {
    /// Returns SHA-256 of the bytes in hexadecimal.
    #[must_use]
    pub fn digest(&self) -> String {
        self.known_digest.clone().unwrap_or_else(|| hex(&Sha256::digest(&self.bytes)))
    }

    /// Reads the manifest without compiling anything.
    ///
    /// # Errors
    /// [`PluginFileError`] for a file that is no plugin.
    pub fn manifest(&self) -> Result<Manifest, PluginFileError> {
        let section = self.section(MANIFEST_SECTION)?.ok_or(PluginFileError::NoManifest)?;
        let text = std::str::from_utf8(section).map_err(|error| ManifestError::Invalid(error.to_string()))?;
        Ok(Manifest::parse(text)?)
    }

    /// Returns the notices of everything that went into the plugin.
    ///
    /// # Errors
    /// [`PluginFileError`] for a file that is no plugin.
    pub fn licenses(&self) -> Result<Option<String>, PluginFileError> {
        Ok(self.section(LICENSES_SECTION)?.map(|bytes| String::from_utf8_lossy(bytes).into_owned()))
    }

    /// Finds a custom section of the component itself, not of what is nested in it.
    fn section(&self, name: &str) -> Result<Option<&[u8]>, PluginFileError> {
        let broken = |error: wasmparser::BinaryReaderError| PluginFileError::NotAComponent(error.to_string());
        let mut parser = Parser::new(0);
        let mut rest: &[u8] = &self.bytes;
        let mut found = None;
        let mut is_component = false;
        loop {
            let (consumed, payload) = match parser.parse(rest, true).map_err(broken)? {
                wasmparser::Chunk::Parsed { consumed, payload } => (consumed, payload),
                wasmparser::Chunk::NeedMoreData(_) => {
                    return Err(PluginFileError::NotAComponent("it ends too early".to_owned()));
                }
            };
            rest = &rest[consumed..];
            match payload {
                Payload::Version { encoding, .. } => is_component = encoding == wasmparser::Encoding::Component,
                Payload::CustomSection(section) if section.name() == name && found.is_some() => {
                    return Err(PluginFileError::NotAComponent(format!("it has two sections `{name}`")));
                }
                Payload::CustomSection(section) if section.name() == name => found = Some(section.data()),
                // What is nested is skipped whole: it may be tens of megabytes.
                Payload::ModuleSection { unchecked_range, .. } | Payload::ComponentSection { unchecked_range, .. } => {
                    let length = unchecked_range.end - unchecked_range.start;
                    let length = usize::try_from(length).unwrap_or(usize::MAX);
                    rest = rest
                        .get(length..)
                        .ok_or_else(|| PluginFileError::NotAComponent("it ends too early".to_owned()))?;
                }
                Payload::End(_) => break,
                _ => {}
            }
        }
        if is_component { Ok(found) } else { Err(PluginFileError::NotAComponent("it is a core module".to_owned())) }
    }
}
