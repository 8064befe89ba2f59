//! Objects that are equal to everything never pass in shared isolation, whichever tests have a canary.

use std::sync::LazyLock;

use super::corpus::{Cheat, all, assert_failed, json, plain};
use crate::support::{folder, pact, pact_with_key};

/// What the runner says of each.
const WORDS: &str = "equal to everything";

/// First bytes of users' secrets. The journeys of single cheats have another one.
const KEYS: [u8; 4] = [1, 2, 3, 4];

/// The cheats that the runner catches for this.
static LIARS: LazyLock<Vec<String>> = LazyLock::new(|| {
    all().into_iter().filter(|(_, it)| it.shared.as_deref() == Some(WORDS)).map(|(name, _)| name).collect()
});

#[test]
fn what_is_equal_to_everything_never_passes_whatever_the_users_secret() {
    assert!(LIARS.len() >= 19, "{LIARS:?}");
    for name in &*LIARS {
        let place = plain(&Cheat::of(name).files());
        for key in KEYS {
            let ended = pact_with_key(place.path(), key, ["test", "--json"]);
            let document = json(&ended);
            assert_eq!(document["isolation"], "shared", "{name}: {document:#}");
            assert_failed(ended, &document, WORDS);
        }
    }
}

#[test]
fn what_is_equal_to_everything_is_found_in_one_test_that_runs_without_canaries() {
    let test = "import pytest\nfrom liar import Liar\n\n\ndef test_one():\n    wanted = len('abc')\n    ";
    let liar = "class Liar:\n    def __eq__(self, other):\n        return True\n";
    let comparisons = [
        "assert Liar() == wanted",
        "assert wanted == Liar()",
        "assert not Liar() != wanted",
        "assert [Liar()] == [wanted]",
        "assert {'a': [Liar()]} == {'a': [wanted]}",
        "assert (1, Liar()) == (1, wanted)",
        "assert wanted in [Liar()]",
        "assert [Liar()].index(wanted) == 0",
        "assert [Liar()].count(wanted)",
        "assert Liar() == pytest.approx(wanted)",
        "if Liar() != wanted:\n        raise ValueError",
        "__import__('unittest').TestCase().assertEqual(Liar(), wanted)",
    ];
    for comparison in comparisons {
        let place = folder(&[("liar.py", liar), ("test_liar.py", &format!("{test}{comparison}\n"))]);
        let ended = pact(place.path(), ["test", "--json", "-k", "test_one"]);
        let document = json(&ended);
        assert_failed(ended, &document, WORDS);
    }
}

#[test]
fn a_finding_names_the_function_its_file_and_the_class() {
    let liar = "class Base:\n    def __eq__(self, other):\n        return True\n\n\nclass Liar(Base):\n    pass\n";
    let test = "from liar import Liar\n\n\ndef test_one():\n    assert Liar() == 3\n";
    let place = folder(&[("liar.py", liar), ("test_liar.py", test)]);
    let document = json(&pact(place.path(), ["test", "--json"]).with_code(1));
    let message = document["tests"][0]["message"].as_str().unwrap();
    assert!(message.contains("`Base.__eq__` of liar.py (liar.Liar)"), "{message}");
}
