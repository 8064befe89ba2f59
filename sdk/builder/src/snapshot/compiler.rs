//! The C compiler for wasm: Zig's, from the package index, in the plugin's private environment.

use std::{ffi::OsString, path::Path};

use super::SnapshotBuild;
use crate::{
    build::BuildErrorKind,
    cache::{self, CacheError},
    python,
};

/// Stands where cc-rs looks for a compiler. It passes a name of the target that Zig does not know.
const CC: &str = r#"#!/bin/sh
for argument; do
  shift
  case "$argument" in --target=*) ;; *) set -- "$@" "$argument" ;; esac
done
exec "$(dirname "$0")/python" -m ziglang cc -target wasm32-wasi "$@"
"#;

const AR: &str = r#"#!/bin/sh
exec "$(dirname "$0")/python" -m ziglang ar "$@"
"#;

impl SnapshotBuild<'_> {
    /// Returns the variables with which cargo finds the compiler, which is installed if it is not there.
    pub(super) fn compiler_variables(&self) -> Result<Vec<(&'static str, OsString)>, BuildErrorKind> {
        let programs = python::environment(self.layout, &self.plugin.folder.join(&self.recipe.tools))?;
        let header = self.plugin.folder.join(&self.recipe.c_header);
        let header = format!("'{}'", header.display().to_string().replace('\'', "'\\''"));
        let (cc, ar) = (programs.join("wasm-cc"), programs.join("wasm-ar"));
        write_program(&cc, CC)?;
        write_program(&ar, AR)?;
        Ok(vec![
            ("CC_wasm32_wasip2", cc.into()),
            ("AR_wasm32_wasip2", ar.into()),
            // Zig's checks for undefined behaviour need a library that wasm has not.
            ("CFLAGS_wasm32_wasip2", format!("-fno-sanitize=undefined -include {header}").into()),
            ("CC_SHELL_ESCAPED_FLAGS", "1".into()),
            // Else the crate downloads a compiler of its own.
            ("RQUICKJS_SYS_NO_WASI_SDK", "1".into()),
            ("ZIG_GLOBAL_CACHE_DIR", self.layout.work().join("tools/zig-cache").into()),
        ])
    }
}

fn write_program(path: &Path, text: &str) -> Result<(), CacheError> {
    // Written again only when it differs: cargo compares the times of what it compiled with.
    if std::fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    cache::write(path, text.as_bytes())?;
    executable(path).map_err(CacheError::new("make executable", path))
}

#[cfg(unix)]
fn executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn executable(_path: &Path) -> std::io::Result<()> {
    Ok(())
}
