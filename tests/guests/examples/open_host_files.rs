//! Opens everything that would show a real machine, reads what is its own, and says what was open.
#![cfg(target_family = "wasm")]

use std::fs;

use pact_test_guests::{Attack, RunError, Suite, Summary, say};

const OF_THE_HOST: [&str; 14] = [
    "/etc/passwd",
    "/etc/hostname",
    "/proc/self/environ",
    "/proc/self/fd/0",
    "/dev/fd/0",
    "/dev/random",
    "/home",
    "/usr/bin/env",
    "../etc/passwd",
    "/work/../etc/passwd",
    "/work/../../../../../../etc/passwd",
    "/tmp/../etc/passwd",
    "/work/./..//etc/passwd",
    "/etc/passwd\0.py",
];

struct OpenHostFiles;

impl Attack for OpenHostFiles {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let open = |path: &&str| fs::metadata(path).is_ok() || fs::read(path).is_ok() || fs::read_dir(path).is_ok();
        let seen: Vec<_> = OF_THE_HOST.into_iter().filter(open).collect();
        let written: Vec<_> = OF_THE_HOST.into_iter().filter(|path| fs::write(path, "owned").is_ok()).collect();
        let own: Vec<_> =
            suite.files.iter().filter_map(|file| fs::read_to_string(format!("/work/{}", file.path)).ok()).collect();
        fs::write("/tmp/mine", "mine").expect("its own temporary folder");
        say(format!("of the host {seen:?}, written {written:?}, its own {own:?}"))
    }
}

pact_test_guests::attack!(OpenHostFiles);
