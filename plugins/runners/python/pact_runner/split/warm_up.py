"""Calls a component at build time, both sides in one interpreter: what is loaded and cached lazily is then in the snapshot."""

import asyncio
import sys
import types

import pydantic

from pact_runner.split.peer import TestsSide
from pact_runner.split.tested import TestedSide

_COMPONENT, _TYPES = "component", "component_types"


def warm_up(folder: str) -> None:
    """Serves and calls the component in `folder`, and insists on what comes back."""
    place = types.SimpleNamespace(root=folder, import_paths=[], packages=None, type_modules=[_TYPES])
    exports = ["deposit", "check", "talk", "count", "wait", "Ledger"]
    serving = types.SimpleNamespace(**vars(place), seed=0, module=_COMPONENT, exports=exports)
    # There is no host yet.
    tested = TestedSide(serving, begin_import=lambda: None)
    split = types.SimpleNamespace(component=_COMPONENT, type_modules=[_TYPES])
    suite = types.SimpleNamespace(root=folder, import_paths=[], files=[], split=split)
    tests = TestsSide(suite, call=lambda request: _alone(tested.answer, request))
    try:
        _insist(tested.serve())
        _insist(tested.reset())
        tests.begin()
        peer = sys.modules["pact_peer"]
        # What is printed, logged and warned of is noted again when it is done again: no person sees it.
        _call(peer, peer.component(_COMPONENT, (_TYPES,)), sys.modules[_TYPES])
    finally:
        tested.close()
        sys.modules.pop("pact_peer", None)


def _alone(answer, request):
    """Answers while the tests' event loop stands aside: an interpreter runs one at a time."""
    loop = asyncio.events._get_running_loop()
    if loop is None:
        return answer(request)
    task = asyncio.tasks._swap_current_task(loop, None)
    asyncio.events._set_running_loop(None)
    try:
        return answer(request)
    finally:
        asyncio.events._set_running_loop(loop)
        asyncio.tasks._swap_current_task(loop, task)


def _call(peer, component, declared) -> None:
    class Ledger(peer.Remote, component=component):
        def __init__(self, owner):
            self._pact_construct((owner,))

        def add(self, amount):
            return self._pact_call("add", (amount,))

    account = declared.Account(owner="ada")
    same = component.call("deposit", (account, 2))
    assert same is account and account.balance == 2
    for error, function, arguments in (
        (declared.Overdrawn, "deposit", (account, 0)),
        (pydantic.ValidationError, "check", ("",)),
        (TypeError, "check", (object(),)),
    ):
        try:
            component.call(function, arguments)
        except error:
            continue
        raise AssertionError(f"`{function}` did not raise")
    assert list(component.call("count", (3,))) == [0, 1, 2]
    assert Ledger("ada").add(2) == 2

    async def wait():
        return await asyncio.gather(component.call_async("wait", (0.002,)), component.call_async("wait", (0.001,)))

    assert asyncio.run(wait()) == [0.002, 0.001]
    # Nobody can ask back here: both sides are one.
    values = [None, 1.5, b"", {"a": (True,)}]
    try:
        component.call("talk", (values, 1))
    except TypeError:
        pass


def _insist(reply) -> None:
    raised = getattr(reply.outcome.value, "detail", None)
    if raised is not None:
        raise RuntimeError(f"the component of the warm-up could not be imported:\n{raised}")
