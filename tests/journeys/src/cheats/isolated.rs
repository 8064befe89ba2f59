//! `pact test --isolate`: each test meets an instance of the component in which nothing ran before. What comes of the component
//! is the same, which a few cheats of different kinds stand for; by hand 83 of them were tried.

use super::Cheat;
use super::corpus::{honest, judged_split, with_common};

#[test]
fn the_honest_component_passes_test_by_test_as_without() {
    let outcomes = |options: &[&str]| {
        let (ended, document) = judged_split(&with_common(honest()), options);
        ended.with_code(0);
        let tests = document["tests"].as_array().unwrap().iter();
        tests.map(|test| (test["id"].to_string(), test["outcome"].to_string())).collect::<Vec<_>>()
    };
    let isolated = outcomes(&["--isolate"]);
    assert!(isolated.len() > 10, "{isolated:#?}");
    assert_eq!(isolated, outcomes(&[]));
}

/// Of these a verdict says the same words as without.
macro_rules! caught {
    ($($name:ident)*) => { $(
        #[test]
        fn $name() {
            Cheat::of(stringify!($name)).is_caught_isolated();
        }
    )* };
}

caught! {
    dependency_module_is_exchanged
    equality_is_worn_out
    exits_in_a_call
    hook_implementations_are_removed
    pytest_skip_in_a_call
    smuggled_conftest
}
