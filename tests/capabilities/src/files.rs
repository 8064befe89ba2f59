//! Guests that want files: they find those of their suite in memory, and no way to the machine's.

use crate::laboratory::attack;

#[test]
pub(crate) fn open_host_files() {
    let report = attack("open_host_files").file("deep/mine.txt", "my own").run();
    assert_eq!(report.said(), r#"of the host [], written [], its own ["my own"]"#);
}

#[test]
pub(crate) fn follow_links_out() {
    let report = attack("follow_links_out").run();
    assert_eq!(report.said(), r#"followed [], inside Ok("inside")"#);
}

#[test]
pub(crate) fn fill_files() {
    let report = attack("fill_files").amount(200).run();
    assert_eq!(report.said(), "200 MiB, longest false, far false");
    let beyond = attack("fill_files").amount(300).run();
    assert_eq!(beyond.said(), "256 MiB, longest false, far false", "the quota is exact, and a refusal is no trap");
}

#[test]
pub(crate) fn fill_folders() {
    assert_eq!(attack("fill_folders").amount(1_000).run().said(), "1000 files");
    assert_eq!(attack("fill_folders").amount(200_000).run().said(), "100000 files");
}
