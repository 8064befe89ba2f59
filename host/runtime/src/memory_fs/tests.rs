//! Claims about the tree. What a guest sees through WASI is tested in `tests/capabilities`.

use std::sync::Arc;

use pact_model::suite::{FileRole, SourceFile};

use super::*;

fn tree() -> (MemoryFs, NodeId) {
    let mut fs = MemoryFs::new(100, 10);
    let top = fs.add_top("work", 0, true);
    (fs, top)
}

fn file(fs: &mut MemoryFs, top: NodeId, name: &str, bytes: &[u8]) -> NodeId {
    let id = fs.create(top, name, New::File, 0).unwrap();
    fs.write(id, 0, bytes, 0).unwrap();
    id
}

#[test]
fn a_path_never_leaves_the_folder_that_it_starts_from() {
    let (mut fs, top) = tree();
    let inner = fs.create(top, "inner", New::Folder, 0).unwrap();
    file(&mut fs, top, "secret", b"s");
    assert!(fs.find(top, "inner/../secret", Follow::Yes).is_ok());
    for path in ["../secret", "a/../../secret", "/secret", "./../secret"] {
        let found = fs.find(inner, path, Follow::Yes);
        assert!(matches!(found, Err(FsFault::NotPermitted | FsFault::NoEntry)), "{path}: {found:?}");
    }
    fs.create(inner, "out", New::Link("../secret"), 0).unwrap();
    assert_eq!(fs.find(inner, "out", Follow::Yes), Err(FsFault::NotPermitted));
    assert!(fs.find(top, "inner/out", Follow::Yes).is_ok(), "from above, the link stays inside");
}

#[test]
fn links_in_a_circle_are_a_loop() {
    let (mut fs, top) = tree();
    fs.create(top, "a", New::Link("b"), 0).unwrap();
    fs.create(top, "b", New::Link("a"), 0).unwrap();
    assert_eq!(fs.find(top, "a", Follow::Yes), Err(FsFault::Loop));
    assert!(fs.find(top, "a", Follow::No).is_ok());
}

#[test]
fn a_mounted_file_is_shared_until_it_is_changed() {
    let files =
        Arc::new(vec![SourceFile { path: "a/b.txt".to_owned(), bytes: b"hello".to_vec(), role: FileRole::Support }]);
    let (mut fs, top) = tree();
    fs.mount(top, "a/b.txt", Mounted::new(&files, 0), 0, true).unwrap();
    let id = fs.find(top, "a/b.txt", Follow::Yes).unwrap();
    fs.write(id, 5, b"!", 7).unwrap();
    assert_eq!(fs.read(id, 0, 100).unwrap(), b"hello!");
    assert_eq!(files[0].bytes, b"hello");
    assert_eq!(fs.stat(id).modified_ns, 7);
}

#[test]
fn a_read_only_mount_stays_as_it_is() {
    let files = Arc::new(vec![SourceFile { path: "m.py".to_owned(), bytes: b"x".to_vec(), role: FileRole::Support }]);
    let mut fs = MemoryFs::new(100, 10);
    let top = fs.add_top("packages", 0, false);
    fs.mount(top, "m.py", Mounted::new(&files, 0), 0, false).unwrap();
    let id = fs.find(top, "m.py", Follow::Yes).unwrap();
    assert_eq!(fs.write(id, 0, b"y", 0), Err(FsFault::ReadOnly));
    assert_eq!(fs.resize(id, 0, 0), Err(FsFault::ReadOnly));
    assert_eq!(fs.unlink(top, "m.py", 0), Err(FsFault::ReadOnly));
    assert_eq!(fs.create(top, "new", New::File, 0), Err(FsFault::ReadOnly));
}

#[test]
fn quotas_hold_and_what_is_freed_can_be_used_again() {
    let (mut fs, top) = tree();
    let id = file(&mut fs, top, "big", &[1; 100]);
    assert_eq!(fs.write(id, 100, b"x", 0), Err(FsFault::Quota));
    assert_eq!(fs.write(id, 1 << 60, b"x", 0), Err(FsFault::Quota), "a hole counts");
    assert!(fs.quota_hit);
    fs.unlink(top, "big", 0).unwrap();
    file(&mut fs, top, "again", &[1; 100]);
    for n in 0..9 {
        fs.create(top, &format!("n{n}"), New::Folder, 0).unwrap();
    }
    assert_eq!(fs.create(top, "one-too-many", New::Folder, 0), Err(FsFault::Quota));
}

#[test]
fn an_open_file_outlives_its_name() {
    let (mut fs, top) = tree();
    let id = file(&mut fs, top, "f", b"data");
    fs.open(id);
    fs.unlink(top, "f", 0).unwrap();
    assert_eq!(fs.read(id, 0, 10).unwrap(), b"data");
    let other = fs.create(top, "g", New::File, 0).unwrap();
    assert_eq!(fs.write(other, 0, &[0; 97], 0), Err(FsFault::Quota), "its bytes are still used");
    fs.close(id);
    fs.write(other, 0, &[0; 97], 0).unwrap();
}

