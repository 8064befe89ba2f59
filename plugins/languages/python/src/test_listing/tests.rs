use super::*;

fn ids(text: &str) -> Vec<String> {
    let listing = list_tests("t.py", text).expect("it parses");
    listing.functions.into_iter().map(|test| format!("{} {:?}", test.id, test.certainty)).collect()
}

fn marks(text: &str) -> Vec<(MarkKind, String, u32, u32)> {
    let listing = list_tests("t.py", text).expect("it parses");
    let marks = listing.functions.into_iter().flat_map(|test| test.marks);
    marks.map(|mark| (mark.kind, mark.text, mark.first_line, mark.last_line)).collect()
}

#[test]
fn finds_functions_methods_and_nested_classes() {
    let text = "
def test_a(): pass
def helper(): pass
async def test_b(): pass
class TestC:
    def test_d(self): pass
    def setup_method(self): pass
    class TestInner:
        @staticmethod
        def test_e(): pass
class Other:
    def test_not(self): pass
";
    assert_eq!(
        ids(text),
        [
            "t.py::test_a Defined",
            "t.py::test_b Defined",
            "t.py::TestC::test_d Defined",
            "t.py::TestC::TestInner::test_e Defined"
        ]
    );
}

#[test]
fn follows_unittest_through_aliases_and_bases() {
    let text = "
import unittest as u
from unittest import IsolatedAsyncioTestCase
class Base(u.TestCase):
    def test_shared(self): pass
class Child(Base):
    def __init__(self, *a): super().__init__(*a)
    def test_own(self): pass
    class TestNested:
        def test_never(self): pass
class Loop(IsolatedAsyncioTestCase):
    async def test_async(self): pass
class Single(u.TestCase):
    def runTest(self): pass
";
    assert_eq!(
        ids(text),
        [
            "t.py::Base::test_shared Defined",
            "t.py::Child::test_own Defined",
            "t.py::Child::test_shared Defined",
            "t.py::Loop::test_async Defined",
            "t.py::Single::runTest Defined",
        ]
    );
}

#[test]
fn leaves_out_what_the_framework_does_not_collect() {
    let text = "
import pytest
class TestBuilt:
    def __init__(self): pass
    def test_no(self): pass
class TestOff:
    __test__ = False
    def test_no(self): pass
@pytest.fixture
def test_data(): return 1
@pytest.fixture(scope='module')
def test_more(): return 1
def test_gone(): pass
del test_gone
def test_twice(): pass
def test_twice(): assert False
";
    assert_eq!(ids(text), ["t.py::test_twice Defined"]);
    let listing = list_tests("t.py", text).expect("it parses");
    assert_eq!(listing.functions[0].definition_line, 16);
    assert_eq!(ids("__test__ = False\ndef test_a(): pass\n"), [] as [&str; 0]);
}

#[test]
fn says_what_it_cannot_be_sure_of() {
    let text = "
import sys
from elsewhere import test_imported, TestImported, make
from base import Suite
if sys.platform == 'linux':
    def test_sometimes(): pass
try:
    import x
    class TestWithX:
        def test_a(self): pass
except ImportError:
    pass
test_made = make()
class Login(Suite):
    def test_login(self): pass
";
    assert_eq!(
        ids(text),
        [
            "t.py::test_imported Bound",
            "t.py::TestImported Bound",
            "t.py::test_sometimes Conditional",
            "t.py::TestWithX::test_a Conditional",
            "t.py::test_made Bound",
            "t.py::Login::test_login Conditional",
        ]
    );
}

#[test]
fn a_parametrised_test_is_one_function_with_the_lines_of_its_decorators() {
    let text = "
from pytest import mark as m
@m.parametrize('a', [1,
                     2])
def test_a(a):
    assert a
";
    let test = list_tests("t.py", text).expect("it parses").functions.remove(0);
    assert!(test.is_parametrised);
    assert_eq!((test.first_line, test.definition_line, test.last_line), (3, 5, 6));
}

