//! One word per phase: a file in the pipeline, a name in the model.

use std::collections::BTreeSet;
use std::fs;

use pact_model::phase::Phase;

#[test]
fn each_file_of_a_phase_has_the_phases_word() {
    let folder = super::root().join("host/pipeline/src/phases");
    let files: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().path().file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .collect();
    let words: BTreeSet<String> = Phase::ORDER.iter().chain([&Phase::Diagnose]).map(ToString::to_string).collect();
    let strangers: Vec<&String> = files.difference(&words).collect();
    assert_eq!(strangers, Vec::<&String>::new(), "files that are no phase");
    for implemented in ["decompose", "contract", "author_tests", "implement", "certify"] {
        assert!(files.contains(implemented), "the phase `{implemented}` has no file");
    }
}
