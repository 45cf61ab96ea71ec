"""Classes of values that never change: the records of the dataset, and the results of questions.

    class Month(Frozen, kw_only=False):
        year: int
        month: int

For a frozen class the standard library's `dataclass` writes and compiles six functions, at every start: half the time
of a command. Here every class inherits the functions below, and the library, which imports `inspect`, is not imported
before `fields`, `asdict` or Pydantic ask: they find what they find in any dataclass.
"""

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, ClassVar, NoReturn, TypeVar, dataclass_transform

_T = TypeVar("_T")


class _Factory:
    def __init__(self, make: Callable[[], Any], anew: bool) -> None:
        self.make, self.anew = make, anew


def made_by(make: Callable[[], _T], *, anew: bool = False) -> _T:
    """The default of a field that is made for each value; `anew`: for a changed copy too."""
    return _Factory(make, anew)  # type: ignore[return-value]  # what `_Freezing` reads


class _Freezing(type):
    """Makes a class with slots for its fields; a decorator would have to make every class twice."""

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], *, kw_only: bool = True) -> Any:
        own, (above,) = _fields_in(body), bases or (object,)
        given = {field: body.pop(field) for field in own if field in body}
        inherited, defaults = getattr(above, "__names__", ()), getattr(above, "__defaults__", {})
        names = tuple(dict.fromkeys((*inherited, *own)))
        body["__slots__"] = (*body.get("__slots__", ()), *(field for field in own if field not in inherited))
        if not names:
            return super().__new__(cls, name, bases, body)
        defaults = {field: value for field, value in defaults.items() if field not in own} | given
        body |= {
            "__match_args__": () if kw_only else names,
            "__names__": names,
            "__defaults__": defaults,
            "__factories__": {field: value for field, value in defaults.items() if isinstance(value, _Factory)},
            "__values__": attrgetter(*names),
            "__dataclass_fields__": _FIELDS,
        }
        made: Any = super().__new__(cls, name, bases, body)
        made.__setters__ = {field: getattr(made, field).__set__ for field in names}
        return made


def _fields_in(body: dict[str, Any]) -> list[str]:
    """The fields that the body of a class declares. From Python 3.14 on, only a class has the types."""
    types = body.get("__annotations__") or type("", (), dict(body)).__annotations__
    return [name for name, kind in types.items() if getattr(kind, "__origin__", None) is not ClassVar]


class _Fields:
    """The fields of a class as the library has them, worked out when they are first asked for."""

    def __get__(self, value: object, kind: Any) -> Any:
        from dataclasses import dataclass, field

        types = {n: t for base in reversed(kind.__mro__) for n, t in getattr(base, "__annotations__", {}).items()}
        made = {n: field(default_factory=f.make, init=not f.anew) for n, f in kind.__factories__.items()}
        body = {**kind.__defaults__, **made, "__annotations__": types, "__module__": kind.__module__}
        alike: Any = type(kind.__name__, (), body)
        dataclass(init=False, repr=False, eq=False, kw_only=not kind.__match_args__)(alike)
        kind.__dataclass_params__, kind.__dataclass_fields__ = alike.__dataclass_params__, alike.__dataclass_fields__
        return kind.__dataclass_fields__


_FIELDS = _Fields()


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Frozen(metaclass=_Freezing):
    """A value that never changes, made from keywords; with `kw_only=False` also from arguments in the fields' order."""

    __names__: ClassVar[tuple[str, ...]]
    """Of its fields, in their order."""
    __defaults__: ClassVar[Mapping[str, Any]]
    __factories__: ClassVar[Mapping[str, _Factory]]
    __values__: ClassVar[Any]
    __setters__: ClassVar[Mapping[str, Callable[[Any, Any], None]]]

    def __init__(self, /, *values: Any, **given: Any) -> None:
        kind = type(self)
        if values:
            given |= _by_name(kind, values, given)
        put = kind.__setters__
        if given.keys() != put.keys():
            given = _completed(kind, given)
        for name, value in given.items():
            put[name](self, value)
        self.__post_init__()

    def __post_init__(self) -> None:
        """Few classes need more than their fields."""

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__names__)
        return f"{type(self).__qualname__}({given})"

    def __eq__(self, other: object) -> bool:
        return bool(self.__values__(self) == self.__values__(other)) if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.__values__(self))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        _refuse(name)

    def __delattr__(self, name: str) -> NoReturn:
        _refuse(name)

    def __replace__(self, **given: Any) -> Any:
        """A copy with these fields; the library's `copy.replace` asks for it too."""
        kind = type(self)
        anew = [name for name, factory in kind.__factories__.items() if factory.anew]
        kept = {name: getattr(self, name) for name in kind.__names__ if name not in anew}
        return kind(**(kept | given))

    def __setstate__(self, state: tuple[None, dict[str, Any]]) -> None:
        """Restores a copy, whose fields cannot be assigned to either."""
        for name, value in state[1].items():
            object.__setattr__(self, name, value)


_F = TypeVar("_F", bound=Frozen)


def is_frozen(value: object) -> bool:
    """Whether a value, or a class, is one of these."""
    return hasattr(value, "__setters__")


def names_of(value: Any) -> tuple[str, ...]:
    """The names of the fields of a value or a class, in their order."""
    return value.__names__  # type: ignore[no-any-return]


def as_checked(kind: type[_F], values: Iterable[Any]) -> _F:
    """A value of `kind` from its first fields in their order, and the defaults of the others; nothing is checked."""
    made = object.__new__(kind)
    setters = iter(kind.__setters__.items())
    for value, (_, put) in zip(values, setters, strict=False):
        put(made, value)
    for name, put in setters:
        put(made, kind.__defaults__[name])
    return made


def changed(value: _F, **given: Any) -> _F:
    """`value` with these fields; the value itself if it has them already."""
    if all(getattr(value, name) == new for name, new in given.items()):
        return value
    return replace(value, **given)


def replace(value: _F, **given: Any) -> _F:
    """A value with these fields, and the others of `value`."""
    return value.__replace__(**given)  # type: ignore[no-any-return]


def _by_name(kind: Any, values: tuple[Any, ...], given: dict[str, Any]) -> dict[str, Any]:
    named = dict(zip(kind.__match_args__, values, strict=False))
    if len(named) < len(values) or named.keys() & given:
        raise TypeError(f"{kind.__name__}: more values than fields")
    return named


def _completed(kind: Any, given: dict[str, Any]) -> dict[str, Any]:
    """The values given, and the defaults of the other fields."""
    held: dict[str, Any] = kind.__defaults__ | given
    if held.keys() != kind.__setters__.keys():
        _check(kind, held)
    for name, factory in kind.__factories__.items():
        if name not in given:
            held[name] = factory.make()
    return held


def _check(kind: Any, held: dict[str, Any]) -> None:
    """Raises TypeError unless every field has a value, and nothing else has."""
    if missing := [name for name in kind.__names__ if name not in held]:
        raise TypeError(f"{kind.__name__}: missing {', '.join(missing)}")
    if unknown := [name for name in held if name not in kind.__names__]:
        raise TypeError(f"{kind.__name__}: no field {', '.join(unknown)}")


def _refuse(name: str) -> NoReturn:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")