#[test]
fn finds_declared_marks_with_their_lines() {
    let text = "
import pytest, unittest
from pytest import mark
linux_only = pytest.mark.skipif(True, reason='x')
CASES = [pytest.param(1, marks=pytest.mark.xfail)]
@linux_only
def test_a(): pass
@mark.parametrize('x', CASES)
def test_b(x): pass
@mark.skip
class TestC:
    pytestmark = [mark.usefixtures('y'), mark.xfail(
        reason='z')]
    @unittest.skipIf(1, '')
    def test_d(self): pass
";
    assert_eq!(
        marks(text),
        [
            (MarkKind::SkipIf, "pytest.mark.skipif".to_owned(), 6, 6),
            (MarkKind::Xfail, "pytest.mark.xfail".to_owned(), 8, 8),
            (MarkKind::Skip, "mark.skip".to_owned(), 10, 10),
            (MarkKind::Xfail, "mark.xfail".to_owned(), 12, 13),
            (MarkKind::SkipIf, "unittest.skipIf".to_owned(), 14, 14),
        ]
    );
}

#[test]
fn a_mark_of_the_module_applies_to_each_test() {
    let text = "import pytest\npytestmark = pytest.mark.skip(reason='x')\ndef test_a(): pass\n";
    assert_eq!(marks(text), [(MarkKind::Skip, "pytest.mark.skip".to_owned(), 2, 2)]);
}

#[test]
fn a_mark_of_another_library_is_none() {
    assert_eq!(marks("import other as pytest\n@pytest.mark.skip\ndef test_a(): pass\n"), []);
}

#[test]
fn finds_the_marks_on_cases_of_fixtures_with_the_lines_of_their_decorators() {
    let text = "
import pytest
CASES = [1, pytest.param(2, marks=pytest.mark.xfail)]
@wraps
@pytest.fixture(
    params=[1, pytest.param(2, marks=[pytest.mark.skip])],
    scope='module',
)
def number(request): return request.param
class TestA:
    @pytest.fixture(params=CASES)
    def named(self, request): return request.param
    @pytest.fixture(params=[1], ids=[pytest.mark.skip])
    def bare(self, request): return request.param
    def test_a(self, number, named): pass
def test_b(number): pass
def helper(params=pytest.mark.skip): pass
";
    let listing = list_tests("t.py", text).expect("it parses");
    let fixtures: Vec<_> =
        listing.fixtures.iter().map(|mark| (mark.kind, mark.form, mark.first_line, mark.last_line)).collect();
    assert_eq!(fixtures, [(MarkKind::Skip, MarkForm::Declared, 4, 8), (MarkKind::Xfail, MarkForm::Declared, 11, 11)]);
    assert!(listing.functions.iter().all(|test| test.marks.is_empty()));
}

#[test]
fn finds_calls_wherever_they_stand() {
    let text = "
import pytest, unittest
def helper():
    pytest.skip(
        'no')
def test_a(request):
    request.applymarker(pytest.mark.xfail)
class A(unittest.TestCase):
    def test_b(self):
        self.skipTest('x')
    def test_c(self):
        raise unittest.SkipTest
";
    let listing = list_tests("t.py", text).expect("it parses");
    let calls: Vec<_> =
        listing.calls.iter().map(|mark| (mark.kind, mark.text.as_str(), mark.first_line, mark.last_line)).collect();
    assert_eq!(
        calls,
        [
            (MarkKind::Skip, "pytest.skip", 4, 5),
            (MarkKind::Xfail, "pytest.mark.xfail", 7, 7),
            (MarkKind::Skip, "self.skipTest", 10, 10),
            (MarkKind::Skip, "unittest.SkipTest", 12, 12),
        ]
    );
    assert!(!listing.skips_module);
}

#[test]
fn sees_that_a_whole_file_may_be_skipped() {
    for text in [
        "import pytest\nx = pytest.importorskip('x')\n",
        "import pytest\nif 1: pytest.skip('x', allow_module_level=True)\n",
    ] {
        assert!(list_tests("t.py", text).expect("it parses").skips_module, "{text}");
    }
}

#[test]
fn a_file_that_does_not_parse_is_an_error_with_its_place() {
    let errors = list_tests("tests/t.py", "def test_a(:\n    pass\n").expect_err("it does not parse");
    assert_eq!((errors[0].place.path.as_str(), errors[0].place.line), ("tests/t.py", 1));
}
