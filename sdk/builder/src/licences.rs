//! The notices of everything that goes into a plugin. A package without any is an error, never a gap in the text.
//!
//! Where a package carries licence files, those are taken, all of them. Where it carries none but states an SPDX
//! expression, the standard text of every licence in the expression is taken, with the authors that the package names.
//! Where it states nothing, the build fails. Of a Rust plugin every crate counts that is not only for building or
//! testing; macros are counted too, which errs on the side of too many.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use cargo_metadata::{DependencyKind, Metadata, Package, PackageId};
use serde::{Deserialize, Serialize};
use spdx::{Expression, ParseMode};

use crate::{cache::CacheError, plugin::Bundled};

/// Beginnings of the names of files that are notices, in capitals.
const NOTICE_FILES: &[&str] = &["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "UNLICENSE", "AUTHORS"];

/// A package whose notice cannot be given.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LicenceError {
    /// No licence file and no expression.
    #[error("the package `{package}` has no licence file and states no licence; it cannot be shipped")]
    Missing {
        /// Name and version.
        package: String,
    },
    /// There is only an expression, and it is wrong.
    #[error(
        "the package `{package}` has no licence file, and its licence `{expression}` has no standard text: {reason}"
    )]
    Expression {
        /// Name and version.
        package: String,
        /// What the package states.
        expression: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Cargo's answer is not complete.
    #[error("cargo did not resolve the dependencies")]
    Unresolved,
    /// A file could not be read.
    #[error(transparent)]
    Read(#[from] CacheError),
}

/// The notice of one package.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Notice {
    name: String,
    version: String,
    license: Option<String>,
    texts: Vec<String>,
}

/// A list of notices, as it is kept beside a built library.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Notices {
    #[serde(default)]
    pub(crate) notices: Vec<Notice>,
}

impl Notices {
    /// Returns the text for people: per package its licence, each different text once. `whole` is what they are part of.
    pub(crate) fn render(mut self, whole: &str) -> String {
        self.notices.sort();
        self.notices.dedup();
        let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut out = format!("What {whole} is made of:\n\n");
        for notice in self.notices {
            let title = format!("{} {}", notice.name, notice.version);
            let _ = writeln!(out, "{title} ({})", notice.license.as_deref().unwrap_or("licence as in its notice"));
            for text in notice.texts {
                texts.entry(text.replace("\r\n", "\n").trim().to_owned()).or_default().push(title.clone());
            }
        }
        let mut ordered: Vec<_> = texts.into_iter().map(|(text, packages)| (packages, text)).collect();
        ordered.sort();
        for (packages, text) in ordered {
            let _ = write!(out, "\n{}\n{}\n\n{text}\n", "=".repeat(78), packages.join(", "));
        }
        out
    }
}

/// Returns the notices of all crates that are linked into `roots`, themselves included.
pub(crate) fn of_crates(metadata: &Metadata, roots: &[&PackageId]) -> Result<Vec<Notice>, LicenceError> {
    let resolve = metadata.resolve.as_ref().ok_or(LicenceError::Unresolved)?;
    let edges: BTreeMap<&PackageId, Vec<&PackageId>> = resolve
        .nodes
        .iter()
        .map(|node| {
            let linked = node
                .deps
                .iter()
                .filter(|dep| dep.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal))
                .map(|dep| &dep.pkg)
                .collect();
            (&node.id, linked)
        })
        .collect();
    let mut seen = BTreeSet::new();
    let mut open = roots.to_vec();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            open.extend(edges.get(id).ok_or(LicenceError::Unresolved)?);
        }
    }
    metadata.packages.iter().filter(|package| seen.contains(&package.id)).map(of_crate).collect()
}

fn of_crate(package: &Package) -> Result<Notice, LicenceError> {
    let folder = package.manifest_path.parent().map(|path| path.as_std_path().to_owned()).unwrap_or_default();
    let mut files = notice_files(&folder)?;
    if let Some(file) = &package.license_file {
        files.insert(folder.join(file));
    }
    notice(&package.name, &package.version.to_string(), package.license.clone(), &files, &package.authors.join(", "))
}

