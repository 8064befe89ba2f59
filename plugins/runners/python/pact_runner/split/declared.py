"""The classes of the contract, which both instances have: how their values are taken apart and put together.

Nothing here runs a constructor: a value arrives as it left. Whether it is what its type says is asked afterwards, where somebody
wants to know (`why_unfit`). Not for exceptions; they are in `errors`.
"""

import dataclasses
import enum
import functools
import sys
import typing

import pydantic


class Declared:
    """The classes of some modules, by name."""

    def __init__(self):
        self._modules: list[str] = []
        self._shapes: dict[str, object] = {}
        self._of_class: dict[type, object] = {}

    def add(self, modules) -> None:
        """Adds the classes that these modules define. The modules have to be loaded."""
        for module in modules:
            if module not in self._modules:
                self._modules.append(module)
                self._read(module)

    def clear(self) -> None:
        """Forgets all of them."""
        self._modules.clear()
        self._shapes.clear()
        self._of_class.clear()

    def of_class(self, cls: type):
        """The shape of exactly this class, if it is one of the contract."""
        return self._of_class.get(cls)

    def named(self, name: str):
        """The shape of the class `module.Name`, if it is one of the contract."""
        return self._shapes.get(name)

    def _read(self, module: str) -> None:
        for cls in list(vars(sys.modules[module]).values()):
            if isinstance(cls, type) and cls.__module__ == module and cls not in self._of_class:
                shape = _shape(cls, f"{module}.{cls.__qualname__}")
                if shape is not None:
                    self._shapes[shape.name] = shape
                    self._of_class[cls] = shape


class Enumeration:
    """Members cross by name."""

    def __init__(self, cls: type, name: str):
        self.cls = cls
        self.name = name

    def member_of(self, value) -> str | None:
        """The name of a member; none for a combination of flags, which has no name."""
        name = object.__getattribute__(value, "_name_")
        return name if name in self.cls.__members__ else None

    def member(self, name: str):
        return self.cls.__members__[name]


class Error:
    """An exception of the contract; `errors` knows what to do with it."""

    def __init__(self, cls: type, name: str):
        self.cls = cls
        self.name = name


class Structure:
    """A class with fields. What the language keeps beside them has names that no field can have."""

    def __init__(self, cls: type, name: str, fields: list[str]):
        self.cls = cls
        self.name = name
        self.fields = fields
        self._names = frozenset(fields)
        self.is_frozen = self._find_frozen()

    def parts(self, value) -> list[tuple[str, object]]:
        """Names and values of what crosses."""
        raise NotImplementedError

    def state(self, value) -> tuple:
        """What the value holds, one level deep: the same objects, as long as nobody changes it."""
        return tuple(part for pair in self.parts(value) for part in pair)

    def make(self, parts: dict[str, object]):
        """A new value with these parts."""
        value = object.__new__(self.cls)
        self.fill(value, parts)
        return value

    def fill(self, value, parts: dict[str, object]) -> None:
        """Gives `value` these parts in place of its own."""
        raise NotImplementedError

    def why_unfit(self, value) -> str | None:
        """Why a value of this class is none: what its fields hold is not what they are declared to hold. Nothing is converted, and
        values of the contract inside of this one are not looked into: they are values of their own."""
        raise NotImplementedError

    def _find_frozen(self) -> bool:
        raise NotImplementedError

    def _refuse(self, name: str):
        raise ValueError(f"`{self.name}` has no field `{name}`")


class Dataclass(Structure):
    """A dataclass, frozen and with slots or not."""

    def parts(self, value) -> list[tuple[str, object]]:
        parts = []
        for name in self.fields:
            try:
                parts.append((name, object.__getattribute__(value, name)))
            except AttributeError:
                pass
        return parts

    def fill(self, value, parts: dict[str, object]) -> None:
        for name, part in parts.items():
            if name not in self._names:
                self._refuse(name)
            object.__setattr__(value, name, part)
        for name in self.fields:
            if name not in parts:
                try:
                    object.__delattr__(value, name)
                except AttributeError:
                    pass

    def why_unfit(self, value) -> str | None:
        parts = dict(self.parts(value))
        why = _missing(self.fields, parts) or _invalid(self._validate, parts)
        check = None if why is not None else getattr(self.cls, "__post_init__", None)
        return why if check is None else _invalid(check, value)

    def _find_frozen(self) -> bool:
        return self.cls.__dataclass_params__.frozen

    @functools.cached_property
    def _validate(self):
        hints = typing.get_type_hints(self.cls, include_extras=True)
        fields = typing.TypedDict(self.cls.__name__, {name: hints[name] for name in self.fields})
        fields.__pydantic_config__ = pydantic.ConfigDict(arbitrary_types_allowed=True)
        validate = pydantic.TypeAdapter(fields).validator.validate_python
        return lambda parts: validate(parts, strict=True)


