//! Plugins in Rust: all stale ones of a workspace in one call of cargo. What becomes of the result, `build` decides.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use cargo_metadata::{CrateType, Message, Metadata, MetadataCommand, Package, PackageId};

use crate::{
    build::{BuildErrorKind, Lockfiles},
    cache::CacheError,
    child::Child,
    inputs::Inputs,
    layout::Layout,
    licences::{self, Notices},
    plugin::{Bundled, Plugin},
    worlds::Worlds,
};

/// What every guest is compiled for.
pub(crate) const TARGET: &str = "wasm32-wasip2";

/// Why a Rust plugin could not be built.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RustGuestError {
    /// The folder is no member of the workspace.
    #[error("cargo does not know it: add `{0}` to the workspace's members")]
    NotAMember(PathBuf),
    /// The crate makes no wasm file of its own.
    #[error("cargo made no component of it: its `[lib]` needs `crate-type = [\"cdylib\"]`")]
    NoComponent,
    /// Cargo printed something that is not its message format.
    #[error("failed to read what cargo printed")]
    Messages(#[source] std::io::Error),
}

/// A cargo workspace whose members are compiled for wasm.
pub(crate) struct GuestWorkspace<'a> {
    layout: &'a Layout,
    manifest: PathBuf,
    metadata: Metadata,
    lockfiles: Lockfiles,
    variables: Vec<(&'static str, OsString)>,
}

impl<'a> GuestWorkspace<'a> {
    /// Reads the workspace, and downloads the crates that it needs.
    pub(crate) fn open(layout: &'a Layout, manifest: PathBuf, lockfiles: Lockfiles) -> Result<Self, BuildErrorKind> {
        let mut options = vec!["--filter-platform".to_owned(), TARGET.to_owned()];
        options.extend(lockfiles.flag().map(str::to_owned));
        let metadata =
            MetadataCommand::new().current_dir(layout.root()).manifest_path(&manifest).other_options(options).exec()?;
        Ok(Self { layout, manifest, metadata, lockfiles, variables: Vec::new() })
    }

    /// Sets variables for what is compiled.
    pub(crate) fn with_variables(mut self, variables: Vec<(&'static str, OsString)>) -> Self {
        self.variables = variables;
        self
    }

    /// Returns the member that lies in `folder`.
    pub(crate) fn member(&self, folder: &Path) -> Result<&Package, RustGuestError> {
        let manifest = folder.join("Cargo.toml");
        self.metadata
            .workspace_packages()
            .into_iter()
            .find(|package| package.manifest_path.as_std_path() == manifest)
            .ok_or_else(|| RustGuestError::NotAMember(folder.to_owned()))
    }

    /// Returns the digest of everything that decides about the component of `package`.
    pub(crate) fn digest(&self, plugin: &Plugin, toolchain: &str, worlds: &Worlds) -> Result<String, BuildErrorKind> {
        let package = self.member(&plugin.folder)?;
        let mut inputs = Inputs::new("rust plugin");
        inputs.text("toolchain", toolchain);
        inputs.folder(worlds.folder())?;
        // Profiles, and the versions of all crates that come from outside.
        let workspace = self.metadata.workspace_root.as_std_path();
        inputs.file(&workspace.join("Cargo.toml"))?;
        inputs.file(&workspace.join("Cargo.lock"))?;
        let built = plugin.folder.join(format!("{}.wasm", plugin.id()));
        for folder in self.local_folders(&package.id)? {
            // The SDK is reached by a link, and a walk follows none.
            let folder = folder.canonicalize().map_err(CacheError::new("find", &folder))?;
            inputs.folder_without(&folder, &built)?;
        }
        Ok(inputs.digest())
    }

    /// Compiles the libraries of `packages` and returns where each component lies.
    pub(crate) fn build(&self, packages: &[&Package]) -> Result<BTreeMap<PackageId, PathBuf>, BuildErrorKind> {
        let mut child = self.cargo().arg("--lib");
        for package in packages {
            child = child.args(["--package", package.name.as_str()]);
        }
        let mut built = BTreeMap::new();
        for artifact in self.artifacts(child)? {
            if artifact.target.crate_types.contains(&CrateType::CDyLib)
                && let Some(file) = wasm_file(&artifact)
            {
                built.insert(artifact.package_id, file);
            }
        }
        for package in packages {
            if !built.contains_key(&package.id) {
                return Err(RustGuestError::NoComponent.into());
            }
        }
        Ok(built)
    }

    /// Compiles the examples of `package` and returns them by name.
    pub(crate) fn build_examples(&self, package: &Package) -> Result<BTreeMap<String, PathBuf>, BuildErrorKind> {
        let child = self.cargo().args(["--examples", "--package", package.name.as_str()]);
        let mut built = BTreeMap::new();
        for artifact in self.artifacts(child)? {
            if artifact.target.is_example()
                && let Some(file) = wasm_file(&artifact)
            {
                built.insert(artifact.target.name, file);
            }
        }
        Ok(built)
    }

    /// Returns the notices of what is linked into `package`.
    pub(crate) fn notices(&self, package: &Package, toolchain: &str) -> Result<Notices, BuildErrorKind> {
        let mut notices = licences::of_crates(&self.metadata, &[&package.id])?;
        for bundled in standard_library(toolchain) {
            notices.push(licences::of_bundled(&bundled)?);
        }
        Ok(Notices { notices })
    }

    fn cargo(&self) -> Child {
        let target = self.layout.guest_target();
        let hidden = [(self.layout.root(), "/pact"), (&*target, "/target")];
        let cargo = Child::cargo(self.layout.root());
        let cargo = self.variables.iter().fold(cargo, |cargo, (name, value)| cargo.env(name, value));
        cargo
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_ENCODED_RUSTFLAGS", remap_flags(&hidden).join("\x1f"))
            .unset("RUSTFLAGS")
            .args(["build", "--release", "--target", TARGET, "--manifest-path"])
            .arg(&self.manifest)
            .args(self.lockfiles.flag())
            .arg("--message-format=json-render-diagnostics")
    }

    fn artifacts(&self, child: Child) -> Result<Vec<cargo_metadata::Artifact>, BuildErrorKind> {
        let mut messages = String::new();
        let status = child.lines(|line| {
            messages.push_str(line);
            messages.push('\n');
        })?;
        if !status.success() {
            return Err(child.failure(status).into());
        }
        let mut artifacts = Vec::new();
        for message in Message::parse_stream(messages.as_bytes()) {
            if let Message::CompilerArtifact(artifact) = message.map_err(RustGuestError::Messages)? {
                artifacts.push(artifact);
            }
        }
        Ok(artifacts)
    }

    /// Returns the folders of a package and of all that it needs from this machine rather than from a registry.
    fn local_folders(&self, root: &PackageId) -> Result<BTreeSet<PathBuf>, BuildErrorKind> {
        let resolve = self.metadata.resolve.as_ref().ok_or(licences::LicenceError::Unresolved)?;
        let nodes: BTreeMap<_, _> = resolve.nodes.iter().map(|node| (&node.id, &node.dependencies)).collect();
        let (mut seen, mut open) = (BTreeSet::new(), vec![root]);
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                open.extend(nodes.get(id).into_iter().copied().flatten());
            }
        }
        let local =
            self.metadata.packages.iter().filter(|package| package.source.is_none() && seen.contains(&package.id));
        Ok(local.filter_map(|package| Some(package.manifest_path.parent()?.as_std_path().to_owned())).collect())
    }
}

