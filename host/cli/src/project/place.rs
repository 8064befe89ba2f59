//! What the arguments of a command mean: a folder, or a component of a project.

use std::path::{Path, PathBuf};

use anyhow::anyhow;

use super::{find_above, has_components, is_project};
use crate::exit::Failure;
use crate::world::World;

/// What was typed: `[DIR|COMPONENT] [COMPONENT]`.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Wanted<'a> {
    /// A folder or a component.
    pub(crate) first: Option<&'a Path>,
    /// A component of the folder.
    pub(crate) second: Option<&'a str>,
}

/// What it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A folder that is no project, or has no components yet.
    Folder(PathBuf),
    /// A project, all of it or one component.
    Project {
        /// Its folder.
        folder: PathBuf,
        /// The component's id, as it was typed.
        component: Option<String>,
    },
}

impl Place {
    /// Finds out what was meant. What contains `/` or exists is a path, all else is a component.
    ///
    /// # Errors
    /// When it could be both or is neither.
    pub(crate) fn find(world: &World, wanted: Wanted<'_>) -> Result<Self, Failure> {
        let above = find_above(&world.folder);
        let Some(first) = wanted.first else {
            return Ok(match above {
                Some(folder) if has_components(folder) => Self::Project { folder: folder.to_owned(), component: None },
                _ => Self::Folder(world.folder.clone()),
            });
        };
        let path = world.path(first);
        if let Some(component) = wanted.second {
            if !has_components(&path) {
                let what = if is_project(&path) { "has no components yet" } else { "is no project" };
                return Err(Failure::usage(anyhow!("`{}` {what}", first.display()))
                    .hint("before a component stands the folder of its project"));
            }
            return Ok(Self::Project { folder: path, component: Some(component.to_owned()) });
        }
        let text = first.to_string_lossy();
        let project = above.filter(|folder| has_components(folder));
        let is_component = project.is_some_and(|folder| component_exists(folder, &text));
        let is_path = text.contains('/') || path.exists();
        match (is_path, is_component) {
            (true, true) => Err(Failure::usage(anyhow!("`{text}` is a folder and a component")).hint(format!(
                "write `./{text}` for the folder, `{} {text}` for the component",
                spelling(project.unwrap_or(&world.folder), &world.folder)
            ))),
            (true, false) if has_components(&path) => Ok(Self::Project { folder: path, component: None }),
            (true, false) => Ok(Self::Folder(path)),
            (false, _) => match project {
                Some(folder) => Ok(Self::Project { folder: folder.to_owned(), component: Some(text.into_owned()) }),
                None => Err(Failure::usage(anyhow!("there is no folder `{text}`"))
                    .hint("it cannot be a component either: there is no project with components here or above")),
            },
        }
    }
}

// A component that nobody has written down yet cannot be confused with a folder.
fn component_exists(project: &Path, text: &str) -> bool {
    !text.contains('/') && project.join("contracts").join(text).join("interface.json").is_file()
}

fn spelling(project: &Path, folder: &Path) -> String {
    if project == folder { ".".to_owned() } else { project.display().to_string() }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests lay out folders")]
mod tests {
    use super::*;

    /// A project with the component `money`, in a folder of its own.
    fn project() -> (tempfile::TempDir, World) {
        let place = tempfile::tempdir().unwrap();
        for file in ["pact.yaml", "decomposition/tree.json", "contracts/money/interface.json", "src/money/money.x"] {
            let path = place.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let world = World { folder: place.path().to_owned(), ..World::look().unwrap() };
        (place, world)
    }

    fn find(world: &World, first: Option<&str>, second: Option<&str>) -> Result<Place, Failure> {
        Place::find(world, Wanted { first: first.map(Path::new), second })
    }

    #[test]
    fn nothing_means_the_project_around() {
        let (place, mut world) = project();
        world.folder = place.path().join("src/money");
        let all = Place::Project { folder: place.path().to_owned(), component: None };
        assert_eq!(find(&world, None, None).unwrap(), all);
    }

    #[test]
    fn what_has_a_slash_or_exists_is_a_path_and_all_else_a_component() {
        let (place, world) = project();
        assert_eq!(find(&world, Some("src"), None).unwrap(), Place::Folder(place.path().join("src")));
        assert_eq!(find(&world, Some("not/there"), None).unwrap(), Place::Folder(place.path().join("not/there")));
        let one = Place::Project { folder: place.path().to_owned(), component: Some("money".to_owned()) };
        assert_eq!(find(&world, Some("money"), None).unwrap(), one);
    }

    #[test]
    fn what_is_both_is_refused_with_the_two_spellings() {
        let (place, world) = project();
        std::fs::create_dir(place.path().join("money")).unwrap();
        insta::assert_snapshot!(find(&world, Some("money"), None).unwrap_err().words(), @r"
        error: `money` is a folder and a component
          hint: write `./money` for the folder, `. money` for the component
        ");
        assert!(matches!(find(&world, Some("./money"), None).unwrap(), Place::Folder(_)));
        let Place::Project { component, .. } = find(&world, Some("."), Some("money")).unwrap() else {
            panic!("two arguments are a project and a component")
        };
        assert_eq!(component.as_deref(), Some("money"));
    }

    #[test]
    fn a_component_needs_a_project() {
        let place = tempfile::tempdir().unwrap();
        let world = World { folder: place.path().to_owned(), ..World::look().unwrap() };
        assert_eq!(find(&world, Some("money"), None).unwrap_err().code(), 2);
        assert_eq!(find(&world, Some("."), Some("money")).unwrap_err().code(), 2);
    }
}
