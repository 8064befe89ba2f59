//! Makes symbolic links inside its folder that point outside, and follows them.
#![cfg(target_family = "wasm")]

use std::fs;

use pact_test_guests::{Attack, RunError, Suite, Summary, say};
use wasip2::filesystem::preopens::get_directories;
use wasip2::filesystem::types::{DescriptorFlags, OpenFlags, PathFlags};

const TARGETS: [&str; 5] = ["/etc/passwd", "../etc/passwd", "../../../../etc/passwd", "..", "/"];

struct FollowLinksOut;

impl Attack for FollowLinksOut {
    fn run(_suite: Suite) -> Result<Summary, RunError> {
        let folders = get_directories();
        let (work, _) = folders.iter().find(|(_, name)| name == "/work").expect("the suite's folder is open");
        let mut followed = Vec::new();
        for (index, target) in TARGETS.iter().enumerate() {
            let name = format!("link{index}");
            // Refusing to make the link is as good as refusing to follow it.
            let made = work.symlink_at(target, &name).is_ok();
            let opened = work.open_at(PathFlags::SYMLINK_FOLLOW, &name, OpenFlags::empty(), DescriptorFlags::READ);
            let through =
                fs::read(format!("/work/{name}/passwd")).is_ok() || fs::read_dir(format!("/work/{name}")).is_ok();
            if made && (opened.is_ok() || through) {
                followed.push(*target);
            }
        }
        fs::write("/work/real", "inside").expect("a small file fits");
        work.symlink_at("real", "inner").expect("a link to a neighbour is fine");
        let inner = fs::read_to_string("/work/inner").map_err(|error| error.kind());
        say(format!("followed {followed:?}, inside {inner:?}"))
    }
}

pact_test_guests::attack!(FollowLinksOut);
