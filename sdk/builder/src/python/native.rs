//! Modules of Python that are Rust libraries, from a source package or of the plugin's own: compiled into wasm libraries that
//! componentize-py links. Why each flag is there stands beside it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use cargo_metadata::MetadataCommand;

use super::PythonBuild;
use crate::{
    build::BuildErrorKind,
    cache::{self, CacheError},
    child::Child,
    inputs::Inputs,
    licences::{self, Notices},
    plugin::{Extension, NativePackage},
    rust_guests::{TARGET, remap_flags, standard_library},
    section,
};

/// The notices of a built folder, beside what was built.
const NOTICES: &str = "NOTICES.toml";

/// Of the sections in which Rust's standard library describes its imports, the one that a library needs. The others
/// describe a whole program, `wasi:http` included, and linking them fails.
const KEPT_TYPES: &str = "wasi:cli@0.2.4:imports";

/// Why a native package could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NativeError {
    /// `build.toml` names a package that its requirement file does not.
    #[error("`{file}` has no source package of `{package}`")]
    NotPinned {
        /// As `build.toml` spells it.
        package: String,
        /// The requirement file.
        file: String,
    },
    /// The standard library of this Rust describes itself differently.
    #[error("the library of `{package}` has no section for `{KEPT_TYPES}`; this Rust needs another recipe")]
    NoTypes {
        /// As `build.toml` spells it.
        package: String,
    },
    /// The notices beside a built library are unreadable.
    #[error("the notices of a built library cannot be read; remove `{path}`")]
    Notices {
        /// The folder to remove.
        path: PathBuf,
    },
}

impl PythonBuild<'_> {
    pub(super) fn native_digest(&self) -> Result<String, BuildErrorKind> {
        let mut inputs = Inputs::new("native python packages");
        inputs.text("python", &self.recipe.python);
        inputs.text("toolchain", self.toolchain);
        inputs.file(&self.plugin.folder.join(&self.recipe.native_packages))?;
        for native in &self.recipe.native {
            for (name, value) in [
                ("package", &native.package),
                ("python", &native.python),
                ("library", &native.library),
                ("install", &native.install),
            ] {
                inputs.text(name, value);
            }
        }
        for extension in &self.recipe.extension {
            inputs.text("library", &extension.library);
            inputs.text("install", &extension.install);
            inputs.folder(&self.plugin.folder.join(&extension.folder))?;
        }
        Ok(inputs.digest())
    }

    /// Builds all native packages into one folder for the import path.
    pub(super) fn build_native(&self) -> Result<PathBuf, BuildErrorKind> {
        let work = self.cache.scratch()?;
        let site = self.cache.scratch()?;
        let downloads = work.path().join("downloads");
        if !self.recipe.native.is_empty() {
            self.download(&downloads)?;
        }
        let mut notices = Notices::default();
        for native in &self.recipe.native {
            let source = self.unpack(native, &downloads, work.path())?;
            let library = self.compile(native, &source, work.path(), &mut notices)?;
            let python = source.join(&native.python);
            let package = Path::new(&native.install).parent().unwrap_or(Path::new(""));
            cache::copy_folder(&python, &site.path().join(package))?;
            cache::write(&site.path().join(&native.install), &library)?;
        }
        for extension in &self.recipe.extension {
            let library = self.compile_extension(extension, work.path())?;
            cache::write(&site.path().join(&extension.install), &library)?;
        }
        let text = toml::to_string(&notices).map_err(|error| std::io::Error::other(error.to_string()));
        let path = site.path().join(NOTICES);
        cache::write(&path, text.map_err(CacheError::new("write", &path))?.as_bytes())?;
        Ok(self.cache.keep_folder(&self.native_digest()?, site)?)
    }

    fn download(&self, downloads: &Path) -> Result<(), BuildErrorKind> {
        // pip wants a source package's own build backend to tell its name and version, after it checked the hash.
        // Ours answers from PKG-INFO, so that no code of the package runs and the real backend is not needed.
        let backend = downloads.join("backend");
        cache::write(&backend.join("maturin.py"), include_bytes!("maturin.py"))?;
        self.pip(&["download", "--no-binary=:all:", "--no-build-isolation"])?
            .env("PYTHONPATH", &backend)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .arg("--dest")
            .arg(downloads)
            .arg("--requirement")
            .arg(self.plugin.folder.join(&self.recipe.native_packages))
            .run()?;
        Ok(())
    }

    fn unpack(&self, native: &NativePackage, downloads: &Path, work: &Path) -> Result<PathBuf, BuildErrorKind> {
        let start = format!("{}-", native.package.replace('-', "_"));
        let archive = fs::read_dir(downloads)
            .map_err(CacheError::new("read", downloads))?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .find(|path| {
                let name = path.file_name().unwrap_or_default().to_string_lossy().replace('-', "_");
                name.starts_with(&start.replace('-', "_")) && name.ends_with(".tar.gz")
            })
            .ok_or_else(|| NativeError::NotPinned {
                package: native.package.clone(),
                file: self.recipe.native_packages.clone(),
            })?;
        Child::new(self.tools()?.join("python"), work)
            .args(["-I", "-m", "tarfile", "-e"])
            .arg(&archive)
            .arg(work)
            .run()?;
        let name = archive.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let source = work.join(name.trim_end_matches(".tar.gz"));

        // The target directory may lie in a clone, whose workspace cargo would take this package for a part of.
        let manifest = source.join("Cargo.toml");
        let text = fs::read_to_string(&manifest).map_err(CacheError::new("read", &manifest))?;
        if !text.lines().any(|line| line.trim() == "[workspace]") {
            cache::write(&manifest, format!("{text}\n[workspace]\n").as_bytes())?;
        }
        Ok(source)
    }

    fn compile(
        &self,
        native: &NativePackage,
        source: &Path,
        work: &Path,
        notices: &mut Notices,
    ) -> Result<Vec<u8>, BuildErrorKind> {
        let manifest = source.join("Cargo.toml");
        // Asked before the build: it also downloads the crates, whose places are hidden in what is built.
        let metadata = MetadataCommand::new()
            .current_dir(self.layout.root())
            .manifest_path(&manifest)
            .other_options(["--locked".to_owned(), "--filter-platform".to_owned(), TARGET.to_owned()])
            .exec()?;
        let info = source.join("PKG-INFO");
        let text = fs::read_to_string(&info).map_err(CacheError::new("read", &info))?;
        notices.notices.push(licences::of_source_package(source, &text)?);
        let root = metadata.root_package().ok_or(licences::LicenceError::Unresolved)?;
        notices.notices.extend(licences::of_crates(&metadata, &[&root.id])?);
        for bundled in standard_library(self.toolchain) {
            notices.notices.push(licences::of_bundled(&bundled)?);
        }

        self.library(source, &native.library, &native.package, work)
    }

    /// Compiles a copy: what cargo writes is not to lie in the plugin's folder.
    fn compile_extension(&self, extension: &Extension, work: &Path) -> Result<Vec<u8>, BuildErrorKind> {
        let copies = work.join("extensions");
        self.stage(&extension.folder, &copies)?;
        self.library(&copies.join(&extension.folder), &extension.library, &extension.folder, work)
    }

    fn library(&self, source: &Path, name: &str, package: &str, work: &Path) -> Result<Vec<u8>, BuildErrorKind> {
        let config = work.join("pyo3.cfg");
        let python = &self.recipe.python;
        let lines = format!(
            "implementation=CPython\nversion={python}\nshared=true\nabi3=false\nlib_name=python{python}\n\
             pointer_width=32\nbuild_flags=\nsuppress_build_script_link_lines=true\n"
        );
        cache::write(&config, lines.as_bytes())?;
        // An archive without members: libc stays the one of the component, instead of being linked in a second time.
        let empty = work.join("empty");
        cache::write(&empty.join("libc.a"), b"!<arch>\n")?;

        let mut flags = vec![
            "-Crelocation-model=pic".to_owned(),
            "-Ctarget-feature=-crt-static".to_owned(),
            "-Clink-self-contained=no".to_owned(),
            format!("-L{}", empty.display()),
        ];
        let link = [
            "-shared",
            // Python's own functions come from the interpreter, when componentize-py links both.
            "--unresolved-symbols=import-dynamic",
            "--no-export-dynamic",
            "-Bsymbolic",
            "--gc-sections",
        ];
        flags.extend(link.map(|arg| format!("-Clink-arg={arg}")));
        flags.extend(remap_flags(&[(source, "/source"), (work, "/work")]));
        let target = work.join("target");
        Child::cargo(self.layout.root())
            .env("PYO3_CONFIG_FILE", &config)
            .env("PYO3_CROSS", "1")
            .env("CARGO_TARGET_DIR", &target)
            .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
            .unset("RUSTFLAGS")
            .args(["build", "--quiet", "--locked", "--release", "--lib", "--target", TARGET, "--manifest-path"])
            .arg(source.join("Cargo.toml"))
            .run()?;
        let path = target.join(TARGET).join("release").join(name);
        let library = fs::read(&path).map_err(CacheError::new("read", &path))?;
        strip(&library, package)
    }
}

