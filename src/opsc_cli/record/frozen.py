"""Classes of values that never change: the records of the dataset, and the results of questions.

For a frozen class the standard library's `dataclass` writes and compiles six functions, at every start: half the time
of a command. Here every class shares the functions below, and the library, which imports `inspect`, is not imported
before `fields`, `asdict` or Pydantic ask: they find what they find in any dataclass.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, ClassVar, NoReturn, TypeVar, dataclass_transform

_T = TypeVar("_T")


class _Factory:
    def __init__(self, make: Callable[[], Any], anew: bool) -> None:
        self.make, self.anew = make, anew


def made_by(make: Callable[[], _T], *, anew: bool = False) -> _T:
    """The default of a field that is made for each value; `anew`: for a changed copy too."""
    return _Factory(make, anew)  # type: ignore[return-value]  # what `frozen` reads


@dataclass_transform(frozen_default=True, kw_only_default=True)
def frozen(cls: type[_T]) -> type[_T]:
    """A frozen class with slots, whose values are made from keywords."""
    return _frozen(cls, kw_only=True)  # type: ignore[no-any-return]


@dataclass_transform(frozen_default=True)
def frozen_in_order(cls: type[_T]) -> type[_T]:
    """The same, whose values are made also from arguments in the order of the fields."""
    return _frozen(cls, kw_only=False)  # type: ignore[no-any-return]


def _frozen(cls: Any, *, kw_only: bool) -> Any:
    types = {
        name: hint for name, hint in cls.__annotations__.items() if getattr(hint, "__origin__", None) is not ClassVar
    }
    body = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__")}
    given = {name: body.pop(name) for name in types if name in body}
    inherited, defaults = getattr(cls, "__names__", {}), getattr(cls, "__defaults__", {})
    names = inherited | dict.fromkeys(types)
    defaults = {name: value for name, value in defaults.items() if name not in types} | given
    body |= _SHARED | {
        "__qualname__": cls.__qualname__,
        "__slots__": tuple(name for name in types if name not in inherited),
        "__match_args__": () if kw_only else tuple(names),
        "__names__": names,
        "__defaults__": defaults,
        "__factories__": {name: value for name, value in defaults.items() if isinstance(value, _Factory)},
        "__values__": attrgetter(*names),
        "__post_init__": getattr(cls, "__post_init__", _nothing),
        "__dataclass_fields__": _Fields(types, given, kw_only),
    }
    made: Any = type(cls.__name__, cls.__bases__, body)
    made.__setters__ = {name: getattr(made, name).__set__ for name in names}
    return made


class _Fields:
    """The fields of a class as the library has them, worked out when they are first asked for."""

    def __init__(self, types: dict[str, Any], given: dict[str, Any], kw_only: bool) -> None:
        self._types, self._given, self._kw_only = types, given, kw_only

    def __set_name__(self, kind: Any, name: str) -> None:
        self._kind = kind

    def __get__(self, value: object, asked: type) -> Any:
        from dataclasses import dataclass, field

        kind, given = self._kind, self._given
        made = {n: field(default_factory=v.make, init=not v.anew) for n, v in given.items() if isinstance(v, _Factory)}
        body = {**given, **made, "__annotations__": self._types, "__module__": kind.__module__}
        alike: Any = type(kind.__name__, kind.__bases__, body)
        dataclass(init=False, repr=False, eq=False, kw_only=self._kw_only)(alike)
        kind.__dataclass_params__, kind.__dataclass_fields__ = alike.__dataclass_params__, alike.__dataclass_fields__
        return kind.__dataclass_fields__


def is_frozen(value: object) -> bool:
    """Whether a value, or a class, is one of these."""
    return hasattr(value, "__names__")


def names_of(value: Any) -> tuple[str, ...]:
    """The names of the fields of a value or a class, in their order."""
    return tuple(value.__names__)


def _init(self: Any, /, *values: Any, **given: Any) -> None:
    kind = type(self)
    if values:
        given |= _by_name(kind, values, given)
    if given.keys() != kind.__names__.keys():
        given = _completed(kind, given)
    put = kind.__setters__
    for name, value in given.items():
        put[name](self, value)
    self.__post_init__()


def _completed(kind: Any, given: dict[str, Any]) -> dict[str, Any]:
    """The values given, and the defaults of the other fields."""
    held: dict[str, Any] = kind.__defaults__ | given
    if held.keys() != kind.__names__.keys():
        _check(kind, held)
    for name, factory in kind.__factories__.items():
        if name not in given:
            held[name] = factory.make()
    return held


def as_checked(kind: type[_T], values: Iterable[Any]) -> _T:
    """A value of `kind` from all its fields in their order; nothing is checked a second time, nothing worked out."""
    made = object.__new__(kind)
    for put, value in zip(kind.__setters__.values(), values, strict=True):  # type: ignore[attr-defined]
        put(made, value)
    return made


def changed(value: _T, **given: Any) -> _T:
    """`value` with these fields; the value itself if it has them already."""
    if all(getattr(value, name) == new for name, new in given.items()):
        return value
    return replace(value, **given)


def replace(value: _T, **given: Any) -> _T:
    """A value with these fields, and the others of `value`."""
    kind: Any = type(value)
    anew = [name for name, factory in kind.__factories__.items() if factory.anew]
    kept = {name: getattr(value, name) for name in kind.__names__ if name not in anew}
    return kind(**(kept | given))  # type: ignore[no-any-return]


def _by_name(kind: Any, values: tuple[Any, ...], given: dict[str, Any]) -> dict[str, Any]:
    named = dict(zip(kind.__match_args__, values, strict=False))
    if len(named) < len(values) or named.keys() & given:
        raise TypeError(f"{kind.__name__}: more values than fields")
    return named


def _check(kind: Any, held: dict[str, Any]) -> None:
    """Raises TypeError unless every field has a value, and nothing else has."""
    if missing := [name for name in kind.__names__ if name not in held]:
        raise TypeError(f"{kind.__name__}: missing {', '.join(missing)}")
    if unknown := [name for name in held if name not in kind.__names__]:
        raise TypeError(f"{kind.__name__}: no field {', '.join(unknown)}")


def _nothing(self: Any) -> None:
    """No class needs more than its fields, unless it says so."""


def _repr(self: Any) -> str:
    given = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__names__)
    return f"{type(self).__qualname__}({given})"


def _eq(self: Any, other: Any) -> bool:
    return bool(self.__values__(self) == self.__values__(other)) if type(self) is type(other) else NotImplemented


def _hash(self: Any) -> int:
    return hash(self.__values__(self))


def _refuse(self: Any, name: str, value: object = None) -> NoReturn:  # noqa: ARG001  # Python gives all three
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _set_state(self: Any, state: tuple[None, dict[str, Any]]) -> None:
    """Restores a copy, whose fields cannot be assigned to either."""
    for name, value in state[1].items():
        _set(self, name, value)


_set = object.__setattr__
_SHARED = {
    "__init__": _init,
    "__repr__": _repr,
    "__eq__": _eq,
    "__hash__": _hash,
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__setstate__": _set_state,
}
