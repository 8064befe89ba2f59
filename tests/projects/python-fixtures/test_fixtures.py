import pytest

EVENTS = []


@pytest.fixture(scope="session")
def server():
    EVENTS.append("server up")
    yield "server"
    EVENTS.append("server down")


@pytest.fixture(scope="module")
def database(server):
    EVENTS.append("database up")
    yield {"server": server, "rows": []}
    EVENTS.append("database down")


@pytest.fixture
def row(database):
    database["rows"].append("row")
    yield database["rows"]
    database["rows"].pop()


@pytest.fixture(autouse=True)
def counted():
    EVENTS.append("test")


@pytest.fixture(params=["csv", "json"], ids=str.upper)
def format_name(request):
    return request.param


@pytest.fixture
def make_user():
    made = []

    def make(name):
        made.append(name)
        return {"name": name, "number": len(made)}

    return make


@pytest.fixture
def closes_badly():
    yield 1
    raise RuntimeError("the connection was lost")


@pytest.fixture
def opens_badly():
    raise OSError("no such database")


def test_yield_gives_the_value(row):
    assert row == ["row"]


def test_teardown_ran_before_the_next_test(database):
    assert database["rows"] == []


def test_wide_scopes_are_set_up_once(database):
    assert EVENTS.count("server up") == EVENTS.count("database up") == 1
    assert "database down" not in EVENTS


def test_autouse_runs_each_time():
    assert EVENTS.count("test") == 4


def test_parametrised_fixture(format_name):
    assert format_name in {"csv", "json"}


def test_factory(make_user):
    assert make_user("ada")["number"] == 1
    assert make_user("bob")["number"] == 2


def test_request_finds_a_fixture_by_name(request):
    assert request.getfixturevalue("server") == "server"


class TestClassScope:
    @pytest.fixture(scope="class")
    def shared(self):
        return []

    def test_first(self, shared):
        shared.append(1)
        assert shared == [1]

    def test_second(self, shared):
        assert shared == [1]


def test_error_in_teardown(closes_badly):
    assert closes_badly == 1


def test_error_in_setup(opens_badly):
    pass


def test_unknown_fixture(not_defined_anywhere):
    pass
