//! Plugins in Python: an interpreter, packages and an app become one component, with everything that the app does at
//! import already done. The recipe is in the plugin's `build.toml`; which packages those are is not known here.

mod native;
mod tools;

pub(crate) use native::NativeError;
pub(crate) use tools::{environment, isolated, pip};

use std::{fs, path::Path};

use crate::{
    build::BuildErrorKind,
    cache::{self, Cache, CacheError},
    child::Child,
    inputs::Inputs,
    layout::Layout,
    licences::{self, Notices},
    plugin::{Plugin, PythonRecipe},
    steps::{Cost, Steps},
    worlds::Worlds,
};

/// How many steps a Python plugin takes: packages, native packages, the component.
pub(crate) const STEPS: usize = 3;

/// One Python plugin on its way.
pub(crate) struct PythonBuild<'a> {
    pub(crate) layout: &'a Layout,
    pub(crate) cache: &'a Cache,
    pub(crate) plugin: &'a Plugin,
    pub(crate) recipe: &'a PythonRecipe,
    /// What `rustc` says about itself.
    pub(crate) toolchain: &'a str,
}

impl PythonBuild<'_> {
    /// Returns the digest of everything that decides about the component.
    pub(crate) fn digest(&self, worlds: &Worlds) -> Result<String, BuildErrorKind> {
        let mut inputs = Inputs::new("python plugin");
        inputs.folder(worlds.folder())?;
        for file in ["build.toml", "plugin.toml", &self.recipe.tools] {
            inputs.file(&self.plugin.folder.join(file))?;
        }
        for source in &self.recipe.sources {
            inputs.text("source", source);
            let path = self.plugin.folder.join(source);
            if path.is_dir() { inputs.folder(&path)? } else { inputs.file(&path)? }
        }
        inputs.text("packages", &self.packages_digest()?);
        inputs.text("native", &self.native_digest()?);
        Ok(inputs.digest())
    }

    /// Builds the component and collects the notices of what is in it.
    pub(crate) fn component(&self, worlds: &Worlds, steps: &mut Steps) -> Result<(Vec<u8>, Notices), BuildErrorKind> {
        let id = self.plugin.id();
        let packages = match self.cache.folder(&self.packages_digest()?) {
            Some(folder) => {
                steps.unchanged(&format!("Python packages of `{id}`"));
                folder
            }
            None => {
                steps.begin(&format!("Python packages of `{id}`"), Cost::Once(1));
                self.install_packages()?
            }
        };
        let native = match self.cache.folder(&self.native_digest()?) {
            Some(folder) => {
                steps.unchanged(&format!("Python packages of `{id}` that are compiled"));
                folder
            }
            None => {
                steps.begin(&format!("Python packages of `{id}` that are compiled"), Cost::Once(2));
                self.build_native()?
            }
        };
        steps.begin(&format!("snapshot of `{id}`"), Cost::Minutes(1));
        let component = self.snapshot(worlds, &packages, &native)?;

        let mut notices = Notices { notices: licences::of_python_packages(&packages)? };
        notices.notices.extend(native::notices(&native)?.notices);
        for bundled in &self.recipe.bundled {
            notices.notices.push(licences::of_bundled(bundled)?);
        }
        Ok((component, notices))
    }

    fn packages_digest(&self) -> Result<String, BuildErrorKind> {
        let mut inputs = Inputs::new("python packages");
        inputs.text("python", &self.recipe.python);
        inputs.file(&self.plugin.folder.join(&self.recipe.packages))?;
        Ok(inputs.digest())
    }

    fn install_packages(&self) -> Result<std::path::PathBuf, BuildErrorKind> {
        let folder = self.cache.scratch()?;
        self.pip(&["install", "--no-compile", "--only-binary=:all:"])?
            // Only what runs everywhere: a wheel for this machine would be picked otherwise, and fail much later.
            .args([
                "--python-version",
                &self.recipe.python,
                "--implementation",
                "py",
                "--abi",
                "none",
                "--platform",
                "any",
            ])
            .arg("--target")
            .arg(folder.path())
            .arg("--requirement")
            .arg(self.plugin.folder.join(&self.recipe.packages))
            .run()?;
        Ok(self.cache.keep_folder(&self.packages_digest()?, folder)?)
    }

    fn snapshot(&self, worlds: &Worlds, packages: &Path, native: &Path) -> Result<Vec<u8>, BuildErrorKind> {
        let tools = self.tools()?;
        let folder = self.cache.scratch()?;
        // Only what was hashed goes in: not the caches and notes that lie beside it.
        let app = folder.path().join("app");
        fs::create_dir(&app).map_err(CacheError::new("create", &app))?;
        for source in &self.recipe.sources {
            self.stage(source, &app)?;
        }
        let out = folder.path().join("component.wasm");
        Child::new(tools.join("componentize-py"), folder.path())
            // A set hash seed is part of the snapshot: without it every build would order sets in its own way.
            .env("PYTHONHASHSEED", "0")
            // It also asks the first interpreter on the path, or the environment named here, for more packages.
            .env("PATH", &tools)
            .unset("VIRTUAL_ENV")
            .unset("PYTHONPATH")
            .unset("PYTHONHOME")
            .arg("--wit-path")
            .arg(worlds.folder())
            .args(["--world", &self.plugin.manifest.world, "componentize"])
            .args([
                Path::new("--python-path"),
                &app,
                Path::new("--python-path"),
                packages,
                Path::new("--python-path"),
                native,
            ])
            .arg(&self.recipe.app)
            .arg("--output")
            .arg(&out)
            .run()?;
        Ok(fs::read(&out).map_err(CacheError::new("read", &out))?)
    }

    fn stage(&self, source: &str, app: &Path) -> Result<(), BuildErrorKind> {
        let path = self.plugin.folder.join(source);
        let files = if path.is_dir() { crate::inputs::files(&path)? } else { vec![path] };
        for file in files {
            let relative = file.strip_prefix(&self.plugin.folder).unwrap_or(&file);
            cache::copy(&file, &app.join(relative))?;
        }
        Ok(())
    }
}