/// Returns the notices of all packages that pip installed into `site`.
pub(crate) fn of_python_packages(site: &Path) -> Result<Vec<Notice>, LicenceError> {
    let mut notices = Vec::new();
    for entry in fs::read_dir(site).map_err(CacheError::new("read", site))? {
        let folder = entry.map_err(CacheError::new("read", site))?.path();
        if folder.extension().is_some_and(|extension| extension == "dist-info") {
            notices.push(of_dist_info(&folder)?);
        }
    }
    Ok(notices)
}

fn of_dist_info(folder: &Path) -> Result<Notice, LicenceError> {
    let path = folder.join("METADATA");
    let text = fs::read_to_string(&path).map_err(CacheError::new("read", &path))?;
    let header = |name: &str| python_header(&text, name);
    let mut files = notice_files(folder)?;
    let licenses = folder.join("licenses");
    if licenses.is_dir() {
        files.extend(
            crate::inputs::files(&licenses)
                .map_err(|error| CacheError::new("read", &licenses)(std::io::Error::other(error.to_string())))?,
        );
    }
    let authors = header("Author").or_else(|| header("Author-email")).unwrap_or_default();
    let license = header("License-Expression").or_else(|| header("License"));
    notice(&header("Name").unwrap_or_default(), &header("Version").unwrap_or_default(), license, &files, &authors)
}

/// Returns a header of a Python package's metadata. A value of several lines is a text, not an expression: left out.
pub(crate) fn python_header(metadata: &str, name: &str) -> Option<String> {
    let head = metadata.split("\n\n").next().unwrap_or_default();
    let mut lines = head.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some((found, value)) = line.split_once(':')
            && found.eq_ignore_ascii_case(name)
        {
            let one_line = !lines.peek().is_some_and(|next| next.starts_with([' ', '\t']));
            return one_line.then(|| value.trim().to_owned()).filter(|value| !value.is_empty());
        }
    }
    None
}

/// Returns the notice of a source package that was compiled: its own, without what it links.
pub(crate) fn of_source_package(folder: &Path, metadata: &str) -> Result<Notice, LicenceError> {
    let header = |name: &str| python_header(metadata, name);
    let license = header("License-Expression").or_else(|| header("License"));
    let name = header("Name").unwrap_or_default();
    notice(&name, &header("Version").unwrap_or_default(), license, &notice_files(folder)?, "")
}

/// Returns the notice of a package of npm that lies in `folder`.
pub(crate) fn of_javascript_package(
    folder: &Path,
    name: &str,
    version: &str,
    license: Option<String>,
    author: &str,
) -> Result<Notice, LicenceError> {
    notice(name, version, license, &notice_files(folder)?, author)
}

/// Returns the notice of something that comes with a tool.
pub(crate) fn of_bundled(bundled: &Bundled) -> Result<Notice, LicenceError> {
    notice(&bundled.name, &bundled.version, Some(bundled.license.clone()), &BTreeSet::new(), &bundled.copyright)
}

fn notice(
    name: &str,
    version: &str,
    license: Option<String>,
    files: &BTreeSet<PathBuf>,
    authors: &str,
) -> Result<Notice, LicenceError> {
    let package = format!("{name} {version}");
    let mut texts = Vec::new();
    for file in files {
        let bytes = fs::read(file).map_err(CacheError::new("read", file))?;
        texts.push(String::from_utf8_lossy(&bytes).into_owned());
    }
    // A list of authors is no licence.
    let has_licence = files.iter().any(|file| !name_of(file).starts_with("AUTHORS"));
    if !has_licence {
        let expression = license.as_deref().ok_or_else(|| LicenceError::Missing { package: package.clone() })?;
        texts.extend(standard_texts(&package, expression, authors)?);
    }
    Ok(Notice { name: name.to_owned(), version: version.to_owned(), license, texts })
}

