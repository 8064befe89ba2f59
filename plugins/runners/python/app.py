"""The component's entry: maps the world `split-runner` to `pact_runner`. Not the place for any work of its own.

Everything at the top level of this file runs at build time and is part of the snapshot that every run starts from.
"""

import pact_runner.snapshot  # First: it records what a bare pytest loads, before anything else is imported.

from componentize_py_types import Err
from wit_world import exports
from wit_world.exports import runner, tested
from wit_world.imports import messages, observe

from pact_runner import identity, profile, session
from pact_runner.split.tested import TestedSide

pact_runner.snapshot.take()


class Runner(exports.Runner):
    """The interface `runner`."""

    def describe(self) -> runner.Description:
        return runner.Description(
            languages=[runner.Language("python", identity.TEST_PATTERNS)],
            engine=identity.ENGINE,
            install_hint=identity.INSTALL_HINT,
        )

    def run(self, suite: runner.Suite) -> runner.Summary:
        # The suite may have an `app.py` of its own, and ours must not be reachable by an import.
        pact_runner.snapshot.hide()
        try:
            counts = session.run(suite, observe, profile.begin)
        except session.InvalidInput as error:
            raise Err(runner.RunError_InvalidInput(str(error))) from None
        except session.Internal as error:
            raise Err(runner.RunError_Internal(str(error))) from None
        return runner.Summary(counts.collected, counts.deselected, counts.finished)


class Tested(exports.Tested):
    """The interface `tested`."""

    # There is one component in an instance; the host makes new objects of this class as it likes.
    _side: TestedSide | None = None

    def serve(self, serving: tested.Serving) -> messages.Reply:
        pact_runner.snapshot.hide()
        Tested._side = TestedSide(serving)
        profile.begin(serving.root, serving.packages, Tested._side.proxies)
        return Tested._side.serve()

    def reset(self) -> messages.Reply:
        return Tested._side.reset()

    def call(self, request: messages.Request) -> messages.Reply:
        return Tested._side.answer(request)
