//! One package in the target directory: its source package, and a folder of wheels that both runs import from.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use super::{
    CompatError,
    environment::{COMPLETE, Environment, remove},
    list::{List, Package},
};
use crate::{
    cache::{self, Cache, CacheError},
    child::ChildError,
    inputs::Inputs,
};

/// The build backends of the packages in the list. pip asks one for name and version while it downloads a source package;
/// ours answers in their place, so that no code of a package runs before its hash was checked, nor afterwards.
const BACKENDS: [&str; 5] = [
    "flit_core/buildapi",
    "hatchling/build",
    "poetry/core/masonry/api",
    "setuptools/build_meta",
    // Environments have a setuptools, and a folder with this file goes before it.
    "setuptools/__init__",
];

/// A fetched package.
pub(super) struct Suite {
    folder: PathBuf,
}

impl Suite {
    /// Returns the one that lies, or will lie, in a folder.
    pub(super) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether all of it is there.
    pub(super) fn is_complete(&self) -> bool {
        self.folder.join(COMPLETE).is_file()
    }

    /// Returns where its files lie.
    pub(super) fn source(&self) -> PathBuf {
        self.folder.join("source")
    }

    /// Returns a copy in the folder for temporary files: a run may leave files behind, and the settings of a clone around
    /// the target directory must not reach it.
    pub(super) fn copy(&self) -> Result<Copy, CacheError> {
        let folder = tempfile::tempdir().map_err(CacheError::new("create", Path::new("a temporary folder")))?;
        let copy = Copy { folder };
        cache::copy_folder(&self.source(), &copy.suite())?;
        Ok(copy)
    }

    /// Returns the folder for `--packages`.
    pub(super) fn packages(&self) -> PathBuf {
        self.folder.join("packages")
    }

    /// Returns where a run's output goes.
    pub(super) fn log(&self, run: &str) -> PathBuf {
        self.folder.join(format!("{run}.log"))
    }
}

/// A suite about to run. Removed when dropped.
pub(super) struct Copy {
    folder: TempDir,
}

impl Copy {
    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Returns the root of the source package.
    pub(super) fn suite(&self) -> PathBuf {
        self.folder.path().join("suite")
    }
}

/// Fetches a package and what its suite needs, if they are not there.
pub(super) fn fetch(
    environment: &Environment,
    cache: &Cache,
    list: &List,
    package: &Package,
) -> Result<Suite, CompatError> {
    let wheels = wheels(list, package);
    let mut inputs = Inputs::new("compatibility suite");
    inputs.text("wheels", &wheels);
    for source in sources(list, package) {
        inputs.text("source", &pinned(&source.name, &source.version, source.sdist.as_deref().unwrap_or_default()));
        inputs.text("import", source.import_path.as_deref().unwrap_or_default());
    }
    let folder = environment.fetched().join(format!("{}-{}", package.name, &inputs.digest()[..16]));
    let suite = Suite::at(folder);
    if suite.is_complete() {
        return Ok(suite);
    }
    remove(&suite.folder)?;
    let scratch = cache.scratch()?;
    if !wheels.is_empty() {
        let requirements = scratch.path().join("wheels.txt");
        cache::write(&requirements, wheels.as_bytes())?;
        let installed = install(environment, &requirements, &suite.packages());
        installed.map_err(|source| CompatError::Fetch { package: package.name.clone(), source })?;
    }
    for source in sources(list, package) {
        let unpacked = unpack(environment, source, scratch.path())?;
        if let Some(path) = &source.import_path {
            cache::copy_folder(&unpacked.join(path), &suite.packages())?;
        }
        if source.name == package.name {
            cache::copy_folder(&unpacked, &suite.source())?;
        }
    }
    cache::write(&suite.folder.join(COMPLETE), b"")?;
    Ok(suite)
}

/// Returns the package, and of the others that it needs those that have no wheel.
fn sources<'a>(list: &'a List, package: &'a Package) -> Vec<&'a Package> {
    let needed = package.needs.iter().filter_map(|need| list.package(need));
    [package].into_iter().chain(needed.filter(|other| other.import_path.is_some())).collect()
}

