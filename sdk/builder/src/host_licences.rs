//! The notices of what pact itself is made of: its crates and Rust's standard library. `host/cli/build.rs` embeds the file.
//!
//! A build script of pact could not do this: it does not see where cargo keeps the sources of other crates. Crates that
//! only some platform or feature links are counted too where cargo lists them: too many is no fault, a gap would be one.

use std::fs;

use cargo_metadata::MetadataCommand;

use crate::{
    build::{BuildError, BuildErrorKind, Lockfiles},
    cache,
    child::Child,
    layout::Layout,
    licences::{self, Notices},
    rust_guests::standard_library,
    steps::{Cost, Steps},
};

/// The package whose crates are collected.
const PACT: &str = "pact";

/// Writes [`Layout::host_licences`].
pub(crate) fn collect(layout: &Layout, lockfiles: Lockfiles, steps: &mut Steps) -> Result<(), BuildError> {
    steps.begin("notices of pact's own crates", Cost::Little);
    try_collect(layout, lockfiles).map_err(BuildError::new("the notices of pact's own crates"))
}

fn try_collect(layout: &Layout, lockfiles: Lockfiles) -> Result<(), BuildErrorKind> {
    let toolchain = Child::new("rustc", layout.root()).arg("-Vv").output()?;
    let host = toolchain.lines().find_map(|line| line.strip_prefix("host: "));
    let mut options = Vec::new();
    if let Some(host) = host {
        options.extend(["--filter-platform".to_owned(), host.to_owned()]);
    }
    options.extend(lockfiles.flag().map(str::to_owned));
    let metadata = MetadataCommand::new()
        .current_dir(layout.root())
        .manifest_path(layout.root().join("Cargo.toml"))
        .other_options(options)
        .exec()?;
    let packages = metadata.workspace_packages();
    let pact = packages.iter().find(|package| package.name.as_str() == PACT).ok_or(BuildErrorKind::NoPact)?;
    let mut notices = licences::of_crates(&metadata, &[&pact.id])?;
    let [rust, _of_wasm_only] = standard_library(&toolchain);
    notices.push(licences::of_bundled(&rust)?);
    let text = Notices { notices }.render("pact");
    let path = layout.host_licences();
    // A new modification time would link pact again, with all plugins in it.
    let is_current = fs::read_to_string(&path).is_ok_and(|old| old == text);
    if is_current { Ok(()) } else { Ok(cache::write(&path, text.as_bytes())?) }
}
