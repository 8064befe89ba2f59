import logging

log = logging.getLogger("bank")


def transfer(amount):
    log.info("transfer of %d", amount)
    if amount > 1000:
        log.warning("large transfer")


def test_records(caplog):
    transfer(2000)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "large transfer" in caplog.text


def test_level_in_a_block(caplog):
    with caplog.at_level(logging.INFO, logger="bank"):
        transfer(1)
    assert caplog.record_tuples == [("bank", logging.INFO, "transfer of 1")]


def test_set_level_and_clear(caplog):
    caplog.set_level(logging.DEBUG)
    transfer(1)
    caplog.clear()
    assert caplog.messages == []


def test_level_is_restored(caplog):
    transfer(1)
    assert caplog.messages == []


def test_failure_shows_the_log():
    transfer(5000)
    assert False
