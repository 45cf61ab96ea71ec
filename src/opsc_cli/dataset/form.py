"""The pydantic-core schema of a record: its fields, which are required, and their types.

Built directly from the classes of records.py. Pydantic would build the same schema, but importing it and building takes
longer than checking the whole dataset. Pydantic writes the JSON Schemas (schemas.py), where speed does not matter.
"""

from collections.abc import Sequence
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic_core import SchemaValidator
from pydantic_core import core_schema as core

from opsc_cli.record.frozen import is_frozen, names_of


@cache
def form_of(kind: type) -> SchemaValidator:
    """A validator that makes a record `kind` of plain values, or raises ValidationError with every fault."""
    return SchemaValidator(_record(kind))


@cache
def _record(kind: Any) -> core.CoreSchema:
    hints = get_type_hints(kind, include_extras=True)
    held = [core.dataclass_field(name, _field(kind, name, hints[name]), kw_only=True) for name in names_of(kind)]
    arguments = core.dataclass_args_schema(kind.__name__, held)
    config = core.CoreConfig(extra_fields_behavior="forbid")
    return core.dataclass_schema(kind, arguments, list(names_of(kind)), slots=True, config=config)


def _field(kind: Any, name: str, hint: Any) -> core.CoreSchema:
    schema = _value(hint)
    if factory := kind.__factories__.get(name):
        return core.with_default_schema(schema, default_factory=factory.make)
    return core.with_default_schema(schema, default=kind.__defaults__[name]) if name in kind.__defaults__ else schema


def fields_at(kind: type, where: Sequence[int | str]) -> list[str]:
    """The fields that the record at a place within the record `kind` can have."""
    hint: Any = kind
    for step in where:
        hint = _within(hint, step)
    hint = _without_none(hint)
    return list(names_of(hint)) if is_frozen(hint) else []


def _within(hint: Any, step: int | str) -> Any:
    hint = _without_none(hint)
    below = get_args(hint)
    if get_origin(hint) is tuple:
        return below[0]
    if get_origin(hint) is dict:
        return below[1]
    return get_type_hints(hint, include_extras=True).get(str(step)) if is_frozen(hint) else None


def _without_none(hint: Any) -> Any:
    return get_args(hint)[0] if get_origin(hint) in (Union, UnionType) else hint


def _value(hint: Any) -> core.CoreSchema:
    """The schema of a field: text, closed list, parsed text, list, map or record."""
    origin, below = get_origin(hint), get_args(hint)
    if hint is str:
        return core.str_schema()
    if origin is Literal:
        return core.literal_schema(list(below))
    if origin is Annotated:
        return core.no_info_plain_validator_function(below[1].parsed)
    if origin is tuple:
        return core.tuple_schema([_value(below[0])], variadic_item_index=0)
    if origin is dict:
        return core.dict_schema(_value(below[0]), _value(below[1]))
    if origin in (Union, UnionType):
        return core.nullable_schema(_value(below[0]))
    return _record(hint)