fn standard_texts(package: &str, expression: &str, authors: &str) -> Result<Vec<String>, LicenceError> {
    let wrong = |reason: String| LicenceError::Expression {
        package: package.to_owned(),
        expression: expression.to_owned(),
        reason,
    };
    let parsed = Expression::parse_mode(expression, ParseMode::LAX).map_err(|error| wrong(error.reason.to_string()))?;
    let mut texts =
        vec![format!("Copyright of {package}: {}", if authors.is_empty() { "its authors" } else { authors })];
    for requirement in parsed.requirements() {
        let licence =
            requirement.req.license.id().ok_or_else(|| wrong(format!("`{}` is not known", requirement.req)))?;
        texts.push(licence.text().to_owned());
        if let Some(spdx::AdditionItem::Spdx(exception)) = &requirement.req.addition {
            texts.push(exception.text().to_owned());
        }
    }
    Ok(texts)
}

fn notice_files(folder: &Path) -> Result<BTreeSet<PathBuf>, LicenceError> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(CacheError::new("read", folder))? {
        let path = entry.map_err(CacheError::new("read", folder))?.path();
        let is_source = path
            .extension()
            .is_some_and(|extension| ["rs", "py", "js", "ts"].iter().any(|ending| extension == *ending));
        if path.is_file() && !is_source && NOTICE_FILES.iter().any(|start| name_of(&path).starts_with(start)) {
            found.insert(path);
        }
    }
    Ok(found)
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(license: Option<&str>, files: &BTreeSet<PathBuf>) -> Result<Notice, LicenceError> {
        notice("leaf", "1.0.0", license.map(str::to_owned), files, "A. Author")
    }

    #[test]
    fn a_package_without_any_licence_is_named() {
        let error = plain(None, &BTreeSet::new()).unwrap_err().to_string();
        assert!(error.contains("leaf 1.0.0"), "{error}");
    }

    #[test]
    fn a_list_of_authors_is_no_licence() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("AUTHORS"), "me").unwrap();
        assert!(plain(None, &notice_files(folder.path()).unwrap()).is_err());
    }

    #[test]
    fn a_licence_file_is_enough_and_is_taken_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("licence.md"), "do as you like").unwrap();
        fs::write(folder.path().join("license.rs"), "fn main() {}").unwrap();
        let notice = plain(None, &notice_files(folder.path()).unwrap()).unwrap();
        assert_eq!(notice.texts, ["do as you like"]);
    }

    #[test]
    fn a_stated_licence_brings_its_standard_text_and_the_authors() {
        let notice = plain(Some("MIT/Apache-2.0 WITH LLVM-exception"), &BTreeSet::new()).unwrap();
        let text = notice.texts.join("\n");
        assert!(text.contains("A. Author"));
        assert!(text.contains("Permission is hereby granted") && text.contains("LLVM Exceptions"), "{text}");
    }

    #[test]
    fn a_made_up_licence_is_refused() {
        let error = plain(Some("Free-As-In-Beer"), &BTreeSet::new()).unwrap_err();
        assert!(matches!(error, LicenceError::Expression { .. }), "{error}");
    }

    #[test]
    fn a_text_shared_by_two_packages_is_printed_once() {
        let one = Notice {
            name: "a".into(),
            version: "1".into(),
            license: Some("MIT".into()),
            texts: vec!["same\r\n".into()],
        };
        let two = Notice { name: "b".into(), texts: vec!["same".into()], ..one.clone() };
        let text = Notices { notices: vec![two, one] }.render("p");
        assert_eq!(text.matches("same").count(), 1, "{text}");
        assert!(text.contains("a 1, b 1"), "{text}");
    }

    #[test]
    fn a_python_header_of_several_lines_is_not_an_expression() {
        let metadata = "Name: x\nLicense: MIT License\n  Copyright\nVersion: 2\n\nLicense-Expression: no\n";
        assert_eq!(python_header(metadata, "license"), None);
        assert_eq!(python_header(metadata, "version"), Some("2".into()));
        assert_eq!(python_header(metadata, "License-Expression"), None);
    }
}
