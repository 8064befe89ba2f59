//! `pact-snapshot COMPONENT INPUT OUT`: sets a component up, with INPUT as its standard input, and writes it as it is then. A
//! tool of the build.

#![expect(clippy::disallowed_methods, reason = "reads and writes the files that it is told")]
#![expect(clippy::print_stderr, reason = "the builder shows it")]

use std::process::ExitCode;

use pact_runtime::snapshot;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let [component, input, out] = arguments.as_slice() else {
        eprintln!("usage: pact-snapshot COMPONENT INPUT OUT");
        return ExitCode::from(2);
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("pact-snapshot: {error}");
            return ExitCode::FAILURE;
        }
    };
    let read = |path| std::fs::read(path).map_err(|error| error.to_string());
    let made = read(component).and_then(|bytes| {
        let snapshot = runtime.block_on(snapshot(&bytes, read(input)?)).map_err(|error| error.to_string())?;
        std::fs::write(out, snapshot).map_err(|error| error.to_string())
    });
    match made {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pact-snapshot: {}: {error}", component.display());
            ExitCode::FAILURE
        }
    }
}
