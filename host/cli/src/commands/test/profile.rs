//! `--profile`: where the fuel of a suite goes. Files for each suite, and what matters of them as tables.

mod document;
mod flame;
mod table;

use std::path::Path;

use cap_std::ambient_authority;
use cap_std::fs::Dir;
use pact_pipeline::judge::Profiled;

use crate::exit::Failure;
use crate::ui;

pub(super) use document::Summary;
pub(super) use table::tables;

/// What the files of a plain folder are called, where those of components have their ids.
pub(super) const FOLDER: &str = "tests";

/// Makes sure that there is a folder to write to. Before anything runs.
///
/// # Errors
/// When it cannot be made.
pub(super) fn prepare(folder: &Path) -> Result<(), Failure> {
    open(folder).map(|_| ()).map_err(|error| failure(folder, error))
}

/// Writes `SUITE.svg`, the flame graph, and `SUITE.json`, the tree with its numbers.
///
/// # Errors
/// When the runner cannot be profiled, and when the folder cannot be written.
pub(super) fn write(folder: &Path, suite: &str, profiled: &Profiled) -> Result<(), Failure> {
    let Some(profile) = &profiled.profile else {
        return Err(Failure::usage(anyhow::anyhow!("the runner of `{suite}` cannot tell which functions run"))
            .hint("leave out --profile; its author can import the interface `profile`"));
    };
    let svg = flame::svg(suite, profile).map_err(Failure::bug)?;
    let document = document::Document::new(suite, profiled, profile);
    let json = serde_json::to_string_pretty(&document).map_err(Failure::bug)?;
    let write = || -> std::io::Result<()> {
        let dir = open(folder)?;
        dir.write(format!("{suite}.svg"), svg)?;
        dir.write(format!("{suite}.json"), ui::json(&json) + "\n")
    };
    write().map_err(|error| failure(folder, error))
}

fn open(folder: &Path) -> std::io::Result<Dir> {
    Dir::create_ambient_dir_all(folder, ambient_authority())?;
    Dir::open_ambient_dir(folder, ambient_authority())
}

fn failure(folder: &Path, error: std::io::Error) -> Failure {
    Failure::usage(error).context(format!("write a profile into `{}`", folder.display()))
}

#[cfg(test)]
mod fixture {
    use pact_model::profile::{Frame, Function, Node, Profile};
    use pact_pipeline::judge::Profiled;

    /// Two tests, of which one calls a function with markup in its name.
    pub(super) fn profiled() -> Profiled {
        let function = |name: &str, line| Function { name: name.to_owned(), path: "shop.x".to_owned(), line };
        let node = |parent, frame, fuel, calls| Node { parent, frame, fuel, calls };
        let test = |id: &str| Frame::Test(id.to_owned());
        let nodes = vec![
            node(None, Frame::Outside, 5_000, 0),
            node(None, test("test_shop.x::sells"), 100, 1),
            node(Some(1), Frame::Function(0), 2_000, 1),
            node(Some(2), Frame::Function(1), 1_234_567, 40),
            node(None, test("test_shop.x::a;b\u{1b}[31m 7"), 300, 1),
            node(Some(4), Frame::Folded, 70, 2),
        ];
        let functions = vec![function("sell", 3), function("</title><script>alert(1)</script>;\u{202e}\u{1b}[2J 5", 9)];
        let profile = Profile { functions, nodes, measuring_fuel: 9_000, folded_calls: 2, unmatched: 0 };
        Profiled { profile: Some(profile), receipts: vec![], cut: Some("not run: \u{1b}too much".to_owned()) }
    }
}
