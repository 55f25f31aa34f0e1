"""A question as text, exactly as it was asked: the record can show it when its file has long changed."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from . import model
from .errors import ResponseError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from dataclasses import Field

    from .model import Item

_POSITIONS = frozenset({"place", "line"})
_NAMES: dict[str, Any] = {**vars(model), "Path": Path}
_DEEPEST = 100


def item_source(item: Item) -> str:
    """A question as JSON: all that a learner sees and all that a mark needs.

    Where it stands in its file is left out, and so is every field at its default. So the text stays the same
    when the question moves, and when a later version knows more fields.
    """
    return json.dumps(_content(item), ensure_ascii=False, sort_keys=True)


def item_from(source: str) -> Item:
    """The question that `item_source` wrote; `ResponseError` when the text is no such question."""
    try:
        value = json.loads(source)
        found = _value(value, model.Item, 0)
    except (ValueError, TypeError, RecursionError) as error:
        raise ResponseError(
            "This stored question cannot be read; it was written by another version."
        ) from error
    return found  # type: ignore[no-any-return]


def _content(value: Any) -> Any:  # noqa: ANN401 - a question nests values of many kinds
    if is_dataclass(value):
        own = {
            part.name: _content(getattr(value, part.name))
            for part in fields(value)
            if part.name not in _POSITIONS and getattr(value, part.name) != _default(part)
        }
        return {"": type(value).__name__, **own}
    if isinstance(value, tuple):
        return [_content(part) for part in value]
    return value


def _default(part: Field[Any]) -> Any:  # noqa: ANN401
    return part.default_factory() if part.default_factory is not MISSING else part.default


def _value(value: Any, kind: Any, depth: int) -> Any:  # noqa: ANN401
    """A value of the kind that a field declares; `ValueError` for any other."""
    if depth > _DEEPEST:
        raise ValueError("too deep")
    origin = get_origin(kind)
    if origin in {UnionType, Union}:
        return _one_of(value, get_args(kind), depth)
    if origin is tuple:
        return _row(value, get_args(kind), depth)
    if is_dataclass(kind):
        return _made(value, kind, depth)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is float and type(value) is int:
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"{value!r} is no {kind}")
    return value


def _one_of(value: Any, kinds: tuple[Any, ...], depth: int) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        named = next((kind for kind in kinds if getattr(kind, "__name__", "") == value.get("")), None)
        if named is None:
            raise ValueError(f"{value.get('')!r} is not known")
        return _made(value, named, depth)
    if value is None and NoneType in kinds:
        return None
    for kind in kinds:
        if kind is not NoneType and not is_dataclass(kind):
            return _value(value, kind, depth)
    raise ValueError(f"{value!r} does not fit")


def _row(value: Any, kinds: tuple[Any, ...], depth: int) -> tuple[Any, ...]:  # noqa: ANN401
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is no list")  # noqa: TRY004 - one kind of error for all that does not fit
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return tuple(_value(part, kinds[0], depth + 1) for part in value)
    return tuple(_value(part, kind, depth + 1) for part, kind in zip(value, kinds, strict=True))


def _made(value: Any, kind: Any, depth: int) -> Any:  # noqa: ANN401
    """A dataclass from its fields, those about places filled in."""
    if not isinstance(value, dict) or value.get("") != kind.__name__:
        raise ValueError(f"{value!r} is no {kind.__name__}")
    known = _kinds(kind)
    given = {name: part for name, part in value.items() if name}
    made = {name: _value(part, known[name], depth + 1) for name, part in given.items() if name in known}
    if len(made) != len(given):
        raise ValueError(f"{kind.__name__} holds something that is not known")
    made.update({name: _NOWHERE[name] for name in known.keys() & _POSITIONS})
    return kind(**made)


_NOWHERE: Mapping[str, Any] = {"place": model.Place(Path(), 1), "line": 1}


@cache
def _kinds(kind: type) -> Mapping[str, Any]:
    return get_type_hints(kind, globalns=_NAMES)