_GIVEN, _EXTRA, _PRIVATE = "%given", "%extra", "%private"


class Model(Structure):
    """A model of pydantic."""

    def parts(self, value) -> list[tuple[str, object]]:
        own, given, extra, private = _inner(value)
        parts = [(name, own[name]) for name in self.fields if name in own]
        # What pydantic keeps beside the fields, where it is not the usual.
        if len(given) != len(parts) or any(name not in given for name, _ in parts):
            parts.append((_GIVEN, " ".join(sorted(given))))
        if extra is not None:
            parts.append((_EXTRA, dict(extra)))
        if private is not None:
            parts.append((_PRIVATE, dict(private)))
        return parts

    def state(self, value) -> tuple:
        own, given, extra, private = _inner(value)
        beside = [part for content in (extra, private) if content for pair in content.items() for part in pair]
        return (*own, *own.values(), *given, *beside)

    def fill(self, value, parts: dict[str, object]) -> None:
        fields, given, extra, private = {}, None, None, None
        for name, part in parts.items():
            if name in self._names:
                fields[name] = part
            elif name == _GIVEN:
                given = set(part.split())
            elif name == _EXTRA:
                extra = _names_of(part)
            elif name == _PRIVATE:
                private = _names_of(part)
            else:
                self._refuse(name)
        is_ours = type(value) is self.cls
        if not is_ours:
            # What a subclass has beside these stays.
            own = object.__getattribute__(value, "__dict__")
            fields.update((name, own[name]) for name in own if name not in self._names)
        object.__setattr__(value, "__dict__", fields)
        object.__setattr__(value, "__pydantic_fields_set__", set(fields) if given is None else given)
        if is_ours or extra is not None:
            object.__setattr__(value, "__pydantic_extra__", extra)
        if is_ours or private is not None:
            object.__setattr__(value, "__pydantic_private__", private)


    def why_unfit(self, value) -> str | None:
        own, _, extra, _ = _inner(value)
        if extra and self.cls.model_config.get("extra") != "allow":
            return f"it has no field `{next(iter(extra))}`"
        return _missing(self.fields, own) or _invalid(self._validate, own)

    def _find_frozen(self) -> bool:
        return bool(self.cls.model_config.get("frozen"))

    @functools.cached_property
    def _validate(self):
        validate = self.cls.__pydantic_validator__.validate_python
        return lambda own: validate(own, strict=True, by_name=True)


def _missing(fields: list[str], parts: dict) -> str | None:
    name = next((name for name in fields if name not in parts), None)
    return None if name is None else f"{name}: it has no value"


def _invalid(check, value) -> str | None:
    """What a check says against a value."""
    try:
        check(value)
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        return str(error)
    return None


def _inner(value) -> tuple:
    get = object.__getattribute__
    return (
        get(value, "__dict__"),
        get(value, "__pydantic_fields_set__"),
        get(value, "__pydantic_extra__"),
        get(value, "__pydantic_private__"),
    )


def _names_of(content) -> dict:
    if type(content) is not dict or not all(type(name) is str for name in content):
        raise ValueError("what a model has beside its fields is not a dictionary of names")
    return content


def _shape(cls: type, name: str):
    if issubclass(cls, enum.Enum):
        return Enumeration(cls, name)
    if issubclass(cls, BaseException):
        return Error(cls, name)
    if issubclass(cls, pydantic.BaseModel):
        return Model(cls, name, list(cls.__pydantic_fields__))
    if dataclasses.is_dataclass(cls):
        return Dataclass(cls, name, [field.name for field in dataclasses.fields(cls)])
    return None
