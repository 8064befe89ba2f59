//! Modules from elsewhere: what is missing is named with the way to get it, and what was got is found.

use crate::document::Document;
use crate::support::{Ended, folder, pact, project, write};

const SUITE: &str = "import numbers_of_ours\n\n\ndef test_sum():\n    assert numbers_of_ours.total([1, 2]) == 3\n";

#[test]
fn a_missing_module_comes_with_the_line_that_would_provide_it() {
    let ended = pact(&project("python-missing-module"), ["test"]).with_code(1);
    let hint = hint(&ended);
    assert_eq!(hint[0], "hint: nothing provides `surely_not_installed`; to let tests import it:");
    assert!(hint[1].starts_with("python3 -m pip install --target packages "), "{hint:?}");
    assert!(hint[1].ends_with(" surely_not_installed"), "{hint:?}");
    assert_eq!(hint[2], "pact test --packages packages");
}

#[test]
fn the_line_names_the_folder_that_the_user_named() {
    let folder = folder(&[("test_sum.py", SUITE), ("vendor/other.py", "")]);
    let ended = pact(folder.path(), ["test", "--packages", "vendor"]).with_code(1);
    let hint = hint(&ended);
    assert!(hint[1].starts_with("python3 -m pip install --target vendor "), "{hint:?}");
    assert_eq!(hint[2], "pact test --packages vendor");
}

#[test]
fn a_module_in_the_folder_of_packages_is_imported() {
    let folder = folder(&[("test_sum.py", SUITE)]);
    let packages = self::folder(&[("numbers_of_ours/__init__.py", "def total(items):\n    return sum(items)\n")]);
    pact(folder.path(), ["test"]).with_code(1);
    let packages = packages.path().to_str().unwrap();
    let document = Document::of(&pact(folder.path(), ["test", "--json", "--packages", packages]).with_code(0));
    assert_eq!(document.ids(), ["test_sum.py::test_sum"]);
}

#[test]
fn tests_of_packages_are_not_collected() {
    let folder = folder(&[("test_sum.py", SUITE)]);
    write(&folder.path().join("packages/numbers_of_ours.py"), "def total(items):\n    return sum(items)\n");
    write(&folder.path().join("packages/test_of_theirs.py"), "def test_theirs():\n    assert False\n");
    write(&folder.path().join(".gitignore"), "/packages/\n");
    let ended = pact(folder.path(), ["test", "--json", "--packages", "packages"]).with_code(0);
    assert_eq!(Document::of(&ended).ids(), ["test_sum.py::test_sum"]);
}

#[test]
fn a_folder_of_packages_that_is_not_there_is_named() {
    let ended = pact(&project("python-bank"), ["test", "--packages", "/nowhere/at/all"]).with_code(2);
    assert!(ended.stderr.contains("`/nowhere/at/all`"), "{}", ended.stderr);
}

/// Returns the lines of the hint about a missing module.
#[track_caller]
fn hint(ended: &Ended) -> Vec<&str> {
    let lines = ended.stdout.lines().map(str::trim).skip_while(|line| !line.starts_with("hint:"));
    let lines: Vec<&str> = lines.take(3).collect();
    assert_eq!(lines.len(), 3, "{}", ended.stdout);
    lines
}
