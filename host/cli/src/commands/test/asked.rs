//! What the arguments of `pact test` mean: a folder, components of a project, or test files.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use pact_model::component_id::ComponentId;

use super::chosen::Chosen;
use crate::exit::Failure;
use crate::project::{Place, Wanted, has_components};
use crate::world::World;

/// What is to be tested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    /// The tests of a folder, all of them or those of some files.
    Folder {
        /// The suite's root.
        folder: PathBuf,
        /// The files that were named.
        chosen: Option<Chosen>,
    },
    /// The components of a project.
    Project {
        /// Its folder.
        folder: PathBuf,
        /// Those that were named, as they were typed; empty for all.
        components: Vec<String>,
    },
}

impl Asked {
    /// Finds out what was meant by `[DIR|COMPONENT|FILE[::TEST]]...`.
    ///
    /// # Errors
    /// When it could be several things or is none, and when files and other places are mixed.
    pub(super) fn find(world: &World, places: &[PathBuf]) -> Result<Self, Failure> {
        let file = places.iter().find(|place| is_file_like(world, place));
        let other = places.iter().find(|place| !is_file_like(world, place));
        match (file, other) {
            (Some(file), Some(other)) => Err(Failure::usage(anyhow!(
                "`{}` is a test file and `{}` is none",
                file.display(),
                other.display()
            ))
            .hint(
                "name test files, or components, or one folder; files are those of the working folder, or of `-C DIR`",
            )),
            (Some(_), None) => {
                let chosen = Chosen::parse(world, places)?;
                Ok(Self::Folder { folder: world.folder.clone(), chosen: Some(chosen) })
            }
            (None, _) => Self::find_place(world, places),
        }
    }

    fn find_place(world: &World, places: &[PathBuf]) -> Result<Self, Failure> {
        let (first, rest) = match places {
            [] => (None, [].as_slice()),
            [first, rest @ ..] => (Some(first.as_path()), rest),
        };
        let words = |rest: &[PathBuf]| rest.iter().map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>();
        let second = words(rest).into_iter().next();
        // A folder before components; a word alone may be either, as everywhere.
        let is_folder = first.is_some_and(|first| has_components(&world.path(first)) || is_path(world, first));
        if rest.is_empty() || (is_folder && !rest.iter().any(|word| is_path(world, word))) {
            return Ok(match Place::find(world, Wanted { first, second: second.as_deref() })? {
                Place::Folder(folder) => Self::Folder { folder, chosen: None },
                Place::Project { folder, component } if rest.is_empty() => {
                    Self::Project { folder, components: component.into_iter().collect() }
                }
                Place::Project { folder, .. } => Self::Project { folder, components: words(rest) },
            });
        }
        let (mut project, mut components) = (None, Vec::new());
        for place in places {
            match Place::find(world, Wanted { first: Some(place), second: None })? {
                Place::Project { folder, component: Some(component) } => {
                    project = Some(folder);
                    components.push(component);
                }
                Place::Folder(_) | Place::Project { component: None, .. } => {
                    return Err(Failure::usage(anyhow!(
                        "`{}` is one of several places, and a folder",
                        place.display()
                    ))
                    .hint("name one folder, or one project and components of it, or test files"));
                }
            }
        }
        let folder = project.ok_or_else(|| Failure::bug(anyhow!("several places are none")))?;
        Ok(Self::Project { folder, components })
    }
}

/// Whether it can only be a file: it is one, or its name has what no folder of tests and no component has.
fn is_file_like(world: &World, place: &Path) -> bool {
    let text = place.to_string_lossy();
    let path = world.path(place);
    let may_be_new = || !path.exists() && place.extension().is_some() && ComponentId::new(text.as_ref()).is_err();
    text.contains("::") || path.is_file() || may_be_new()
}

fn is_path(world: &World, place: &Path) -> bool {
    place.to_string_lossy().contains('/') || world.path(place).exists()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests lay out folders")]
mod tests {
    use super::*;

    /// A project with two components and a folder beside them.
    fn project() -> (tempfile::TempDir, World) {
        let place = tempfile::tempdir().unwrap();
        for file in [
            "pact.yaml",
            "decomposition/tree.json",
            "contracts/money/interface.json",
            "contracts/rates/interface.json",
            "tests/test_a.x",
        ] {
            let path = place.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let world = World { folder: place.path().to_owned(), ..World::look().unwrap() };
        (place, world)
    }

    fn find(world: &World, places: &[&str]) -> Result<Asked, Failure> {
        Asked::find(world, &places.iter().map(PathBuf::from).collect::<Vec<_>>())
    }

    #[test]
    fn several_words_are_components_of_the_project_around_or_of_the_first() {
        let (place, world) = project();
        let both = Asked::Project {
            folder: place.path().to_owned(),
            components: vec!["money".to_owned(), "rates".to_owned()],
        };
        assert_eq!(find(&world, &["money", "rates"]).unwrap(), both);
        let elsewhere = World { folder: "/".into(), ..world.clone() };
        assert_eq!(find(&elsewhere, &[place.path().to_str().unwrap(), "money", "rates"]).unwrap(), both);
        let all = Asked::Project { folder: place.path().to_owned(), components: vec![] };
        assert_eq!(find(&world, &[]).unwrap(), all);
    }

    #[test]
    fn files_are_those_of_the_working_folder() {
        let (place, world) = project();
        for file in ["tests/test_a.x", "tests/test_a.x::test_b", "./tests/../tests/test_a.x"] {
            let Asked::Folder { folder, chosen: Some(chosen) } = find(&world, &[file]).unwrap() else {
                panic!("{file} is a file")
            };
            assert_eq!((folder.as_path(), chosen.paths().collect::<Vec<_>>()), (place.path(), vec!["tests/test_a.x"]));
        }
    }

    #[test]
    fn files_and_other_places_do_not_mix() {
        let (_place, world) = project();
        insta::assert_snapshot!(find(&world, &["money", "tests/test_a.x"]).unwrap_err().words(), @r"
        error: `tests/test_a.x` is a test file and `money` is none
          hint: name test files, or components, or one folder; files are those of the working folder, or of `-C DIR`
        ");
        insta::assert_snapshot!(find(&world, &["money", "tests"]).unwrap_err().words(), @r"
        error: `tests` is one of several places, and a folder
          hint: name one folder, or one project and components of it, or test files
        ");
    }
}
