//! What every planted source promises, checked on real tests.

use crate::canaries::{PlantedSource, plant};
use crate::source::Source;
use crate::test_listing::list_tests;

/// The tests of this repository's own projects and of its demo.
#[test]
fn planted_sources_of_real_tests_keep_everything_but_one_literal_a_test() {
    let files = real_tests();
    let (mut count, mut in_tables) = (0, 0);
    for (path, text) in &files {
        for key in [b"one".as_slice(), b"two", b"three", &[0, 255, 7]] {
            let found = plant(path, text, key, 1000).expect("it parses");
            count += found.canaries.len();
            in_tables += found.canaries.iter().filter(|canary| !canary.every_case).count();
            check(text, &found, path);
        }
    }
    assert!(count >= 4 * 40 && in_tables >= 4 * 5, "{count}, {in_tables} in tables, of {} files", files.len());
}

/// Checks everything that a planted source promises.
pub(super) fn check(text: &str, found: &PlantedSource, path: &str) {
    let before = list_tests(path, text).expect("it parsed before");
    let after = list_tests(path, &found.text).unwrap_or_else(|errors| panic!("{path}: {errors:?}\n{}", found.text));
    assert_eq!(before, after, "{path}: tests, places and marks stay");
    let (old, new): (Vec<&str>, Vec<&str>) = (text.lines().collect(), found.text.lines().collect());
    assert_eq!(old.len(), new.len(), "{path}");
    let different: Vec<u32> =
        (1..).zip(old.iter().zip(&new)).filter(|(_, (old, new))| old != new).map(|(line, _)| line).collect();
    let mut left = different.clone();
    for canary in &found.canaries {
        let [test] = after.functions.iter().filter(|test| test.id == canary.function).collect::<Vec<_>>()[..] else {
            panic!("{path}: {canary:?} is not one test");
        };
        assert!(test.definition_line <= canary.first_line && canary.last_line <= test.last_line, "{path}");
        let place = if canary.every_case {
            canary.first_line..=canary.last_line
        } else {
            test.first_line..=test.definition_line
        };
        let here: Vec<u32> = different.iter().copied().filter(|line| place.contains(line)).collect();
        let [line] = here.as_slice() else { panic!("{path}: {here:?} of {canary:?}") };
        assert_one_token_differs([new[*line as usize - 1], old[*line as usize - 1]], path);
        left.retain(|other| other != line);
    }
    assert_eq!(left, [0_u32; 0], "{path}: nothing else changed");
}

fn assert_one_token_differs([changed, unchanged]: [&str; 2], path: &str) {
    let start = changed.bytes().zip(unchanged.bytes()).take_while(|(a, b)| a == b).count();
    let rests = [changed, unchanged].map(|text| &text.as_bytes()[start..]);
    let end = rests[0].iter().rev().zip(rests[1].iter().rev()).take_while(|(a, b)| a == b).count();
    let differing = rests.map(|rest| String::from_utf8_lossy(&rest[..rest.len() - end]).into_owned());
    assert_ne!(differing[0], differing[1], "{path}");
    for part in differing {
        assert!(part.len() <= 24 && !part.contains([',', ' ', '(', ')', '=', '\n']), "{path}: {part}");
    }
}

#[expect(clippy::disallowed_methods, reason = "the test reads the repository's own examples")]
fn real_tests() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let mut folders = vec![root.join("tests/projects"), root.join("tests/cheats/victim"), root.join("host/cli/demo")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of the repository") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
            let ends = |ending: &str| std::path::Path::new(&name).extension().is_some_and(|found| found == ending);
            if path.is_dir() {
                folders.push(path);
            } else if ends("py") {
                found.extend(std::fs::read_to_string(&path).ok().map(|text| (name, text)));
            } else if ends("md") {
                // A reply of the demo: its files stand in fences that name them.
                let text = std::fs::read_to_string(&path).expect("a text");
                let fences = text.split("```python contract_test.py\n").skip(1);
                found.extend(fences.filter_map(|rest| Some((name.clone(), rest.split("```").next()?.to_owned()))));
            }
        }
    }
    found.retain(|(path, text)| Source::parse(path, text).is_ok());
    assert!(found.len() > 40, "{} files", found.len());
    found
}