/// Reads the notices of a folder that [`PythonBuild::build_native`] made.
pub(super) fn notices(folder: &Path) -> Result<Notices, BuildErrorKind> {
    let path = folder.join(NOTICES);
    let text = fs::read_to_string(&path).map_err(CacheError::new("read", &path))?;
    toml::from_str(&text).map_err(|_| NativeError::Notices { path: folder.to_owned() }.into())
}

fn strip(library: &[u8], package: &str) -> Result<Vec<u8>, BuildErrorKind> {
    let is_types = |name: &str| name.starts_with("component-type");
    let is_kept = |name: &str| is_types(name) && name.contains(KEPT_TYPES);
    if !section::names(library)?.into_iter().any(is_kept) {
        return Err(NativeError::NoTypes { package: package.to_owned() }.into());
    }
    Ok(section::without_sections(library, |name| {
        (is_types(name) && !is_kept(name)) || name == "name" || name.starts_with(".debug")
    })?)
}

#[cfg(test)]
mod tests {
    use wasm_encoder::{CustomSection, Module};

    use super::*;

    fn library(sections: &[&str]) -> Vec<u8> {
        let mut module = Module::new();
        for name in sections {
            module.section(&CustomSection { name: (*name).into(), data: b"x".as_slice().into() });
        }
        module.finish()
    }

    #[test]
    fn of_the_type_sections_only_the_library_s_own_stays() {
        let kept = "component-type:wit-bindgen:0.1:wasi:cli@0.2.4:imports:encoded";
        let wasm = library(&["dylink.0", kept, "component-type:wasi:http@0.2.4:proxy", "name", ".debug_info"]);
        assert_eq!(section::names(&strip(&wasm, "x").unwrap()).unwrap(), ["dylink.0", kept]);
    }

    #[test]
    fn a_library_of_an_unknown_toolchain_is_refused() {
        assert!(strip(&library(&["component-type:wasi:cli@0.2.9:imports"]), "x").is_err());
    }
}
