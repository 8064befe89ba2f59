//! Cheats in TypeScript: each is a wrong implementation that tries to be judged as a right one, in split and in shared isolation.
//!
//! What must come of each stands in `tests/cheats/js/expected.json`. A cheat is a file, or a folder where it brings more than
//! code, that takes the place of `src/bank/bank.ts` in the project `tests/split/typescript`; beside it lies `common/wrong.ts`,
//! of which nothing is right. In shared isolation the same code and tests lie in a plain folder with what is in `plain`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::support::{Ended, folder, pact, read, repository, tree, write};

/// A corpus of fewer would not show much.
const AT_LEAST: usize = 30;

/// Under this heading the threat model lists what passes in shared isolation.
const HEADING: &str = "### Cheats in JavaScript and TypeScript that can pass in shared isolation";

const TESTS: &str = "tests/bank/contract_test.test.ts";

/// What must come of a cheat.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    /// Words of the verdict that name what caught it.
    split: String,
    /// The same in shared isolation; absent where it can pass.
    shared: Option<String>,
    /// Why it can pass in shared isolation: why one instance cannot know.
    because: Option<String>,
}

fn corpus() -> PathBuf {
    repository().join("tests/cheats/js")
}

fn victim() -> PathBuf {
    repository().join("tests/split/typescript")
}

#[track_caller]
fn all() -> BTreeMap<String, Expected> {
    serde_json::from_str(&read(&corpus().join("expected.json")))
        .unwrap_or_else(|error| panic!("expected.json: {error}"))
}

/// Copies what is below a folder.
fn copy(from: &Path, to: &Path) {
    for (path, content) in tree(from) {
        let relative = path.strip_prefix(from).unwrap_or(&path).to_owned();
        write(&to.join(relative), &String::from_utf8(content).unwrap());
    }
}

/// Puts a cheat, or the code at a path, where the component's own code would be.
fn put(code: &Path, to: &Path) {
    copy(&corpus().join("common"), to);
    if code.is_dir() { copy(code, to) } else { write(&to.join("bank.ts"), &read(code)) }
}

fn cheat(name: &str) -> PathBuf {
    let folder = corpus().join(name);
    if folder.is_dir() { folder } else { folder.with_extension("ts") }
}

