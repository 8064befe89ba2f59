//! Plugins in Rust that are set up when they are built: the crate links C code, reads a bundle of JavaScript as its standard
//! input, and what is in its memory then is the plugin. The recipe is in its `build.toml`.

mod compiler;
mod packages;

use std::{fs, path::Path};

use crate::{
    build::{BuildErrorKind, Lockfiles},
    cache::{self, Cache, CacheError},
    child::Child,
    inputs::Inputs,
    layout::Layout,
    licences::{self, Notices},
    plugin::{Plugin, SnapshotRecipe},
    rust_guests::{GuestWorkspace, RustGuestError, read_component},
    steps::{Cost, Steps},
    worlds::Worlds,
};

/// How many steps such a plugin takes: packages, the component, the snapshot.
pub(crate) const STEPS: usize = 3;

/// The source of what takes the snapshot. It decides about the result as the plugin's own does.
const TAKER: &str = "host/runtime/src/snapshot.rs";

/// One such plugin on its way.
pub(crate) struct SnapshotBuild<'a> {
    pub(crate) layout: &'a Layout,
    pub(crate) cache: &'a Cache,
    pub(crate) plugin: &'a Plugin,
    pub(crate) recipe: &'a SnapshotRecipe,
    /// What `rustc` says about itself.
    pub(crate) toolchain: &'a str,
    pub(crate) lockfiles: Lockfiles,
}

impl SnapshotBuild<'_> {
    /// Returns the digest of everything that decides about the component.
    pub(crate) fn digest(&self, worlds: &Worlds) -> Result<String, BuildErrorKind> {
        let mut inputs = Inputs::new("snapshot plugin");
        // The whole folder of the plugin is part of this one.
        inputs.text("guest", &self.workspace()?.digest(self.plugin, self.toolchain, worlds)?);
        let taker = self.layout.root().join(TAKER);
        if !taker.is_file() {
            return Err(BuildErrorKind::OnlyInAClone);
        }
        inputs.file(&taker)?;
        Ok(inputs.digest())
    }

    /// Builds the component and collects the notices of what is in it.
    pub(crate) fn component(&self, steps: &mut Steps) -> Result<(Vec<u8>, Notices), BuildErrorKind> {
        let id = self.plugin.id();
        let packages = match self.cache.folder(&self.packages_digest()?) {
            Some(folder) => {
                steps.unchanged(&format!("JavaScript packages of `{id}`"));
                folder
            }
            None => {
                steps.begin(&format!("JavaScript packages of `{id}`"), Cost::Once(1));
                self.install_packages()?
            }
        };
        steps.begin(&format!("component of `{id}`"), Cost::Once(4));
        let workspace = self.workspace()?.with_variables(self.compiler_variables()?);
        let package = workspace.member(&self.plugin.folder)?;
        let built = workspace.build(&[package])?;
        let component = built.get(&package.id).ok_or(RustGuestError::NoComponent)?;

        steps.begin(&format!("snapshot of `{id}`"), Cost::Once(1));
        let scratch = self.cache.scratch()?;
        let bundle = self.bundle(&packages, scratch.path())?;
        let out = scratch.path().join("snapshot.wasm");
        Child::cargo(self.layout.root())
            .args([
                "build",
                "--release",
                "--package",
                "pact-runtime",
                "--features",
                "snapshot",
                "--bin",
                "pact-snapshot",
            ])
            .args(self.lockfiles.flag())
            .run()?;
        Child::new(self.layout.snapshot_taker(), scratch.path()).arg(component).arg(&bundle).arg(&out).run()?;

        let mut notices = workspace.notices(package, self.toolchain)?;
        notices.notices.extend(packages::notices(&bundle, scratch.path())?);
        for bundled in &self.recipe.bundled {
            notices.notices.push(licences::of_bundled(bundled)?);
        }
        Ok((read_component(&out)?, notices))
    }

    fn workspace(&self) -> Result<GuestWorkspace<'_>, BuildErrorKind> {
        GuestWorkspace::open(self.layout, self.plugin.folder.join("Cargo.toml"), self.lockfiles)
    }

    /// Copies what the bundle is made of beside the packages, and bundles it. Returns the file.
    fn bundle(&self, packages: &Path, scratch: &Path) -> Result<std::path::PathBuf, BuildErrorKind> {
        for source in self.recipe.sources.iter().chain([&self.recipe.bundle]) {
            let path = self.plugin.folder.join(source);
            let files = if path.is_dir() { crate::inputs::files(&path)? } else { vec![path] };
            for file in files {
                let relative = file.strip_prefix(&self.plugin.folder).unwrap_or(&file);
                cache::copy(&file, &scratch.join(relative))?;
            }
        }
        cache::link_folder(&packages.join("node_modules"), &scratch.join("node_modules"))?;
        let out = scratch.join("bundle.js");
        Child::new("node", scratch).arg(&self.recipe.bundle).arg(&out).run()?;
        let is_empty = fs::metadata(&out).map_err(CacheError::new("read", &out))?.len() == 0;
        if is_empty { Err(BuildErrorKind::EmptyBundle) } else { Ok(out) }
    }
}
