//! A target directory that several clones share. Cargo takes what another clone has built for this one's where no file is newer, and
//! tests find their files by the place that was compiled in: they would look in the other clone.

use std::{fs, io};

use cargo_metadata::MetadataCommand;

use crate::{
    child::{Child, ChildError},
    layout::Layout,
};

/// What an earlier clone has built could not be removed.
#[derive(Debug, thiserror::Error)]
pub enum OtherCloneError {
    /// Where the note lies, nothing can be written.
    #[error("failed to note in the target directory which clone it was used by")]
    Note(#[source] io::Error),
    /// Cargo cannot read a manifest.
    #[error("failed to read the workspace")]
    Workspace(#[source] Box<cargo_metadata::Error>),
    /// Cargo cannot remove it.
    #[error("failed to remove what another clone has built")]
    Clean(#[source] ChildError),
}

/// Removes what was built of the project's own packages if that was done in another clone. What comes from outside stays.
pub(crate) fn forget(layout: &Layout) -> Result<(), OtherCloneError> {
    let note = layout.work().join("clone");
    let here = layout.root().as_os_str().as_encoded_bytes();
    let before = fs::read(&note).ok();
    if before.as_deref() == Some(here) {
        return Ok(());
    }
    // A target directory without the note may be an old one.
    if layout.target().join("release").is_dir() {
        clean(layout, "Cargo.toml", &["--release"])?;
        let target = layout.guest_target();
        if target.is_dir() {
            let target = target.to_string_lossy();
            clean(layout, "plugins/Cargo.toml", &["--target-dir", target.as_ref()])?;
        }
    }
    fs::create_dir_all(layout.work()).and_then(|()| fs::write(&note, here)).map_err(OtherCloneError::Note)
}

fn clean(layout: &Layout, manifest: &str, options: &[&str]) -> Result<(), OtherCloneError> {
    let manifest = layout.root().join(manifest);
    let metadata = MetadataCommand::new()
        .manifest_path(&manifest)
        .no_deps()
        .exec()
        .map_err(|error| OtherCloneError::Workspace(Box::new(error)))?;
    let mut child = Child::cargo(layout.root()).args(["clean", "--quiet"]).args(options);
    child = child.arg("--manifest-path").arg(&manifest);
    for package in metadata.workspace_packages() {
        child = child.args(["--package", package.name.as_str()]);
    }
    child.run().map_err(OtherCloneError::Clean)
}
