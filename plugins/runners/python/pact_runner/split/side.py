"""One of the two instances: sends requests, answers them, and knows what is whose.

`peer` and `tested` say what is special to each: how a message leaves, what a name leads to, and what happens beside a call.
"""

import weakref

from wit_world.imports import messages
from wit_world.imports import values as wit

from pact_runner.split import arguments, coroutines, declared, errors, handles, values
from pact_runner.telling import carried

__tracebackhide__ = True


class Side:
    """What both instances do."""

    mine: wit.Side
    other: wit.Side
    # Whether the end of an iteration (`StopIteration`) that a plain call raises would mislead whoever called.
    keeps_ends_apart = False

    def __init__(self):
        self.declared = declared.Declared()
        self.owned = handles.Owned()
        self.held = handles.Held()
        # How values of each class are taken apart, once that has been found out.
        self.takers: dict[type, object] = {}
        # The files of rendered proxies: nobody looks for a mistake there.
        self.proxies: set[str] = set()
        # Whether the end of an iteration is an answer of the reply at hand, and of the coroutines that it makes.
        self._may_end = False
        # Classes by whose methods the objects of the other side are called, by name.
        self.remote_classes: dict[str, type] = {}

    # What is special to a side.

    def exchange(self, request: messages.Request) -> messages.Reply:
        """Sends a request and returns what comes of it."""
        raise NotImplementedError

    def find(self, function: str):
        """What a function's name leads to."""
        raise NotImplementedError

    def name_of_class(self, value) -> str | None:
        """The name under which the other side calls the methods of an object; none where its class is not of a contract."""
        raise NotImplementedError

    def effects(self, writer: values.Writer) -> list:
        """What happened beside the call."""
        return []

    def replay(self, effects: list, objects: list) -> None:
        """Does again what happened beside the call."""

    def place_and_detail(self, error: BaseException):
        """Where an exception was raised, and the traceback for people."""
        return None, ""

    def foreign_end(self, name: str, message: str) -> BaseException:
        """Stands for what the other side raised and this one does not know."""
        raise NotImplementedError

    def origin_of(self, error: BaseException, original):
        """The node by which the tests' side finds an exception of its own again."""
        raise NotImplementedError

    def original(self, value) -> BaseException | None:
        """The exception of this side that comes back."""
        return None

    def unfit(self) -> tuple | None:
        """A value that has been read and is not what its type says: the value, its class, why. Asking forgets it."""
        return None

    def rest(self, value):
        """What becomes of an answer that cannot cross."""
        return None

    # Sending.

    def send(self, target, name: str, positional, named=None, made_with=None, bind=None, may_end=False):
        """Calls the other side. Returns or raises what it returned or raised; `bind` becomes the stand-in of what was made.
        `may_end` says that the end of an iteration is an answer."""
        __tracebackhide__ = True
        known = made_with or ()
        writer = values.Writer(self, known)
        try:
            by_position = [
                writer.add(value, f"argument {at} of {name}") for at, value in enumerate(positional, start=1)
            ]
            by_name = [(key, writer.add(value, f"argument `{key}` of {name}")) for key, value in (named or {}).items()]
        except values.CannotCross as error:
            raise TypeError(str(error)) from None
        request = messages.Request(target, writer.nodes, by_position, by_name, self.held.take_dropped())
        # What comes back may go on with the arguments, and change them later.
        may_change = bool(known) or arguments.are_changeable(writer.nodes)
        reply = self.exchange(request)
        self._may_end = may_end
        answer = self._take(reply, name, writer.objects, writer.objects if may_change else None, bind)
        if type(answer) is coroutines.Waits and not _is_step(target):
            raise errors.ComponentLost(f"a reply of the other instance is malformed: {name} waits, and is not awaited")
        return answer

    def _take(self, reply: messages.Reply, name: str, sent: list, made_with, bind):
        __tracebackhide__ = True
        try:
            objects = self._read_reply(reply, name, sent, made_with, bind)
            error = None
            if isinstance(reply.outcome, messages.Outcome_Raised):
                error = errors.restore(reply.outcome.value, objects, self)
                if self.keeps_ends_apart and not self._may_end:
                    error = errors.without_end(error, name, reply.outcome.value, objects, self)
        except arguments.Refused as refused:
            raise TypeError(str(refused)) from None
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as broken:
            raise errors.ComponentLost(f"a reply of the other instance is malformed: {broken}") from None
        self.replay(reply.effects, objects)
        if error is not None:
            raise error
        if isinstance(reply.outcome, messages.Outcome_Returned):
            return objects[reply.outcome.value]
        return coroutines.Waits(reply.outcome.value)

    def _read_reply(self, reply: messages.Reply, name: str, sent: list, made_with, bind) -> list:
        if bind is not None and isinstance(reply.outcome, messages.Outcome_Returned):
            # Before its node is read: what was made is the stand-in that asked for it.
            node = reply.nodes[reply.outcome.value]
            if type(node) is not wit.Node_Object or node.value.owner is not self.other:
                raise ValueError("what was made is not an object")
            bind._pact_bind(self.held.handle(self, node.value, None))
        objects = values.read(reply.nodes, self, arguments=sent, made_with=made_with)
        unfit = self.unfit()
        if unfit is not None:
            raise arguments.Refused(_said_unfit(reply, name, objects, *unfit))
        for before, now in reply.changed:
            arguments.update(sent[before], objects[now], self)
        return objects

    # Answering.

    def answer(self, request: messages.Request) -> messages.Reply:
        """Does what a request asks for. Never raises."""
        given = None
        name = "the call"
        result = failure = None
        try:
            self.owned.release(request.released)
            call, name, earlier = self._resolve(request.target)
            given = arguments.Arguments(self, request.nodes, earlier)
            unfit = self.unfit()
            if unfit is not None:
                raise TypeError(f"what {name} was given holds a `{unfit[1]}` that is none: {unfit[2]}")
            positional = [given.objects[index] for index in request.positional]
            named = {key: given.objects[index] for key, index in request.named}
            result = call(*positional, **named)
        except BaseException as error:
            failure = error
        may_stay = isinstance(request.target, messages.Target_Function)
        return self.reply(result, failure, given, name, may_stay)

    def reply(self, result, failure: BaseException | None, given, name: str, may_stay: bool = False) -> messages.Reply:
        """Makes the reply: what came of a call, what it changed, and what happened beside it."""
        writer = values.Writer(self, arguments=given)
        writer.made_with = given if given is not None and given.may_change else None
        changed = []
        outcome = None
        try:
            if failure is None:
                outcome = self._outcome(result, writer, name, may_stay)
            if given is not None:
                changed = given.changed(writer, name)
        except values.CannotCross as error:
            failure = error
        if failure is not None:
            outcome = messages.Outcome_Raised(self._describe(failure, writer))
        return messages.Reply(writer.nodes, outcome, changed, self.effects(writer))

    def _describe(self, failure: BaseException, writer: values.Writer) -> messages.Raised:
        try:
            return errors.describe(failure, writer, *self.place_and_detail(failure))
        except Exception:
            # Its class has properties in place of what every exception has.
            return messages.Raised(["builtins.BaseException"], "an exception that cannot be looked at", [], [], None, "")

    def _outcome(self, result, writer: values.Writer, name: str, may_stay: bool):
        if type(result) is coroutines.Waits:
            return messages.Outcome_Waits(result.until)
        try:
            return messages.Outcome_Returned(writer.add(result, f"what {name} returned"))
        except values.CannotCross:
            node = self.rest(result) if may_stay else None
            if node is None:
                raise
            return messages.Outcome_Returned(writer.put(result, node))

    def _resolve(self, target):
        if isinstance(target, messages.Target_Function):
            return self.find(target.value), target.value, None
        handle, method = target.value
        entry = self.owned.entry(handle)
        entry.check(method)
        name = entry.name if method in ("__call__", "step", "cancel", "start") else f"{entry.name}.{method}"
        return self.method(entry, method), name, entry.made_with

    def method(self, entry: handles.Entry, method: str):
        """What a method of an object leads to."""
        if entry.kind is handles.Kind.ASYNC_GENERATOR:
            return lambda *positional: coroutines.later(entry.object, method, positional)
        return getattr(entry.object, method)

    # Handles.

    def offer(self, value, made_with=None):
        """The node of something that stays where it is; none where it cannot."""
        if isinstance(value, handles.StandIn):
            return value._pact_handle.node()
        name = self.name_of_class(value)
        if name is not None:
            return self.give(value, handles.Kind.INSTANCE, name)
        found = handles.kind_of(value)
        return None if found is None else self.give(value, *found, made_with)

    def give(self, value, kind, name: str, made_with=None):
        """The node of an object of this side."""
        id, entry = self.owned.give(value, kind, carried(name), made_with)
        return wit.Node_Object(wit.ObjectHandle(self.mine, id, entry.kind, entry.name))

    def read_handle(self, node: wit.ObjectHandle, made_with=None):
        """The object that a handle leads to, or what stands for it."""
        if node.owner is self.mine:
            return self.owned.entry(node.id).object
        handle = self.held.handle(self, node, made_with)
        stand_in = handle.stand_in()
        if stand_in is None:
            stand_in = self._stand_in(handle)
            handle.stand_in = weakref.ref(stand_in)
        return stand_in

    def _stand_in(self, handle: handles.Handle):
        if handle.kind is handles.Kind.COROUTINE:
            handle.may_end = self._may_end
            return self.awaited(handle)
        cls = handles.STAND_INS.get(handle.kind)
        if cls is not None:
            return cls(handle)
        cls = self.remote_classes.get(handle.name)
        if cls is None:
            return self.unknown_object(handle)
        stand_in = cls.__new__(cls)
        stand_in._pact_bind(handle)
        return stand_in

    def awaited(self, handle: handles.Handle):
        """A coroutine that ends when that of the other side does."""
        raise NotImplementedError

    def unknown_object(self, handle: handles.Handle):
        """Stands for an object of a class that this side does not know."""
        raise ValueError(f"`{handle.name}` is no class of the contract")

    def read_structure(self, node: wit.Structure, objects: list):
        """The value or exception that a structure says."""
        shape = self.declared.named(node.type_name)
        if isinstance(shape, declared.Structure):
            return shape.make({name: objects[index] for name, index in node.fields})
        if not errors.is_error(node.type_name, self):
            raise ValueError(f"`{node.type_name}` is no structure of the contract")
        return errors.read_value(node, objects, self)


def _is_step(target) -> bool:
    return isinstance(target, messages.Target_Method) and target.value[1] in coroutines.STEPS


def _said_unfit(reply: messages.Reply, name: str, objects: list, value, class_name: str, why: str) -> str:
    outcome = reply.outcome
    if isinstance(outcome, messages.Outcome_Returned) and objects[outcome.value] is value:
        return f"what {name} returned is not a `{class_name}`: {why}"
    if any(objects[now] is value for _, now in reply.changed):
        return f"an argument that {name} changed is not a `{class_name}` any more: {why}"
    return f"what came of {name} holds a `{class_name}` that is none: {why}"
