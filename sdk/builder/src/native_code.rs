//! Compiles the plugins for every machine of this one's kind, so that an installed pact compiles nothing at its first use.
//!
//! `host/cli/build.rs` embeds what is made here. A test of the journeys says that it is used.

use std::{
    fs,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use crate::{
    build::{BuildError, BuildErrorKind, Built, Lockfiles},
    cache::{self, CacheError},
    child::Child,
    layout::Layout,
    steps::{Cost, Steps},
};

/// Makes what changed, and leaves exactly the code of these plugins in [`Layout::native_code`].
pub(crate) fn make(
    layout: &Layout,
    built: &[Built],
    lockfiles: Lockfiles,
    steps: &mut Steps,
) -> Result<(), BuildError> {
    let is_first = !layout.precompiler().is_file();
    let cost = if is_first { Cost::Once(7) } else { Cost::Little };
    steps.begin("compiled code of the plugins", cost);
    make_all(layout, built, lockfiles).map_err(BuildError::new("the compiled code of the plugins"))
}

fn make_all(layout: &Layout, built: &[Built], lockfiles: Lockfiles) -> Result<(), BuildErrorKind> {
    let compiler = Child::cargo(layout.root())
        .args(["build", "--release", "--package", "pact-runtime", "--bin", "pact-precompile"])
        .args(lockfiles.flag());
    compiler.run()?;
    let folder = layout.native_code();
    fs::create_dir_all(&folder).map_err(CacheError::new("create", &folder))?;
    let compiler = digest(&layout.precompiler())?;
    let mut kept = Vec::new();
    for plugin in built {
        let (code, key) = (folder.join(format!("{}.native", plugin.id)), folder.join(format!("{}.key", plugin.id)));
        let wanted = format!("{} {compiler}\n", digest(&plugin.path)?);
        if !code.is_file() || fs::read_to_string(&key).ok().as_ref() != Some(&wanted) {
            // The key goes first and comes last: a stop in between leaves no key that speaks of another file.
            match fs::remove_file(&key) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(CacheError::new("remove", &key)(error).into());
                }
                _ => {}
            }
            Child::new(layout.precompiler(), layout.root()).arg(&plugin.path).arg(&code).run()?;
            cache::write(&key, wanted.as_bytes())?;
        }
        kept.extend([code, key]);
    }
    remove_others(&folder, &kept)?;
    Ok(())
}

fn remove_others(folder: &Path, kept: &[PathBuf]) -> Result<(), CacheError> {
    for entry in fs::read_dir(folder).map_err(CacheError::new("read", folder))? {
        let path = entry.map_err(CacheError::new("read", folder))?.path();
        if !kept.contains(&path) {
            fs::remove_file(&path).map_err(CacheError::new("remove", &path))?;
        }
    }
    Ok(())
}

fn digest(path: &Path) -> Result<String, CacheError> {
    let bytes = fs::read(path).map_err(CacheError::new("read", path))?;
    Ok(hex::encode(Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_a_plugin_that_is_gone_goes_as_well() {
        let folder = tempfile::tempdir().unwrap();
        let kept = folder.path().join("a.native");
        for name in ["a.native", "b.native", "b.key"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        remove_others(folder.path(), std::slice::from_ref(&kept)).unwrap();
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(left, [kept]);
    }
}