#[track_caller]
fn json(ended: &Ended) -> Value {
    serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {ended:#?}"))
}

#[track_caller]
fn judged_split(code: &Path) -> (Ended, Value) {
    let place = folder(&[]);
    for (path, content) in tree(&victim()) {
        let relative = path.strip_prefix(victim()).unwrap_or(&path).to_owned();
        if !relative.starts_with("src/bank") {
            write(&place.path().join(relative), &String::from_utf8(content).unwrap());
        }
    }
    put(code, &place.path().join("src/bank"));
    let ended = pact(place.path(), ["test", "bank", "--json"]);
    let component = json(&ended)["components"][0].take();
    assert_eq!(component["isolation"], "split", "{component:#}");
    (ended, component)
}

#[track_caller]
fn judged_shared(code: &Path) -> (Ended, Value) {
    let place = folder(&[]);
    copy(&corpus().join("plain"), place.path());
    write(&place.path().join("contract_test.test.ts"), &read(&victim().join(TESTS)));
    put(code, place.path());
    let ended = pact(place.path(), ["test", "--json"]);
    // Refused before there was anything to judge: no verdict can be mistaken for a pass.
    let document = if ended.stdout.is_empty() { Value::Null } else { json(&ended) };
    (ended, document)
}

/// Asserts that nothing can be mistaken for a pass, and that what is said names what it failed for.
#[track_caller]
fn assert_failed(ended: &Ended, document: &Value, words: &str) {
    assert_ne!(document["verdict"], "passed", "{document:#}");
    assert_ne!(ended.code, 0, "{ended:#?}");
    let said = format!("{document:#}{}", ended.stderr).replace("\\\"", "\"");
    assert!(!words.is_empty() && said.contains(words), "nothing says `{words}`:\n{said}");
}

#[track_caller]
fn is_caught_split(name: &str) {
    let expected = all().remove(name).unwrap_or_else(|| panic!("`{name}` is not in expected.json"));
    let (ended, component) = judged_split(&cheat(name));
    assert_failed(&ended, &component, &expected.split);
}

#[track_caller]
fn does_shared_what_is_expected(name: &str) {
    let expected = all().remove(name).unwrap_or_else(|| panic!("`{name}` is not in expected.json"));
    let (ended, document) = judged_shared(&cheat(name));
    // Which tests have a canary is drawn from a secret of the user's: what can pass may do so for some users only.
    if let Some(words) = &expected.shared {
        assert_failed(&ended, &document, words);
    }
}

#[test]
fn the_honest_component_passes_split_and_shared() {
    let honest = victim().join("src/bank/bank.ts");
    let (ended, component) = judged_split(&honest);
    assert_eq!((ended.code, &component["passed"]), (0, &32.into()), "{component:#}");
    let (ended, document) = judged_shared(&honest);
    assert_eq!((ended.code, &document["passed"]), (0, &32.into()), "{document:#}");
}

#[test]
fn code_that_is_wrong_everywhere_passes_no_test() {
    let place = folder(&[("bank.ts", "export * from \"./wrong\";\n")]);
    for (ended, document) in [judged_split(place.path()), judged_shared(place.path())] {
        assert_eq!((ended.code, &document["passed"]), (1, &0.into()), "{document:#}");
    }
}

#[test]
fn each_cheat_on_disk_has_its_tests_and_its_expectations() {
    #[expect(clippy::disallowed_methods, reason = "the corpus is a folder")]
    let entries = std::fs::read_dir(corpus()).unwrap().map(|entry| entry.unwrap().path());
    let is_cheat = |path: &PathBuf| path.extension().is_some_and(|end| end == "ts") || path.join("bank.ts").is_file();
    let on_disk: BTreeSet<String> =
        entries.filter(is_cheat).map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    assert_eq!(on_disk, TESTED.iter().map(|name| (*name).to_owned()).collect());
    let expected = all();
    assert_eq!(on_disk, expected.keys().cloned().collect());
    assert!(on_disk.len() >= AT_LEAST);
    for (name, expected) in expected {
        assert_eq!(expected.because.is_some(), expected.shared.is_none(), "{name}");
    }
}

#[test]
fn what_passes_shared_stands_in_the_threat_model_and_nothing_else_does() {
    let model = read(&repository().join("docs/capabilities.md"));
    let (_, list) = model.split_once(HEADING).expect("the threat model has the list");
    let list = list.split("\n## ").next().unwrap().split("\n### ").next().unwrap();
    let items = list.split("\n- ").skip(1).map(|item| item.split_whitespace().collect::<Vec<_>>().join(" "));
    let passing = all().into_iter().filter_map(|(name, expected)| Some(format!("`{name}`: {}", expected.because?)));
    assert_eq!(items.collect::<BTreeSet<_>>(), passing.collect());
}

/// Of each cheat a module with a test for each isolation, and the list of all.
macro_rules! cheats {
    ($($name:ident)*) => {
        $(
            mod $name {
                #[test]
                fn split() {
                    super::is_caught_split(stringify!($name));
                }

                #[test]
                fn shared() {
                    super::does_shared_what_is_expected(stringify!($name));
                }
            }
        )*

        /// The cheats that have tests.
        const TESTED: &[&str] = &[$(stringify!($name)),*];
    };
}

cheats! {
    answers_by_heart_once
    arguments_are_spoilt
    array_prototype_is_patched
    await_at_import
    caller_of_a_function
    chai_is_patched
    class_with_asymmetric_match
    date_and_clock_stand_still
    deep_value
    error_constructor_throws_nothing
    expect_is_replaced
    fake_result_lines
    function_call_is_patched
    getters_that_change_their_mind
    globals_are_redefined
    has_instance_is_a_lie
    json_is_patched
    loop_at_import
    map_and_set_are_patched
    math_is_patched
    memory_bomb
    node_test_hooks
    object_is_is_patched
    object_is_is_patched_for_a_moment
    object_prototype_equals
    objects_equal_to_everything
    peer_is_asked
    prepare_stack_trace
    process_exit_at_import
    process_exit_is_swallowed
    process_exit_with_zero
    promise_that_never_settles
    promise_then_is_patched
    promises_that_flood
    proxies_that_equal_everything
    recursion_bomb
    reflect_is_patched
    regexp_matches_everything
    shadow_types
    shadow_vitest
    smuggled_config
    smuggled_snapshot
    smuggled_tests
    source_of_the_test_is_read
    species_and_iterators
    struct_that_is_none
    thenable_results
    throws_a_skip
    throws_what_is_no_error
    timers_after_the_test
    to_primitive_tricks
    tsconfig_leads_elsewhere
    value_that_contains_itself
    vi_mocks_the_component
    vitest_skips_in_a_call
}
