"""Classes of values that never change: the records of the dataset, and the results of questions.

For a frozen class the standard library's `dataclass` writes and compiles six functions, at every start: half the time
of a command. Here it only collects the fields, and every class shares the functions below; `fields`, `replace`
and Pydantic find what they find in any dataclass.
"""

from collections.abc import Iterable
from dataclasses import MISSING, FrozenInstanceError, dataclass, fields, replace
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True, kw_only_default=True)
def frozen(cls: type[_T]) -> type[_T]:
    """A frozen class with slots, whose values are made from keywords."""
    return _frozen(cls, kw_only=True)


@dataclass_transform(frozen_default=True)
def frozen_in_order(cls: type[_T]) -> type[_T]:
    """The same, whose values are made also from arguments in the order of the fields."""
    return _frozen(cls, kw_only=False)


def _frozen(cls: type[_T], *, kw_only: bool) -> type[_T]:
    made: Any = dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    names = [f.name for f in fields(made)]
    made.__names__ = dict.fromkeys(names)
    made.__defaults__ = {f.name: f.default for f in fields(made) if f.default is not MISSING}
    made.__values__ = attrgetter(*names)
    made.__post_init__ = getattr(made, "__post_init__", _nothing)
    for name, function in _SHARED.items():
        setattr(made, name, function)
    return made  # type: ignore[no-any-return]


def _init(self: Any, /, *values: Any, **given: Any) -> None:
    kind = type(self)
    if values:
        given |= _by_name(kind, values, given)
    held = kind.__defaults__ | given
    if held.keys() != kind.__names__.keys():
        made = (f for f in fields(kind) if f.name not in held)
        held |= {f.name: f.default_factory() for f in made if f.default_factory is not MISSING}
        _check(kind, held)
    for name, value in held.items():
        _set(self, name, value)
    self.__post_init__()


def as_checked(kind: type[_T], values: Iterable[Any]) -> _T:
    """A value of `kind` from all its fields in their order; nothing is checked a second time, nothing worked out."""
    made = object.__new__(kind)
    for name, value in zip(kind.__names__, values, strict=True):  # type: ignore[attr-defined]
        _set(made, name, value)
    return made


def changed(value: _T, **given: Any) -> _T:
    """`value` with these fields; the value itself if it has them already."""
    if all(getattr(value, name) == new for name, new in given.items()):
        return value
    return replace(value, **given)  # type: ignore[type-var]  # a value of such a class


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
