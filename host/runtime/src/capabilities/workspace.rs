//! `pact:plugin/workspace`: reading files of the project, where a grant covers them.
//!
//! Takes a [`WorkspaceScope`], which only the decision makes. The folder is a capability too: no path leaves it.

use std::io::{self, Read as _};
use std::sync::Arc;

use cap_std::fs::{Dir, OpenOptions, OpenOptionsExt};
use pact_grants::WorkspaceScope;
use wasmtime::component::{HasData, Linker};

use crate::bindings::llm_provider::pact::plugin::workspace::{self, Entry, EntryKind, WorkspaceError};
use crate::guest::Guest;
use crate::meter::Meter;

/// The largest file that one read returns, as the interface says.
const FILE_BYTES: u64 = 4 << 20;

/// The most entries that one listing returns; the rest of a larger folder is an error, not a silent cut.
const ENTRIES: usize = 20_000;

/// A project folder with what may be read of it.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    folder: Arc<Dir>,
    scope: WorkspaceScope,
}

impl Workspace {
    pub(crate) fn new(folder: Arc<Dir>, scope: WorkspaceScope) -> Self {
        Self { folder, scope }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, WorkspaceError> {
        check_plain(path)?;
        if !self.scope.allows(path) {
            return Err(self.denied(path));
        }
        self.check_no_link(path)?;
        // A pipe would block here, where no limit reaches; and what became a link meanwhile is not followed.
        let mut options = OpenOptions::new();
        let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
        options.read(true).custom_flags(flags.bits().cast_signed());
        let file = self.folder.open_with(path, &options).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        if !metadata.is_file() {
            return Err(WorkspaceError::InvalidPath(format!("`{path}` is no file")));
        }
        if metadata.len() > FILE_BYTES {
            return Err(WorkspaceError::TooLarge(metadata.len()));
        }
        let mut bytes = Vec::new();
        // One byte more than allowed, so that a file that grows meanwhile is seen.
        file.take(FILE_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > FILE_BYTES {
            return Err(WorkspaceError::TooLarge(bytes.len() as u64));
        }
        Ok(bytes)
    }

    fn list(&self, path: &str) -> Result<Vec<Entry>, WorkspaceError> {
        check_plain(path)?;
        self.check_no_link(path)?;
        let metadata = self.folder.symlink_metadata(path);
        let mut entries = Vec::new();
        let readable = match &metadata {
            Ok(metadata) if metadata.is_dir() => self.folder.read_dir(path).map_err(failed)?,
            Ok(_) if self.scope.allows(path) => {
                return Err(WorkspaceError::InvalidPath(format!("`{path}` is a file")));
            }
            // Whether something ungranted exists is nobody's business.
            Ok(_) => return Err(self.denied(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound && self.scope.allows(&format!("{path}/x")) => {
                return Err(WorkspaceError::NotFound);
            }
            Err(_) => return Err(self.denied(path)),
        };
        for entry in readable {
            let entry = entry.map_err(failed)?;
            let Some(name) = entry.file_name().to_str().map(str::to_owned) else { continue };
            let kind = entry.file_type().map_err(failed)?;
            let full = format!("{path}/{name}");
            if kind.is_file() && self.scope.allows(&full) {
                entries.push(Entry { name, kind: EntryKind::File });
            } else if kind.is_dir() && self.reaches_into(&full) {
                entries.push(Entry { name, kind: EntryKind::Folder });
            }
            if entries.len() > ENTRIES {
                return Err(WorkspaceError::Failed(format!("`{path}` holds more than {ENTRIES} entries")));
            }
        }
        if entries.is_empty() && !self.reaches_into(path) {
            return Err(self.denied(path));
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// Tells whether the scope could hold something below a folder. Patterns are not run backwards: a folder counts when
    /// it lies on the way of a pattern's literal beginning, or a name below it matches.
    fn reaches_into(&self, folder: &str) -> bool {
        let below = format!("{folder}/");
        let reaches = |texts: &[String]| {
            texts.iter().any(|text| {
                let literal = text.find(['*', '?', '[', '{']).map_or(text.as_str(), |at| &text[..at]);
                literal.starts_with(&below) || below.starts_with(literal)
            })
        };
        reaches(self.scope.asked().texts()) && reaches(self.scope.granted().texts())
    }

    fn denied(&self, path: &str) -> WorkspaceError {
        let granted = self.scope.granted().texts().join("`, `");
        let asked = self.scope.asked().texts().join("`, `");
        WorkspaceError::Denied(format!(
            "no grant covers `{path}`: plugin.toml asks for `{asked}`, and workspace.read in pact.yaml allows `{granted}`"
        ))
    }

    fn check_no_link(&self, path: &str) -> Result<(), WorkspaceError> {
        for (at, _) in path.match_indices('/').chain([(path.len(), "")]) {
            let prefix = &path[..at];
            match self.folder.symlink_metadata(prefix) {
                Ok(metadata) if metadata.is_symlink() => {
                    return Err(WorkspaceError::Denied(format!("`{prefix}` is a symbolic link, and none is followed")));
                }
                Ok(_) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
                Err(error) => return Err(failed(error)),
            }
        }
        Ok(())
    }
}

fn check_plain(path: &str) -> Result<(), WorkspaceError> {
    let plain = path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains(['\\', '\0']);
    if plain {
        Ok(())
    } else {
        Err(WorkspaceError::InvalidPath(format!("`{}` must be relative and plain", path.escape_debug())))
    }
}

fn failed(error: io::Error) -> WorkspaceError {
    match error.kind() {
        io::ErrorKind::NotFound => WorkspaceError::NotFound,
        kind => WorkspaceError::Failed(kind.to_string()),
    }
}

/// What the interface needs of a guest.
pub(crate) struct WorkspaceView<'a> {
    workspace: Option<&'a Workspace>,
    meter: &'a mut Meter,
}

struct Workspaces;

impl HasData for Workspaces {
    type Data<'a> = WorkspaceView<'a>;
}

pub(crate) fn link(linker: &mut Linker<Guest>) -> wasmtime::Result<()> {
    workspace::add_to_linker::<Guest, Workspaces>(linker, |guest| WorkspaceView {
        workspace: guest.workspace.as_ref(),
        meter: &mut guest.meter,
    })
}

impl WorkspaceView<'_> {
    fn workspace(&mut self) -> wasmtime::Result<Result<&Workspace, WorkspaceError>> {
        self.meter.check_host_calls()?;
        Ok(self.workspace.ok_or_else(|| WorkspaceError::Denied("there is no project folder here".to_owned())))
    }
}

impl workspace::Host for WorkspaceView<'_> {
    fn read(&mut self, path: String) -> wasmtime::Result<Result<Vec<u8>, WorkspaceError>> {
        Ok(self.workspace()?.and_then(|workspace| workspace.read(&path)))
    }

    fn list(&mut self, folder: String) -> wasmtime::Result<Result<Vec<Entry>, WorkspaceError>> {
        Ok(self.workspace()?.and_then(|workspace| workspace.list(&folder)))
    }
}

#[cfg(test)]
mod tests {
    use cap_std::ambient_authority;
    use pact_grants::{Grant, Manifest, Patterns, Profile, UserGrants, decide};

    use super::*;

    fn workspace(granted: &str) -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().unwrap();
        let dir = Dir::open_ambient_dir(folder.path(), ambient_authority()).unwrap();
        dir.create_dir_all("transcript/notes").unwrap();
        dir.write("transcript/notes/1.md", b"one").unwrap();
        dir.write("transcript/secret.env", b"s").unwrap();
        dir.write("other.txt", b"o").unwrap();
        dir.symlink("../other.txt", "transcript/link.md").unwrap();
        let manifest = Manifest::parse(
            "id = 'p'\nversion = '1'\nworld = 'llm-provider'\nlicense = 'MIT'\n\
             [[ask]]\ncapability = 'workspace.read'\nscope = 'transcript/**'\nreason = 'r'\n",
        )
        .unwrap();
        let mut grants = UserGrants::default();
        let grant = Grant { workspace_read: Some(Patterns::parse([granted]).unwrap()) };
        grants.insert("p".parse().unwrap(), grant);
        let scope = decide(&manifest, &grants, Profile::Dev).unwrap().workspace().unwrap().clone();
        (folder, Workspace::new(Arc::new(dir), scope))
    }

    #[test]
    fn reads_what_is_granted_and_nothing_beside_it() {
        let (_folder, workspace) = workspace("transcript/**/*.md");
        assert_eq!(workspace.read("transcript/notes/1.md").unwrap(), b"one");
        for path in ["transcript/secret.env", "other.txt"] {
            assert!(matches!(workspace.read(path), Err(WorkspaceError::Denied(_))), "{path}");
        }
        assert!(matches!(workspace.read("transcript/none.md"), Err(WorkspaceError::NotFound)));
    }

    #[test]
    fn a_denial_names_the_grant() {
        let (_folder, workspace) = workspace("transcript/**/*.md");
        let Err(WorkspaceError::Denied(text)) = workspace.read("other.txt") else { panic!("it was read") };
        assert!(text.contains("transcript/**/*.md") && text.contains("workspace.read"), "{text}");
    }

    #[test]
    fn follows_no_link_and_takes_no_path_that_is_not_plain() {
        let (_folder, workspace) = workspace("**");
        assert!(matches!(workspace.read("transcript/link.md"), Err(WorkspaceError::Denied(_))));
        for path in ["../other.txt", "transcript/../other.txt", "/etc/passwd", "", "transcript//x", "a\\b"] {
            assert!(matches!(workspace.read(path), Err(WorkspaceError::InvalidPath(_))), "{path}");
        }
    }

    #[test]
    fn a_listing_leaves_out_what_no_grant_covers() {
        let (_folder, workspace) = workspace("transcript/**/*.md");
        let names: Vec<String> = workspace.list("transcript").unwrap().into_iter().map(|entry| entry.name).collect();
        assert_eq!(names, ["notes"]);
        assert!(matches!(workspace.list("other.txt"), Err(WorkspaceError::Denied(_))));
        assert!(matches!(workspace.list("elsewhere"), Err(WorkspaceError::Denied(_))));
    }
}
