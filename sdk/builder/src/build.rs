//! From a plugin folder to a finished file: build what changed, audit it, embed manifest and notices, put it in place.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    audit::{AuditError, check_component},
    cache::{self, Cache, CacheError},
    child::{Child, ChildError},
    inputs::InputError,
    layout::{Layout, LayoutError},
    licences::{LicenceError, Notices},
    plugin::{Plugin, PluginError, Recipe, SnapshotRecipe},
    python::{self, NativeError, PythonBuild},
    rust_guests::{GuestWorkspace, RustGuestError, read_component},
    section::{LICENSES_SECTION, MANIFEST_SECTION, SectionError, with_section},
    snapshot::{self, SnapshotBuild},
    steps::{Cost, Steps},
    worlds::{WorldError, Worlds},
};

/// A build that failed.
#[derive(Debug, thiserror::Error)]
#[error("failed to build {what}")]
pub struct BuildError {
    what: String,
    #[source]
    kind: BuildErrorKind,
}

/// Why a build failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BuildErrorKind {
    #[error(transparent)]
    Layout(#[from] LayoutError),
    #[error(transparent)]
    Plugin(#[from] PluginError),
    #[error(transparent)]
    Child(#[from] ChildError),
    #[error("cargo does not understand the workspace")]
    Metadata(#[from] cargo_metadata::Error),
    #[error(transparent)]
    RustGuest(#[from] RustGuestError),
    #[error(transparent)]
    Native(#[from] NativeError),
    #[error(transparent)]
    Input(#[from] InputError),
    #[error(transparent)]
    Cache(#[from] CacheError),
    #[error(transparent)]
    World(#[from] WorldError),
    #[error(transparent)]
    Audit(#[from] AuditError),
    #[error(transparent)]
    Licence(#[from] LicenceError),
    #[error(transparent)]
    Section(#[from] SectionError),
    #[error("the id `{0}` is used by two plugins")]
    SameId(String),
    #[error("its sources changed while it was built; build again")]
    Changed,
    #[error("its recipe takes a snapshot, for which a clone of pact is needed")]
    OnlyInAClone,
    #[error("its bundle is empty")]
    EmptyBundle,
    #[error("there are no examples to build in it")]
    NoExamples,
    #[error("the workspace has no package `pact`")]
    NoPact,
}

impl BuildError {
    pub(crate) fn new(what: impl Into<String>) -> impl FnOnce(BuildErrorKind) -> Self {
        let what = what.into();
        move |kind| Self { what, kind }
    }

    /// Returns the shell line that repeats what failed, if that was a command.
    pub fn repeat(&self) -> Option<&str> {
        match &self.kind {
            BuildErrorKind::Child(child) => Some(child.repeat()),
            _ => None,
        }
    }
}

/// Whether a build may bring `Cargo.lock` up to date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lockfiles {
    /// As cargo does by itself.
    MayChange,
    /// A lock file that is out of date is an error.
    AsTheyAre,
}

impl Lockfiles {
    pub(crate) fn flag(self) -> Option<&'static str> {
        match self {
            Self::MayChange => None,
            Self::AsTheyAre => Some("--locked"),
        }
    }
}

/// A finished plugin.
#[derive(Debug, Clone)]
pub struct Built {
    /// The id of its manifest.
    pub id: String,
    /// The file.
    pub path: PathBuf,
}

/// Builds the plugin in `folder`, which is in no workspace of ours, and puts it there as `ID.wasm`.
///
/// # Errors
/// When it cannot be built, imports more than its world has, or contains something without a licence.
pub fn build_folder(folder: &Path) -> Result<Built, BuildError> {
    let failed = |kind| BuildError::new(format!("the plugin in `{}`", folder.display()))(kind);
    let layout = Layout::of_plugin(folder).map_err(|error| failed(error.into()))?;
    let plugin = Plugin::open(layout.root()).map_err(|error| failed(error.into()))?;
    let steps = match plugin.recipe {
        Recipe::Cargo => 1,
        Recipe::ComponentizePy(_) => python::STEPS,
        Recipe::Snapshot(_) => snapshot::STEPS,
    };
    let mut builder = Builder::open(&layout, Lockfiles::MayChange).map_err(failed)?;
    let made =
        builder.make(std::slice::from_ref(&plugin), &plugin.folder.join("Cargo.toml"), &mut Steps::new(steps))?;
    let path = plugin.folder.join(format!("{}.wasm", plugin.id()));
    for artefact in made {
        cache::copy(&artefact.path, &path).map_err(|error| failed(error.into()))?;
    }
    Ok(Built { id: plugin.id().to_owned(), path })
}

/// The plugins of a clone, before they are built.
pub(crate) struct ShippedPlugins {
    plugins: Vec<Plugin>,
}

impl ShippedPlugins {
    pub(crate) fn find(layout: &Layout) -> Result<Self, BuildError> {
        let failed = |kind| BuildError::new("the plugins")(kind);
        let plugins = Plugin::find_all(&layout.root().join("plugins")).map_err(|error| failed(error.into()))?;
        let mut ids: Vec<&str> = plugins.iter().map(Plugin::id).collect();
        ids.sort_unstable();
        if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(failed(BuildErrorKind::SameId(pair[0].to_owned())));
        }
        Ok(Self { plugins })
    }

    /// Returns how many steps [`ShippedPlugins::build`] announces.
    pub(crate) fn steps(&self) -> usize {
        let rust = self.plugins.iter().any(|plugin| matches!(plugin.recipe, Recipe::Cargo));
        let python = self.plugins.iter().filter(|plugin| matches!(plugin.recipe, Recipe::ComponentizePy(_))).count();
        let snapshots = self.plugins.iter().filter(|plugin| matches!(plugin.recipe, Recipe::Snapshot(_))).count();
        usize::from(rust) + python * python::STEPS + snapshots * snapshot::STEPS
    }

    /// Whether one of them is made with Python, or with a tool from its package index.
    pub(crate) fn need_python(&self) -> bool {
        self.plugins.iter().any(|plugin| !matches!(plugin.recipe, Recipe::Cargo))
    }

    /// Whether one of them is made with Node.
    pub(crate) fn need_node(&self) -> bool {
        self.plugins.iter().any(|plugin| matches!(plugin.recipe, Recipe::Snapshot(_)))
    }

    /// Returns the manifests of those that are workspaces of their own.
    pub(crate) fn own_workspaces(&self) -> impl Iterator<Item = PathBuf> {
        let own = self.plugins.iter().filter(|plugin| matches!(plugin.recipe, Recipe::Snapshot(_)));
        own.map(|plugin| plugin.folder.join("Cargo.toml"))
    }

    /// Builds what changed and leaves exactly these plugins in [`Layout::plugins`].
    pub(crate) fn build(
        &self,
        layout: &Layout,
        lockfiles: Lockfiles,
        steps: &mut Steps,
    ) -> Result<Vec<Built>, BuildError> {
        let failed = |kind| BuildError::new("the plugins")(kind);
        let mut builder = Builder::open(layout, lockfiles).map_err(failed)?;
        let made = builder.make(&self.plugins, &layout.guest_workspace(), steps)?;
        publish(&layout.plugins(), made).map_err(|error| failed(error.into()))
    }
}

/// A finished plugin in the cache.
struct Artefact {
    id: String,
    digest: String,
    path: PathBuf,
}

struct Builder<'a> {
    layout: &'a Layout,
    cache: Cache,
    worlds: Worlds,
    toolchain: String,
    lockfiles: Lockfiles,
}

impl<'a> Builder<'a> {
    fn open(layout: &'a Layout, lockfiles: Lockfiles) -> Result<Self, BuildErrorKind> {
        Ok(Self {
            layout,
            cache: Cache::open(layout, Steps::waiting)?,
            worlds: Worlds::embedded()?,
            toolchain: Child::new("rustc", layout.root()).arg("-Vv").output()?,
            lockfiles,
        })
    }

    fn make(&mut self, plugins: &[Plugin], workspace: &Path, steps: &mut Steps) -> Result<Vec<Artefact>, BuildError> {
        // Before minutes of compiling: a misspelt world is found at once.
        for plugin in plugins {
            let world = self.worlds.find(&plugin.manifest.world);
            world.map_err(|error| BuildError::new(format!("the plugin `{}`", plugin.id()))(error.into()))?;
        }
        let rust: Vec<&Plugin> = plugins.iter().filter(|plugin| matches!(plugin.recipe, Recipe::Cargo)).collect();
        let mut made = if rust.is_empty() { Vec::new() } else { self.make_rust(&rust, workspace, steps)? };
        for plugin in plugins {
            let made_one = match &plugin.recipe {
                Recipe::Cargo => continue,
                Recipe::ComponentizePy(_) => self.make_python(plugin, steps),
                Recipe::Snapshot(recipe) => self.make_snapshot(plugin, recipe, steps),
            };
            made.push(made_one.map_err(BuildError::new(format!("the plugin `{}`", plugin.id())))?);
        }
        made.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(made)
    }

    fn make_rust(
        &mut self,
        plugins: &[&Plugin],
        workspace: &Path,
        steps: &mut Steps,
    ) -> Result<Vec<Artefact>, BuildError> {
        let of_all = |kind| BuildError::new("the plugins in Rust")(kind);
        let named = |plugin: &Plugin| BuildError::new(format!("the plugin `{}`", plugin.id()));
        let guests = GuestWorkspace::open(self.layout, workspace.to_owned(), self.lockfiles).map_err(of_all)?;
        let (mut made, mut stale) = (Vec::new(), Vec::new());
        for plugin in plugins {
            let digest = guests.digest(plugin, &self.toolchain, &self.worlds).map_err(named(plugin))?;
            match self.cache.file(&digest) {
                Some(path) => made.push(Artefact { id: plugin.id().to_owned(), digest, path }),
                None => {
                    let package = guests.member(&plugin.folder).map_err(|error| named(plugin)(error.into()))?;
                    stale.push((*plugin, package, digest));
                }
            }
        }
        if stale.is_empty() {
            steps.unchanged("plugins in Rust");
            return Ok(made);
        }
        let names: Vec<&str> = stale.iter().map(|(plugin, ..)| plugin.id()).collect();
        steps.begin(&format!("plugins in Rust: {}", names.join(", ")), Cost::Once(2));
        let notices: Vec<Notices> = stale
            .iter()
            .map(|(plugin, package, _)| guests.notices(package, &self.toolchain).map_err(named(plugin)))
            .collect::<Result<_, _>>()?;
        let packages: Vec<_> = stale.iter().map(|(_, package, _)| *package).collect();
        let built = guests.build(&packages).map_err(of_all)?;
        for ((plugin, package, digest), notices) in stale.into_iter().zip(notices) {
            let component = built.get(&package.id).ok_or(RustGuestError::NoComponent);
            let component = component.map_err(|error| named(plugin)(error.into()))?;
            let component = read_component(component).map_err(named(plugin))?;
            // Otherwise a file saved in the meantime would be kept under the digest of the one before.
            if guests.digest(plugin, &self.toolchain, &self.worlds).map_err(named(plugin))? != digest {
                return Err(named(plugin)(BuildErrorKind::Changed));
            }
            made.push(self.finish(plugin, digest, &component, notices).map_err(named(plugin))?);
        }
        Ok(made)
    }

    fn make_python(&mut self, plugin: &Plugin, steps: &mut Steps) -> Result<Artefact, BuildErrorKind> {
        let Recipe::ComponentizePy(recipe) = &plugin.recipe else { unreachable!("the caller looked") };
        let build = PythonBuild { layout: self.layout, cache: &self.cache, plugin, recipe, toolchain: &self.toolchain };
        let digest = build.digest(&self.worlds)?;
        if let Some(path) = self.cache.file(&digest) {
            for what in ["Python packages of", "compiled Python packages of", "snapshot of"] {
                steps.unchanged(&format!("{what} `{}`", plugin.id()));
            }
            return Ok(Artefact { id: plugin.id().to_owned(), digest, path });
        }
        let (component, notices) = build.component(&self.worlds, steps)?;
        if build.digest(&self.worlds)? != digest {
            return Err(BuildErrorKind::Changed);
        }
        self.finish(plugin, digest, &component, notices)
    }

    fn make_snapshot(
        &self,
        plugin: &Plugin,
        recipe: &SnapshotRecipe,
        steps: &mut Steps,
    ) -> Result<Artefact, BuildErrorKind> {
        let (layout, cache, lockfiles) = (self.layout, &self.cache, self.lockfiles);
        let build = SnapshotBuild { layout, cache, plugin, recipe, toolchain: &self.toolchain, lockfiles };
        let digest = build.digest(&self.worlds)?;
        if let Some(path) = self.cache.file(&digest) {
            for what in ["JavaScript packages of", "component of", "snapshot of"] {
                steps.unchanged(&format!("{what} `{}`", plugin.id()));
            }
            return Ok(Artefact { id: plugin.id().to_owned(), digest, path });
        }
        let (component, notices) = build.component(steps)?;
        if build.digest(&self.worlds)? != digest {
            return Err(BuildErrorKind::Changed);
        }
        self.finish(plugin, digest, &component, notices)
    }

    /// Audits a component, embeds what it carries, and keeps it.
    fn finish(
        &self,
        plugin: &Plugin,
        digest: String,
        component: &[u8],
        notices: Notices,
    ) -> Result<Artefact, BuildErrorKind> {
        check_component(component, &self.worlds.find(&plugin.manifest.world)?)?;
        let wasm = with_section(component, MANIFEST_SECTION, plugin.manifest_text.as_bytes())?;
        let notices = notices.render(&format!("the plugin `{}`", plugin.id()));
        let wasm = with_section(&wasm, LICENSES_SECTION, notices.as_bytes())?;
        let path = self.cache.keep_file(&digest, &wasm)?;
        Ok(Artefact { id: plugin.id().to_owned(), digest, path })
    }
}

/// Puts artefacts into a folder that then holds nothing else. Beside each lies the digest that it was made of.
fn publish(folder: &Path, made: Vec<Artefact>) -> Result<Vec<Built>, CacheError> {
    fs::create_dir_all(folder).map_err(CacheError::new("create", folder))?;
    let mut kept = Vec::new();
    let mut built = Vec::new();
    for artefact in made {
        let path = folder.join(format!("{}.wasm", artefact.id));
        let key = folder.join(format!("{}.key", artefact.id));
        let is_current = path.is_file() && fs::read_to_string(&key).is_ok_and(|old| old == artefact.digest);
        if !is_current {
            // The key goes first and comes last: a stop in between leaves no key that speaks of another file.
            match fs::remove_file(&key) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(CacheError::new("remove", &key)(error));
                }
                _ => {}
            }
            cache::copy(&artefact.path, &path)?;
            cache::write(&key, artefact.digest.as_bytes())?;
        }
        kept.extend([path.clone(), key]);
        built.push(Built { id: artefact.id, path });
    }
    for entry in fs::read_dir(folder).map_err(CacheError::new("read", folder))? {
        let path = entry.map_err(CacheError::new("read", folder))?.path();
        if !kept.contains(&path) {
            fs::remove_file(&path).map_err(CacheError::new("remove", &path))?;
        }
    }
    Ok(built)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artefact(cache: &Path, id: &str, digest: &str, text: &str) -> Artefact {
        let path = cache.join(format!("{digest}.wasm"));
        fs::write(&path, text).unwrap();
        Artefact { id: id.into(), digest: digest.into(), path }
    }

    #[test]
    fn a_plugin_that_is_gone_from_the_sources_is_gone_from_the_folder() {
        let (cache, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let both = vec![artefact(cache.path(), "a", "1", "x"), artefact(cache.path(), "b", "2", "y")];
        publish(folder.path(), both).unwrap();
        publish(folder.path(), vec![artefact(cache.path(), "b", "3", "z")]).unwrap();
        let mut left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["b.key", "b.wasm"]);
        assert_eq!(fs::read_to_string(folder.path().join("b.wasm")).unwrap(), "z");
    }

    #[test]
    fn an_unchanged_plugin_is_not_written_again() {
        let (cache, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        publish(folder.path(), vec![artefact(cache.path(), "a", "1", "x")]).unwrap();
        publish(folder.path(), vec![artefact(cache.path(), "a", "1", "not read")]).unwrap();
        assert_eq!(fs::read_to_string(folder.path().join("a.wasm")).unwrap(), "x");
    }
}