#[test]
fn renaming_replaces_as_posix_does() {
    let (mut fs, top) = tree();
    file(&mut fs, top, "a", b"a");
    file(&mut fs, top, "b", b"b");
    let folder = fs.create(top, "d", New::Folder, 0).unwrap();
    fs.rename((top, "a"), (top, "b"), 0).unwrap();
    let b = fs.find(top, "b", Follow::Yes).unwrap();
    assert_eq!(fs.read(b, 0, 9).unwrap(), b"a");
    assert_eq!(fs.rename((top, "b"), (top, "d"), 0), Err(FsFault::IsDirectory));
    assert_eq!(fs.rename((top, "d"), (top, "b"), 0), Err(FsFault::NotDirectory));
    assert_eq!(fs.rename((top, "d"), (folder, "inside"), 0), Err(FsFault::Invalid), "a folder into itself");
    fs.rename((top, "b"), (folder, "c"), 0).unwrap();
    assert_eq!(fs.remove_folder(top, "d", 0), Err(FsFault::NotEmpty));
}

#[test]
fn listings_are_sorted() {
    let (mut fs, top) = tree();
    for name in ["b", "a", "C"] {
        file(&mut fs, top, name, b"");
    }
    let names: Vec<String> = fs.list(top).unwrap().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["C", "a", "b"]);
}

#[test]
fn a_folder_without_a_name_takes_none() {
    let (mut fs, top) = tree();
    let outer = fs.create(top, "a", New::Folder, 0).unwrap();
    let inner = fs.create(outer, "b", New::Folder, 0).unwrap();
    file(&mut fs, top, "f", b"");
    fs.open(inner);
    fs.remove_folder(outer, "b", 0).unwrap();
    fs.remove_folder(top, "a", 0).unwrap();
    assert_eq!(fs.create(inner, "x", New::File, 0), Err(FsFault::NoEntry));
    assert_eq!(fs.rename((top, "f"), (inner, "f"), 0), Err(FsFault::NoEntry));
    let f = fs.find(top, "f", Follow::No).unwrap();
    assert_eq!(fs.link(f, inner, "g", 0), Err(FsFault::NoEntry));
    fs.close(inner);
}

#[test]
fn what_is_cut_off_a_file_is_not_kept_in_memory() {
    let mut fs = MemoryFs::new(1 << 20, 10);
    let top = fs.add_top("work", 0, true);
    let id = fs.create(top, "f", New::File, 0).unwrap();
    fs.resize(id, 1 << 20, 0).unwrap();
    fs.resize(id, 0, 0).unwrap();
    let Content::Own(bytes) = fs.content(id).unwrap() else { panic!("it was written") };
    assert!(bytes.capacity() < 4096, "{} bytes are still allocated", bytes.capacity());
}

#[test]
fn a_link_is_no_longer_than_a_path_and_gives_its_bytes_back() {
    let mut fs = MemoryFs::new(5_000, 10);
    let top = fs.add_top("work", 0, true);
    assert_eq!(fs.create(top, "l", New::Link(&"a/".repeat(2_049)), 0), Err(FsFault::NameTooLong));
    for _ in 0..10 {
        fs.create(top, "l", New::Link(&"a".repeat(4_000)), 0).unwrap();
        fs.unlink(top, "l", 0).unwrap();
    }
    assert_eq!(fs.create(top, "l", New::Link(&"a".repeat(4_000)), 0).map(|_| ()), Ok(()));
    let (bytes, entries) = (fs.bytes_left, fs.entries_left);
    assert_eq!(fs.create(top, "m", New::Link(&"a".repeat(4_000)), 0), Err(FsFault::Quota));
    assert_eq!((fs.bytes_left, fs.entries_left), (bytes, entries), "a refusal costs nothing");
}

#[test]
fn places_are_used_again_and_inode_numbers_are_not() {
    let (mut fs, top) = tree();
    let mut numbers = std::collections::BTreeSet::new();
    for _ in 0..1_000 {
        let id = fs.create(top, "f", New::File, 0).unwrap();
        assert!(numbers.insert(fs.stat(id).number));
        fs.unlink(top, "f", 0).unwrap();
    }
    assert!(fs.nodes.len() < 10, "{} places", fs.nodes.len());
}

#[test]
fn a_slash_at_the_end_means_a_folder() {
    let (mut fs, top) = tree();
    file(&mut fs, top, "f", b"");
    assert_eq!(fs.find_parent(top, "f/"), Err(FsFault::NotDirectory));
    assert!(fs.find_parent(top, "new/").is_ok());
}
