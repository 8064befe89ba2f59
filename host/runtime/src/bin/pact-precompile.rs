//! `pact-precompile PLUGIN.wasm OUT`: compiles a plugin for every machine of this one's kind. A tool of the build; what it
//! writes is embedded into pact.

#![expect(clippy::disallowed_methods, reason = "reads and writes the two files that it is told")]
#![expect(clippy::print_stderr, reason = "the builder shows it")]

use std::process::ExitCode;

use pact_runtime::{PluginFile, precompile};

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [plugin, out] = arguments.as_slice() else {
        eprintln!("usage: pact-precompile PLUGIN.wasm OUT");
        return ExitCode::from(2);
    };
    let made = std::fs::read(plugin).map_err(|error| error.to_string()).and_then(|bytes| {
        let file = PluginFile {
            origin: plugin.display().to_string(),
            bytes: bytes.into(),
            known_digest: None,
            native_code: None,
        };
        let code = precompile(&file).map_err(|error| error.to_string())?;
        std::fs::write(out, code).map_err(|error| error.to_string())
    });
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pact-precompile: {}: {error}", plugin.display());
            ExitCode::FAILURE
        }
    }
}
