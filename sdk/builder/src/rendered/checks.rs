//! Which tools look at which rendered files, and how each file is spoilt to see whether they look.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Check, RenderedError, Tools};
use crate::{cache::CacheError, child::Child, python::isolated};

/// What is laid out as its language's formatter leaves it: what a project keeps in its folder and runs. The other modules have
/// one line for each field, however long that is.
const FORMATTED: [&str; 3] = ["_events", "_test", "_test.test"];

/// Returns all runs over the files in `root`.
pub(super) fn checks(tools: &Tools, root: &Path) -> Result<Vec<Check>, RenderedError> {
    let ill_typed = [("python", "\n\n_x: int = \"a\"\n"), ("typescript", "\nexport const _x: number = \"a\";\n")];
    let unformatted =
        [("python", "_y  =  1\n"), ("typescript", "const  _y  =  1\n"), ("javascript", "const  _y  =  1\n")];
    let mut checks = Vec::new();
    for (language, spoilt) in unformatted {
        let files: Vec<_> = files(&root.join(language))?.into_iter().filter(|path| is_formatted(path)).collect();
        let (tool, child) = if language == "python" {
            let ruff = isolated(Child::new(tools.python.join("ruff"), root));
            ("ruff format", ruff.args(["format", "--check", "--isolated", "--no-cache"]))
        } else {
            let prettier = node(tools, root, "prettier/bin/prettier.cjs");
            ("prettier", prettier.args(["--check", "--no-config", "--no-editorconfig"]))
        };
        let file = below(root, files.first());
        checks.push(Check { tool, child: child.args(&files), file, spoilt });
    }
    for (language, spoilt) in ill_typed {
        for folder in folders(&root.join(language))? {
            let (tool, child, module) = if language == "python" {
                let mypy = isolated(Child::new(tools.python.join("mypy"), &folder)).arg("--config-file");
                let mypy = mypy.arg(tools.settings.join("mypy.ini")).arg("--cache-dir").arg(root.join("mypy-cache"));
                ("mypy --strict", mypy.arg("."), "bank.py")
            } else {
                let tsc = node(tools, &folder, "typescript/bin/tsc");
                ("tsc --strict", tsc.args(["--project", ".", "--pretty", "false"]), "bank.ts")
            };
            checks.push(Check { tool, child, file: below(root, Some(&folder.join(module))), spoilt });
        }
    }
    for folder in folders(&root.join("javascript"))? {
        // As a module: what is in the folder says nothing of it.
        let read = "const { readdirSync, readFileSync } = await import('node:fs'); \
                    const { SourceTextModule } = await import('node:vm'); \
                    for (const name of readdirSync('.')) { \
                    try { new SourceTextModule(readFileSync(name, 'utf8')); } \
                    catch (error) { console.log(name, String(error)); process.exitCode = 1; } }";
        let child = Child::new("node", &folder).unset("NODE_OPTIONS");
        let child = child.args(["--experimental-vm-modules", "--no-warnings", "--input-type=module", "--eval", read]);
        let file = below(root, Some(&folder.join("bank.js")));
        checks.push(Check { tool: "node", child, file, spoilt: "const = 1;\n" });
    }
    Ok(checks)
}

/// A program of npm, without what the user's own settings say.
fn node(tools: &Tools, folder: &Path, program: &str) -> Child {
    Child::new("node", folder).unset("NODE_OPTIONS").arg(tools.node.join(program))
}

fn below(root: &Path, path: Option<&PathBuf>) -> PathBuf {
    path.and_then(|path| path.strip_prefix(root).ok()).unwrap_or(Path::new("nothing")).to_owned()
}

fn is_formatted(path: &Path) -> bool {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    FORMATTED.iter().any(|end| stem.ends_with(end)) && !stem.contains("_probe")
}

pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>, RenderedError> {
    let mut all = Vec::new();
    for folder in folders(folder)? {
        all.extend(entries(&folder)?);
    }
    Ok(all)
}

fn folders(folder: &Path) -> Result<Vec<PathBuf>, RenderedError> {
    Ok(entries(folder)?.into_iter().filter(|path| path.is_dir()).collect())
}

/// Returns what is in a folder, sorted. An empty one is an error: nothing would be looked at.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, RenderedError> {
    let failed = || CacheError::new("read", folder);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed())? {
        paths.push(entry.map_err(failed())?.path());
    }
    paths.sort();
    if paths.is_empty() {
        return Err(failed()(std::io::ErrorKind::NotFound.into()).into());
    }
    Ok(paths)
}
