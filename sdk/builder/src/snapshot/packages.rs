//! The packages of npm that go into a bundle: those of the lock file, with their hashes, and no script of theirs is run.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::SnapshotBuild;
use crate::{
    build::BuildErrorKind,
    cache::{self, CacheError},
    child::Child,
    inputs::Inputs,
    licences::{self, Notice},
};

/// What npm reads: the packages, and their locked versions with hashes.
const LISTS: [&str; 2] = ["package.json", "package-lock.json"];

/// A package's own description, as far as a notice needs it.
#[derive(Deserialize)]
struct Description {
    name: String,
    version: String,
    license: Option<String>,
    #[serde(default)]
    author: Option<Author>,
}

/// npm writes it both ways.
#[derive(Deserialize)]
#[serde(untagged)]
enum Author {
    Text(String),
    Record { name: String },
}

impl SnapshotBuild<'_> {
    pub(super) fn packages_digest(&self) -> Result<String, BuildErrorKind> {
        let mut inputs = Inputs::new("javascript packages");
        for list in LISTS {
            inputs.file(&self.plugin.folder.join(list))?;
        }
        // One of them is a program for this machine.
        inputs.text("machine", &format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
        Ok(inputs.digest())
    }

    pub(super) fn install_packages(&self) -> Result<PathBuf, BuildErrorKind> {
        let folder = self.cache.scratch()?;
        for list in LISTS {
            cache::copy(&self.plugin.folder.join(list), &folder.path().join(list))?;
        }
        Child::new("npm", folder.path())
            .args([
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--no-update-notifier",
                "--loglevel=error",
                "--cache",
            ])
            .arg(self.layout.work().join("tools/npm-cache"))
            .run()?;
        Ok(self.cache.keep_folder(&self.packages_digest()?, folder)?)
    }
}

/// Returns the notices of the packages whose folders `bundle.packages` lists, relative to `folder`.
pub(super) fn notices(bundle: &Path, folder: &Path) -> Result<Vec<Notice>, BuildErrorKind> {
    let mut list = bundle.as_os_str().to_owned();
    list.push(".packages");
    let list = PathBuf::from(list);
    let text = fs::read_to_string(&list).map_err(CacheError::new("read", &list))?;
    text.lines().filter(|line| !line.is_empty()).map(|line| notice(&folder.join(line))).collect()
}

fn notice(package: &Path) -> Result<Notice, BuildErrorKind> {
    let path = package.join("package.json");
    let text = fs::read_to_string(&path).map_err(CacheError::new("read", &path))?;
    let description: Description =
        serde_json::from_str(&text).map_err(|error| CacheError::new("understand", &path)(error.into()))?;
    let author = match description.author {
        Some(Author::Text(name) | Author::Record { name }) => name,
        None => String::new(),
    };
    Ok(licences::of_javascript_package(package, &description.name, &description.version, description.license, &author)?)
}