/// Returns the lines of a requirement file for pip.
fn wheels(list: &List, package: &Package) -> String {
    let others = package.needs.iter().filter_map(|need| list.package(need));
    let mut lines = Vec::new();
    for one in [package].into_iter().chain(others) {
        if let Some(wheel) = &one.wheel {
            lines.push(pinned(&one.name, &one.version, wheel));
        }
    }
    let extra = package.needs.iter().filter_map(|need| list.wheel(need));
    lines.extend(extra.map(|wheel| pinned(&wheel.name, &wheel.version, &wheel.sha256)));
    lines.concat()
}

fn pinned(name: &str, version: &str, sha256: &str) -> String {
    format!("{name}=={version} --hash=sha256:{sha256}\n")
}

fn install(environment: &Environment, requirements: &Path, into: &Path) -> Result<(), ChildError> {
    environment
        .pip(&["install", "--no-compile", "--only-binary=:all:"])
        // Only what runs everywhere, for the version of the runner: the same files serve both runs.
        .args(["--python-version", environment.sandbox_python()])
        .args(["--implementation", "py", "--abi", "none", "--platform", "any"])
        .arg("--target")
        .arg(into)
        .arg("--requirement")
        .arg(requirements)
        .run()
}

fn unpack(environment: &Environment, source: &Package, scratch: &Path) -> Result<PathBuf, CompatError> {
    let failed = |error: ChildError| CompatError::Fetch { package: source.name.clone(), source: error };
    let work = scratch.join(&source.name);
    let backends = work.join("backends");
    for backend in BACKENDS {
        // A package that names no backend gets one of this name from pip.
        let text =
            concat!(include_str!("../python/maturin.py"), "\n\nimport sys\n__legacy__ = sys.modules[__name__]\n");
        cache::write(&backends.join(format!("{backend}.py")), text.as_bytes())?;
    }
    let requirements = work.join("source.txt");
    cache::write(
        &requirements,
        pinned(&source.name, &source.version, source.sdist.as_deref().unwrap_or_default()).as_bytes(),
    )?;
    let archive = work.join("archive");
    environment
        .pip(&["download", "--no-binary=:all:", "--no-build-isolation"])
        .env("PYTHONPATH", &backends)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg("--dest")
        .arg(&archive)
        .arg("--requirement")
        .arg(&requirements)
        .run()
        .map_err(failed)?;
    let unpacked = work.join("unpacked");
    environment.unpack(&only(&archive)?, &unpacked).map_err(failed)?;
    Ok(only(&unpacked)?)
}

/// Returns what lies in a folder in which one thing lies.
fn only(folder: &Path) -> Result<PathBuf, CacheError> {
    let failed = || CacheError::new("find one thing in", folder);
    let entries = fs::read_dir(folder).map_err(failed())?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>().map_err(failed())?;
    match (paths.pop(), paths.is_empty()) {
        (Some(path), true) => Ok(path),
        _ => Err(failed()(std::io::Error::other("there are none, or several"))),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::list::tests::EXAMPLE, *};

    #[test]
    fn pip_is_given_every_wheel_with_its_hash() {
        let list = List::parse(EXAMPLE).unwrap();
        let lines = wheels(&list, &list.packages[0]);
        assert_eq!(lines, "spam==2.0 --hash=sha256:00\nsix==1.0 --hash=sha256:00\n");
    }

    #[test]
    fn a_package_without_a_wheel_is_taken_from_its_source() {
        let text =
            EXAMPLE.replace("wheel = \"00\"", "import_path = \"src\"").replace("[\"six\"]", "[\"six\", \"egg\"]");
        let egg = "\n[[package]]\nname = \"egg\"\nversion = \"3\"\nsdist = \"11\"\nimport_path = \"lib\"\n";
        let list = List::parse(&(text + egg)).unwrap();
        let names: Vec<&str> = sources(&list, &list.packages[0]).iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["spam", "egg"]);
        assert_eq!(wheels(&list, &list.packages[0]), "six==1.0 --hash=sha256:00\n");
    }

    #[test]
    fn two_things_where_one_should_be_are_an_error() {
        let folder = tempfile::tempdir().unwrap();
        assert!(only(folder.path()).is_err());
        fs::write(folder.path().join("a"), "").unwrap();
        assert_eq!(only(folder.path()).unwrap(), folder.path().join("a"));
        fs::write(folder.path().join("b"), "").unwrap();
        assert!(only(folder.path()).is_err());
    }
}
