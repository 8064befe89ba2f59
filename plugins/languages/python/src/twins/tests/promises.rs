//! What every twinned source promises, checked on real tests.

use std::collections::BTreeSet;

use crate::source::Source;
use crate::test_listing::{TestListing, list_tests};
use crate::twins::{TwinnedSource, twin_tests};

/// The tests of this repository's own projects and of its demo.
#[test]
fn twinned_sources_of_real_tests_keep_everything_but_one_literal() {
    let files = real_tests();
    let mut count = 0;
    for (path, text) in &files {
        for key in [b"one".as_slice(), b"two", b"three", &[0, 255, 7]] {
            let found = twin_tests(path, text, key, 1000).expect("it parses");
            count += found.twins.len();
            check(text, &found, path);
        }
    }
    assert!(count >= 4 * 40, "{count} twins of {} files", files.len());
}

/// Checks everything that a twinned source promises.
pub(super) fn check(text: &str, found: &TwinnedSource, path: &str) {
    let before = list_tests(path, text).expect("it parsed before");
    let after = list_tests(path, &found.text).unwrap_or_else(|errors| panic!("{path}: {errors:?}\n{}", found.text));
    // Every line has its origin.
    let (old, new): (Vec<&str>, Vec<&str>) = (text.lines().collect(), found.text.lines().collect());
    let mut origins = Vec::new();
    for run in &found.lines {
        assert_eq!(run.twinned as usize, origins.len() + 1, "{path}");
        origins.extend(run.original..run.original + run.count);
    }
    assert_eq!(origins.len(), new.len(), "{path}");
    // The author's lines are all there, in their order, with the copies between them.
    let differs = |number: &usize| {
        old[origins[*number] as usize - 1].trim_end_matches('\r') != new[*number].trim_end_matches('\r')
    };
    let different: Vec<u32> =
        (0..new.len()).filter(differs).map(|index| u32::try_from(index + 1).expect("small")).collect();
    let all: BTreeSet<u32> = origins.iter().copied().collect();
    assert_eq!(all.len(), old.len(), "{path}: no line is lost");
    // The tests are the author's and one more for each twin.
    let ids = |listing: &TestListing| -> Vec<String> { listing.functions.iter().map(|test| test.id.clone()).collect() };
    let added: BTreeSet<&str> = found
        .twins
        .iter()
        .flat_map(|twin| [twin.changed.as_str(), twin.unchanged.as_str()])
        .filter(|id| !ids(&before).iter().any(|known| known == id))
        .collect();
    assert_eq!(added.len(), found.twins.len(), "{path}");
    let kept: Vec<String> = ids(&after).into_iter().filter(|id| !added.contains(id.as_str())).collect();
    assert_eq!(kept, ids(&before), "{path}");
    assert_eq!(ids(&after).len(), ids(&before).len() + found.twins.len(), "{path}");
    // Per twin one name and one literal differ.
    let mut expected = BTreeSet::new();
    for twin in &found.twins {
        let test = |id: &str| after.functions.iter().find(|test| test.id == id).expect("it is listed");
        let (changed, unchanged) = (test(&twin.changed), test(&twin.unchanged));
        assert!(changed.first_line <= twin.first_line && twin.last_line <= changed.last_line, "{path}");
        let renamed = if twin.changed == twin.original { unchanged } else { changed };
        expected.insert(renamed.definition_line);
        let literal: Vec<&u32> =
            different.iter().filter(|line| (twin.first_line..=twin.last_line).contains(line)).collect();
        // A test of one line has its name there too.
        let [line] = literal.as_slice() else { panic!("{path}: {literal:?} of {twin:?}") };
        expected.insert(**line);
        let pair = [changed, unchanged].map(|test| {
            let written = new[test.definition_line as usize - 1..test.last_line as usize].join("\n");
            let name = test.id.rsplit("::").next().expect("a name");
            written.replacen(name, "", 1)
        });
        assert_one_token_differs(&pair, path);
    }
    assert_eq!(different, expected.into_iter().collect::<Vec<_>>(), "{path}");
}

fn assert_one_token_differs([changed, unchanged]: &[String; 2], path: &str) {
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
