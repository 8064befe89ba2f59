//! Which files a suite sees, and what a folder may hold.

use std::os::unix::fs::symlink;
use std::path::Path;

use gix_index::entry::{Flags, Mode, Stat};

use crate::document::Document;
use crate::support::{folder, pact, project, tree, write};

/// Fails when the file named in it is there.
const SEES_NOTHING_BUT: &str = "import os\n\n\ndef test_files():\n    \
    assert sorted(os.listdir('.')) == EXPECTED\n";

fn suite_that_sees(expected: &[&str]) -> String {
    SEES_NOTHING_BUT.replace("EXPECTED", &format!("{expected:?}"))
}

#[test]
fn what_git_ignores_is_left_out() {
    let suite = suite_that_sees(&[".gitignore", "kept.txt", "test_files.py"]);
    let folder = folder(&[(".gitignore", "*.log\nbuild/\n"), ("a.log", ""), ("build/x", ""), ("kept.txt", "")]);
    write(&folder.path().join("test_files.py"), &suite);
    pact(folder.path(), ["test"]).with_code(0);
}

#[test]
fn a_test_that_git_ignores_is_named() {
    let one = "def test_one():\n    pass\n";
    let folder = folder(&[
        (".gitignore", "test_two.py\nold/\n"),
        ("test_one.py", one),
        ("test_two.py", one),
        ("old/test_one.py", one),
    ]);
    let ended = pact(folder.path(), ["test"]).with_code(0);
    let note = "note: left out, because a .gitignore names them: `test_two.py`, `old/` (1 test file)\n";
    assert!(ended.stderr.contains(note), "{}", ended.stderr);
}

#[test]
fn a_tracked_test_that_a_gitignore_names_is_run_without_git() {
    let one = "def test_one():\n    pass\n";
    let folder = folder(&[
        (".gitignore", "test_two.py\nold/\n"),
        ("test_one.py", one),
        ("test_two.py", one),
        ("old/test_one.py", one),
    ]);
    track(folder.path(), &[".gitignore", "test_one.py", "test_two.py"]);
    let ended = pact(folder.path(), ["test", "--json"]).with_code(0);
    assert_eq!(Document::of(&ended).test("test_two.py::test_one").outcome, "passed");
    let note = "note: left out, because a .gitignore names them: `old/` (1 test file)\n";
    assert!(ended.stderr.contains(note), "{}", ended.stderr);
}

#[test]
fn a_damaged_index_is_named_with_what_to_do() {
    let folder = folder(&[("test_one.py", "def test_one():\n    pass\n"), (".git/index", "damaged")]);
    let ended = pact(folder.path(), ["test"]).with_code(2);
    let words = ended.stderr.replace(folder.path().to_str().unwrap(), "FOLDER");
    insta::assert_snapshot!(words, @r"
    error: read the files of `FOLDER`
      caused by: read what git tracks from `FOLDER/.git/index`
      caused by: the index cannot be understood: File is too small even for header with zero entries and smallest hash
      hint: see what `git status` says of it; to make it anew from the last commit, delete it and run `git reset`
    ");
}

#[test]
fn a_link_is_left_out_and_named() {
    let outside = folder(&[("secret.txt", "secret")]);
    let folder = folder(&[("test_files.py", &suite_that_sees(&["test_files.py"]))]);
    symlink(outside.path().join("secret.txt"), folder.path().join("link.txt")).unwrap();
    let ended = pact(folder.path(), ["test"]).with_code(0);
    let note = "note: left out, because links are not followed: `link.txt`\n";
    assert!(ended.stderr.contains(note), "{}", ended.stderr);
}

#[test]
fn a_name_cannot_send_codes_to_the_terminal() {
    let folder = folder(&[("test_one.py", "def test_one():\n    pass\n")]);
    symlink("nowhere", folder.path().join("\u{1b}[2J")).unwrap();
    let ended = pact(folder.path(), ["test"]).with_code(0);
    assert!(ended.stderr.contains(r"`\u{1b}[2J`"), "{}", ended.stderr);
    assert!(!ended.stderr.contains('\u{1b}'), "{:?}", ended.stderr);
}

#[test]
fn a_folder_that_is_too_large_names_its_largest_files() {
    let folder = folder(&[("test_one.py", "def test_one():\n    pass\n"), ("small.bin", "x")]);
    let large = folder.path().join("data/large.bin");
    write(&large, "");
    lengthen(&large, 65 << 20);
    let ended = pact(folder.path(), ["test"]).with_code(2);
    let words = ended.stderr.replace(folder.path().to_str().unwrap(), "FOLDER");
    insta::assert_snapshot!(words, @r"
    error: read the files of `FOLDER`
      caused by: it holds 65 MiB in 3 files, more than 64 MiB; the largest: `data/large.bin` (65 MiB), `test_one.py` (25 bytes), `small.bin` (1 bytes)
      hint: leave out what no test needs with a .gitignore, or name a smaller folder
    ");
}

#[test]
fn a_folder_with_too_many_files_names_where_they_are() {
    let folder = folder(&[("test_one.py", "def test_one():\n    pass\n")]);
    for number in 0..20_000 {
        write(&folder.path().join(format!("many/{number}")), "");
    }
    let ended = pact(folder.path(), ["test"]).with_code(2);
    let words = ended.stderr.replace(folder.path().to_str().unwrap(), "FOLDER");
    insta::assert_snapshot!(words, @r"
    error: read the files of `FOLDER`
      caused by: it holds 20001 files, more than 20000; most are in: `many` (20000 files), `.` (1 files)
      hint: leave out what no test needs with a .gitignore, or name a smaller folder
    ");
}

#[test]
fn nothing_is_written_into_the_folder() {
    let folder = folder(&[]);
    for (path, content) in tree(&project("python-bank")) {
        let name = path.strip_prefix(project("python-bank")).unwrap();
        write(&folder.path().join(name), &String::from_utf8(content).unwrap());
    }
    write(&folder.path().join("test_writes.py"), "def test_write():\n    open('new.txt', 'w').write('x')\n");
    let before = tree(folder.path());
    let ended = pact(folder.path(), ["test", "--json"]).with_code(0);
    assert_eq!(Document::of(&ended).test("test_writes.py::test_write").outcome, "passed");
    assert_eq!(tree(folder.path()), before);
}

/// Makes a folder a repository that tracks these files.
#[expect(clippy::disallowed_methods, reason = "a journey begins with files of a person's")]
fn track(folder: &Path, paths: &[&str]) {
    let hash = gix_index::hash::Kind::Sha1;
    let mut state = gix_index::State::new(hash);
    for path in paths {
        let (stat, flags) = (Stat::default(), Flags::empty());
        state.dangerously_push_entry(stat, hash.null(), flags, Mode::FILE, path.as_bytes().into());
    }
    std::fs::create_dir(folder.join(".git")).unwrap();
    let mut index = gix_index::File::from_state(state, folder.join(".git/index"));
    index.write(gix_index::write::Options::default()).unwrap();
}

/// Makes a file longer without writing anything into it.
#[expect(clippy::disallowed_methods, reason = "a journey begins with files of a person's")]
fn lengthen(path: &Path, bytes: u64) {
    std::fs::OpenOptions::new().write(true).open(path).unwrap().set_len(bytes).unwrap();
}
