//! The guests that our own tests attack the host with: examples of one package, built as they are. Nothing is audited or
//! embedded here, because half of them exist to be refused.

use std::fs;

use crate::{
    build::{BuildError, BuildErrorKind, Lockfiles},
    cache::{self, Cache, CacheError},
    layout::Layout,
    rust_guests::GuestWorkspace,
    steps::Steps,
};

/// Builds all examples of `tests/guests` and leaves exactly these in [`Layout::test_guests`].
pub(crate) fn build(layout: &Layout, lockfiles: Lockfiles) -> Result<(), BuildError> {
    try_build(layout, lockfiles).map_err(BuildError::new("the guests of the tests"))
}

fn try_build(layout: &Layout, lockfiles: Lockfiles) -> Result<(), BuildErrorKind> {
    let _lock = Cache::open(layout, Steps::waiting)?;
    let workspace = GuestWorkspace::open(layout, layout.guest_workspace(), lockfiles)?;
    let examples = workspace.build_examples(workspace.member(&layout.root().join("tests/guests"))?)?;
    if examples.is_empty() {
        return Err(BuildErrorKind::NoExamples);
    }
    let folder = layout.test_guests();
    fs::create_dir_all(&folder).map_err(CacheError::new("create", &folder))?;
    for entry in fs::read_dir(&folder).map_err(CacheError::new("read", &folder))? {
        let path = entry.map_err(CacheError::new("read", &folder))?.path();
        if !path.file_stem().is_some_and(|name| examples.contains_key(&*name.to_string_lossy())) {
            fs::remove_file(&path).map_err(CacheError::new("remove", &path))?;
        }
    }
    for (name, path) in examples {
        cache::copy(&path, &folder.join(format!("{name}.wasm")))?;
    }
    Ok(())
}