/// Returns the flags that write `name` instead of a folder of this machine into what is built.
pub(crate) fn remap_flags(folders: &[(&Path, &str)]) -> Vec<String> {
    let registry = registry_sources();
    folders
        .iter()
        .copied()
        .chain(registry.iter().map(|folder| (folder.as_path(), "/crates")))
        .map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()))
        .collect()
}

/// Returns where cargo unpacks crates: a folder per registry, whose name differs between mirrors.
fn registry_sources() -> Vec<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let Some(sources) = home.map(|home| home.join("registry/src")) else { return Vec::new() };
    let Ok(entries) = fs::read_dir(sources) else { return Vec::new() };
    let mut folders: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    folders
}

fn wasm_file(artifact: &cargo_metadata::Artifact) -> Option<PathBuf> {
    let file = artifact.filenames.iter().find(|file| file.extension() == Some("wasm"))?;
    Some(file.as_std_path().to_owned())
}

/// What rustc links into every program for this target. Its distribution has no notice files to take.
pub(crate) fn standard_library(toolchain: &str) -> [Bundled; 2] {
    let version = toolchain.lines().find_map(|line| line.strip_prefix("release: ")).unwrap_or("").to_owned();
    [
        Bundled {
            name: "Rust standard library".to_owned(),
            version: version.clone(),
            license: "MIT OR Apache-2.0".to_owned(),
            copyright: "The Rust Project contributors".to_owned(),
        },
        Bundled {
            name: "wasi-libc, with parts of musl, cloudlibc and dlmalloc, of Rust".to_owned(),
            version,
            license: "(Apache-2.0 WITH LLVM-exception OR MIT) AND MIT AND BSD-2-Clause AND CC0-1.0".to_owned(),
            copyright: "the wasi-libc authors; Rich Felker and the musl contributors; Nuxi".to_owned(),
        },
    ]
}

/// Reads a component that cargo built.
pub(crate) fn read_component(path: &Path) -> Result<Vec<u8>, BuildErrorKind> {
    Ok(fs::read(path).map_err(CacheError::new("read", path))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_names_no_folder_of_this_machine() {
        let flags = remap_flags(&[(Path::new("/home/me/clone"), "/pact")]);
        assert_eq!(flags[0], "--remap-path-prefix=/home/me/clone=/pact");
    }

    #[test]
    fn the_standard_library_has_standard_texts() {
        for bundled in standard_library("rustc 1\nrelease: 1.95.0\n") {
            licences::of_bundled(&bundled).unwrap();
            assert_eq!(bundled.version, "1.95.0");
        }
    }
}
