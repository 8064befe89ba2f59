//! What is timed: two commands over files that are written for it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use serde_json::{Value, json};

/// Something to time.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    /// In a few words, for people.
    pub(crate) about: &'static str,
    /// Writes its files into a folder and returns the commands.
    pub(crate) prepare: fn(folder: &Path, pact: &Path, peers: &Peers) -> anyhow::Result<Prepared>,
}

/// What the other side is started with.
#[derive(Debug)]
pub(crate) struct Peers {
    /// The interpreter.
    pub(crate) python: PathBuf,
    /// A folder with `node_modules/vitest`.
    pub(crate) vitest: PathBuf,
}

/// Two commands that do the same work, or work that differs in what is measured.
pub(crate) struct Prepared {
    pub(crate) ours: Command,
    pub(crate) theirs: Command,
    /// Where the difference between the two is so many times what is measured.
    pub(crate) per: Option<u32>,
}

/// Returns `pact test` of a folder, with a cache of compiled plugins that later runs share.
pub(crate) fn pact_test(program: &Path, folder: &Path, options: &[&str]) -> Command {
    pact(program, "test", folder, options)
}

/// Returns a command of pact about a folder.
#[expect(clippy::disallowed_methods, reason = "whole processes are what is timed")]
pub(crate) fn pact(program: &Path, name: &str, folder: &Path, options: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.arg(name).arg(folder).args(options);
    command
}

/// Returns `python -m pytest` in a folder. Without its cache pytest leaves nothing behind, as pact does.
#[expect(clippy::disallowed_methods, reason = "whole processes are what is timed")]
pub(crate) fn pytest(peers: &Peers, folder: &Path) -> Command {
    let mut command = Command::new(&peers.python);
    command.args(["-B", "-m", "pytest", "-q", "-p", "no:cacheprovider"]).arg(folder).current_dir(folder);
    command
}

/// Writes files below a folder.
#[expect(clippy::disallowed_methods, reason = "the scenarios write what they time")]
pub(crate) fn write(folder: &Path, files: &[(&str, &str)]) -> anyhow::Result<()> {
    for (path, text) in files {
        let path = folder.join(path);
        let above = path.parent().context("a file lies in a folder")?;
        std::fs::create_dir_all(above).with_context(|| format!("make `{}`", above.display()))?;
        std::fs::write(&path, text).with_context(|| format!("write `{}`", path.display()))?;
    }
    Ok(())
}

/// Writes a project of so many components of Python, each with the same code and tests.
pub(crate) fn write_project(
    folder: &Path,
    count: usize,
    code: &str,
    tests: &str,
    function: &Value,
) -> anyhow::Result<()> {
    let files = |id: &str| {
        [
            (format!("src/{id}/{id}.py"), code.to_owned()),
            (format!("tests/{id}/contract_test.py"), tests.replace("COMPONENT", id)),
        ]
    };
    write_components(folder, "python", count, function, files)?;
    // For the other side: each part is on the import path.
    let paths: Vec<String> = (0..count).map(|at| format!("src/part_{at}")).collect();
    let settings = format!(
        "[pytest]\naddopts = --import-mode=importlib\npython_files = contract_test.py\npythonpath = {}\n",
        paths.join(" ")
    );
    write(folder, &[("pytest.ini", &settings)])
}

/// Writes a project of the components `part_0`, `part_1` and so on, each with the same function and with files by its id.
pub(crate) fn write_components(
    folder: &Path,
    language: &str,
    count: usize,
    function: &Value,
    files: impl Fn(&str) -> [(String, String); 2],
) -> anyhow::Result<()> {
    let ids: Vec<String> = (0..count).map(|at| format!("part_{at}")).collect();
    let mut nodes = serde_json::Map::new();
    let node = |id: &str, parent: &str, children: &[String], depth: u32| {
        json!({"component_id": id, "name": id, "description": "A part.", "depth": depth, "parent_id": parent,
               "children": children, "dependencies": [], "implementation_status": "tested"})
    };
    nodes.insert("root".to_owned(), node("root", "", &ids, 0));
    for id in &ids {
        nodes.insert(id.clone(), node(id, "root", &[], 1));
        let contract = json!({"component_id": id, "name": id, "description": "A part.", "version": 1, "types": [], "functions": [function]});
        write(folder, &[(&format!("contracts/{id}/interface.json"), &contract.to_string())])?;
        for (path, text) in files(id) {
            write(folder, &[(&path, &text)])?;
        }
    }
    write(
        folder,
        &[
            ("task.md", "# Parts\n\nMany of them.\n"),
            ("pact.yaml", &format!("language: {language}\n")),
            ("decomposition/tree.json", &json!({"root_id": "root", "nodes": nodes}).to_string()),
            ("decomposition/decisions.json", "[]"),
        ],
    )
}
