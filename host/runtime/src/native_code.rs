//! Compiled code that comes with the executable, so that the first use on a machine compiles nothing.
//!
//! It is made by the same build as the executable, for any processor of the machine's kind, and is believed as the executable
//! is. A plugin, a bundle or a shared cache never brings any.

use std::io::{Read as _, Write as _};

use lz4_flex::frame::{FrameDecoder, FrameEncoder};
use wasmtime::component::Component;
use wasmtime::{Config, Engine};

use crate::engine::{EngineProfile, ProfiledEngine};
use crate::plugin_file::{PluginFile, PluginFileError};

/// Why a plugin could not be compiled for other machines.
#[derive(Debug, thiserror::Error)]
pub enum PrecompileError {
    /// The file is no plugin.
    #[error(transparent)]
    File(#[from] PluginFileError),
    /// No code is shipped for machines like this one.
    #[error("no compiled code is shipped for {arch} on {os}")]
    Machine {
        /// The processor.
        arch: &'static str,
        /// The operating system.
        os: &'static str,
    },
    /// The engine does not accept the component.
    #[error("the engine refuses it: {0}")]
    Engine(String),
    /// Packing failed.
    #[error("it cannot be packed: {0}")]
    Pack(#[from] std::io::Error),
}

/// Compiles a plugin for every machine of this one's kind, and packs the result.
///
/// # Errors
/// [`PrecompileError`].
pub fn precompile(file: &PluginFile) -> Result<Vec<u8>, PrecompileError> {
    let profile = EngineProfile::of(file.manifest()?.world);
    let refused = |error: wasmtime::Error| PrecompileError::Engine(format!("{error:#}"));
    let mut config: Config = profile.config();
    // Without a target the compiler uses whatever this very processor can do.
    config.target(target()?).map_err(refused)?;
    let code = Engine::new(&config).and_then(|engine| engine.precompile_component(&file.bytes)).map_err(refused)?;
    let mut packer = FrameEncoder::new(Vec::new());
    packer.write_all(&code)?;
    packer.finish().map_err(|error| PrecompileError::Pack(error.into()))
}

/// Unpacks what [`precompile`] has made. None when it is damaged: then the plugin is compiled here.
pub(crate) fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let mut code = Vec::new();
    FrameDecoder::new(packed).read_to_end(&mut code).ok()?;
    Some(code)
}

/// Uses unpacked code in place, where no cache folder can keep it.
pub(crate) fn in_memory(code: &[u8], engine: &ProfiledEngine) -> Option<Component> {
    #[expect(unsafe_code, reason = "the code came with this executable, and was made by the same build")]
    // SAFETY: see above; the engine checks version and settings.
    let component = unsafe { Component::deserialize(&engine.engine, code) };
    component.ok()
}

fn target() -> Result<&'static str, PrecompileError> {
    let (arch, os) = (std::env::consts::ARCH, std::env::consts::OS);
    match (arch, os) {
        ("x86_64", "linux") => Ok("x86_64-unknown-linux-gnu"),
        ("aarch64", "linux") => Ok("aarch64-unknown-linux-gnu"),
        ("x86_64", "macos") => Ok("x86_64-apple-darwin"),
        ("aarch64", "macos") => Ok("aarch64-apple-darwin"),
        _ => Err(PrecompileError::Machine { arch, os }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The smallest component.
    const EMPTY: [u8; 8] = [0, b'a', b's', b'm', 0x0d, 0, 1, 0];

    fn packed(mut config: Config) -> Vec<u8> {
        config.target(target().unwrap()).unwrap();
        let code = Engine::new(&config).unwrap().precompile_component(&EMPTY).unwrap();
        let mut packer = FrameEncoder::new(Vec::new());
        packer.write_all(&code).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn code_for_every_machine_of_a_kind_runs_in_the_engine_of_this_one() {
        let code = unpack(&packed(EngineProfile::plugin().config())).unwrap();
        assert!(in_memory(&code, &EngineProfile::plugin().build().unwrap()).is_some());
    }

    #[test]
    fn code_for_another_engine_is_not_used() {
        let mut config = EngineProfile::plugin().config();
        config.consume_fuel(false);
        assert!(in_memory(&unpack(&packed(config)).unwrap(), &EngineProfile::plugin().build().unwrap()).is_none());
    }

    #[test]
    fn damaged_code_is_none() {
        let mut packed = packed(EngineProfile::plugin().config());
        let middle = packed.len() / 2;
        packed.truncate(middle);
        assert!(
            unpack(&packed).is_none_or(|code| in_memory(&code, &EngineProfile::plugin().build().unwrap()).is_none())
        );
    }
}
