//! Writes as many MiB as it was told into one file, then asks for the largest file there could be.
#![cfg(target_family = "wasm")]

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};

use pact_test_guests::{Attack, RunError, Suite, Summary, amount, say};

struct FillFiles;

impl Attack for FillFiles {
    fn run(suite: Suite) -> Result<Summary, RunError> {
        let block = vec![1_u8; 1 << 20];
        let mut file = File::create("/work/big").expect("the folder is writable");
        let written = (0..amount(&suite)).take_while(|_| file.write_all(&block).is_ok()).count();
        let mut sparse = File::create("/work/sparse").expect("the folder is writable");
        let longest = sparse.set_len(i64::MAX as u64).map_err(|error| error.kind());
        sparse.seek(SeekFrom::Start(1 << 62)).expect("seeking writes nothing");
        let far = sparse.write(b"x").map_err(|error| error.kind());
        say(format!("{written} MiB, longest {}, far {}", longest.is_ok(), far.is_ok()))
    }
}

pact_test_guests::attack!(FillFiles);
