import unittest
from unittest import mock

from stack import Stack


class StackTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.created = []

    def setUp(self):
        self.stack = Stack()
        self.created.append(self.stack)
        self.addCleanup(self.created.remove, self.stack)

    def tearDown(self):
        self.assertEqual(self.created, [self.stack])

    def test_push_and_pop(self):
        self.stack.push(1)
        self.assertEqual(self.stack.pop(), 1)

    def test_pop_from_empty(self):
        with self.assertRaisesRegex(IndexError, "empty"):
            self.stack.pop()

    def test_subtests_pass(self):
        for number in range(3):
            with self.subTest(number=number):
                self.stack.push(number)

    def test_subtests_fail(self):
        for number in range(4):
            with self.subTest(number=number):
                self.assertEqual(number % 2, 0)

    def test_wrong_length(self):
        self.stack.push(1)
        self.assertEqual(len(self.stack), 2, "one was pushed")

    @unittest.skip("not written yet")
    def test_skipped_by_decorator(self):
        self.fail()

    def test_skipped_inside(self):
        self.skipTest("no printer")

    @unittest.expectedFailure
    def test_expected_failure(self):
        self.assertEqual(len(self.stack), 1)

    @unittest.expectedFailure
    def test_unexpected_success(self):
        self.assertEqual(len(self.stack), 0)

    def test_mock(self):
        listener = mock.Mock(return_value=7)
        self.stack.listen(listener)
        self.stack.push("x")
        listener.assert_called_once_with("x")

    @mock.patch("stack.LIMIT", 1)
    def test_patch(self):
        self.stack.push(1)
        with self.assertRaises(OverflowError):
            self.stack.push(2)


class Asynchronous(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.stack = Stack()

    async def test_await(self):
        listener = mock.AsyncMock(return_value=3)
        self.assertEqual(await listener(), 3)


@unittest.skip("whole class")
class Skipped(unittest.TestCase):
    def test_never(self):
        self.fail()


class BrokenSetUp(unittest.TestCase):
    def setUp(self):
        raise RuntimeError("no disk")

    def test_never(self):
        pass
